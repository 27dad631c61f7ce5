package expr

import (
	"slices"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// KeyOp is what a key condition asks of a key attribute.
type KeyOp string

// The operators; of a partition key only KeyEqual has a meaning.
const (
	KeyEqual        KeyOp = "="
	KeyLess         KeyOp = "<"
	KeyLessEqual    KeyOp = "<="
	KeyGreater      KeyOp = ">"
	KeyGreaterEqual KeyOp = ">="
	KeyBetween      KeyOp = "BETWEEN"
	KeyBeginsWith   KeyOp = "begins_with"
	// KeyUnknown is an operator of the older request forms that finds no range
	// of keys.
	KeyUnknown KeyOp = ""
)

// KeyTerm is the condition on one attribute: attribute, operator, value.
type KeyTerm struct {
	Attribute string
	Op        KeyOp
	Values    []aws.AttributeValue // normalised: two for KeyBetween, else one, but for KeyUnknown
}

// KeyCondition is a parsed KeyConditionExpression: terms that must all hold,
// each of another attribute. Whether these are the keys of the table or index,
// and the values of their types, is for the table to say.
type KeyCondition struct{ Terms []KeyTerm }

// ParseKeyCondition parses and checks a KeyConditionExpression. What DynamoDB
// refuses before it looks up the table is a *value.Fault.
func ParseKeyCondition(text string, p *Placeholders) (*KeyCondition, error) {
	parser, err := newConditionParser(KeyConditionExpression, text, p)
	if err != nil {
		return nil, err
	}
	root, err := parser.parse()
	if err != nil {
		return nil, err
	}
	var out KeyCondition
	if fault := out.add(root); fault != nil {
		return nil, fault
	}
	return &out, nil
}

// add takes a condition apart into terms.
func (k *KeyCondition) add(p predicate) *value.Fault {
	switch p := p.(type) {
	case and:
		if fault := k.add(p.left); fault != nil {
			return fault
		}
		return k.add(p.right)
	case comparison:
		return k.addComparison(p)
	case between:
		return k.addTerm(KeyBetween, p.of, p.low, p.high)
	case beginsWith:
		return k.addTerm(KeyBeginsWith, p.of, p.prefix)
	case or:
		return invalidKeyOperator("OR")
	case not:
		return invalidKeyOperator("NOT")
	case in:
		return invalidKeyOperator("IN")
	case exists:
		return invalidKeyOperator("attribute_exists")
	case notExists:
		return invalidKeyOperator("attribute_not_exists")
	case hasType:
		return invalidKeyOperator("attribute_type")
	default:
		return invalidKeyOperator("contains")
	}
}

func invalidKeyOperator(operator string) *value.Fault {
	return value.Faultf("Invalid operator used in KeyConditionExpression: %s", operator)
}

func invalidKeyTerm(format string, args ...any) *value.Fault {
	return value.Faultf("Invalid condition in KeyConditionExpression: "+format, args...)
}

// addComparison puts the attribute first, as in a term.
func (k *KeyCondition) addComparison(c comparison) *value.Fault {
	if c.operator == "<>" {
		return invalidKeyOperator(c.operator)
	}
	op := KeyOp(c.operator)
	if _, ok := c.left.(constant); ok {
		c.left, c.right = c.right, c.left
		op = mirrored(op)
	}
	return k.addTerm(op, c.left, c.right)
}

// mirrored is the operator that says the same with its operands exchanged.
func mirrored(op KeyOp) KeyOp {
	switch op {
	case KeyLess:
		return KeyGreater
	case KeyLessEqual:
		return KeyGreaterEqual
	case KeyGreater:
		return KeyLess
	case KeyGreaterEqual:
		return KeyLessEqual
	default:
		return op
	}
}

func (k *KeyCondition) addTerm(op KeyOp, of operand, operands ...operand) *value.Fault {
	attribute, fault := keyAttribute(op, of, operands)
	if fault != nil {
		return fault
	}
	if slices.ContainsFunc(k.Terms, func(t KeyTerm) bool { return t.Attribute == attribute }) {
		return KeyConditionExpression.faultf("KeyConditionExpressions must only contain one condition per key")
	}
	term := KeyTerm{Attribute: attribute, Op: op}
	for _, o := range operands {
		term.Values = append(term.Values, o.resolve(nil))
	}
	k.Terms = append(k.Terms, term)
	return nil
}

// keyAttribute wants one attribute, first, and only values beside it.
func keyAttribute(op KeyOp, of operand, operands []operand) (string, *value.Fault) {
	paths := 0
	for _, o := range append([]operand{of}, operands...) {
		switch o := o.(type) {
		case sizeOf:
			return "", KeyConditionExpression.faultf("KeyConditionExpressions cannot contain nested operations")
		case path:
			if len(o) > 1 {
				return "", KeyConditionExpression.faultf("KeyConditionExpressions cannot have conditions on nested attributes")
			}
			paths++
		}
	}
	at, ok := of.(path)
	switch {
	case paths > 1:
		return "", invalidKeyTerm("Multiple attribute names used in one condition")
	case paths == 0:
		return "", invalidKeyTerm("No key attribute specified")
	case !ok:
		return "", invalidKeyTerm("%s operator must have the key attribute as its first operand", op)
	}
	return at[0].name, nil
}
