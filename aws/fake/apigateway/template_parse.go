package apigateway

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// parser reads a template, or an expression in one.
type parser struct {
	text  string
	at    int
	depth int
}

// maxDepth bounds how deep expressions and directives may nest.
const maxDepth = 50

var errDepth = errors.New("it nests too deep")

// parseTemplate reads a template. The error says what is wrong with it, or what
// it has that a sandbox has not.
func parseTemplate(text string) (template, error) {
	if len(text) > maxTemplate {
		return nil, fmt.Errorf("it has %d bytes, and %d are allowed", len(text), maxTemplate)
	}
	p := &parser{text: text}
	out, end, err := p.block()
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", 1+strings.Count(text[:min(p.at, len(text))], "\n"), err)
	}
	if end != "" {
		return nil, fmt.Errorf("#%s has no #if", end)
	}
	return out, nil
}

// The directives. Those that are not known are text, as in Velocity.
var (
	directive  = regexp.MustCompile(`^#(?:\{(set|if|elseif|else|end)\}|(set|if|elseif|else|end)\b)`)
	foreign    = regexp.MustCompile(`^#(?:@?\{?(foreach|macro|include|parse|define|evaluate|break|stop)\b|\[\[)`)
	identifier = regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9_-]*`)
)

// block reads until its end: that of the text, or of a directive which belongs
// to an #if.
func (p *parser) block() (out template, end string, err error) {
	if p.depth++; p.depth > maxDepth {
		return nil, "", errDepth
	}
	defer func() { p.depth-- }()
	for p.at < len(p.text) {
		rest := p.text[p.at:]
		switch {
		case strings.HasPrefix(rest, `\$`), strings.HasPrefix(rest, `\#`):
			out = append(out, literal(rest[1:2]))
			p.at += 2
		case strings.HasPrefix(rest, "##"):
			p.skip(rest, "\n")
		case strings.HasPrefix(rest, "#*"):
			p.skip(rest, "*#")
		case foreign.MatchString(rest):
			return nil, "", fmt.Errorf("this sandbox's templates do not have %s", foreign.FindString(rest))
		case directive.MatchString(rest):
			found := directive.FindStringSubmatch(rest)
			p.at += len(found[0])
			word := found[1] + found[2]
			if word != "set" && word != "if" {
				return out, word, nil
			}
			made, err := p.directive(word)
			if err != nil {
				return nil, "", err
			}
			out = append(out, made)
		case rest[0] == '$':
			made, err := p.reference()
			if err != nil {
				return nil, "", err
			}
			out = append(out, made)
		default:
			n := strings.IndexAny(rest[1:], `$#\`) + 1
			if n == 0 {
				n = len(rest)
			}
			out = append(out, literal(rest[:n]))
			p.at += n
		}
	}
	return out, "", nil
}

// skip skips a comment.
func (p *parser) skip(rest, end string) {
	n := strings.Index(rest, end)
	if n < 0 {
		n = len(rest) - len(end)
	}
	p.at += n + len(end)
}

// directive reads what follows #set or #if.
func (p *parser) directive(word string) (part, error) {
	if word == "if" {
		return p.choice()
	}
	if err := p.expect("("); err != nil {
		return nil, err
	}
	if err := p.expect("$"); err != nil {
		return nil, err
	}
	variable := identifier.FindString(p.text[p.at:])
	p.at += len(variable)
	if variable == "" || slices.Contains(roots, variable) || p.peek(".") {
		return nil, errors.New("this sandbox's templates set plain variables alone, such as #set($x = 1)")
	}
	if err := p.expect("="); err != nil {
		return nil, err
	}
	value, err := p.expression()
	if err != nil {
		return nil, err
	}
	if err := p.expect(")"); err != nil {
		return nil, err
	}
	return setting(variable, value), nil
}

// choice reads an #if until its #end.
func (p *parser) choice() (part, error) {
	var branches []branch
	for word := "if"; word != "end"; {
		var b branch
		if word != "else" {
			condition, err := p.group()
			if err != nil {
				return nil, err
			}
			b.condition = condition
		}
		body, next, err := p.block()
		if err != nil {
			return nil, err
		}
		if next == "" || word == "else" && next != "end" {
			return nil, errors.New("an #if has no #end")
		}
		b.body = body
		branches = append(branches, b)
		word = next
	}
	return choice(branches), nil
}

// group reads an expression in parentheses.
func (p *parser) group() (expression, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	value, err := p.expression()
	if err != nil {
		return nil, err
	}
	return value, p.expect(")")
}

// reference reads a reference in the text; a $ that begins none is text.
func (p *parser) reference() (part, error) {
	start := p.at
	p.at++
	quiet := p.take("!")
	braces := p.take("{")
	if !identifier.MatchString(p.text[p.at:]) {
		return literal(p.text[start:p.at]), nil
	}
	value, err := p.path()
	if err != nil {
		return nil, err
	}
	if braces && !p.take("}") {
		return nil, errors.New("a ${ has no }")
	}
	return output(value, p.text[start:p.at], quiet), nil
}

func (p *parser) space() {
	p.at = len(p.text) - len(strings.TrimLeft(p.text[p.at:], " \t\r\n"))
}

// peek reports whether a text comes next; take also goes behind it.
func (p *parser) peek(text string) bool { return strings.HasPrefix(p.text[p.at:], text) }

func (p *parser) take(text string) bool {
	if !p.peek(text) {
		return false
	}
	p.at += len(text)
	return true
}

// expect goes behind a text that must come next, after spaces.
func (p *parser) expect(text string) error {
	p.space()
	if !p.take(text) {
		return fmt.Errorf("%q is missing", text)
	}
	return nil
}
