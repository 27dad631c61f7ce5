package partiql

import (
	"errors"
	"fmt"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// root is where a literal is that is no part of another.
const root = "root"

// parseValue reads a literal or a parameter.
func (p *parser) parseValue() (aws.AttributeValue, error) { return p.parseValueAt(root) }

// parseValueAt reads a value at a place in another, as messages tell it.
func (p *parser) parseValueAt(at string) (aws.AttributeValue, error) {
	switch t := p.peek(); {
	case t.kind == tokenText:
		p.at++
		return aws.S(t.text), nil
	case t.kind == tokenNumber:
		p.at++
		return number(t.text, at)
	case t.isWord("TRUE", "FALSE"):
		p.at++
		return aws.BOOL(upper(t) == "TRUE"), nil
	case t.isWord("NULL"):
		p.at++
		return aws.NULL(true), nil
	case p.isCall():
		return nil, value.Faultf("Unsupported data type: %s under key root at %s", t.text, place(p.statement, t.start, t.length))
	case p.accept("-"):
		if p.peek().kind != tokenNumber {
			return nil, p.expected("a number")
		}
		return number("-"+p.next().text, at)
	case p.accept("?"):
		return p.parameter()
	case p.accept("["):
		members, err := p.parseMembers("]", at)
		return aws.L(members), err
	case p.accept("<<"):
		members, err := p.parseMembers(">>", at)
		if err != nil {
			return nil, err
		}
		return setOf(members)
	case p.accept("{"):
		return parseMembersOf[aws.M](p, func(name string) string { return at + "." + name })
	}
	return nil, p.expected("a value")
}

// number normalises a number of the statement; its fault says where it is.
func number(text, at string) (aws.AttributeValue, error) {
	normal, err := value.Normalize(aws.N(text))
	if err != nil {
		return nil, value.Faultf("%s under %s", err.Error(), at)
	}
	return normal, nil
}

// startsValue reports whether a value comes next.
func (p *parser) startsValue() bool {
	t := p.peek()
	switch t.kind {
	case tokenText, tokenNumber:
		return true
	case tokenWord:
		return t.isWord("TRUE", "FALSE", "NULL")
	case tokenSymbol:
		return t.text == "-" || t.text == "?" || t.text == "[" || t.text == "<<" || t.text == "{"
	default:
		return false
	}
}

func (p *parser) parameter() (aws.AttributeValue, error) {
	if p.used == len(p.parameters) {
		return nil, wrongParameters()
	}
	p.used++
	return p.parameters[p.used-1], nil
}

// parseMembers reads values up to the closing bracket; none is a list without
// members.
func (p *parser) parseMembers(closing, at string) ([]aws.AttributeValue, error) {
	members := []aws.AttributeValue{}
	if p.accept(closing) {
		return members, nil
	}
	for {
		v, err := p.parseValueAt(fmt.Sprintf("%s[%d]", at, len(members)))
		if err != nil {
			return nil, err
		}
		members = append(members, v)
		if !p.accept(",") {
			return members, p.expect(closing)
		}
	}
}

// parseMembersOf reads the rest of a map, after its brace; at tells where a
// member is.
func parseMembersOf[M ~map[string]aws.AttributeValue](p *parser, at func(name string) string) (M, error) {
	out := M{}
	if p.accept("}") {
		return out, nil
	}
	for {
		name := p.peek()
		if name.kind != tokenText && name.kind != tokenName {
			return nil, p.expected("a name in quotes")
		}
		p.at++
		if err := p.expect(":"); err != nil {
			return nil, err
		}
		v, err := p.parseValueAt(at(name.text))
		if err != nil {
			return nil, err
		}
		out[name.text] = v
		if !p.accept(",") {
			return out, p.expect("}")
		}
	}
}

// setOf makes a set of members of one type, each of which is there once.
func setOf(members []aws.AttributeValue) (aws.AttributeValue, error) {
	var texts, numbers []string
	var binaries [][]byte
	for _, member := range members {
		switch v := member.(type) {
		case aws.S:
			texts = append(texts, string(v))
		case aws.N:
			numbers = append(numbers, string(v))
		case aws.B:
			binaries = append(binaries, v)
		}
	}
	var set aws.AttributeValue
	switch len(members) {
	case 0:
		return nil, value.Faultf("Empty bags are not supported")
	case len(texts):
		set = aws.SS(texts)
	case len(numbers):
		set = aws.NS(numbers)
	case len(binaries):
		set = aws.BS(binaries)
	default:
		return nil, value.Faultf("A set must have members of one type: strings, numbers or binaries")
	}
	normal, err := value.Normalize(set)
	var fault *value.Fault
	if errors.As(err, &fault) {
		return nil, value.Faultf("%s", fault.Older)
	}
	return normal, err
}
