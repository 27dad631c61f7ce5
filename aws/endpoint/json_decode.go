package endpoint

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
)

// decodeRequest reads the input of an operation, and tells which members it lacks of
// those that AWS requires, as AWS's messages name them: "tags.1.member.value".
func decodeRequest(data []byte, s *shape, v reflect.Value) (absent []string, err error) {
	r := &jsonReader{data: data}
	err = r.whole(s, v)
	return r.absent, err
}

// decodeJSON reads a JSON object into a structure. What the structure has no
// member for is passed over, as AWS does. Its faults are AWS's, in the wording of
// DynamoDB.
func decodeJSON(data []byte, s *shape, v reflect.Value) error {
	r := &jsonReader{data: data}
	return r.whole(s, v)
}

// whole reads an object that is all of the text.
func (r *jsonReader) whole(s *shape, v reflect.Value) error {
	if r.peek() != '{' {
		return errJSON
	}
	if err := r.decode(s, v); err != nil {
		return err
	}
	if r.peek(); r.at < len(r.data) {
		return errJSON
	}
	return nil
}

// decode reads one value; null leaves v as it is.
func (r *jsonReader) decode(s *shape, v reflect.Value) error {
	if null, err := r.null(); null {
		return err
	}
	switch s.kind {
	case ofText, ofBlob:
		return r.decodeText(s, v)
	case ofWhole, ofDecimal, ofMoment:
		return r.decodeNumber(s, v)
	case ofTruth:
		truth, err := r.truth()
		v.SetBool(truth)
		return err
	case ofAttribute:
		value, err := r.attribute()
		if value != nil {
			v.Set(reflect.ValueOf(value))
		}
		return err
	case ofValue:
		value, err := r.attribute()
		v.Set(reflect.ValueOf(aws.Value{AttributeValue: value}))
		return err
	case ofItem:
		item, err := r.item()
		v.Set(reflect.ValueOf(item))
		return err
	case ofJSON:
		start := r.at
		if err := r.skip(); err != nil {
			return err
		}
		if json.Unmarshal(r.data[start:r.at], v.Addr().Interface()) != nil {
			return unserializable("Unexpected value type in payload")
		}
		return nil
	case ofPointer:
		v.Set(reflect.New(s.elem.of))
		return r.decode(s.elem, v.Elem())
	case ofOption:
		value := reflect.New(s.elem.of).Elem()
		if err := r.decode(s.elem, value); err != nil {
			return err
		}
		return give(v, value)
	case ofSequence:
		return r.decodeSequence(s, v)
	case ofDictionary:
		return r.decodeDictionary(s, v)
	default:
		return r.decodeStructure(s, v)
	}
}

func (r *jsonReader) decodeStructure(s *shape, v reflect.Value) error {
	if c := r.peek(); c != '{' {
		return r.unlike(c, "Unexpected value type in payload", "class "+s.of.Name())
	}
	var zero []string // members that are there, and look like ones that are not
	err := r.object(func(name []byte) error {
		i, known := s.byName[string(name)]
		if !known {
			return r.pass(s, name)
		}
		m := &s.members[i]
		field, given, told := v.FieldByIndex(m.index), r.peek() != 'n', len(r.absent)
		if err := r.decode(m.shape, field); err != nil {
			return err
		}
		if len(r.absent) > told {
			r.within(told, inMessages(m.name))
		}
		if !given || !field.IsZero() {
			return nil
		}
		if m.shape.kind == ofText {
			field.SetString(m.empty)
		}
		if !m.omit {
			zero = append(zero, m.name)
		}
		return nil
	})
	for i := range s.members {
		m := &s.members[i]
		if !m.omit && v.FieldByIndex(m.index).IsZero() && !slices.Contains(zero, m.name) && len(r.absent) < mostAbsent {
			r.absent = append(r.absent, inMessages(m.name))
		}
	}
	return err
}

// pass reads past the value of a member that a structure has not. It is an error where
// the sandbox lacks what it asks for.
func (r *jsonReader) pass(s *shape, name []byte) error {
	if i := slices.IndexFunc(s.gaps, func(g gap) bool { return g.member == string(name) }); i >= 0 {
		return r.without(s.gaps[i])
	}
	return r.skip()
}

// without reads past a value that may ask for nothing, and keeps no part of it.
func (r *jsonReader) without(g gap) error {
	switch r.peek() {
	case '{':
		return r.object(func([]byte) error { return r.without(g) })
	case '[':
		return r.array(func() error { return r.without(g) })
	}
	start := r.at
	if err := r.skip(); err != nil {
		return err
	}
	var value any
	if json.Unmarshal(r.data[start:r.at], &value) != nil {
		return errJSON
	}
	return g.refuse(value)
}

// within puts, before the names of the missing members from one on, what they are in.
func (r *jsonReader) within(from int, what string) {
	for i := from; i < len(r.absent); i++ {
		r.absent[i] = what + "." + r.absent[i]
	}
}

// inMessages is a member's name as AWS's messages have it.
func inMessages(name string) string { return strings.ToLower(name[:1]) + name[1:] }

