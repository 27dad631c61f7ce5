package dynamodb

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// node is a JSON value with its place in the text. Unlike encoding/json's
// decoder this keeps the order of members, the digits of numbers, and where
// everything stands, so that faults can be shown at their line and column.
type node struct {
	kind     kind
	text     string // a string's contents, a number's digits
	names    []node // an object's member names
	children []node // an object's member values, an array's elements
	at       int    // the offset of its first byte
}

type kind byte

const (
	kindNull   kind = 'n'
	kindTrue   kind = 't'
	kindFalse  kind = 'f'
	kindNumber kind = '0'
	kindString kind = '"'
	kindArray  kind = '['
	kindObject kind = '{'
)

// deepestJSON bounds nesting: a value of DynamoDB's 32 levels is three times
// as deep in DynamoDB JSON.
const deepestJSON = 200

// textFault is a fault at a place of a text. Line and column count from 1;
// columns are characters.
type textFault struct {
	Line, Column int
	Message      string
}

func (f *textFault) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", f.Line, f.Column, f.Message)
}

// faultAt places a fault at an offset of a text.
func faultAt(text string, at int, format string, args ...any) *textFault {
	at = min(max(0, at), len(text))
	before := text[:at]
	start := strings.LastIndexByte(before, '\n') + 1
	return &textFault{
		Line:    strings.Count(before, "\n") + 1,
		Column:  utf8.RuneCountInString(before[start:]) + 1,
		Message: fmt.Sprintf(format, args...),
	}
}

// readJSON reads a text that is one JSON value.
func readJSON(text string) (node, *textFault) {
	r := &jsonReader{text: text}
	r.space()
	n := r.value(0)
	r.space()
	if r.fault == nil && r.at < len(text) {
		r.fail("There is more after the end of the JSON")
	}
	return n, r.fault
}

type jsonReader struct {
	text  string
	at    int
	fault *textFault
}

// fail notes the first fault, here, and ends the reading.
func (r *jsonReader) fail(format string, args ...any) node {
	if r.fault == nil {
		r.fault = faultAt(r.text, r.at, format, args...)
	}
	return node{}
}

// expected fails, telling what stands here instead.
func (r *jsonReader) expected(what string) node {
	if r.at >= len(r.text) {
		return r.fail("The JSON ends here; expected %s", what)
	}
	c, _ := utf8.DecodeRuneInString(r.text[r.at:])
	return r.fail("Expected %s, found %q", what, c)
}

func (r *jsonReader) space() {
	for r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0 {
		r.at++
	}
}

// next is the byte here; 0 at the end.
func (r *jsonReader) next() byte {
	if r.at < len(r.text) {
		return r.text[r.at]
	}
	return 0
}

// take moves over a byte if it stands here, and the space behind it.
func (r *jsonReader) take(c byte) bool {
	if r.fault != nil || r.next() != c || r.at >= len(r.text) {
		return false
	}
	r.at++
	r.space()
	return true
}

func (r *jsonReader) value(depth int) node {
	if depth > deepestJSON {
		return r.fail("Nesting Levels have exceeded supported limits")
	}
	switch c := r.next(); {
	case c == '{':
		return r.object(depth)
	case c == '[':
		return r.array(depth)
	case c == '"':
		return r.string()
	case c == '-' || c >= '0' && c <= '9':
		return r.number()
	}
	for _, word := range []string{"true", "false", "null"} {
		if strings.HasPrefix(r.text[r.at:], word) {
			n := node{kind: kind(word[0]), at: r.at}
			r.at += len(word)
			return n
		}
	}
	return r.expected("a value")
}

func (r *jsonReader) object(depth int) node {
	n := node{kind: kindObject, at: r.at}
	r.take('{')
	if r.take('}') {
		return r.closed(n)
	}
	seen := make(map[string]bool)
	for r.fault == nil {
		if r.next() != '"' {
			return r.expected(`a name in "double quotes"`)
		}
		name := r.string()
		if r.fault == nil && seen[name.text] {
			r.at = name.at
			return r.fail("The name %q is there twice", cut(name.text, 40))
		}
		seen[name.text] = true
		r.space()
		if !r.take(':') {
			return r.expected("a colon (:) after the name")
		}
		n.names = append(n.names, name)
		n.children = append(n.children, r.value(depth+1))
		r.space()
		if r.take('}') {
			return r.closed(n)
		}
		if !r.take(',') {
			return r.expected("a comma (,) or a closing brace (})")
		}
	}
	return node{}
}

func (r *jsonReader) array(depth int) node {
	n := node{kind: kindArray, at: r.at}
	r.take('[')
	if r.take(']') {
		return r.closed(n)
	}
	for r.fault == nil {
		n.children = append(n.children, r.value(depth+1))
		r.space()
		if r.take(']') {
			return r.closed(n)
		}
		if !r.take(',') {
			return r.expected("a comma (,) or a closing bracket (])")
		}
	}
	return node{}
}

// closed is a finished object or array; nothing at all after a fault.
func (r *jsonReader) closed(n node) node {
	if r.fault != nil {
		return node{}
	}
	return n
}

func (r *jsonReader) string() node {
	start := r.at
	for i := start + 1; i < len(r.text); i++ {
		switch c := r.text[i]; {
		case c == '"':
			n := node{kind: kindString, at: start}
			r.at = i + 1
			if err := json.Unmarshal([]byte(r.text[start:r.at]), &n.text); err != nil {
				r.at = start
				return r.fail("The string has an escape (\\) that JSON does not know")
			}
			return n
		case c == '\\':
			i++
		case c < ' ':
			r.at = i
			return r.fail("A string ends on the line where it starts; write a line break as \\n")
		}
	}
	r.at = start
	return r.fail(`The string has no closing quote (")`)
}

func (r *jsonReader) number() node {
	start := r.at
	for r.at < len(r.text) && strings.IndexByte("+-.0123456789eE", r.text[r.at]) >= 0 {
		r.at++
	}
	n := node{kind: kindNumber, at: start, text: r.text[start:r.at]}
	if !json.Valid([]byte(n.text)) {
		r.at = start
		return r.fail("%s is not a number in JSON", cut(n.text, 50))
	}
	return n
}

// quoteJSON writes a string as JSON, leaving <, > and & readable.
func quoteJSON(text string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(text) != nil {
		return `""` // a string always has a JSON form
	}
	return strings.TrimSuffix(b.String(), "\n")
}
