package component

import (
	"net/url"
	"slices"
	"strings"
)

// ParseDropped reads the paths in a text, as terminals paste them when files are
// dropped on them: one or several, in quotes, with \ before spaces, or as
// file:// URLs. A text that is just a path with spaces in it is one path.
func ParseDropped(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.ContainsRune(line, 0) {
			continue
		}
		words, ok := shellWords(line, !windowsPath(line))
		if !ok || len(words) > 1 && slices.ContainsFunc(words, func(w string) bool { return !rooted(w) }) {
			words = []string{line}
		}
		for _, word := range words {
			if path := fromURL(word); path != "" {
				out = append(out, path)
			}
		}
	}
	return out
}

// windowsPath reports whether a text begins with a path as Windows has them, in
// which \ separates folders.
func windowsPath(s string) bool {
	s = strings.TrimLeft(s, `"'`)
	return strings.HasPrefix(s, `\\`) || drive(s) && (s[2] == '\\' || s[2] == '/')
}

// drive reports whether a text begins with a drive's letter, a colon and more.
func drive(s string) bool {
	return len(s) > 2 && s[1] == ':' && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z')
}

// rooted reports whether a text is a path from the top, or from home.
func rooted(s string) bool {
	return strings.HasPrefix(s, "/") || s == "~" || strings.HasPrefix(s, "~/") || hasScheme(s) || windowsPath(s)
}

const fileScheme = "file://"

func hasScheme(s string) bool {
	return len(s) >= len(fileScheme) && strings.EqualFold(s[:len(fileScheme)], fileScheme)
}

// fromURL is the path of a file:// URL; other texts are paths already.
func fromURL(s string) string {
	if !hasScheme(s) {
		return s
	}
	u, err := url.Parse(s)
	if err != nil || u.Path == "" || strings.ContainsRune(u.Path, 0) {
		return s
	}
	if drive(u.Path[1:]) {
		return u.Path[1:] // file:///C:/…
	}
	return u.Path
}

// shellWords splits a line as a shell does, quotes and, when escapes, \ minded;
// ok is false when a quote is not closed.
func shellWords(line string, escapes bool) (words []string, ok bool) {
	var word strings.Builder
	begun, quote := false, byte(0)
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\' && escapes && quote != '\'' && i+1 < len(line):
			i++
			begun = true
			word.WriteByte(line[i])
		case quote != 0 && c == quote:
			quote = 0
		case quote != 0:
			word.WriteByte(c)
		case c == '"', c == '\'' && escapes:
			quote, begun = c, true
		case c == ' ' || c == '\t':
			if begun {
				words = append(words, word.String())
				word.Reset()
			}
			begun = false
		default:
			begun = true
			word.WriteByte(c)
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words, quote == 0
}
