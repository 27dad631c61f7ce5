package partiql

import (
	"math"
	"strconv"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// parser is a place in the tokens of a statement.
type parser struct {
	statement  string
	tokens     []token
	at         int
	parameters []aws.AttributeValue
	used       int // parameters
}

// Parse reads a statement; parameters, normalised, stand for its question marks.
// A statement that is none is a *value.Fault.
func Parse(statement string, parameters []aws.AttributeValue) (*Statement, error) {
	tokens, err := lex(statement)
	if err != nil {
		return nil, err
	}
	p := &parser{statement: statement, tokens: tokens, parameters: parameters}
	s, err := p.parseStatement()
	if err != nil {
		return nil, err
	}
	p.accept(";")
	if p.peek().kind != tokenEnd {
		return nil, leftover()
	}
	if p.used != len(parameters) {
		return nil, wrongParameters()
	}
	return s, nil
}

func wrongParameters() error {
	return value.Faultf("Number of parameters in request and statement don't match.")
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

// accept takes the symbol if it comes next.
func (p *parser) accept(symbol string) bool {
	if p.peek().isSymbol(symbol) {
		p.at++
		return true
	}
	return false
}

// acceptWord takes the keyword if it comes next.
func (p *parser) acceptWord(keyword string) bool {
	if p.peek().isWord(keyword) {
		p.at++
		return true
	}
	return false
}

func (p *parser) expect(symbol string) error {
	if p.accept(symbol) {
		return nil
	}
	return p.expected("'" + symbol + "'")
}

func (p *parser) expectWord(keyword string) error {
	if p.acceptWord(keyword) {
		return nil
	}
	return p.expected(keyword)
}

// expected is the fault of another token that is missing here.
func (p *parser) expected(what string) error {
	t := p.peek()
	if t.kind == tokenEnd {
		return malformed("Expected %s at the end of the statement", what)
	}
	return malformed("Expected %s at %s", what, place(p.statement, t.start, t.length))
}

func (p *parser) parseStatement() (*Statement, error) {
	t := p.peek()
	if t.isWord("FROM") {
		return p.parseFrom()
	}
	if !t.isWord(string(Select), string(Insert), string(Update), string(Delete), string(Exists)) {
		return nil, malformed("Expected data manipulation")
	}
	p.at++
	s := &Statement{Verb: Verb(upper(t))}
	var err error
	switch s.Verb {
	case Select:
		err = p.parseSelect(s)
	case Insert:
		err = p.parseInsert(s)
	case Update:
		err = p.parseUpdate(s)
	case Delete:
		err = p.parseDelete(s)
	case Exists:
		err = p.parseExists(s)
	}
	return s, err
}

func (p *parser) parseSelect(s *Statement) (err error) {
	if !p.accept("*") {
		if s.Paths, err = p.parsePaths(); err != nil {
			return err
		}
	}
	if err := p.parseSource(s, "FROM"); err != nil {
		return err
	}
	if err := p.parseWhere(s); err != nil {
		return err
	}
	if !p.acceptWord("ORDER") {
		return nil
	}
	if err := p.expectWord("BY"); err != nil {
		return err
	}
	for {
		var o Ordering
		if o.Path, err = p.parsePath(); err != nil {
			return err
		}
		if o.Descending = p.acceptWord("DESC"); !o.Descending {
			p.acceptWord("ASC")
		}
		s.Order = append(s.Order, o)
		if !p.accept(",") {
			return nil
		}
	}
}

// parsePaths reads what a SELECT gives.
func (p *parser) parsePaths() ([]Path, error) {
	var paths []Path
	for {
		if t := p.peek(); p.isCall() {
			return nil, value.Faultf("Unexpected path component at %s", place(p.statement, t.start, t.length))
		}
		at, err := p.parsePath()
		if err != nil {
			return nil, err
		}
		paths = append(paths, at)
		if !p.accept(",") {
			return paths, nil
		}
	}
}

// parseSource reads the table, and the index, after a keyword; "" is none.
func (p *parser) parseSource(s *Statement, keyword string) (err error) {
	if keyword != "" {
		if err := p.expectWord(keyword); err != nil {
			return err
		}
	}
	if s.Table, err = p.parseComponent(); err != nil {
		return err
	}
	if p.accept(".") {
		if s.Index, err = p.parseComponent(); err != nil {
			return err
		}
	}
	switch t := p.peek(); {
	case t.isSymbol("."):
		return value.Faultf("A path may contain at most 2 components in the FROM clause")
	case t.kind == tokenName || t.isWord("AS") || t.kind == tokenWord && !t.isWord(quotedWords...):
		return value.Faultf("Aliasing is not supported")
	}
	return nil
}

// parseComponent reads the name of a table or an index.
func (p *parser) parseComponent() (string, error) {
	name, err := p.parseName()
	if err == nil && name == "" {
		err = value.Faultf("Path component cannot be an empty string")
	}
	return name, err
}

// parseFrom reads an update that begins with its table and condition.
func (p *parser) parseFrom() (*Statement, error) {
	s := &Statement{Verb: Update}
	if err := p.parseSource(s, "FROM"); err != nil {
		return nil, err
	}
	if err := p.parseWhere(s); err != nil {
		return nil, err
	}
	if err := p.parseClauses(s); err != nil {
		return nil, err
	}
	return s, p.parseReturning(s)
}

// parseClauses reads the changes of an update, one at least.
func (p *parser) parseClauses(s *Statement) error {
	for p.peek().isWord("SET", "REMOVE") {
		if err := p.parseChanges(s); err != nil {
			return err
		}
	}
	if len(s.Changes) == 0 {
		return p.expected("SET or REMOVE")
	}
	return nil
}

func (p *parser) parseWhere(s *Statement) (err error) {
	if p.acceptWord("WHERE") {
		s.Where, err = p.parseOr()
	}
	return err
}

func (p *parser) parseInsert(s *Statement) (err error) {
	if err := p.expectWord("INTO"); err != nil {
		return err
	}
	if s.Table, err = p.parseComponent(); err != nil {
		return err
	}
	if !p.acceptWord("VALUE") {
		return leftover()
	}
	if p.accept("?") {
		v, err := p.parameter()
		item, ok := v.(aws.M)
		if err == nil && !ok {
			return malformed("The value to insert must be a map")
		}
		s.Item = aws.Item(item)
		return err
	}
	if err := p.expect("{"); err != nil {
		return err
	}
	s.Item, err = parseMembersOf[aws.Item](p, func(string) string { return "root" })
	return err
}

func (p *parser) parseUpdate(s *Statement) error {
	if err := p.parseSource(s, ""); err != nil {
		return err
	}
	if err := p.parseClauses(s); err != nil {
		return err
	}
	if err := p.parseWhere(s); err != nil {
		return err
	}
	return p.parseReturning(s)
}

func (p *parser) parseDelete(s *Statement) error {
	if err := p.parseSource(s, "FROM"); err != nil {
		return err
	}
	if err := p.parseWhere(s); err != nil {
		return err
	}
	return p.parseReturning(s)
}

func (p *parser) parseExists(s *Statement) error {
	if err := p.expect("("); err != nil {
		return err
	}
	if err := p.expectWord(string(Select)); err != nil {
		return err
	}
	if err := p.parseSelect(s); err != nil {
		return err
	}
	return p.expect(")")
}

func (p *parser) parseReturning(s *Statement) error {
	if !p.acceptWord("RETURNING") {
		return nil
	}
	which, of := p.next(), p.next()
	if !which.isWord("ALL", "MODIFIED") || !of.isWord("OLD", "NEW") || !p.accept("*") {
		return malformed("Expected ALL or MODIFIED, OLD or NEW, and * after RETURNING")
	}
	s.Returning = Returning(upper(which) + " " + upper(of))
	return nil
}

// parseName reads a name, in quotes or not.
func (p *parser) parseName() (string, error) {
	t := p.peek()
	if t.kind != tokenName && (t.kind != tokenWord || t.isWord(quotedWords...)) {
		return "", p.expected("a name")
	}
	p.at++
	return t.text, nil
}

func (p *parser) parsePath() (Path, error) {
	name, err := p.parseName()
	if err != nil {
		return nil, err
	}
	out := Path{{Name: name}}
	for {
		switch {
		case p.accept("."):
			if name, err = p.parseName(); err != nil {
				return nil, malformed("Invalid path dot component")
			}
			out = append(out, Step{Name: name})
		case p.accept("["):
			s, err := p.parseStep()
			if err != nil {
				return nil, err
			}
			out = append(out, s)
		default:
			return out, nil
		}
	}
}

// parseStep reads an index, or the name of a member in single quotes.
func (p *parser) parseStep() (Step, error) {
	t := p.peek()
	var s Step
	switch t.kind {
	case tokenText:
		s.Name = t.text
	case tokenNumber:
		index, err := strconv.Atoi(t.text)
		if err != nil || index > math.MaxInt32 {
			return s, p.expected("an index")
		}
		s.Index = aws.Some(index)
	default:
		return s, p.expected("an index")
	}
	p.at++
	return s, p.expect("]")
}
