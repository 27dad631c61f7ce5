package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"awslab/aws"
	"awslab/ui/drive/spelling"
)

// valueOf makes an attribute value of what stands in a check: "text" is a
// String, 12 a Number, true a Boolean, nil Null, [...] a List, {...} a Map.
func valueOf(v any) (aws.AttributeValue, error) {
	switch v := v.(type) {
	case nil:
		return aws.NULL(true), nil
	case string:
		return aws.S(v), nil
	case bool:
		return aws.BOOL(v), nil
	case int:
		return aws.N(strconv.Itoa(v)), nil
	case float64:
		return aws.N(strconv.FormatFloat(v, 'f', -1, 64)), nil
	case []any:
		list := make(aws.L, len(v))
		for i, member := range v {
			value, err := valueOf(member)
			if err != nil {
				return nil, err
			}
			list[i] = value
		}
		return list, nil
	case map[string]any:
		item, err := itemOf(v)
		return aws.M(item), err
	}
	return nil, fmt.Errorf("%v (%T) cannot be an attribute's value", v, v)
}

func itemOf(members map[string]any) (aws.Item, error) {
	item := make(aws.Item, len(members))
	for name, v := range members {
		value, err := valueOf(v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		item[name] = value
	}
	return item, nil
}

func names(item aws.Item) []string { return slices.Sorted(maps.Keys(item)) }

// show writes a value so that its type can be seen: "Psy", 2012, true; other
// types as DynamoDB JSON.
func show(v aws.AttributeValue) string {
	switch v := v.(type) {
	case nil:
		return nothing
	case aws.S:
		return quote(string(v))
	case aws.N:
		return visible(string(v))
	case aws.BOOL:
		return strconv.FormatBool(bool(v))
	case aws.NULL:
		return "null"
	}
	body, err := aws.MarshalValue(v)
	if err != nil {
		return visible(err.Error())
	}
	return visible(string(body))
}

// showTyped is show with the console's word for the type before it.
func showTyped(v aws.AttributeValue) string {
	if v == nil {
		return nothing
	}
	return v.Type().Name() + " " + show(v)
}

// same reports whether two values are equal as DynamoDB sees it.
func same(a, b aws.AttributeValue) bool {
	switch a := a.(type) {
	case aws.N:
		return alike(a, b, func(x, y aws.N) bool { return sameNumber(string(x), string(y)) })
	case aws.B:
		return alike(a, b, func(x, y aws.B) bool { return bytes.Equal(x, y) })
	case aws.M:
		return alike(a, b, func(x, y aws.M) bool { return maps.EqualFunc(x, y, same) })
	case aws.L:
		return alike(a, b, func(x, y aws.L) bool { return slices.EqualFunc(x, y, same) })
	case aws.SS:
		return alike(a, b, func(x, y aws.SS) bool { return sameSet(x, y, func(m, n string) bool { return m == n }) })
	case aws.NS:
		return alike(a, b, func(x, y aws.NS) bool { return sameSet(x, y, sameNumber) })
	case aws.BS:
		return alike(a, b, func(x, y aws.BS) bool { return sameSet(x, y, bytes.Equal) })
	}
	return reflect.DeepEqual(a, b) // S, BOOL, NULL, and nothing at all
}

// alike compares b with a if it is of a's type.
func alike[T aws.AttributeValue](a T, b aws.AttributeValue, equal func(T, T) bool) bool {
	typed, ok := b.(T)
	return ok && equal(a, typed)
}

func sameSet[T any](a, b []T, equal func(T, T) bool) bool {
	return len(a) == len(b) && !slices.ContainsFunc(a, func(x T) bool {
		return !slices.ContainsFunc(b, func(y T) bool { return equal(x, y) })
	})
}

// digits bounds the numbers that are compared as numbers; DynamoDB's have 38
// digits and an exponent of 126 at most, 166 characters in all.
const digits = 200

// sameNumber compares decimals: 1971, 1971.0 and 1.971e3 are the same. Texts
// that are no number of DynamoDB's are compared as texts.
func sameNumber(a, b string) bool {
	x, okX := number(a)
	y, okY := number(b)
	if !okX || !okY {
		return a == b
	}
	return x.Cmp(y) == 0
}

func number(text string) (*big.Rat, bool) {
	if len(text) > digits || strings.ContainsAny(text, "/_xXpPoO") {
		return nil, false
	}
	if _, exponent, found := strings.Cut(strings.ToLower(text), "e"); found {
		if n, err := strconv.Atoi(exponent); err != nil || n > digits || n < -digits {
			return nil, false
		}
	}
	return new(big.Rat).SetString(text)
}

// differ says how a value differs from the one expected; false when it does not.
func differ(subject string, want, got aws.AttributeValue) (Finding, bool) {
	f := Finding{Subject: subject, Expected: show(want), Found: show(got), Cause: CauseValue}
	switch {
	case same(want, got):
		return Finding{}, false
	case got == nil:
		f.Cause = CauseAttribute
	case want.Type() != got.Type():
		f.Expected, f.Found, f.Cause = showTyped(want), showTyped(got), CauseType
	}
	wanted, isText := want.(aws.S)
	if text, ok := got.(aws.S); ok && isText {
		f.Cause, f.Advice = spotted(string(wanted), string(text))
	}
	return f, true
}

// spotted tells what the eye misses when two texts look the same.
func spotted(want, got string) (Cause, string) {
	switch {
	case strings.Join(strings.Fields(want), "") == strings.Join(strings.Fields(got), ""):
		return CauseSpace, "Only a space differs; ␠ shows where it is."
	case spelling.Fold(want) == spelling.Fold(got):
		return CauseValue, "Upper and lower case count."
	}
	return CauseValue, ""
}

// within reports whether all that is wanted is in what was got, both as decoded
// JSON: members by name, to any depth, lists one by one, everything else as same
// has it. If not, it says where and what.
func within(want, got any, at string, same func(want, got any) bool) (path string, w, g any, ok bool) {
	if list, isList := want.([]any); isList {
		return withinList(list, got, at, same)
	}
	members, isObject := want.(map[string]any)
	if !isObject {
		return at, want, got, same(want, got)
	}
	object, isObject := got.(map[string]any)
	if !isObject {
		return at, want, got, false
	}
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if path, w, g, ok = within(members[name], object[name], strings.TrimPrefix(at+"."+name, "."), same); !ok {
			return path, w, g, false
		}
	}
	return "", nil, nil, true
}

