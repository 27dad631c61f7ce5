package partiql

import (
	"strings"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// Condition is a condition, or a part of one.
type Condition interface{ write(t *Text) }

// The conditions.
type (
	// And holds if both do.
	And struct{ Left, Right Condition }
	// Or holds if any does.
	Or struct{ Left, Right Condition }
	// Not holds if the other does not.
	Not struct{ Of Condition }
	// Comparison compares two operands: =, <>, <, <=, > or >=.
	Comparison struct {
		Operator    string
		Left, Right Operand
	}
	// Between holds from Low to High, both included.
	Between struct{ Of, Low, High Operand }
	// In holds if Of is one of the List.
	In struct {
		Of   Operand
		List []Operand
	}
	// Call is a function of the expression language.
	Call struct {
		Function string
		Operands []Operand
	}
)

// Operand is what conditions and changes take values from: a Path, a Literal or
// the Size of what is at a path.
type Operand interface{ writeOperand(t *Text) }

// Literal is a value.
type Literal struct{ Value aws.AttributeValue }

// Size is the function size.
type Size struct{ Of Path }

// Conjuncts takes a condition apart into those that must all hold.
func Conjuncts(c Condition) []Condition {
	if c == nil {
		return nil
	}
	if both, ok := c.(And); ok {
		return append(Conjuncts(both.Left), Conjuncts(both.Right)...)
	}
	return []Condition{c}
}

// Join makes one condition of those that must all hold; nil of none.
func Join(conditions []Condition) Condition {
	var out Condition
	for _, c := range conditions {
		if out == nil {
			out = c
		} else {
			out = And{out, c}
		}
	}
	return out
}

func (p *parser) parseOr() (Condition, error) {
	left, err := p.parseAnd()
	for err == nil && p.acceptWord("OR") {
		var right Condition
		right, err = p.parseAnd()
		left = Or{left, right}
	}
	return left, err
}

func (p *parser) parseAnd() (Condition, error) {
	left, err := p.parseNot()
	for err == nil && p.acceptWord("AND") {
		var right Condition
		right, err = p.parseNot()
		left = And{left, right}
	}
	return left, err
}

func (p *parser) parseNot() (Condition, error) {
	switch {
	case p.acceptWord("NOT"):
		of, err := p.parseNot()
		return Not{of}, err
	case p.accept("("):
		c, err := p.parseOr()
		if err != nil {
			return nil, err
		}
		return c, p.expect(")")
	case p.isCall() && !p.peek().isWord("size"):
		return p.parseTruth()
	}
	return p.parsePredicate()
}

// parseTruth reads a function that is a condition, and what it is compared with,
// if it is: true or false.
func (p *parser) parseTruth() (Condition, error) {
	call, err := p.parseCall()
	if err != nil || !p.peek().isSymbol("=") || !p.tokens[p.at+1].isWord("TRUE", "FALSE") {
		return call, err
	}
	p.at++
	if p.next().isWord("FALSE") {
		call = Not{call}
	}
	return call, nil
}

// isCall tells whether a function's name and opening parenthesis come next.
func (p *parser) isCall() bool {
	return p.peek().kind == tokenWord && p.tokens[p.at+1].isSymbol("(")
}

// parseCall reads a function that is a condition.
func (p *parser) parseCall() (Condition, error) {
	name := p.peek()
	function := strings.ToLower(name.text)
	arity, known := arities[function]
	if !known {
		return nil, value.Faultf("Unrecognized function: %s at %s", function, place(p.statement, name.start, name.length))
	}
	p.at += 2
	operands, err := p.parseOperands()
	if err == nil && len(operands) != arity {
		err = value.Faultf("Incorrect number of operands for operator or function; operator or function: %s, number of operands: %d", function, len(operands))
	}
	return Call{Function: function, Operands: operands}, err
}

// arities are the functions that are conditions, with how many operands each takes.
var arities = map[string]int{"begins_with": 2, "contains": 2, "attribute_type": 2, "attribute_exists": 1, "attribute_not_exists": 1}

// parseOperands reads operands, or none, up to the closing parenthesis.
func (p *parser) parseOperands() (operands []Operand, err error) {
	if p.accept(")") {
		return nil, nil
	}
	for {
		o, err := p.parseOperand()
		if err != nil {
			return nil, err
		}
		operands = append(operands, o)
		if !p.accept(",") {
			return operands, p.expect(")")
		}
	}
}

// parseOperand reads a path, a value or size(…).
func (p *parser) parseOperand() (Operand, error) {
	if p.startsValue() {
		v, err := p.parseValue()
		return Literal{v}, err
	}
	if p.isCall() && p.peek().isWord("size") {
		p.at += 2
		of, err := p.parsePath()
		if err != nil {
			return nil, err
		}
		return Size{of}, p.expect(")")
	}
	at, err := p.parsePath()
	return at, err
}

// parsePredicate reads an operand and what is asked of it.
func (p *parser) parsePredicate() (Condition, error) {
	of, err := p.parseOperand()
	if err != nil {
		return nil, err
	}
	if p.acceptWord("NOT") {
		c, err := p.parseRange(of)
		return Not{c}, err
	}
	t := p.peek()
	switch {
	case t.kind == tokenSymbol && comparators[t.text] != "":
		p.at++
		right, err := p.parseOperand()
		return Comparison{comparators[t.text], of, right}, err
	case p.acceptWord("IS"):
		return p.parseIs(of)
	}
	return p.parseRange(of)
}

// comparators are the operators by how they are written.
var comparators = map[string]string{"=": "=", "<>": "<>", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}

// parseRange reads BETWEEN or IN.
func (p *parser) parseRange(of Operand) (Condition, error) {
	switch {
	case p.acceptWord("BETWEEN"):
		low, err := p.parseOperand()
		if err != nil {
			return nil, err
		}
		if err := p.expectWord("AND"); err != nil {
			return nil, err
		}
		high, err := p.parseOperand()
		return Between{of, low, high}, err
	case p.acceptWord("IN"):
		list, err := p.parseList()
		return In{of, list}, err
	}
	return nil, p.expected("an operator")
}

// parseList reads the values of IN, in brackets or parentheses, or a parameter
// that is a list.
func (p *parser) parseList() ([]Operand, error) {
	closing := ")"
	var values []aws.AttributeValue
	var err error
	switch {
	case p.accept("["):
		closing = "]"
		fallthrough
	case p.accept("("):
		values, err = p.parseMembers(closing, root)
	default:
		var v aws.AttributeValue
		if v, err = p.parseValue(); err == nil {
			list, ok := v.(aws.L)
			if !ok {
				return nil, p.expected("a list")
			}
			values = list
		}
	}
	if err != nil {
		return nil, err
	}
	if len(values) == 0 {
		return nil, p.expected("a value")
	}
	list := make([]Operand, len(values))
	for n, v := range values {
		list[n] = Literal{v}
	}
	return list, nil
}

// typesNamed are the types by the names that IS takes.
var typesNamed = map[string]aws.AttributeType{
	"NULL": aws.TypeNULL, "STRING": aws.TypeS, "NUMBER": aws.TypeN, "BINARY": aws.TypeB, "BOOL": aws.TypeBOOL, "BOOLEAN": aws.TypeBOOL,
	"LIST": aws.TypeL, "MAP": aws.TypeM, "SS": aws.TypeSS, "NS": aws.TypeNS, "BS": aws.TypeBS, "S": aws.TypeS, "N": aws.TypeN, "B": aws.TypeB, "L": aws.TypeL, "M": aws.TypeM,
}

// parseIs reads IS [NOT] MISSING, NULL or another type.
func (p *parser) parseIs(of Operand) (Condition, error) {
	negated := p.acceptWord("NOT")
	var c Condition
	kind, known := typesNamed[upper(p.peek())]
	switch {
	case p.acceptWord("MISSING"):
		c = Call{"attribute_not_exists", []Operand{of}}
	case known && p.peek().kind == tokenWord:
		p.at++
		c = Call{"attribute_type", []Operand{of, Literal{aws.S(kind)}}}
	default:
		return nil, p.expected("MISSING or a type")
	}
	if negated {
		c = Not{c}
	}
	return c, nil
}
