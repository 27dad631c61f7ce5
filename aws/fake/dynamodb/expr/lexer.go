package expr

import (
	"strings"
	"unicode/utf8"
)

type tokenKind int

const (
	tokenEnd    tokenKind = iota
	tokenWord             // a name, a function or a keyword
	tokenName             // #name
	tokenValue            // :value
	tokenNumber           // a list index
	tokenSymbol           // an operator, a bracket, or what is none of all these
)

// token is a piece of an expression; text is the very text of it.
type token struct {
	kind  tokenKind
	text  string
	start int
}

func (t token) end() int { return t.start + len(t.text) }

// isSymbol tells whether the token is that operator or bracket.
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

// lex cuts an expression into tokens, the last of which is tokenEnd. It cannot
// fail: a character that has no place in an expression is a symbol that no
// rule of the grammar wants.
func lex(text string) []token {
	tokens := make([]token, 0, 16)
	at := 0
	for {
		at += len(text[at:]) - len(strings.TrimLeft(text[at:], " \t\r\n"))
		if at == len(text) {
			return append(tokens, token{kind: tokenEnd, start: at})
		}
		kind, length := lexOne(text[at:])
		tokens = append(tokens, token{kind: kind, text: text[at : at+length], start: at})
		at += length
	}
}

// lexOne measures the token that text begins with.
func lexOne(text string) (tokenKind, int) {
	switch c := text[0]; {
	case isLetter(c):
		return tokenWord, span(text, isNamePart)
	case isDigit(c):
		return tokenNumber, span(text, isDigit)
	case (c == '#' || c == ':') && len(text) > 1 && isNamePart(text[1]):
		kind := tokenName
		if c == ':' {
			kind = tokenValue
		}
		return kind, span(text, isNamePart)
	}
	for _, symbol := range []string{"<>", "<=", ">="} {
		if strings.HasPrefix(text, symbol) {
			return tokenSymbol, len(symbol)
		}
	}
	_, length := utf8.DecodeRuneInString(text)
	return tokenSymbol, length
}

// span measures what the first character begins and every part continues.
func span(text string, part func(byte) bool) int {
	end := 1
	for end < len(text) && part(text[end]) {
		end++
	}
	return end
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isNamePart holds for what may follow the first letter of a name. A name
// cannot begin with an underscore; a placeholder can.
func isNamePart(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' }
