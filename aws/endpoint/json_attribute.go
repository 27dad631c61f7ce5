package endpoint

import (
	"net/http"
	"slices"

	"awslab/aws"
)

// errManyTypes is a value that is of two types at once.
var errManyTypes = fault(http.StatusBadRequest, "ValidationException", aws.ErrManyTypes.Error())

// item reads an item of DynamoDB JSON. An attribute without a type is nil in it,
// which the service refuses in its own words.
func (r *jsonReader) item() (aws.Item, error) {
	if c := r.peek(); c != '{' {
		return nil, r.unlike(c, "Unexpected field type", "java.util.Map")
	}
	out := make(aws.Item)
	err := r.object(func(name []byte) error {
		key := string(name)
		value, err := r.attribute()
		out[key] = value
		return err
	})
	return out, err
}

// attribute reads one value of DynamoDB JSON: {"S":"Psy"}.
func (r *jsonReader) attribute() (out aws.AttributeValue, err error) {
	if null, err := r.null(); null {
		return nil, err
	}
	if c := r.peek(); c != '{' {
		return nil, r.unlike(c, "Unexpected value type in payload", "class com.amazonaws.dynamodb.v20120810.AttributeValue")
	}
	err = r.object(func(name []byte) error {
		kind := aws.AttributeType(name)
		if r.peek() == 'n' {
			return r.literal("null")
		}
		value, err := r.typed(kind)
		if err != nil || value == nil {
			return err
		}
		if out != nil {
			return errManyTypes
		}
		out = value
		return nil
	})
	return out, err
}

// typed reads the payload of a value of a type; nil for a type that is none.
func (r *jsonReader) typed(kind aws.AttributeType) (aws.AttributeValue, error) {
	switch kind {
	case aws.TypeS:
		text, err := r.string()
		return aws.S(text), err
	case aws.TypeN:
		text, err := r.string()
		return aws.N(text), err
	case aws.TypeB:
		blob, err := r.blob()
		return aws.B(blob), err
	case aws.TypeBOOL:
		truth, err := r.truth()
		return aws.BOOL(truth), err
	case aws.TypeNULL:
		truth, err := r.truth()
		return aws.NULL(truth), err
	case aws.TypeM:
		item, err := r.item()
		return aws.M(item), err
	case aws.TypeL:
		list, err := elements(r, r.attribute)
		return aws.L(list), err
	case aws.TypeSS:
		set, err := elements(r, r.string)
		return aws.SS(set), err
	case aws.TypeNS:
		set, err := elements(r, r.string)
		return aws.NS(set), err
	case aws.TypeBS:
		set, err := elements(r, r.blob)
		return aws.BS(set), err
	}
	return nil, r.skip()
}

// elements reads an array of one kind of value.
func elements[T any](r *jsonReader, element func() (T, error)) ([]T, error) {
	if c := r.peek(); c != '[' {
		return nil, r.unlike(c, "Unexpected field type", "")
	}
	out := []T{}
	err := r.array(func() error {
		value, err := element()
		out = append(out, value)
		return err
	})
	return out, err
}

// appendItem writes an item as DynamoDB JSON, its attributes in order of name.
func appendItem(out []byte, item map[string]aws.AttributeValue) []byte {
	var few [16]string
	names := few[:0]
	for name := range item {
		names = append(names, name)
	}
	slices.Sort(names)
	out = append(out, '{')
	for i, name := range names {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(appendText(out, name), ':')
		out = appendAttribute(out, item[name])
	}
	return append(out, '}')
}

// appendAttribute writes one value as DynamoDB JSON.
func appendAttribute(out []byte, value aws.AttributeValue) []byte {
	if value == nil {
		return append(out, "{}"...)
	}
	out = append(append(append(out, `{"`...), value.Type()...), `":`...)
	switch v := value.(type) {
	case aws.S:
		out = appendText(out, string(v))
	case aws.N:
		out = appendText(out, string(v))
	case aws.B:
		out = appendBlob(out, v)
	case aws.BOOL:
		out = appendTruth(out, bool(v))
	case aws.NULL:
		out = appendTruth(out, bool(v))
	case aws.M:
		out = appendItem(out, v)
	case aws.L:
		out = appendElements(out, v, appendAttribute)
	case aws.SS:
		out = appendElements(out, v, appendText)
	case aws.NS:
		out = appendElements(out, v, appendText)
	case aws.BS:
		out = appendElements(out, v, appendBlob)
	}
	return append(out, '}')
}

func appendElements[T any](out []byte, values []T, write func([]byte, T) []byte) []byte {
	out = append(out, '[')
	for i, value := range values {
		if i > 0 {
			out = append(out, ',')
		}
		out = write(out, value)
	}
	return append(out, ']')
}
