package aws

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// The faults that DynamoDB JSON itself can have, with AWS's wording.
var (
	// ErrNoType is a value with no type descriptor, or one AWS does not know.
	ErrNoType = errors.New("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
	// ErrManyTypes is a value with more than one type descriptor.
	ErrManyTypes = errors.New("Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")
)

// MarshalValue writes one value as DynamoDB JSON: {"S":"Psy"}.
func MarshalValue(v AttributeValue) ([]byte, error) {
	var payload any = v
	switch v := v.(type) {
	case nil:
		return nil, ErrNoType
	case S:
		payload = string(v)
	case B:
		payload = []byte(v)
	case M:
		payload = Item(v)
	case L:
		payload = Values(v)
	}
	body, err := marshalPlain(payload)
	if err != nil {
		return nil, err
	}
	out := make([]byte, 0, len(body)+len(v.Type())+5)
	out = append(out, `{"`...)
	out = append(out, v.Type()...)
	out = append(out, `":`...)
	out = append(out, body...)
	return append(out, '}'), nil
}

// marshalPlain is json.Marshal without its escaping of <, > and &, which AWS
// does not do and people should not have to read.
func marshalPlain(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(buf.Bytes(), "\n"), nil
}

// UnmarshalValue reads one value of DynamoDB JSON. A value with no type or
// several is ErrNoType or ErrManyTypes.
func UnmarshalValue(data []byte) (AttributeValue, error) {
	var members map[AttributeType]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return nil, err
	}
	for name, raw := range members {
		if string(raw) == "null" {
			delete(members, name)
		}
	}
	if len(members) > 1 {
		return nil, ErrManyTypes
	}
	for name, raw := range members {
		return unmarshalTyped(name, raw)
	}
	return nil, ErrNoType
}

func unmarshalTyped(name AttributeType, raw json.RawMessage) (AttributeValue, error) {
	switch name {
	case TypeS:
		return decodeAs[S](raw)
	case TypeN:
		return decodeAs[N](raw)
	case TypeB:
		return decodeAs[B](raw)
	case TypeBOOL:
		return decodeAs[BOOL](raw)
	case TypeNULL:
		return decodeAs[NULL](raw)
	case TypeM:
		item, err := decodeAs[Item](raw)
		return M(item), err
	case TypeL:
		values, err := decodeAs[Values](raw)
		return L(values), err
	case TypeSS:
		return decodeAs[SS](raw)
	case TypeNS:
		return decodeAs[NS](raw)
	case TypeBS:
		return decodeAs[BS](raw)
	}
	return nil, fmt.Errorf("%w: %q is not a type", ErrNoType, name)
}

func decodeAs[T any](raw json.RawMessage) (T, error) {
	var v T
	err := json.Unmarshal(raw, &v)
	return v, err
}

// MarshalJSON writes the item as DynamoDB JSON.
func (i Item) MarshalJSON() ([]byte, error) {
	if i == nil {
		return []byte("null"), nil
	}
	raw := make(map[string]json.RawMessage, len(i))
	for name, value := range i {
		body, err := MarshalValue(value)
		if err != nil {
			return nil, fmt.Errorf("attribute %s: %w", name, err)
		}
		raw[name] = body
	}
	return marshalPlain(raw)
}

// UnmarshalJSON reads an item of DynamoDB JSON.
func (i *Item) UnmarshalJSON(data []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	if raw == nil {
		*i = nil
		return nil
	}
	out := make(Item, len(raw))
	for name, body := range raw {
		value, err := UnmarshalValue(body)
		if err != nil {
			return err
		}
		out[name] = value
	}
	*i = out
	return nil
}

// Values is a list of values of any types in a request or an answer; its JSON
// form is an array of typed values.
type Values []AttributeValue

// MarshalJSON writes the values as DynamoDB JSON.
func (l Values) MarshalJSON() ([]byte, error) {
	raw := make([]json.RawMessage, len(l))
	for n, value := range l {
		body, err := MarshalValue(value)
		if err != nil {
			return nil, err
		}
		raw[n] = body
	}
	return marshalPlain(raw)
}

// UnmarshalJSON reads values of DynamoDB JSON; null is none.
func (l *Values) UnmarshalJSON(data []byte) error {
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	if raw == nil {
		*l = nil
		return nil
	}
	out := make(Values, len(raw))
	for n, body := range raw {
		value, err := UnmarshalValue(body)
		if err != nil {
			return err
		}
		out[n] = value
	}
	*l = out
	return nil
}

// Value is one value in a request or an answer, where it may be left out; its
// JSON form is that of a typed value.
type Value struct{ AttributeValue }

// MarshalJSON writes the value as DynamoDB JSON.
func (v Value) MarshalJSON() ([]byte, error) { return MarshalValue(v.AttributeValue) }

// UnmarshalJSON reads a value of DynamoDB JSON; null is none.
func (v *Value) UnmarshalJSON(data []byte) (err error) {
	if string(data) == "null" {
		*v = Value{}
		return nil
	}
	v.AttributeValue, err = UnmarshalValue(data)
	return err
}
