package expr

import (
	"slices"
	"strings"

	"awslab/aws"
)

// clause is one of the four sections of an UpdateExpression.
type clause string

const (
	setClause    clause = "SET"
	removeClause clause = "REMOVE"
	addClause    clause = "ADD"
	deleteClause clause = "DELETE"
)

// updateParser is the grammar of updates: clauses, each a list of changes.
type updateParser struct {
	*parser
	changes tree[change]
	seen    []clause
}

// ParseUpdate parses and checks an UpdateExpression. What DynamoDB refuses
// without looking at the item is a *value.Fault.
func ParseUpdate(text string, p *Placeholders) (*Update, error) {
	base, err := newParser(UpdateExpression, text, p, string(setClause), string(removeClause), string(addClause), string(deleteClause))
	if err != nil {
		return nil, err
	}
	parser := &updateParser{parser: base}
	for parser.peek().kind != tokenEnd {
		if err := parser.parseClause(); err != nil {
			return nil, err
		}
	}
	if err := parser.finish(); err != nil {
		return nil, err
	}
	return &Update{changes: parser.changes}, nil
}

func (p *updateParser) parseClause() error {
	if !p.peek().isWord(p.keywords...) {
		return p.syntaxError()
	}
	section := clause(strings.ToUpper(p.next().text))
	if slices.Contains(p.seen, section) {
		p.report(rankSection, "The \"%s\" section can only be used once in an update expression;", section)
	}
	p.seen = append(p.seen, section)
	for {
		if err := p.parseChange(section); err != nil {
			return err
		}
		if !p.accept(",") {
			return nil
		}
	}
}

func (p *updateParser) parseChange(section clause) error {
	at, err := p.parsePath()
	if err != nil {
		return err
	}
	made := &change{clause: section}
	switch section {
	case setClause:
		if err := p.expect("="); err != nil {
			return err
		}
		p.operators++
		made.term, err = p.parseTerm()
	case addClause, deleteClause:
		made.operand, err = p.parseSetOperand(section)
	default: // removeClause has a path only
	}
	if err != nil {
		return err
	}
	putPath(p.parser, &p.changes, at, made)
	return nil
}

// parseSetOperand reads the value of ADD or DELETE.
func (p *updateParser) parseSetOperand(section clause) (aws.AttributeValue, error) {
	c, err := p.parseConstant()
	if err != nil || c.value == nil {
		return nil, err
	}
	switch t := c.value.Type(); t {
	case aws.TypeSS, aws.TypeNS, aws.TypeBS:
	case aws.TypeN:
		if section == deleteClause {
			p.reportClauseType(section, t)
		}
	default:
		p.reportClauseType(section, t)
	}
	return c.value, nil
}

func (p *updateParser) reportClauseType(section clause, t aws.AttributeType) {
	names := map[aws.AttributeType]string{
		aws.TypeS: "STRING", aws.TypeN: "NUMBER", aws.TypeB: "BINARY", aws.TypeBOOL: "BOOLEAN",
		aws.TypeNULL: "NULL", aws.TypeM: "MAP", aws.TypeL: "LIST",
	}
	p.report(rankType, "Incorrect operand type for operator or function; operator: %s, operand type: %s, typeSet: ALLOWED_FOR_%s_OPERAND",
		section, names[t], section)
}

// parseTerm reads the right side of SET: one operand, or two with + or -
// between them.
func (p *updateParser) parseTerm() (term, error) {
	left, err := p.parseOperand()
	if err != nil {
		return nil, err
	}
	sign := p.peek()
	if _, done := left.(arithmetic); done || !sign.isSymbol("+") && !sign.isSymbol("-") {
		return left, nil
	}
	p.next()
	p.operators++
	right, err := p.parseOperand()
	if err != nil {
		return nil, err
	}
	p.checkTypes(sign.text, []aws.AttributeType{aws.TypeN}, left.staticType(), right.staticType())
	return arithmetic{subtract: sign.text == "-", left: left, right: right}, nil
}

func (p *updateParser) parseOperand() (term, error) {
	switch {
	case p.accept("("):
		if p.peek().isSymbol("(") {
			p.report(rankGroup, "The expression has redundant parentheses;")
		}
		of, err := p.parseTerm()
		if err != nil {
			return nil, err
		}
		return of, p.expect(")")
	case p.isCall():
		return p.parseCall()
	case p.peek().kind == tokenValue:
		return p.parseConstant()
	}
	return p.parsePath()
}

func (p *updateParser) parseCall() (term, error) {
	name := p.next().text
	p.next() // the parenthesis
	p.operators++
	var operands []term
	for {
		o, err := p.parseOperand()
		if err != nil {
			return nil, err
		}
		operands = append(operands, o)
		if !p.accept(",") {
			break
		}
	}
	return p.call(name, operands), p.expect(")")
}

// call makes a function of its operands, and reports what is wrong with them.
func (p *updateParser) call(name string, operands []term) term {
	if !isUpdateFunction(name) {
		_, known := arity(name)
		p.reportFunction(name, known, "an update")
		return constant{}
	}
	if !p.checkCount(name, len(operands), 2) {
		return constant{}
	}
	if name == "list_append" {
		p.checkTypes(name, []aws.AttributeType{aws.TypeL}, operands[0].staticType(), operands[1].staticType())
		return listAppend{head: operands[0], tail: operands[1]}
	}
	at, ok := operands[0].(path)
	if !ok {
		p.reportNoPath(name)
		return constant{}
	}
	return ifNotExists{path: at, otherwise: operands[1]}
}
