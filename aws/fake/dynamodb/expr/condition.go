package expr

import (
	"bytes"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// Condition is a parsed condition or filter.
type Condition struct {
	root       predicate
	attributes []string
}

// ParseCondition parses and checks a ConditionExpression or FilterExpression.
// What DynamoDB refuses without looking at any item is a *value.Fault.
func ParseCondition(kind Kind, text string, p *Placeholders) (*Condition, error) {
	parser, err := newConditionParser(kind, text, p)
	if err != nil {
		return nil, err
	}
	root, err := parser.parse()
	if err != nil {
		return nil, err
	}
	return &Condition{root: root, attributes: parser.mentioned}, nil
}

// Match tells whether the condition holds for the item; nil is an item that
// does not exist.
func (c *Condition) Match(item aws.Item) bool { return c.root.match(item) }

// Attributes lists the top-level attributes that the condition mentions, in
// its order, each once.
func (c *Condition) Attributes() []string { return c.attributes }

// predicate is a condition or a part of one.
type predicate interface {
	match(item aws.Item) bool
}

// The connectives and comparisons. An operand that the item does not have
// makes each comparison false, but for <>.
type (
	and        struct{ left, right predicate }
	or         struct{ left, right predicate }
	not        struct{ of predicate }
	comparison struct {
		operator    string
		left, right operand
	}
	between struct{ of, low, high operand }
	in      struct {
		of   operand
		list []operand
	}
)

// The functions.
type (
	exists     struct{ path path }
	notExists  struct{ path path }
	hasType    struct{ of, typ operand }
	beginsWith struct{ of, prefix operand }
	contains   struct{ of, part operand }
)

// nothing stands for what has a fault and is never evaluated.
type nothing struct{}

func (nothing) match(aws.Item) bool { return false }

func (c and) match(item aws.Item) bool { return c.left.match(item) && c.right.match(item) }

func (c or) match(item aws.Item) bool { return c.left.match(item) || c.right.match(item) }

func (c not) match(item aws.Item) bool { return !c.of.match(item) }

func (c comparison) match(item aws.Item) bool {
	left, right := c.left.resolve(item), c.right.resolve(item)
	switch c.operator {
	case "=":
		return value.Equal(left, right)
	case "<>":
		return !value.Equal(left, right)
	}
	order, ok := value.Compare(left, right)
	if !ok {
		return false
	}
	switch c.operator {
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

func (c between) match(item aws.Item) bool {
	v := c.of.resolve(item)
	fromLow, ok := value.Compare(v, c.low.resolve(item))
	if !ok || fromLow < 0 {
		return false
	}
	fromHigh, ok := value.Compare(v, c.high.resolve(item))
	return ok && fromHigh <= 0
}

func (c in) match(item aws.Item) bool {
	v := c.of.resolve(item)
	for _, candidate := range c.list {
		if value.Equal(v, candidate.resolve(item)) {
			return true
		}
	}
	return false
}

func (c exists) match(item aws.Item) bool { return c.path.resolve(item) != nil }

func (c notExists) match(item aws.Item) bool { return c.path.resolve(item) == nil }

func (c hasType) match(item aws.Item) bool {
	v, typ := c.of.resolve(item), c.typ.resolve(item)
	return v != nil && typ == aws.S(v.Type())
}

func (c beginsWith) match(item aws.Item) bool {
	switch v := c.of.resolve(item).(type) {
	case aws.S:
		prefix, ok := c.prefix.resolve(item).(aws.S)
		return ok && strings.HasPrefix(string(v), string(prefix))
	case aws.B:
		prefix, ok := c.prefix.resolve(item).(aws.B)
		return ok && bytes.HasPrefix(v, prefix)
	}
	return false
}

func (c contains) match(item aws.Item) bool {
	part := c.part.resolve(item)
	switch v := c.of.resolve(item).(type) {
	case aws.S:
		part, ok := part.(aws.S)
		return ok && strings.Contains(string(v), string(part))
	case aws.B:
		part, ok := part.(aws.B)
		return ok && bytes.Contains(v, part)
	case aws.L:
		for _, element := range v {
			if value.Equal(element, part) {
				return true
			}
		}
		return false
	default:
		return value.Contains(v, part)
	}
}
