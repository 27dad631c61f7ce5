package dynamodb

import (
	"fmt"

	"awslab/aws"
)

// memberType is the type of a set's members.
func memberType(set aws.AttributeType) aws.AttributeType {
	switch set {
	case aws.TypeNS:
		return aws.TypeN
	case aws.TypeBS:
		return aws.TypeB
	default:
		return aws.TypeS
	}
}

// setMembers lists the members of a set; nil for any other value.
func setMembers(set aws.AttributeValue) []aws.AttributeValue {
	var out []aws.AttributeValue
	switch v := set.(type) {
	case aws.SS:
		for _, m := range v {
			out = append(out, aws.S(m))
		}
	case aws.NS:
		for _, m := range v {
			out = append(out, aws.N(m))
		}
	case aws.BS:
		for _, m := range v {
			out = append(out, aws.B(m))
		}
	}
	return out
}

// makeSet makes a set of its members, which are of its member type.
func makeSet(kind aws.AttributeType, members []aws.AttributeValue) aws.AttributeValue {
	switch kind {
	case aws.TypeNS:
		out := make(aws.NS, len(members))
		for i, m := range members {
			out[i] = scalarText(m)
		}
		return out
	case aws.TypeBS:
		var out aws.BS
		for _, m := range members {
			if data, ok := m.(aws.B); ok {
				out = append(out, data)
			}
		}
		return out
	default:
		out := make(aws.SS, len(members))
		for i, m := range members {
			out[i] = scalarText(m)
		}
		return out
	}
}

// setFault says in AWS's words what is wrong with a set's members.
func setFault(kind aws.AttributeType, members []aws.AttributeValue) string {
	const invalid = "One or more parameter values were invalid: "
	if len(members) == 0 {
		switch kind {
		case aws.TypeNS:
			return invalid + "An number set  may not be empty"
		case aws.TypeBS:
			return invalid + "Binary sets should not be empty"
		default:
			return invalid + "An string set  may not be empty"
		}
	}
	seen := make(map[string]bool, len(members))
	for _, m := range members {
		text := scalarText(m)
		if kind == aws.TypeNS {
			text = canonicalNumber(text)
		}
		if seen[text] {
			return fmt.Sprintf("%sInput collection contains duplicates: %s is there twice", invalid, cut(scalarText(m), 40))
		}
		seen[text] = true
	}
	return ""
}
