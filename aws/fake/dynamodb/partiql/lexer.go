package partiql

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd    tokenKind = iota
	tokenWord             // a keyword or a name
	tokenName             // "a name"
	tokenText             // 'text'
	tokenNumber           // without sign
	tokenSymbol           // an operator, a bracket, or what is none of all these
)

// token is a piece of a statement. text is what it means: of a name or a text
// without its quotes.
type token struct {
	kind   tokenKind
	text   string
	start  int // in bytes
	length int
}

func (t token) isSymbol(symbol string) bool { return t.kind == tokenSymbol && t.text == symbol }

// isWord tells whether the token is one of the keywords, in whatever case.
func (t token) isWord(keywords ...string) bool {
	if t.kind != tokenWord {
		return false
	}
	for _, keyword := range keywords {
		if strings.EqualFold(t.text, keyword) {
			return true
		}
	}
	return false
}

// place is where something is in a statement, as messages tell it: line, column
// and length, in characters, from one on.
func place(statement string, start, length int) string {
	before := statement[:start]
	line := strings.Count(before, "\n") + 1
	column := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	return fmt.Sprintf("%d:%d:%d", line, column, utf8.RuneCountInString(statement[start:start+length]))
}

// lex cuts a statement into tokens, the last of which is tokenEnd. What cannot
// be one is a fault that says no more: a quote or a comment that is not closed,
// or a number whose exponent is beyond all bounds.
func lex(statement string) ([]token, error) {
	tokens := make([]token, 0, 32)
	at := 0
	for {
		at += len(statement[at:]) - len(strings.TrimLeft(statement[at:], " \t\r\n"))
		if at == len(statement) {
			return append(tokens, token{kind: tokenEnd, start: at}), nil
		}
		length, ok := commentLength(statement[at:])
		if ok && length > 0 {
			at += length
			continue
		}
		var t token
		if ok {
			t, ok = lexOne(statement[at:], endsOperand(tokens))
		}
		if !ok {
			return nil, malformed("")
		}
		t.start = at
		tokens = append(tokens, t)
		at += t.length
	}
}

// commentLength measures the comment that text begins with, 0 if there is none;
// false is one that does not end.
func commentLength(text string) (int, bool) {
	switch {
	case strings.HasPrefix(text, "--"):
		if end := strings.IndexByte(text, '\n'); end >= 0 {
			return end, true
		}
		return len(text), true
	case strings.HasPrefix(text, "/*"):
		end := strings.Index(text[2:], "*/")
		return 2 + end + 2, end >= 0
	}
	return 0, true
}

// endsOperand reports whether a dot that comes next leads on into a path.
func endsOperand(tokens []token) bool {
	if len(tokens) == 0 {
		return false
	}
	t := tokens[len(tokens)-1]
	return t.kind == tokenWord && !t.isWord(quotedWords...) || t.kind == tokenName || t.isSymbol("]")
}

// lexOne reads the token that text begins with; inPath says that it comes after
// what may be a path.
func lexOne(text string, inPath bool) (token, bool) {
	switch c := text[0]; {
	case c == '#':
		return token{}, false
	case c == '.' && !inPath && len(text) > 1 && isDigit(text[1]):
		length := 1 + numberLength(text[1:])
		t := token{kind: tokenNumber, text: "0" + text[:length], length: length}
		return t, exponentFits(t.text)
	case isLetter(c):
		length := span(text, func(c byte) bool { return isLetter(c) || isDigit(c) })
		return token{kind: tokenWord, text: text[:length], length: length}, true
	case isDigit(c):
		length := numberLength(text)
		return token{kind: tokenNumber, text: text[:length], length: length}, exponentFits(text[:length])
	case c == '\'' || c == '"':
		return lexQuoted(text)
	}
	for _, symbol := range []string{"<>", "<=", ">=", "!=", "<<", ">>"} {
		if strings.HasPrefix(text, symbol) {
			return token{kind: tokenSymbol, text: symbol, length: len(symbol)}, true
		}
	}
	_, length := utf8.DecodeRuneInString(text)
	return token{kind: tokenSymbol, text: text[:length], length: length}, true
}

// lexQuoted reads a name or a text; a quote inside is written twice.
func lexQuoted(text string) (token, bool) {
	quote := text[0]
	kind := tokenText
	if quote == '"' {
		kind = tokenName
	}
	var b strings.Builder
	for at := 1; at < len(text); at++ {
		switch {
		case text[at] != quote:
			b.WriteByte(text[at])
		case at+1 < len(text) && text[at+1] == quote:
			b.WriteByte(quote)
			at++
		default:
			return token{kind: kind, text: b.String(), length: at + 1}, true
		}
	}
	return token{}, false
}

// exponentFits reports whether a number's exponent, and what is left of it when
// its fraction is written without a point, are numbers of 32 bits.
func exponentFits(number string) bool {
	mantissa, exponent, given := strings.Cut(strings.ToLower(number), "e")
	if !given {
		return true
	}
	n, err := strconv.ParseInt(exponent, 10, 32)
	_, fraction, _ := strings.Cut(mantissa, ".")
	scale := int64(len(fraction)) - n
	return err == nil && scale <= math.MaxInt32 && scale >= math.MinInt32
}

// numberLength measures digits with a fraction and an exponent.
func numberLength(text string) int {
	at := span(text, isDigit)
	if at+1 < len(text) && text[at] == '.' && isDigit(text[at+1]) {
		at += 1 + span(text[at+1:], isDigit)
	}
	if at < len(text) && text[at]|0x20 == 'e' {
		digits := at + 1
		if digits < len(text) && (text[digits] == '+' || text[digits] == '-') {
			digits++
		}
		if digits < len(text) && isDigit(text[digits]) {
			at = digits + span(text[digits:], isDigit)
		}
	}
	return at
}

// span measures what the first character begins and every part continues.
func span(text string, part func(byte) bool) int {
	end := 1
	for end < len(text) && part(text[end]) {
		end++
	}
	return end
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
