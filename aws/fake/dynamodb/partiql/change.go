package partiql

import (
	"slices"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// parseChanges reads SET or REMOVE and the changes that follow.
func (p *parser) parseChanges(s *Statement) error {
	operation := upper(p.next())
	for {
		at, err := p.parsePath()
		if err != nil {
			return err
		}
		c := Change{Path: at, Operation: operation}
		if operation == "SET" {
			if err := p.expect("="); err != nil {
				return err
			}
			if err := p.parseTerms(&c); err != nil {
				return err
			}
		}
		s.Changes = append(s.Changes, c)
		if !p.accept(",") {
			return nil
		}
	}
}

// parseTerms reads the right side of SET.
func (p *parser) parseTerms(c *Change) error {
	if p.isCall() && p.peek().isWord("list_append", "set_add", "set_delete") {
		return p.parseFunction(c)
	}
	left, err := p.parseOperand()
	if err != nil {
		return err
	}
	c.Terms = []Operand{left}
	if sign := p.peek(); sign.isSymbol("+") || sign.isSymbol("-") {
		p.at++
		right, err := p.parseOperand()
		if err != nil {
			return err
		}
		c.Operator, c.Terms = sign.text, append(c.Terms, right)
	}
	return nil
}

// parseFunction reads a function that makes the new value; those of sets change
// the set that they are given.
func (p *parser) parseFunction(c *Change) error {
	name := p.next()
	p.at++ // the parenthesis
	begin := p.at
	operands, err := p.parseOperands()
	if err != nil {
		return err
	}
	function, at := upper(name), place(p.statement, name.start, name.length)
	if len(operands) != 2 {
		return value.Faultf("%s must have exactly two arguments at %s", function, at)
	}
	c.Terms = operands
	if function == "LIST_APPEND" {
		c.Operator = "list_append"
		return nil
	}
	c.Operation = "ADD"
	if function == "SET_DELETE" {
		c.Operation = "DELETE"
	}
	if of, ok := operands[0].(Path); !ok || !slices.Equal(of, c.Path) {
		return value.Faultf("The first argument to %s must equal the assignment value at %s", function, at)
	}
	if members, ok := operands[1].(Literal); !ok || !isSet(members.Value) {
		first := p.tokens[begin]
		return value.Faultf("The second argument to %s must be a value with type SET at %s", function, place(p.statement, first.start, first.length))
	}
	c.Terms = operands[1:]
	return nil
}

func isSet(v aws.AttributeValue) bool {
	switch v.(type) {
	case aws.SS, aws.NS, aws.BS:
		return true
	}
	return false
}
