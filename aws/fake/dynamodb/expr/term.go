package expr

import (
	"slices"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// term is a right side of SET, or a part of one.
type term interface {
	// evaluate gives the value that the item, as it was before the update,
	// makes it. It is never nil without an error, which is a *value.Fault.
	evaluate(item aws.Item) (aws.AttributeValue, error)
	// staticType is the type that it has for every item, "" if that varies.
	staticType() aws.AttributeType
}

type (
	ifNotExists struct {
		path      path
		otherwise term
	}
	listAppend struct{ head, tail term }
	arithmetic struct {
		subtract    bool
		left, right term
	}
)

// ErrOperand is what a *value.Fault of an operand of another type than the
// update takes is, by errors.Is.
var ErrOperand error = value.Faultf("An operand in the update expression has an incorrect data type")

func (p path) evaluate(item aws.Item) (aws.AttributeValue, error) {
	if v := p.resolve(item); v != nil {
		return v, nil
	}
	return nil, value.Faultf("The provided expression refers to an attribute that does not exist in the item")
}

func (c constant) evaluate(aws.Item) (aws.AttributeValue, error) { return c.value, nil }

func (f ifNotExists) staticType() aws.AttributeType { return "" }

func (f ifNotExists) evaluate(item aws.Item) (aws.AttributeValue, error) {
	if v := f.path.resolve(item); v != nil {
		return v, nil
	}
	return f.otherwise.evaluate(item)
}

func (f listAppend) staticType() aws.AttributeType { return aws.TypeL }

func (f listAppend) evaluate(item aws.Item) (aws.AttributeValue, error) {
	head, tail, err := evaluateBoth[aws.L](item, f.head, f.tail)
	if err != nil {
		return nil, err
	}
	return slices.Concat(head, tail), nil
}

func (f arithmetic) staticType() aws.AttributeType { return aws.TypeN }

func (f arithmetic) evaluate(item aws.Item) (aws.AttributeValue, error) {
	left, right, err := evaluateBoth[aws.N](item, f.left, f.right)
	if err != nil {
		return nil, err
	}
	operation := value.Add
	if f.subtract {
		operation = value.Sub
	}
	result, err := operation(left, right)
	if err != nil {
		return nil, err
	}
	return result, nil
}

// evaluateBoth wants two values of the type V.
func evaluateBoth[V aws.AttributeValue](item aws.Item, a, b term) (left, right V, err error) {
	first, err := a.evaluate(item)
	if err != nil {
		return left, right, err
	}
	second, err := b.evaluate(item)
	if err != nil {
		return left, right, err
	}
	left, ok := first.(V)
	right, also := second.(V)
	if !ok || !also {
		return left, right, ErrOperand
	}
	return left, right, nil
}
