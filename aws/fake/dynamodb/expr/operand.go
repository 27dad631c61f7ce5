package expr

import (
	"strconv"

	"awslab/aws"
)

// operand is what a condition takes a value from: a path, a placeholder's
// value, or size(…) of one.
type operand interface {
	// resolve gives the value that the item makes it, nil if it has none.
	resolve(item aws.Item) aws.AttributeValue
	// staticType is the type that it has for every item, "" if that varies.
	staticType() aws.AttributeType
}

// constant is the value of a placeholder; nil for one that is not defined.
type constant struct{ value aws.AttributeValue }

func (c constant) resolve(aws.Item) aws.AttributeValue { return c.value }

func (c constant) staticType() aws.AttributeType {
	if c.value == nil {
		return ""
	}
	return c.value.Type()
}

// sizeOf is the function size.
type sizeOf struct{ of operand }

func (s sizeOf) staticType() aws.AttributeType { return aws.TypeN }

func (s sizeOf) resolve(item aws.Item) aws.AttributeValue {
	size := 0
	switch v := s.of.resolve(item).(type) {
	case aws.S:
		size = utf16Length(string(v))
	case aws.B:
		size = len(v)
	case aws.M:
		size = len(v)
	case aws.L:
		size = len(v)
	case aws.SS:
		size = len(v)
	case aws.NS:
		size = len(v)
	case aws.BS:
		size = len(v)
	default: // has no size
		return nil
	}
	return aws.N(strconv.Itoa(size))
}

// utf16Length is the length of a string as DynamoDB's size counts it.
func utf16Length(s string) int {
	length := 0
	for _, r := range s {
		length++
		if r > 0xFFFF { // takes two code units
			length++
		}
	}
	return length
}
