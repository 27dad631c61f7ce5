package check

import (
	"slices"
	"strings"
	"unicode"

	"awslab/aws"
)

// condition is one condition of a key condition or filter expression, with its
// placeholders filled in.
type condition struct {
	name   string // the attribute's; "" when the condition is not of a simple form
	op     string // "=", "<", "BETWEEN", "begins_with", …
	values []aws.AttributeValue
	text   string // as people write it: Year = 1971
}

// deepest bounds the parentheses that are looked into.
const deepest = 20

// conditions takes an expression apart at its ANDs. It is a reader for requests
// that a service has understood, not a judge: what it cannot read becomes a
// condition without a name.
func conditions(expression string, placeholders map[string]string, values aws.Item) []condition {
	c := conjunction{placeholders, values}
	return c.split(tokens(expression), deepest)
}

type conjunction struct {
	names  map[string]string
	values aws.Item
}

// tokens cuts an expression into words, signs and parentheses.
func tokens(expression string) []string {
	var out []string
	for rest := strings.TrimSpace(expression); rest != ""; rest = strings.TrimSpace(rest) {
		end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("(),=<>", r) })
		switch {
		case end < 0:
			end = len(rest)
		case end == 0 && len(rest) > 1 && slices.Contains([]string{"<=", ">=", "<>"}, rest[:2]):
			end = 2
		case end == 0:
			end = 1
		}
		out = append(out, rest[:end])
		rest = rest[end:]
	}
	return out
}

// split cuts at the ANDs that are neither in parentheses nor of a BETWEEN.
func (c conjunction) split(words []string, depth int) []condition {
	var out []condition
	start, open, between := 0, 0, false
	for i, w := range words {
		switch {
		case w == "(":
			open++
		case w == ")":
			open--
		case open == 0 && strings.EqualFold(w, "BETWEEN"):
			between = true
		case open == 0 && strings.EqualFold(w, "AND") && between:
			between = false
		case open == 0 && strings.EqualFold(w, "AND"):
			out = append(out, c.read(words[start:i], depth)...)
			start = i + 1
		}
	}
	return append(out, c.read(words[start:], depth)...)
}

// read understands one condition, or those within its parentheses.
func (c conjunction) read(words []string, depth int) []condition {
	if len(words) == 0 {
		return nil
	}
	if wrapped(words) && depth > 0 {
		return c.split(words[1:len(words)-1], depth-1)
	}
	out := condition{text: c.show(words)}
	switch {
	case len(words) == 3 && isComparison(words[1]):
		out.name, out.op, out.values = c.name(words[0]), words[1], c.valuesOf(words[2:])
		if strings.HasPrefix(words[0], ":") {
			out.name, out.op, out.values = c.name(words[2]), reversed(words[1]), c.valuesOf(words[:1])
		}
	case len(words) == 5 && strings.EqualFold(words[1], "BETWEEN"):
		out.name, out.op, out.values = c.name(words[0]), "BETWEEN", c.valuesOf([]string{words[2], words[4]})
	case len(words) >= 4 && words[1] == "(":
		out.name, out.op, out.values = c.name(words[2]), strings.ToLower(words[0]), c.valuesOf(words[3:])
	}
	return []condition{out}
}

// wrapped reports whether one pair of parentheses is around all the words.
func wrapped(words []string) bool {
	open := 0
	for i, w := range words {
		switch w {
		case "(":
			open++
		case ")":
			open--
		}
		if open == 0 {
			return words[0] == "(" && i == len(words)-1
		}
	}
	return false
}

func isComparison(w string) bool {
	return slices.Contains([]string{"=", "<>", "<", "<=", ">", ">="}, w)
}

// reversed is the comparison seen from its other side.
func reversed(op string) string {
	return strings.NewReplacer("<>", "<>", "<", ">", ">", "<").Replace(op)
}

func (c conjunction) name(word string) string {
	if name, ok := c.names[word]; ok {
		return name
	}
	return word
}

func (c conjunction) valuesOf(words []string) []aws.AttributeValue {
	var out []aws.AttributeValue
	for _, w := range words {
		if value, ok := c.values[w]; ok {
			out = append(out, value)
		}
	}
	return out
}

// show writes a condition with its placeholders filled in.
func (c conjunction) show(words []string) string {
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = visible(c.name(w))
		if value, ok := c.values[w]; ok {
			parts[i] = show(value)
		}
	}
	return strings.NewReplacer(" ( ", "(", "( ", "(", " )", ")", " ,", ",", " (", "(").Replace(strings.Join(parts, " "))
}
