package expr

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"awslab/aws"
)

// The limits of an expression.
const (
	maxLength    = 4096 // bytes
	maxOperators = 300  // operators and functions
	maxIn        = 100  // values of IN
	maxDepth     = 32   // steps of a path
)

// parser is what the grammars of all kinds share: a place in the tokens, the
// placeholders, and the faults found so far. A syntax error ends parsing at
// once; other faults are told only if the syntax is right.
type parser struct {
	kind         Kind
	text         string
	tokens       []token
	at           int
	placeholders *Placeholders
	keywords     []string // that cannot be names in this grammar
	operators    int
	mentioned    []string // top-level attribute names, in order, each once
	faults       faults
}

func newParser(kind Kind, text string, p *Placeholders, keywords ...string) (*parser, error) {
	if len(text) > maxLength && !p.unbounded {
		fault := kind.faultf("Expression size has exceeded the maximum allowed size;")
		fault.Older = kind.faultf("Expression size has exceeded the maximum allowed size; expression size: %d", len(text)).Text
		return nil, fault
	}
	tokens := lex(text)
	if len(tokens) == 1 {
		return nil, kind.faultf("The expression can not be empty;")
	}
	return &parser{kind: kind, text: text, tokens: tokens, placeholders: p, keywords: keywords}, nil
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
	if !p.accept(symbol) {
		return p.syntaxError()
	}
	return nil
}

// syntaxError is the fault of the token that comes next: DynamoDB shows it
// with its neighbours.
func (p *parser) syntaxError() error {
	bad := p.peek()
	from, to := bad.start, bad.end()
	if p.at > 0 {
		from = p.tokens[p.at-1].start
	}
	if p.at+1 < len(p.tokens) {
		to = p.tokens[p.at+1].end()
	}
	text := bad.text
	if bad.kind == tokenEnd {
		text, to = "<EOF>", p.tokens[p.at-1].end()
	}
	return p.kind.faultf("Syntax error; token: \"%s\", near: \"%s\"", text, strings.TrimRight(p.text[from:to], " \t\r\n"))
}

func (p *parser) report(r rank, format string, args ...any) {
	p.faults.report(r, p.kind.faultf(format, args...))
}

// finish wants the end of the text, and gives the fault to tell, if any.
func (p *parser) finish() error {
	if p.peek().kind != tokenEnd {
		return p.syntaxError()
	}
	if p.operators > maxOperators {
		p.report(rankLimit, "The expression contains too many operators; operator count: %d", p.operators)
	}
	return p.faults.first()
}

// isCall tells whether a function's name and opening parenthesis come next.
func (p *parser) isCall() bool {
	t := p.peek()
	return t.kind == tokenWord && !t.isWord(p.keywords...) && p.tokens[p.at+1].isSymbol("(")
}

// parseConstant reads a value placeholder.
func (p *parser) parseConstant() (constant, error) {
	if p.peek().kind != tokenValue {
		return constant{}, p.syntaxError()
	}
	key := p.next().text
	v, found := p.placeholders.value(key)
	if !found {
		p.report(rankUndefined, "An expression attribute value used in expression is not defined; attribute value: %s", key)
	}
	return constant{v}, nil
}

// parsePath reads a document path.
func (p *parser) parsePath() (path, error) {
	first, err := p.parseName()
	if err != nil {
		return nil, err
	}
	out := path{first}
	for {
		var s step
		switch {
		case p.accept("."):
			s, err = p.parseName()
		case p.accept("["):
			s, err = p.parseIndex()
		default:
			p.checkDepth(out)
			p.mention(first.name)
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
}

func (p *parser) checkDepth(of path) {
	if len(of) > maxDepth {
		p.report(rankLimit, "The document path has too many nesting levels; nesting levels: %d", len(of))
	}
}

func (p *parser) parseName() (step, error) {
	t := p.peek()
	switch {
	case t.kind == tokenName:
		p.at++
		name, found := p.placeholders.name(t.text)
		if !found {
			p.report(rankUndefined, "An expression attribute name used in the document path is not defined; attribute name: %s", t.text)
		}
		return nameStep(name), nil
	case t.kind == tokenWord && !t.isWord(p.keywords...):
		p.at++
		if IsReserved(t.text) {
			p.report(rankReserved, "Attribute name is a reserved keyword; reserved keyword: %s", t.text)
		}
		return nameStep(t.text), nil
	}
	return step{}, p.syntaxError()
}

func (p *parser) parseIndex() (step, error) {
	if p.peek().kind != tokenNumber {
		return step{}, p.syntaxError()
	}
	text := p.next().text
	index, err := strconv.Atoi(text)
	if err != nil || index > math.MaxInt32 {
		index = 0
		p.report(rankLimit, "List index is not within the allowable range; index: [%s]", text)
	}
	return step{index: index}, p.expect("]")
}

func (p *parser) mention(attribute string) {
	if !slices.Contains(p.mentioned, attribute) {
		p.mentioned = append(p.mentioned, attribute)
	}
}

// checkCount reports a function that does not have so many operands.
func (p *parser) checkCount(function string, got, want int) bool {
	if got != want {
		p.report(rankCount, "Incorrect number of operands for operator or function; operator or function: %s, number of operands: %d", function, got)
	}
	return got == want
}

// checkTypes reports the first operand whose type is known and not allowed.
func (p *parser) checkTypes(function string, allowed []aws.AttributeType, types ...aws.AttributeType) {
	for _, t := range types {
		if t != "" && !slices.Contains(allowed, t) {
			p.faults.report(rankType, p.kind.wrongType(function, t))
			return
		}
	}
}

// reportNoPath reports a function whose first operand is no path.
func (p *parser) reportNoPath(function string) {
	p.report(rankType, "Operator or function requires a document path; operator or function: %s", function)
}

// putPath adds a path to a tree, and reports one that cannot be there.
func putPath[T any](p *parser, t *tree[T], added path, leaf *T) {
	other, clash := t.put(added, leaf)
	if clash != "" {
		p.report(rankPath, "Two document paths %s with each other; must remove or rewrite one of these paths; path one: %s, path two: %s", clash, other, added)
	}
}
