package value

import (
	"bytes"
	"slices"
	"strings"

	"awslab/aws"
)

// Compare orders two values as <, BETWEEN and sort keys do: strings by their
// UTF-8 bytes, numbers by magnitude, binaries by their bytes. ok is false for
// values of different types and of types that have no order.
func Compare(a, b aws.AttributeValue) (order int, ok bool) {
	switch a := a.(type) {
	case aws.S:
		if b, same := b.(aws.S); same {
			return strings.Compare(string(a), string(b)), true
		}
	case aws.N:
		if b, same := b.(aws.N); same {
			return compareNumbers(string(a), string(b))
		}
	case aws.B:
		if b, same := b.(aws.B); same {
			return bytes.Compare(a, b), true
		}
	}
	return 0, false
}

func compareNumbers(a, b string) (order int, ok bool) {
	x, fault := parseNumber(a)
	if fault != nil {
		return 0, false
	}
	y, fault := parseNumber(b)
	if fault != nil {
		return 0, false
	}
	return x.compare(&y), true
}

// Equal tells whether two values are the same: numbers by what they amount to,
// sets in any order, lists and maps to any depth. Two values that are absent
// (nil) or of different types are not equal.
func Equal(a, b aws.AttributeValue) bool {
	switch a := a.(type) {
	case aws.S:
		b, same := b.(aws.S)
		return same && a == b
	case aws.N:
		b, same := b.(aws.N)
		return same && equalNumbers(string(a), string(b))
	case aws.B:
		b, same := b.(aws.B)
		return same && bytes.Equal(a, b)
	case aws.BOOL:
		b, same := b.(aws.BOOL)
		return same && a == b
	case aws.NULL:
		b, same := b.(aws.NULL)
		return same && a == b
	case aws.M:
		b, same := b.(aws.M)
		return same && equalMaps(a, b)
	case aws.L:
		b, same := b.(aws.L)
		return same && slices.EqualFunc(a, b, Equal)
	case aws.SS:
		b, same := b.(aws.SS)
		return same && sameMembers(a, b)
	case aws.NS:
		b, same := b.(aws.NS)
		return same && sameMembers(canonical(a), canonical(b))
	case aws.BS:
		b, same := b.(aws.BS)
		return same && sameMembers(binaryMembers(a), binaryMembers(b))
	}
	return false
}

func equalNumbers(a, b string) bool {
	if a == b {
		return true
	}
	order, ok := compareNumbers(a, b)
	return ok && order == 0
}

func equalMaps(a, b aws.M) bool {
	if len(a) != len(b) {
		return false
	}
	for name, v := range a {
		if !Equal(v, b[name]) {
			return false
		}
	}
	return true
}

func sameMembers(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// canonical gives each number its one form; what is no number stays as it is.
func canonical(numbers []string) []string {
	out := make([]string, len(numbers))
	for i, text := range numbers {
		out[i] = text
		if normal, fault := normalizeNumber(text); fault == nil {
			out[i] = normal
		}
	}
	return out
}
