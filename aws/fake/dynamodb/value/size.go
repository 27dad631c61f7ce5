package value

import "awslab/aws"

// MaxItemSize is the limit of ItemSize, in bytes.
const MaxItemSize = 400 * 1024

// A list or map costs this much, and so does each of its elements.
const (
	containerSize = 3
	elementSize   = 1
)

// ItemSize is what DynamoDB counts an item as, in bytes: the UTF-8 of each
// name and the Size of its value. It decides capacity units and the limit.
func ItemSize(item aws.Item) int {
	size := 0
	for name, v := range item {
		size += len(name) + Size(v)
	}
	return size
}

// Size is what DynamoDB counts a value as, in bytes.
func Size(v aws.AttributeValue) int {
	switch v := v.(type) {
	case aws.S:
		return len(v)
	case aws.N:
		return numberSize(string(v))
	case aws.B:
		return len(v)
	case aws.BOOL, aws.NULL:
		return 1
	case aws.M:
		return containerSize + elementSize*len(v) + ItemSize(aws.Item(v))
	case aws.L:
		size := containerSize + elementSize*len(v)
		for _, element := range v {
			size += Size(element)
		}
		return size
	case aws.SS:
		return sizeOf(v, func(s string) int { return len(s) })
	case aws.NS:
		return sizeOf(v, numberSize)
	case aws.BS:
		return sizeOf(v, func(b []byte) int { return len(b) })
	}
	return 0
}

func sizeOf[T any](members []T, size func(T) int) int {
	total := 0
	for _, member := range members {
		total += size(member)
	}
	return total
}

// numberSize counts a text that is no number by its length; Normalize lets
// none through.
func numberSize(text string) int {
	n, fault := parseNumber(text)
	if fault != nil {
		return len(text)
	}
	return n.size()
}
