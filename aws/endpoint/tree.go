package endpoint

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"time"

	"awslab/aws"
)

// assign puts a value of a protocol into a Go value: a structure or dictionary is
// a map[string]any, a sequence a []any, and text becomes what is wanted, since
// URLs, headers and forms hold nothing else. nil leaves v as it is.
func assign(s *shape, v reflect.Value, value any) error {
	if value == nil {
		return nil
	}
	switch s.kind {
	case ofText:
		text, ok := value.(string)
		if !ok {
			return unfit(value, "a string")
		}
		v.SetString(text)
	case ofWhole, ofDecimal:
		return assignNumber(s, v, value)
	case ofTruth:
		truth, err := truthOf(value)
		v.SetBool(truth)
		return err
	case ofBlob:
		blob, err := blobOf(value)
		v.SetBytes(blob)
		return err
	case ofMoment:
		t, err := momentOf(value)
		v.Set(reflect.ValueOf(t))
		return err
	case ofPointer:
		v.Set(reflect.New(s.elem.of))
		return assign(s.elem, v.Elem(), value)
	case ofOption:
		given := reflect.New(s.elem.of).Elem()
		if err := assign(s.elem, given, value); err != nil {
			return err
		}
		return give(v, given)
	case ofSequence:
		return assignSequence(s, v, value)
	case ofDictionary:
		return assignDictionary(s, v, value)
	case ofStructure:
		return assignStructure(s, v, value)
	default: // DynamoDB's values, and JSON: they come in JSON alone
		body, err := json.Marshal(value)
		if err == nil {
			err = (&jsonReader{data: body}).decode(s, v)
		}
		return err
	}
	return nil
}

// unfit is the fault of a value that is not what is wanted.
func unfit(value any, want string) *aws.Error {
	text, err := json.Marshal(value)
	if err != nil {
		text = []byte("the value")
	}
	return unserializable(shortened(string(text)) + " is not " + want)
}

func assignStructure(s *shape, v reflect.Value, value any) error {
	values, ok := value.(map[string]any)
	if !ok {
		return unfit(value, "a structure")
	}
	for _, m := range s.members {
		if err := assign(m.shape, v.FieldByIndex(m.index), values[m.name]); err != nil {
			return err
		}
	}
	for _, g := range s.gaps {
		if err := g.refuse(values[g.member]); err != nil {
			return err
		}
	}
	return nil
}

func assignSequence(s *shape, v reflect.Value, value any) error {
	values, ok := value.([]any)
	if !ok {
		return unfit(value, "a list")
	}
	out := reflect.MakeSlice(s.of, len(values), len(values))
	for i, value := range values {
		if err := assign(s.elem, out.Index(i), value); err != nil {
			return err
		}
	}
	v.Set(out)
	return nil
}

func assignDictionary(s *shape, v reflect.Value, value any) error {
	values, ok := value.(map[string]any)
	if !ok {
		return unfit(value, "a map")
	}
	out := reflect.MakeMapWithSize(s.of, len(values))
	for key, value := range values {
		element := reflect.New(s.elem.of).Elem()
		if err := assign(s.elem, element, value); err != nil {
			return err
		}
		out.SetMapIndex(reflect.ValueOf(key).Convert(s.of.Key()), element)
	}
	v.Set(out)
	return nil
}

func assignNumber(s *shape, v reflect.Value, value any) error {
	number, err := numberOf(value)
	if err != nil {
		return err
	}
	if s.kind == ofDecimal {
		v.SetFloat(number)
		return nil
	}
	if number != math.Trunc(number) || math.Abs(number) >= 1<<62 || v.OverflowInt(int64(number)) {
		return unfit(value, "an integer")
	}
	v.SetInt(int64(number))
	return nil
}

// numberOf reads a number. Times of services that count milliseconds fit well
// into what a float64 keeps.
func numberOf(value any) (float64, error) {
	switch n := value.(type) {
	case float64:
		return n, nil
	case int64:
		return float64(n), nil
	case uint64:
		return float64(n), nil
	case string:
		if number, err := strconv.ParseFloat(n, 64); err == nil {
			return number, nil
		}
	}
	return 0, unfit(value, "a number")
}

func truthOf(value any) (bool, error) {
	switch truth := value.(type) {
	case bool:
		return truth, nil
	case string:
		if truth == "true" || truth == "false" {
			return truth == "true", nil
		}
	}
	return false, unfit(value, "true or false")
}

func blobOf(value any) ([]byte, error) {
	switch blob := value.(type) {
	case []byte:
		return blob, nil
	case string:
		if out, err := base64.StdEncoding.DecodeString(blob); err == nil {
			return out, nil
		}
	}
	return nil, unfit(value, "bytes")
}

func momentOf(value any) (time.Time, error) {
	switch t := value.(type) {
	case time.Time:
		return t.UTC(), nil
	case string:
		for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05"} {
			if parsed, err := time.Parse(form, t); err == nil {
				return parsed.UTC(), nil
			}
		}
	}
	if seconds, err := numberOf(value); err == nil {
		return fromEpoch(seconds), nil
	}
	return time.Time{}, unfit(value, "a time")
}

// tree is the reverse of assign, for a protocol that tells types apart.
func tree(s *shape, v reflect.Value) any {
	switch s.kind {
	case ofText:
		return v.String()
	case ofWhole:
		return v.Int()
	case ofTruth:
		return v.Bool()
	case ofPointer:
		return tree(s.elem, v.Elem())
	case ofOption:
		return tree(s.elem, unwrapped(v))
	case ofSequence:
		out := make([]any, v.Len())
		for i := range out {
			out[i] = tree(s.elem, v.Index(i))
		}
		return out
	case ofDictionary:
		out := make(map[string]any, v.Len())
		for _, key := range v.MapKeys() {
			out[key.String()] = tree(s.elem, v.MapIndex(key))
		}
		return out
	case ofStructure:
		out := make(map[string]any, len(s.members))
		s.each(v, func(m *member, v reflect.Value) { out[m.name] = tree(m.shape, v) })
		return out
	default: // numbers, bytes, times and what a protocol's encoder knows
		return v.Interface()
	}
}
