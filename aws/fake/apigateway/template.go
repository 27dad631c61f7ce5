package apigateway

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// Templates are a part of the Velocity Template Language, as far as MOCK
// integrations use it: references to what API Gateway gives ($input, $context,
// $stageVariables, $util) and to variables, #set, and #if with #elseif and #else.
// Whatever else the language has is refused when a template is put.

// maxTemplate is the size of the largest template, in bytes.
const maxTemplate = 300 << 10

// maxRendered bounds what one run of a template reads and makes, in bytes, all its
// variables with it.
const maxRendered = 64 << 20

var errRendered = errors.New("the template makes more than 64 MB")

// template is a parsed template.
type template []part

// part is a part of a template: it writes itself.
type part func(*scope, *strings.Builder) error

// expression is something that has a value: a string, a bool, a json.Number, a
// document, or nil.
type expression func(*scope) (any, error)

// document is a JSON object or array.
type document []byte

// scope is what a template may refer to.
type scope struct {
	body      []byte
	parameter func(name string) string // of the request: of its path, query or headers
	context   func(name string) string // "identity.sourceIp"
	stage     map[string]string
	variables map[string]any
	left      int // bytes that may still be made
}

// render runs a template.
func (t template) render(s *scope) (string, error) {
	if s.left == 0 {
		s.left = maxRendered
	}
	var out strings.Builder
	err := t.write(s, &out)
	return out.String(), err
}

func (t template) write(s *scope, out *strings.Builder) error {
	for _, p := range t {
		if err := p(s, out); err != nil {
			return err
		}
	}
	return nil
}

// spend counts bytes that are made.
func (s *scope) spend(n int) error {
	if n >= s.left {
		return errRendered
	}
	s.left -= n
	return nil
}

// literal is a part that is written as it is.
func literal(text string) part {
	return func(s *scope, out *strings.Builder) error {
		out.WriteString(text)
		return s.spend(len(text))
	}
}

// output is a part that writes a value; a variable that has none is written as
// it stands in the template, unless it is quiet.
func output(value expression, source string, quiet bool) part {
	return func(s *scope, out *strings.Builder) error {
		v, err := value(s)
		if err != nil {
			return err
		}
		text := source
		if v != nil || quiet {
			text = textOf(v)
		}
		out.WriteString(text)
		return s.spend(len(text))
	}
}

// setting is a #set.
func setting(name string, value expression) part {
	return func(s *scope, _ *strings.Builder) error {
		v, err := value(s)
		if err != nil {
			return err
		}
		if s.variables == nil {
			s.variables = make(map[string]any)
		}
		s.variables[name] = v
		return nil
	}
}

// branch is one way of an #if: with a condition, or without.
type branch struct {
	condition expression
	body      template
}

// choice is an #if with what follows it.
func choice(branches []branch) part {
	return func(s *scope, out *strings.Builder) error {
		for _, b := range branches {
			if b.condition != nil {
				v, err := b.condition(s)
				if err != nil {
					return err
				}
				if !truth(v) {
					continue
				}
			}
			return b.body.write(s, out)
		}
		return nil
	}
}

// truth is what a value means as a condition.
func truth(v any) bool {
	b, isBool := v.(bool)
	return v != nil && (!isBool || b)
}

// textOf is a value as it is written.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case document:
		return string(v)
	}
	return fmt.Sprint(v)
}

// equal compares two values: numbers as such, the rest as they are written.
func equal(a, b any) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	if x, y, ok := numbers(a, b); ok {
		return x == y
	}
	return textOf(a) == textOf(b)
}

// numbers gives two values as numbers, if they are.
func numbers(a, b any) (x, y float64, ok bool) {
	m, isNumber := a.(json.Number)
	n, areNumbers := b.(json.Number)
	if !isNumber || !areNumbers {
		return 0, 0, false
	}
	x, errX := m.Float64()
	y, errY := n.Float64()
	return x, y, errX == nil && errY == nil
}

// valueOf is a JSON text as a value.
func valueOf(raw []byte) (any, error) {
	if len(raw) == 0 || !json.Valid(raw) {
		return nil, errors.New("the text is not JSON")
	}
	text := strings.TrimSpace(string(raw))
	switch text[0] {
	case '{', '[':
		return document(text), nil
	case '"':
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err
	case 't', 'f':
		return text == "true", nil
	case 'n':
		return nil, nil
	}
	return json.Number(text), nil
}

// member is a member of an object, or an element of an array by its number; nil
// when there is none.
func (d document) member(name string) (any, error) {
	if d[0] == '{' {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(d, &members); err != nil {
			return nil, err
		}
		if raw, ok := members[name]; ok {
			return valueOf(raw)
		}
		return nil, nil
	}
	var elements []json.RawMessage
	if err := json.Unmarshal(d, &elements); err != nil {
		return nil, err
	}
	if n, err := strconv.Atoi(name); err == nil && n >= 0 && n < len(elements) {
		return valueOf(elements[n])
	}
	return nil, nil
}

// along follows the names of a path into a value.
func along(v any, path []string) (any, error) {
	for _, name := range path {
		d, ok := v.(document)
		if !ok {
			return nil, nil
		}
		var err error
		if v, err = d.member(name); err != nil {
			return nil, err
		}
	}
	return v, nil
}

// input is the value at a path of the body; an empty body is an empty object.
func (s *scope) input(path []string) (any, error) {
	body := s.body
	if len(strings.TrimSpace(string(body))) == 0 {
		body = []byte("{}")
	}
	if err := s.spend(len(body)); err != nil {
		return nil, err
	}
	v, err := valueOf(body)
	if err != nil {
		return nil, fmt.Errorf("the body cannot be read: %w", err)
	}
	return along(v, path)
}

// functions are those of $util, by name.
var functions = map[string]func(any) (any, error){
	"escapeJavaScript": func(v any) (any, error) { return escapeJavaScript(textOf(v)), nil },
	"urlEncode":        func(v any) (any, error) { return url.QueryEscape(textOf(v)), nil },
	"urlDecode":        func(v any) (any, error) { return url.QueryUnescape(textOf(v)) },
	"base64Encode":     func(v any) (any, error) { return base64.StdEncoding.EncodeToString([]byte(textOf(v))), nil },
	"base64Decode": func(v any) (any, error) {
		text, err := base64.StdEncoding.DecodeString(textOf(v))
		return string(text), err
	},
	"parseJson": func(v any) (any, error) { return valueOf([]byte(textOf(v))) },
}

// escapeJavaScript escapes text for a string of JavaScript, as Java's commons do.
func escapeJavaScript(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\'' || r == '\\' || r == '/':
			out.WriteByte('\\')
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\r':
			out.WriteString(`\r`)
		case r == '\t':
			out.WriteString(`\t`)
		case r == '\b':
			out.WriteString(`\b`)
		case r == '\f':
			out.WriteString(`\f`)
		case r < ' ' || r > '~' && r <= 0xffff:
			fmt.Fprintf(&out, `\u%04X`, r)
		case r > 0xffff:
			r -= 0x10000
			fmt.Fprintf(&out, `\u%04X\u%04X`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
