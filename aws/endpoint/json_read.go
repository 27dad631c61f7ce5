package endpoint

import (
	"net/http"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"awslab/aws"
)

// jsonReader takes a JSON text apart, in one pass and without a copy of it.
type jsonReader struct {
	data   []byte
	at     int
	depth  int
	many   int      // structures in lists, so far
	absent []string // the first members that are missing, of those that AWS requires
}

// deepest is how deep objects and arrays may nest; no operation's input comes
// near it.
const deepest = 1000

// mostStructures is how many structures the lists of a request may hold: ten times what
// any operation takes. In memory they are up to a hundred times as large as in the text.
const mostStructures = 100_000

// mostAbsent is how many missing members are told: one is enough to refuse a request,
// and what tells them goes through them all.
const mostAbsent = 100

// errJSON is a text that is no JSON; AWS says nothing more of it.
var errJSON = unserializable("")

// unserializable is the fault of a body that does not fit its operation.
func unserializable(message string) *aws.Error {
	return fault(http.StatusBadRequest, "SerializationException", message)
}

// peek skips space and gives the next byte; 0 at the end.
func (r *jsonReader) peek() byte {
	for ; r.at < len(r.data); r.at++ {
		switch c := r.data[r.at]; c {
		case ' ', '\n', '\r', '\t':
		default:
			return c
		}
	}
	return 0
}

// take skips space and takes one byte, if it is next.
func (r *jsonReader) take(c byte) bool {
	if r.peek() != c {
		return false
	}
	r.at++
	return true
}

// literal takes a word: null, true or false.
func (r *jsonReader) literal(word string) error {
	if len(r.data)-r.at < len(word) || string(r.data[r.at:r.at+len(word)]) != word {
		return errJSON
	}
	r.at += len(word)
	return nil
}

// null takes a null, if it is next.
func (r *jsonReader) null() (bool, error) {
	if r.peek() != 'n' {
		return false, nil
	}
	return true, r.literal("null")
}

// object reads an object; member is called where each value begins, and reads it.
// The name is good only until then.
func (r *jsonReader) object(member func(name []byte) error) error {
	if !r.take('{') {
		return errJSON
	}
	if r.depth++; r.depth > deepest {
		return errJSON
	}
	for first := true; !r.take('}'); first = false {
		if !first && !r.take(',') {
			return errJSON
		}
		name, err := r.text()
		if err != nil {
			return err
		}
		if !r.take(':') {
			return errJSON
		}
		if err := member(name); err != nil {
			return err
		}
	}
	r.depth--
	return nil
}

// array reads an array; element is called where each element begins, and reads it.
func (r *jsonReader) array(element func() error) error {
	if !r.take('[') {
		return errJSON
	}
	if r.depth++; r.depth > deepest {
		return errJSON
	}
	for first := true; !r.take(']'); first = false {
		if !first && !r.take(',') {
			return errJSON
		}
		if err := element(); err != nil {
			return err
		}
	}
	r.depth--
	return nil
}

// text reads a string. What it gives may lie in the text itself.
func (r *jsonReader) text() ([]byte, error) {
	if !r.take('"') {
		return nil, errJSON
	}
	start, ascii := r.at, true
	for r.at < len(r.data) {
		switch c := r.data[r.at]; {
		case c == '"':
			out := r.data[start:r.at]
			r.at++
			if !ascii && !utf8.Valid(out) {
				return nil, errJSON
			}
			return out, nil
		case c == '\\':
			return r.escaped(start)
		case c < ' ':
			return nil, errJSON
		case c >= utf8.RuneSelf:
			ascii = false
		}
		r.at++
	}
	return nil, errJSON
}

// escaped reads the rest of a string that has escapes.
func (r *jsonReader) escaped(start int) ([]byte, error) {
	out := append(make([]byte, 0, 2*(r.at-start)+16), r.data[start:r.at]...)
	for r.at < len(r.data) {
		c := r.data[r.at]
		r.at++
		switch {
		case c == '"':
			if !utf8.Valid(out) {
				return nil, errJSON
			}
			return out, nil
		case c < ' ' || r.at == len(r.data):
			return nil, errJSON
		case c != '\\':
			out = append(out, c)
			continue
		}
		escape := r.data[r.at]
		r.at++
		switch escape {
		case '"', '\\', '/':
			out = append(out, escape)
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			char, ok := r.unit()
			if !ok {
				return nil, errJSON
			}
			out = utf8.AppendRune(out, r.paired(char))
		default:
			return nil, errJSON
		}
	}
	return nil, errJSON
}

// unit reads the four hexadecimal digits of an escape.
func (r *jsonReader) unit() (rune, bool) {
	if len(r.data)-r.at < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(string(r.data[r.at:r.at+4]), 16, 16)
	r.at += 4
	return rune(n), err == nil
}

// paired joins a surrogate with the one that follows; one that is alone reads as
// the replacement character.
func (r *jsonReader) paired(char rune) rune {
	if !utf16.IsSurrogate(char) {
		return char
	}
	if len(r.data)-r.at >= 6 && r.data[r.at] == '\\' && r.data[r.at+1] == 'u' {
		before := r.at
		r.at += 2
		if second, ok := r.unit(); ok {
			if both := utf16.DecodeRune(char, second); both != utf8.RuneError {
				return both
			}
		}
		r.at = before
	}
	return utf8.RuneError
}

// number takes a number's text.
func (r *jsonReader) number() (string, error) {
	start := r.at
	if r.at < len(r.data) && r.data[r.at] == '-' {
		r.at++
	}
	zero := r.at < len(r.data) && r.data[r.at] == '0'
	if n := r.digits(); n == 0 || zero && n > 1 {
		return "", errJSON
	}
	if r.at < len(r.data) && r.data[r.at] == '.' {
		r.at++
		if r.digits() == 0 {
			return "", errJSON
		}
	}
	if r.at < len(r.data) && r.data[r.at]|0x20 == 'e' {
		r.at++
		if r.at < len(r.data) && (r.data[r.at] == '+' || r.data[r.at] == '-') {
			r.at++
		}
		if r.digits() == 0 {
			return "", errJSON
		}
	}
	return string(r.data[start:r.at]), nil
}

func (r *jsonReader) digits() int {
	start := r.at
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	return r.at - start
}

// skip reads past a value, whatever it is.
func (r *jsonReader) skip() error {
	switch r.peek() {
	case '{':
		return r.object(func([]byte) error { return r.skip() })
	case '[':
		return r.array(r.skip)
	case '"':
		_, err := r.text()
		return err
	case 't':
		return r.literal("true")
	case 'f':
		return r.literal("false")
	case 'n':
		return r.literal("null")
	}
	_, err := r.number()
	return err
}
