package pattern

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// condition decides on a message that was read as JSON.
type condition func(message any) bool

var errJSON = errors.New("the JSON pattern cannot be read")

// maxDepth is how deep parentheses may nest.
const maxDepth = 50

// matchJSON reports whether a message is a JSON object that a condition holds for.
func matchJSON(c condition, message string) bool {
	message = strings.TrimSpace(message)
	if !strings.HasPrefix(message, "{") {
		return false
	}
	decoder := json.NewDecoder(strings.NewReader(message))
	decoder.UseNumber()
	var value any
	return decoder.Decode(&value) == nil && c(value)
}

// parser reads a JSON pattern: conditions joined by && and ||, in parentheses
// or not, of a selector and a comparison.
type parser struct {
	text  string
	depth int
}

func parseJSON(text string) (condition, error) {
	inner, closed := strings.CutSuffix(text[1:], "}")
	if !closed {
		return nil, errJSON
	}
	p := &parser{text: inner}
	c, err := p.either()
	if err != nil {
		return nil, err
	}
	if p.skip(); p.text != "" {
		return nil, errJSON
	}
	return c, nil
}

func (p *parser) skip() { p.text = strings.TrimLeft(p.text, " \t\r\n") }

// take takes a sign if it comes next.
func (p *parser) take(sign string) bool {
	p.skip()
	rest, ok := strings.CutPrefix(p.text, sign)
	if ok {
		p.text = rest
	}
	return ok
}

func (p *parser) either() (condition, error) {
	return p.joined("||", p.both, func(a, b condition) condition {
		return func(m any) bool { return a(m) || b(m) }
	})
}

func (p *parser) both() (condition, error) {
	return p.joined("&&", p.single, func(a, b condition) condition {
		return func(m any) bool { return a(m) && b(m) }
	})
}

func (p *parser) joined(sign string, part func() (condition, error), join func(a, b condition) condition) (condition, error) {
	c, err := part()
	for err == nil && p.take(sign) {
		var next condition
		if next, err = part(); err == nil {
			c = join(c, next)
		}
	}
	return c, err
}

func (p *parser) single() (condition, error) {
	if !p.take("(") {
		return p.comparison()
	}
	if p.depth++; p.depth > maxDepth {
		return nil, errJSON
	}
	c, err := p.either()
	if err == nil && !p.take(")") {
		err = errJSON
	}
	p.depth--
	return c, err
}

// comparison reads "$.a.b[0] = 1" and the like.
func (p *parser) comparison() (condition, error) {
	path, err := p.selector()
	if err != nil {
		return nil, err
	}
	for words, holds := range map[string]func(value any, there bool) bool{
		"IS NULL":    func(v any, there bool) bool { return there && v == nil },
		"IS TRUE":    func(v any, _ bool) bool { return v == true },
		"IS FALSE":   func(v any, _ bool) bool { return v == false },
		"NOT EXISTS": func(_ any, there bool) bool { return !there },
	} {
		if p.words(words) {
			return func(m any) bool { return holds(find(m, path)) }, nil
		}
	}
	for _, sign := range []string{"!=", "<=", ">=", "=", "<", ">"} {
		if p.take(sign) {
			want, err := p.value()
			if err != nil {
				return nil, err
			}
			return func(m any) bool {
				have, there := find(m, path)
				return there && compare(have, sign, want)
			}, nil
		}
	}
	return nil, errJSON
}

// words takes words of capitals, with any space between.
func (p *parser) words(words string) bool {
	p.skip()
	before := p.text
	for word := range strings.FieldsSeq(words) {
		if !p.take(word) {
			p.text = before
			return false
		}
	}
	return true
}

// selector reads $.a.b[0]["c d"]; a step is a string or an int.
func (p *parser) selector() ([]any, error) {
	if !p.take("$") {
		return nil, errJSON
	}
	path := []any{}
	for {
		switch {
		case strings.HasPrefix(p.text, "."):
			name := p.text[1:]
			end := strings.IndexFunc(name, func(c rune) bool { return strings.ContainsRune(" \t\r\n.[]=!<>&|(){}\"", c) })
			if end < 0 {
				end = len(name)
			}
			if end == 0 {
				return nil, errJSON
			}
			path, p.text = append(path, name[:end]), name[end:]
		case strings.HasPrefix(p.text, `["`):
			name, rest, err := unquote(p.text[1:])
			if err != nil || !strings.HasPrefix(rest, "]") {
				return nil, errJSON
			}
			path, p.text = append(path, name), rest[1:]
		case strings.HasPrefix(p.text, "["):
			digits, rest, closed := strings.Cut(p.text[1:], "]")
			n, err := strconv.Atoi(digits)
			if !closed || err != nil || n < 0 {
				return nil, errJSON
			}
			path, p.text = append(path, n), rest
		default:
			if len(path) == 0 {
				return nil, errJSON
			}
			return path, nil
		}
	}
}

// find is what lies at a path of a message.
func find(message any, path []any) (value any, there bool) {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := message.(map[string]any)
			if message, there = object[step]; !there {
				return nil, false
			}
		case int:
			list, _ := message.([]any)
			if step >= len(list) {
				return nil, false
			}
			message = list[step]
		}
	}
	return message, true
}

// literal is a value to compare with.
type literal struct {
	text   string // may have * for anything
	number float64
	isText bool // quoted, or no number
}

func (p *parser) value() (literal, error) {
	p.skip()
	if strings.HasPrefix(p.text, `"`) {
		text, rest, err := unquote(p.text)
		p.text = rest
		return literal{text: text, isText: true}, err
	}
	end := strings.IndexAny(p.text, " \t\r\n&|)")
	if end < 0 {
		end = len(p.text)
	}
	text := p.text[:end]
	p.text = p.text[end:]
	if text == "" {
		return literal{}, errJSON
	}
	number, err := strconv.ParseFloat(text, 64)
	return literal{text: text, number: number, isText: err != nil}, nil
}

// compare compares a value with a literal: numbers by size, texts for being
// alike or not.
func compare(have any, sign string, want literal) bool {
	switch have := have.(type) {
	case json.Number:
		number, err := have.Float64()
		if err != nil || want.isText {
			return sign == "!=" || sign == "=" && want.text == "*"
		}
		return ordered(number, sign, want.number)
	case string:
		switch sign {
		case "=":
			return like(want.text, have)
		case "!=":
			return !like(want.text, have)
		}
	case bool:
		return sign == "=" && strconv.FormatBool(have) == want.text || sign == "!=" && strconv.FormatBool(have) != want.text
	}
	return false
}

func ordered(a float64, sign string, b float64) bool {
	switch sign {
	case "=":
		return a == b
	case "!=":
		return a != b
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	case ">=":
		return a >= b
	}
	return false
}

// like matches a text with a pattern in which * is anything.
func like(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	rest, ok := strings.CutPrefix(text, parts[0])
	if len(parts) == 1 || !ok {
		return ok && rest == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		if _, rest, ok = strings.Cut(rest, part); !ok {
			return false
		}
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}
