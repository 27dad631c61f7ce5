package expr

import (
	"maps"
	"slices"

	"awslab/aws"
)

// The older request forms say with maps and lists of names what expressions say
// with text. Here they become what expressions are parsed into, so that there
// is one evaluator; checking them is for the caller.

// Comparison is a condition on one attribute in the older forms; its values are
// normalised, and as many and of such types as the operator takes.
type Comparison struct {
	Attribute string
	Operator  aws.ComparisonOperator
	Values    []aws.AttributeValue
}

// CompareAll makes a condition of comparisons, one at least, all of which must
// hold, or, with ConditionalOr, any.
func CompareAll(comparisons []Comparison, operator aws.ConditionalOperator) *Condition {
	out := &Condition{}
	for _, c := range comparisons {
		part := c.predicate()
		switch {
		case out.root == nil:
			out.root = part
		case operator == aws.ConditionalOr:
			out.root = or{out.root, part}
		default:
			out.root = and{out.root, part}
		}
		out.attributes = append(out.attributes, c.Attribute)
	}
	return out
}

func (c Comparison) predicate() predicate {
	at := path{nameStep(c.Attribute)}
	operands := make([]operand, len(c.Values))
	for n, v := range c.Values {
		operands[n] = constant{v}
	}
	switch c.Operator {
	case aws.CompareEqual, aws.CompareNotEqual, aws.CompareLess, aws.CompareLessEqual, aws.CompareGreater, aws.CompareGreaterEqual:
		return comparison{operator: olderSigns[c.Operator], left: at, right: operands[0]}
	case aws.CompareBetween:
		return between{of: at, low: operands[0], high: operands[1]}
	case aws.CompareIn:
		return in{of: at, list: operands}
	case aws.CompareBeginsWith:
		return beginsWith{of: at, prefix: operands[0]}
	case aws.CompareContains:
		return contains{of: at, part: operands[0]}
	case aws.CompareNotContains: // an attribute that is absent fails it, as it fails CONTAINS
		return and{exists{at}, not{contains{of: at, part: operands[0]}}}
	case aws.CompareNull:
		return notExists{at}
	case aws.CompareNotNull:
		return exists{at}
	}
	return nothing{}
}

// olderSigns are the operators that are signs in expressions.
var olderSigns = map[aws.ComparisonOperator]string{
	aws.CompareEqual: "=", aws.CompareNotEqual: "<>",
	aws.CompareLess: "<", aws.CompareLessEqual: "<=", aws.CompareGreater: ">", aws.CompareGreaterEqual: ">=",
}

// CompareKeys makes a key condition of comparisons; one that no key condition
// can be has the operator KeyUnknown.
func CompareKeys(comparisons []Comparison) *KeyCondition {
	out := &KeyCondition{}
	for _, c := range comparisons {
		op := KeyOp(olderSigns[c.Operator])
		switch c.Operator {
		case aws.CompareBetween:
			op = KeyBetween
		case aws.CompareBeginsWith:
			op = KeyBeginsWith
		case aws.CompareNotEqual:
			op = KeyUnknown
		default: // a sign, or none, which is KeyUnknown
		}
		out.Terms = append(out.Terms, KeyTerm{Attribute: c.Attribute, Op: op, Values: c.Values})
	}
	return out
}

// ProjectNames makes a projection of top-level attributes, each named once.
func ProjectNames(names []string) *Projection {
	out := &Projection{}
	for _, name := range names {
		out.paths.put(path{nameStep(name)}, &struct{}{})
	}
	return out
}

// UpdateAll makes an update of changes by attribute; their values are normalised
// and go with their actions. Unlike in an expression, ADD appends to a list.
func UpdateAll(updates map[string]aws.AttributeValueUpdate) *Update {
	out := &Update{}
	for _, name := range slices.Sorted(maps.Keys(updates)) {
		u := updates[name]
		made := &change{clause: setClause, operand: u.Value.AttributeValue}
		switch {
		case u.Action == aws.ActionAdd:
			made.clause = addClause
		case u.Action == aws.ActionDelete && u.Value.AttributeValue == nil:
			made.clause = removeClause
		case u.Action == aws.ActionDelete:
			made.clause = deleteClause
		default:
			made.term = constant{u.Value.AttributeValue}
		}
		out.changes.put(path{nameStep(name)}, made)
	}
	return out
}
