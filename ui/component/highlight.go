package component

import (
	"strings"

	"awslab/ui/theme"
)

// token is a part of a line in one style, up to a byte of it.
type token struct {
	end   int
	style theme.Style
}

// longLine is the bytes from which on a line is not coloured.
const longLine = 4096

// jsonTokens colours a line of JSON. It looks at the line alone, which is
// enough: JSON has no text that goes on from one line to the next.
func jsonTokens(line string) []token {
	if len(line) > longLine {
		return []token{{len(line), theme.Plain}}
	}
	var out []token
	for i := 0; i < len(line); {
		end, style := jsonToken(line, i)
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
	return out
}

func jsonToken(line string, i int) (end int, style theme.Style) {
	c := line[i]
	switch {
	case c == '"':
		end = jsonString(line, i)
		if strings.HasPrefix(strings.TrimLeft(line[end:], " \t"), ":") {
			return end, theme.CodeName
		}
		return end, theme.CodeString
	case c == '-' || c >= '0' && c <= '9':
		return runOf(line, i, "+-.0123456789eE"), theme.CodeNumber
	case c >= 'a' && c <= 'z':
		end = runOf(line, i, "abcdefghijklmnopqrstuvwxyz")
		switch line[i:end] {
		case "true", "false", "null":
			return end, theme.CodeWord
		}
		return end, theme.Plain
	}
	return i + 1, theme.Plain
}

// jsonString is where a string that begins at i ends.
func jsonString(line string, i int) int {
	for i++; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(line)
}

// runOf is where a run of some characters that begins at i ends.
func runOf(line string, i int, of string) int {
	for i < len(line) && strings.IndexByte(of, line[i]) >= 0 {
		i++
	}
	return i
}
