package value

import (
	"awslab/aws"
)

// MaxNesting is how many levels deep a value may be, an attribute's own value
// being the first.
const MaxNesting = 32

// Normalize checks v and gives it in the form in which DynamoDB stores and
// returns it: numbers without exponent and superfluous zeros, the members of sets
// in order. A value that DynamoDB refuses is a *Fault. v itself is not changed, and nothing of it is
// copied that need not be, save the maps and lists.
func Normalize(v aws.AttributeValue) (aws.AttributeValue, error) {
	out, fault := normalize(v, 1)
	if fault != nil {
		return nil, fault
	}
	return out, nil
}

// NormalizeItem normalises every attribute, into a new item. Of several faults
// it tells that of the attribute whose name sorts first.
func NormalizeItem(item aws.Item) (aws.Item, error) {
	if item == nil {
		return nil, nil
	}
	out, fault := normalizeMap(item, 1)
	if fault != nil {
		return nil, fault
	}
	return out, nil
}

func normalize(v aws.AttributeValue, level int) (aws.AttributeValue, *Fault) {
	if level > MaxNesting {
		return nil, tooDeep()
	}
	switch v := v.(type) {
	case aws.S, aws.B, aws.BOOL:
		return v, nil
	case aws.N:
		text, fault := normalizeNumber(string(v))
		return aws.N(text), fault
	case aws.NULL:
		if !v {
			return nil, falseNull()
		}
		return v, nil
	case aws.M:
		out, fault := normalizeMap(v, level+1)
		return out, fault
	case aws.L:
		out := make(aws.L, len(v))
		for i, element := range v {
			normal, fault := normalize(element, level+1)
			if fault != nil {
				return nil, fault
			}
			out[i] = normal
		}
		return out, nil
	case aws.SS, aws.NS, aws.BS:
		return normalizeSet(v)
	}
	return nil, noValue()
}

func normalizeMap[M ~map[string]aws.AttributeValue](m M, level int) (M, *Fault) {
	out := make(M, len(m))
	var first *Fault
	at := ""
	for name, v := range m {
		normal, fault := normalize(v, level)
		if fault != nil && (first == nil || name < at) {
			first, at = fault, name
		}
		out[name] = normal
	}
	if first != nil {
		return nil, first
	}
	return out, nil
}

func normalizeNumber(text string) (string, *Fault) {
	if isPlainInteger(text) {
		return text, nil
	}
	n, fault := parseNumber(text)
	if fault != nil {
		return "", fault
	}
	return n.text(), nil
}

// isPlainInteger recognises most numbers that need no normalising.
func isPlainInteger(text string) bool {
	if text == "" || len(text) > maxDigits || text[0] == '0' {
		return text == "0"
	}
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

// CheckNesting is the fault of a value that is more than MaxNesting levels
// deep; a value of which normalised ones are made may be.
func CheckNesting(v aws.AttributeValue) error {
	if deeperThan(v, MaxNesting) {
		return tooDeep()
	}
	return nil
}

func deeperThan(v aws.AttributeValue, levels int) bool {
	if levels == 0 {
		return true
	}
	switch v := v.(type) {
	case aws.M:
		for _, member := range v {
			if deeperThan(member, levels-1) {
				return true
			}
		}
	case aws.L:
		for _, element := range v {
			if deeperThan(element, levels-1) {
				return true
			}
		}
	}
	return false
}
