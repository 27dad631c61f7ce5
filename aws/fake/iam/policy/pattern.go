package policy

import (
	"strings"
	"unicode"
)

// The wildcards of a compiled pattern; no rune is negative.
const (
	anyRunes rune = -1 // *
	oneRune  rune = -2 // ?
)

// compile turns a pattern into runes and wildcards. With variables, ${key}
// stands for the value of a condition key, in which * and ? are themselves, and
// ${*}, ${?} and ${$} for those characters. It is false when a variable has no
// value: such a pattern matches nothing.
func compile(pattern string, variables bool, values map[string]string) ([]rune, bool) {
	var out []rune
	for {
		before, after, found := strings.Cut(pattern, "${")
		name, rest, closed := strings.Cut(after, "}")
		if !variables || !found || !closed {
			return appendWild(out, pattern), true
		}
		out = appendWild(out, before)
		value, known := variable(name, values)
		if !known {
			return nil, false
		}
		out = append(out, []rune(value)...)
		pattern = rest
	}
}

// variable is the value of what stands between ${ and }: a key, perhaps with a
// default ("aws:username, 'nobody'").
func variable(name string, values map[string]string) (string, bool) {
	if name == "*" || name == "?" || name == "$" {
		return name, true
	}
	key, fallback, given := strings.Cut(name, ",")
	if value, ok := values[strings.ToLower(strings.TrimSpace(key))]; ok {
		return value, true
	}
	return strings.Trim(strings.TrimSpace(fallback), "'"), given
}

func appendWild(out []rune, text string) []rune {
	for _, c := range text {
		switch c {
		case '*':
			c = anyRunes
		case '?':
			c = oneRune
		}
		out = append(out, c)
	}
	return out
}

// glob matches in time proportional to both lengths at worst: only the last *
// is ever tried again.
func glob(pattern, text []rune) bool {
	star, mark := -1, 0
	p, t := 0, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == anyRunes:
			star, mark = p, t
			p++
		case p < len(pattern) && (pattern[p] == oneRune || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			mark++
			p, t = star+1, mark
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == anyRunes {
		p++
	}
	return p == len(pattern)
}

// likeIgnoringCase matches a pattern without variables, as actions are matched.
func likeIgnoringCase(pattern, text string) bool {
	return glob(lower(appendWild(nil, pattern)), lower([]rune(text)))
}

func lower(text []rune) []rune {
	for n, c := range text {
		text[n] = unicode.ToLower(c)
	}
	return text
}

// arnLike matches ARNs part by part, so that a * does not reach over a colon
// into the next part; the sixth and last part may hold colons.
func arnLike(pattern []rune, text string) bool {
	parts := strings.SplitN(text, ":", 6)
	patterns := splitRunes(pattern, 6)
	if len(parts) != len(patterns) {
		return false
	}
	for n := range parts {
		if !glob(patterns[n], []rune(parts[n])) {
			return false
		}
	}
	return true
}

func splitRunes(text []rune, most int) [][]rune {
	var out [][]rune
	start := 0
	for n, c := range text {
		if c == ':' && len(out) < most-1 {
			out = append(out, text[start:n])
			start = n + 1
		}
	}
	return append(out, text[start:])
}

// fold gives names in lower case, by which condition keys are found.
func fold(values map[string]string) map[string]string {
	folded := make(map[string]string, len(values))
	for name, value := range values {
		folded[strings.ToLower(name)] = value
	}
	return folded
}
