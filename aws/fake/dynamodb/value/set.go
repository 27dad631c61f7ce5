package value

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"awslab/aws"
)

// normalizeSet refuses an empty set and one with the same member twice, puts the
// members in order, and normalises those of a number set.
func normalizeSet(set aws.AttributeValue) (aws.AttributeValue, *Fault) {
	switch set := set.(type) {
	case aws.SS:
		if len(set) == 0 {
			return nil, Faultf(parameterPrefix + "An string set  may not be empty")
		}
		if hasDuplicate(set) {
			return nil, duplicateStrings(set)
		}
		return aws.SS(inOrder(set, strings.Compare)), nil
	case aws.NS:
		return normalizeNumbers(set)
	case aws.BS:
		if len(set) == 0 {
			return nil, Faultf(parameterPrefix + "Binary sets should not be empty")
		}
		if hasDuplicate(binaryMembers(set)) {
			return nil, duplicateBinaries(set)
		}
		return aws.BS(inOrder(set, bytes.Compare)), nil
	}
	return set, nil
}

// inOrder gives the members of a set in DynamoDB's order, in which it returns
// them: strings and binaries by their bytes, numbers by what they amount to.
func inOrder[T any](members []T, compare func(a, b T) int) []T {
	if slices.IsSortedFunc(members, compare) {
		return members
	}
	members = slices.Clone(members)
	slices.SortFunc(members, compare)
	return members
}

// byValue orders numbers; texts that are none are equal.
func byValue(a, b string) int {
	order, _ := compareNumbers(a, b)
	return order
}

func normalizeNumbers(set aws.NS) (aws.AttributeValue, *Fault) {
	if len(set) == 0 {
		return nil, Faultf(parameterPrefix + "An number set  may not be empty")
	}
	out := make(aws.NS, len(set))
	for i, text := range set {
		normal, fault := normalizeNumber(text)
		if fault != nil {
			return nil, fault
		}
		out[i] = normal
	}
	if hasDuplicate(out) {
		return nil, &Fault{
			Text:  parameterPrefix + "Input collection contains duplicates.",
			Older: "Input collection contains duplicates",
		}
	}
	return aws.NS(inOrder(out, byValue)), nil
}

func duplicateStrings(set aws.SS) *Fault {
	var quoted []string
	for _, member := range upToRepeat(set) {
		quoted = append(quoted, strconv.Quote(member))
	}
	const form = parameterPrefix + "Input collection [%s] contains duplicates."
	fault := Faultf(form, strings.Join(quoted, ", "))
	fault.Older = Faultf(form, strings.Join(set, ", ")).Text
	return fault
}

func duplicateBinaries(set aws.BS) *Fault {
	var quoted, plain []string
	for _, member := range upToRepeat(binaryMembers(set)) {
		quoted = append(quoted, strconv.Quote(base64.StdEncoding.EncodeToString([]byte(member))))
	}
	for _, member := range set {
		plain = append(plain, base64.StdEncoding.EncodeToString(member))
	}
	const form = parameterPrefix + "Input collection [%s]of type BS contains duplicates."
	fault := Faultf(form, strings.Join(quoted, ","))
	fault.Older = Faultf(form, strings.Join(plain, ", ")).Text
	return fault
}

// upToRepeat lists the members as the newer wording does: in byte order up to
// the first that repeats another, then that one and the rest as sent.
func upToRepeat(members []string) []string {
	repeat := 0
	for repeat < len(members) && !slices.Contains(members[:repeat], members[repeat]) {
		repeat++
	}
	return slices.Concat(slices.Sorted(slices.Values(members[:repeat])), members[repeat:])
}

func hasDuplicate(members []string) bool {
	if len(members) <= 8 { // quadratic, but without a map
		for i, member := range members {
			if slices.Contains(members[:i], member) {
				return true
			}
		}
		return false
	}
	seen := make(map[string]struct{}, len(members))
	for _, member := range members {
		seen[member] = struct{}{}
	}
	return len(seen) < len(members)
}

func binaryMembers(set aws.BS) []string {
	out := make([]string, len(set))
	for i, member := range set {
		out[i] = string(member)
	}
	return out
}

// textSet makes a set of its members, nil of none: an empty set does not exist.
func textSet[S interface {
	~[]string
	aws.AttributeValue
}](members []string) aws.AttributeValue {
	if members == nil {
		return nil
	}
	return S(members)
}

// binarySet is textSet for the members that binaryMembers gives.
func binarySet(members []string) aws.AttributeValue {
	if members == nil {
		return nil
	}
	set := make(aws.BS, len(members))
	for i, member := range members {
		set[i] = []byte(member)
	}
	return set
}

// Contains tells whether set (SS, NS or BS) has the member (S, N or B
// respectively); anything else is not contained.
func Contains(set, member aws.AttributeValue) bool {
	switch set := set.(type) {
	case aws.SS:
		member, ok := member.(aws.S)
		return ok && slices.Contains(set, string(member))
	case aws.NS:
		member, ok := member.(aws.N)
		return ok && slices.ContainsFunc(set, func(text string) bool { return Equal(aws.N(text), member) })
	case aws.BS:
		member, ok := member.(aws.B)
		return ok && slices.ContainsFunc(set, func(b []byte) bool { return bytes.Equal(b, member) })
	}
	return false
}

// Union gives the normalised set a with the members of b that it lacks, in a
// new set; ok is false unless both are sets of one type.
func Union(a, b aws.AttributeValue) (set aws.AttributeValue, ok bool) {
	return combine(a, b, func(old, members []string) []string {
		return append(slices.Clone(old), without(members, old)...)
	})
}

// Difference gives the normalised set a less the members of b, in a new set,
// which is nil when none are left; ok is false unless both are sets of one type.
func Difference(a, b aws.AttributeValue) (set aws.AttributeValue, ok bool) {
	return combine(a, b, without)
}

// without gives the members that are not among others.
func without(members, others []string) []string {
	gone := make(map[string]struct{}, len(others))
	for _, other := range others {
		gone[other] = struct{}{}
	}
	var out []string
	for _, member := range members {
		if _, found := gone[member]; !found {
			out = append(out, member)
		}
	}
	return out
}

func combine(a, b aws.AttributeValue, merge func(a, b []string) []string) (aws.AttributeValue, bool) {
	switch a := a.(type) {
	case aws.SS:
		if b, same := b.(aws.SS); same {
			return textSet[aws.SS](inOrder(merge(a, b), strings.Compare)), true
		}
	case aws.NS:
		if b, same := b.(aws.NS); same {
			return textSet[aws.NS](inOrder(merge(a, b), byValue)), true
		}
	case aws.BS:
		if b, same := b.(aws.BS); same {
			return binarySet(inOrder(merge(binaryMembers(a), binaryMembers(b)), strings.Compare)), true
		}
	}
	return nil, false
}
