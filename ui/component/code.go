package component

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"awslab/ui/theme"
)

// language is what an editor knows of one.
type language struct {
	name    string // as people write it
	indent  int    // cells of a step
	openers string // what a line ends with when the next one is a step further in
	words   map[string]bool
	naming  map[string]bool // words that a name being defined follows
	comment string          // what begins a comment up to the line's end

	triples   bool // ''' and """ go on over lines
	templates bool // so do ` and /* */
	marks     bool // @ begins a decorator
	scan      bool // code; JSON has a scanner of its own
}

// languages is by the names that an Editor's Language takes.
var languages = map[string]language{
	"json": {name: "JSON", indent: 2, openers: "{["},
	"python": {
		name: "Python", indent: 4, openers: ":{[(", comment: "#", triples: true, marks: true, scan: true,
		words: wordSet("False None True and as assert async await break case class continue def del elif else except finally for from " +
			"global if import in is lambda match nonlocal not or pass raise return try while with yield"),
		naming: wordSet("def class"),
	},
	"javascript": {
		name: "JavaScript", indent: 2, openers: "{[(", comment: "//", templates: true, scan: true,
		words: wordSet("async await break case catch class const continue debugger default delete do else export extends false finally for from " +
			"function if import in instanceof let new null of return static super switch this throw true try typeof undefined var void while with yield"),
		naming: wordSet("function class"),
	},
}

func wordSet(words string) map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// LanguageOf tells an editor's language from a file's name; "text" when it
// knows none.
func LanguageOf(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".py", ".pyi":
		return "python"
	case ".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts":
		return "javascript"
	case ".json":
		return "json"
	}
	return "text"
}

// codeState is what a line begins in: 0, or what ends the text or comment that
// goes on from the line before.
type codeState byte

const (
	inCode codeState = iota
	inSingles
	inDoubles
	inTemplate
	inComment
)

// stateEnds is what ends each.
var stateEnds = [...]string{inSingles: "'''", inDoubles: `"""`, inTemplate: "`", inComment: "*/"}

func (s codeState) style() theme.Style {
	if s == inComment {
		return theme.CodeComment
	}
	return theme.CodeString
}

// tokens colours a line that begins in a state, and tells that of the next line.
// Lines beyond all measure are not looked at.
func (l language) tokens(line string, state codeState) ([]token, codeState) {
	if !l.scan || len(line) > longLine {
		return []token{{len(line), theme.Plain}}, state
	}
	var out []token
	named := false // the next name is one being defined
	for i := 0; i < len(line); {
		var end int
		var style theme.Style
		if state != inCode {
			style = state.style()
			end, state = l.rest(line, i, state)
		} else {
			end, style, state = l.token(line, i)
		}
		word := line[i:end]
		switch {
		case style == theme.CodeWord:
			named = l.naming[word]
		case style == theme.Plain && named && strings.TrimSpace(word) != "":
			if inWord(line, i) {
				style = theme.CodeName
			}
			named = false
		}
		if x := snap(line, end); x != end {
			end = next(line, x) // an accent belongs to the character before it
		}
		if n := len(out); n > 0 && out[n-1].style == style {
			out[n-1].end = end
		} else {
			out = append(out, token{end, style})
		}
		i = end
	}
	return out, state
}

// goesOn reports whether something may begin in a line of code that goes on over
// lines. Most lines have none of it, and need no closer look.
func (l language) goesOn(line string) bool {
	return l.triples && (strings.Contains(line, stateEnds[inSingles]) || strings.Contains(line, stateEnds[inDoubles])) ||
		l.templates && (strings.IndexByte(line, '`') >= 0 || strings.Contains(line, "/*"))
}

// token is what begins at a byte of code.
func (l language) token(line string, i int) (end int, style theme.Style, state codeState) {
	c := line[i]
	switch {
	case strings.HasPrefix(line[i:], l.comment):
		return len(line), theme.CodeComment, inCode
	case l.templates && strings.HasPrefix(line[i:], "/*"):
		end, state = l.rest(line, i+2, inComment)
		return end, theme.CodeComment, state
	case l.triples && strings.HasPrefix(line[i:], stateEnds[inSingles]):
		end, state = l.rest(line, i+3, inSingles)
		return end, theme.CodeString, state
	case l.triples && strings.HasPrefix(line[i:], stateEnds[inDoubles]):
		end, state = l.rest(line, i+3, inDoubles)
		return end, theme.CodeString, state
	case l.templates && c == '`':
		end, state = l.rest(line, i+1, inTemplate)
		return end, theme.CodeString, state
	case c == '"' || c == '\'':
		return quoted(line, i), theme.CodeString, inCode
	case c >= '0' && c <= '9':
		return runOf(line, i, "_.0123456789abcdefABCDEFxXoOnjJ"), theme.CodeNumber, inCode
	case l.marks && c == '@' && strings.TrimSpace(line[:i]) == "":
		return max(i+1, wordEnd(line, i+1)), theme.CodeName, inCode
	}
	if end = wordEnd(line, i); end > i {
		if l.words[line[i:end]] {
			return end, theme.CodeWord, inCode
		}
		return end, theme.Plain, inCode
	}
	_, size := utf8.DecodeRuneInString(line[i:])
	return i + size, theme.Plain, inCode
}

// rest is where a text or comment that goes on over lines ends in this one, and
// the state after it.
func (l language) rest(line string, i int, state codeState) (int, codeState) {
	end := stateEnds[state]
	for i < len(line) {
		switch {
		case strings.HasPrefix(line[i:], end):
			return i + len(end), inCode
		case line[i] == '\\' && state != inComment:
			i += 2
		case state == inTemplate && strings.HasPrefix(line[i:], "${"):
			i = substitution(line, i+2)
		default:
			i++
		}
	}
	return len(line), state
}

// substitution is the byte after the } that ends a ${ in this line, with what is
// in it taken for text too; the one after ${ when it does not end here.
func substitution(line string, from int) int {
	depth := 1
	for i := from; i < len(line); i++ {
		switch line[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return from
}

// quoted is where a string in quotes that begins at i ends; the line's end ends
// all.
func quoted(line string, i int) int {
	quote := line[i]
	for i++; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		}
	}
	return len(line)
}

// wordEnd is where a name that begins at i ends; i when none begins there.
func wordEnd(line string, i int) int {
	for i < len(line) {
		r, size := utf8.DecodeRuneInString(line[i:])
		if r != '_' && r != '$' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			break
		}
		i += size
	}
	return i
}
