package component

import (
	"bytes"
	"encoding/json"
	"strings"

	"awslab/ui/theme"
)

// bodyIndent is the cells before the lines of a message that is shown whole.
const bodyIndent = 6

// bodyLine is a line of a message as it is shown: clean, and no wider than the
// list.
type bodyLine struct {
	text   string
	tokens []token
}

// high is how many lines an event takes.
func (l *LogList) high(i int) int {
	if !l.Expanded(i) {
		return 1
	}
	return 1 + len(l.body(i))
}

// body is the lines of an event's message, remembered while there are few.
func (l *LogList) body(i int) []bodyLine {
	if lines, ok := l.bodies[i]; ok {
		return lines
	}
	e, ok := l.Rows.Event(i)
	if !ok {
		return nil
	}
	const most = 256 // messages
	if len(l.bodies) >= most {
		clear(l.bodies)
	}
	lines := messageLines(e.Message, l.width)
	l.bodies[i] = lines
	return lines
}

// messageLines breaks a message into lines of a width. JSON is laid out first.
func messageLines(message string, width int) []bodyLine {
	width = max(1, width)
	text, isJSON := strings.TrimRight(message, "\r\n"), false
	if pretty, ok := prettyJSON(text); ok {
		text, isJSON = pretty, true
	}
	var out []bodyLine
	for _, line := range CleanLines(text) {
		tokens := []token{{len(line), theme.Plain}}
		if isJSON {
			tokens = jsonTokens(line)
		}
		for start := true; start || line != ""; start = false {
			size := fit(line, width)
			out = append(out, bodyLine{line[:size], upTo(tokens, size)})
			line, tokens = line[size:], from(tokens, size)
		}
	}
	return out
}

// prettyJSON lays out a text that is a JSON object or array.
func prettyJSON(text string) (string, bool) {
	const most = 1 << 20 // bytes that are worth it
	trimmed := strings.TrimSpace(text)
	if len(trimmed) < 2 || len(trimmed) > most || trimmed[0] != '{' && trimmed[0] != '[' {
		return "", false
	}
	var out bytes.Buffer
	if json.Indent(&out, []byte(trimmed), "", "  ") != nil {
		return "", false
	}
	return out.String(), true
}

// fit is the bytes of a clean line that fit a width, one glyph at least.
func fit(line string, width int) int {
	if n := plainRun(line[:min(len(line), width)]); n == min(len(line), width) && (n == len(line) || stands(line[n:])) {
		return n
	}
	at, cells := 0, 0
	for at < len(line) {
		g := first(line[at:])
		if cells += g.width; cells > width && at > 0 {
			break
		}
		at += g.size
	}
	return at
}

// upTo and from are the tokens before and after a byte.
func upTo(tokens []token, size int) []token {
	for i, t := range tokens {
		if t.end >= size {
			return append(tokens[:i:i], token{size, t.style})
		}
	}
	return tokens
}

func from(tokens []token, size int) []token {
	var out []token
	for _, t := range tokens {
		if t.end > size {
			out = append(out, token{t.end - size, t.style})
		}
	}
	return out
}

// bodyLine draws a line of a message.
func (l *LogList) bodyLine(i, line, width int) string {
	body := l.body(i)
	if line >= len(body) {
		return Spaces(width)
	}
	at := body[line]
	pieces := make([]span, 0, len(at.tokens)+1)
	pieces = append(pieces, span{blanks[:bodyIndent], theme.Plain})
	start := 0
	for _, t := range at.tokens {
		pieces = append(pieces, span{at.text[start:t.end], t.style})
		start = t.end
	}
	return spans(width, pieces...)
}

// firstLine is how a message begins.
func firstLine(message string) string {
	message = strings.TrimLeft(message, "\r\n")
	if i := strings.IndexByte(message, '\n'); i >= 0 {
		return message[:i]
	}
	return message
}