func (r *jsonReader) decodeSequence(s *shape, v reflect.Value) error {
	if c := r.peek(); c != '[' {
		return r.unlike(c, "Unexpected field type", "")
	}
	v.Set(reflect.MakeSlice(s.of, 0, 0))
	return r.array(func() error {
		if s.elem.kind == ofStructure {
			if r.many++; r.many > mostStructures {
				return tooLarge()
			}
		}
		element, told := reflect.New(s.elem.of).Elem(), len(r.absent)
		if err := r.decode(s.elem, element); err != nil {
			return err
		}
		v.Set(reflect.Append(v, element))
		if len(r.absent) > told {
			r.within(told, strconv.Itoa(v.Len())+".member")
		}
		return nil
	})
}

func (r *jsonReader) decodeDictionary(s *shape, v reflect.Value) error {
	if c := r.peek(); c != '{' {
		return r.unlike(c, "Unexpected field type", "java.util.Map")
	}
	v.Set(reflect.MakeMap(s.of))
	return r.object(func(name []byte) error {
		key := string(name)
		value, told := reflect.New(s.elem.of).Elem(), len(r.absent)
		if err := r.decode(s.elem, value); err != nil {
			return err
		}
		if len(r.absent) > told {
			r.within(told, key+".member")
		}
		v.SetMapIndex(reflect.ValueOf(key).Convert(s.of.Key()), value)
		return nil
	})
}

func (r *jsonReader) decodeText(s *shape, v reflect.Value) error {
	if s.kind == ofBlob {
		blob, err := r.blob()
		v.SetBytes(blob)
		return err
	}
	text, err := r.string()
	v.SetString(text)
	return err
}

// string reads what must be a string.
func (r *jsonReader) string() (string, error) {
	if c := r.peek(); c != '"' {
		return "", r.mistyped(c, "String")
	}
	text, err := r.text()
	return string(text), err
}

// blob reads what must be bytes, in base64.
func (r *jsonReader) blob() ([]byte, error) {
	switch c := r.peek(); c {
	case '"':
	case '{', '[':
		return nil, r.unlike(c, "", "class java.nio.ByteBuffer")
	default:
		return nil, r.unlike(c, "only base-64-encoded strings are convertible to bytes", "")
	}
	text, err := r.text()
	if err != nil {
		return nil, err
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(text)))
	n, err := base64.StdEncoding.Decode(out, text)
	switch {
	case len(text)%4 != 0:
		return nil, unserializable("Base64 encoded length is expected a multiple of 4 bytes but found: " + strconv.Itoa(len(text)))
	case err != nil:
		return nil, unserializable("Invalid last non-pad Base64 character dectected") // AWS's spelling
	}
	return out[:n], nil
}

func (r *jsonReader) truth() (bool, error) {
	switch c := r.peek(); c {
	case 't':
		return true, r.literal("true")
	case 'f':
		return false, r.literal("false")
	case '"':
		return false, r.unlike(c, "Unexpected token received from parser", "")
	default:
		return false, r.mistyped(c, "Boolean")
	}
}

func (r *jsonReader) decodeNumber(s *shape, v reflect.Value) error {
	if c := r.peek(); c != '-' && (c < '0' || c > '9') {
		return r.mistyped(c, map[kind]string{ofWhole: "Integer", ofDecimal: "Double", ofMoment: "Date"}[s.kind])
	}
	text, err := r.number()
	if err != nil {
		return err
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return errJSON
	}
	switch s.kind {
	case ofDecimal:
		v.SetFloat(number)
	case ofMoment:
		v.Set(reflect.ValueOf(fromEpoch(number)))
	default:
		whole, err := strconv.ParseInt(text, 10, 64)
		if err != nil { // a fraction is cut off
			if math.Abs(number) >= 1<<62 {
				return unserializable("NUMBER_VALUE cannot be converted to Long")
			}
			whole = int64(number)
		}
		if v.OverflowInt(whole) {
			return unserializable("NUMBER_VALUE cannot be converted to Integer")
		}
		v.SetInt(whole)
	}
	return nil
}

// fromEpoch is a time that is given in seconds since 1970.
func fromEpoch(seconds float64) time.Time {
	if math.Abs(seconds) > 1e11 { // the year 5138; beyond it, it is no time
		return time.Time{}
	}
	return time.UnixMilli(int64(math.Round(seconds * 1000))).UTC()
}

// epoch is a time in seconds since 1970, to the millisecond.
func epoch(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

// mistyped is the fault of a value of another type than a simple one that is
// wanted; c is how it begins.
func (r *jsonReader) mistyped(c byte, want string) error {
	token := ""
	switch {
	case c == '"':
		token = "STRING_VALUE"
	case c == 't':
		token = "TRUE_VALUE"
	case c == 'f':
		token = "FALSE_VALUE"
	case c == '-' || c >= '0' && c <= '9':
		text, err := r.number()
		if err != nil {
			return err
		}
		token = "NUMBER_VALUE"
		if strings.ContainsAny(text, ".eE") {
			token = "DECIMAL_VALUE"
		}
		return unserializable(token + " cannot be converted to " + want)
	}
	return r.unlike(c, token+" cannot be converted to "+want, "class java.lang."+want)
}

// unlike is the fault of a value that is, or is not, a collection; simple is what
// is said of one that is none.
func (r *jsonReader) unlike(c byte, simple, want string) error {
	switch {
	case c == '{':
		return unserializable("Start of structure or map found where not expected")
	case c == '[':
		return unserializable("Unrecognized collection type " + want)
	case r.skip() == nil:
		return unserializable(simple)
	}
	return errJSON
}