func withinList(want []any, got any, at string, same func(want, got any) bool) (path string, w, g any, ok bool) {
	list, isList := got.([]any)
	if !isList || len(list) != len(want) {
		return at, want, got, false
	}
	for i := range want {
		if path, w, g, ok = within(want[i], list[i], fmt.Sprintf("%s[%d]", at, i), same); !ok {
			return path, w, g, false
		}
	}
	return "", nil, nil, true
}

func sameJSON(want, got any) bool {
	a, errA := json.Marshal(want)
	b, errB := json.Marshal(got)
	if errA != nil || errB != nil {
		return false
	}
	return bytes.Equal(a, b) || sameNumber(string(a), string(b))
}

// likeJSON is sameJSON, but that * in the text that is wanted stands for any
// characters.
func likeJSON(want, got any) bool {
	pattern, isText := want.(string)
	text, ok := got.(string)
	if isText && ok {
		return Like(pattern, text)
	}
	return sameJSON(want, got)
}

// decoded is a value as JSON decodes it, numbers as they were written.
func decoded(v any) (any, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var out any
	err = decoder.Decode(&out)
	return out, err
}

// showJSON writes decoded JSON short.
func showJSON(v any) string {
	if v == nil {
		return nothing
	}
	body, err := json.Marshal(v)
	if err != nil {
		return visible(err.Error())
	}
	return visible(string(body))
}
