package dynamodb

import (
	"encoding/base64"
	"errors"
	"slices"
	"strconv"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/theme"
)

// scalarTypes are the types a key, or a filter's value, is typed as.
func scalarTypes() []aws.AttributeType {
	return []aws.AttributeType{aws.TypeS, aws.TypeN, aws.TypeB}
}

// errBase64 is the fault of binary text.
var errBase64 = errors.New("Binary values are written in base64, as in SGVsbG8=")

// parseScalar reads a value of a type without parts from how a person writes it.
func parseScalar(kind aws.AttributeType, text string) (aws.AttributeValue, error) {
	switch kind {
	case aws.TypeS:
		return aws.S(text), nil
	case aws.TypeN:
		if fault := numberFault(text); fault != "" {
			return nil, errors.New(fault)
		}
		return aws.N(text), nil
	case aws.TypeB:
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, errBase64
		}
		return aws.B(data), nil
	case aws.TypeBOOL:
		switch strings.ToLower(text) {
		case "true":
			return aws.BOOL(true), nil
		case "false":
			return aws.BOOL(false), nil
		}
	case aws.TypeNULL:
		return aws.NULL(true), nil
	default:
		return nil, errors.New(kind.Name() + " is not one value")
	}
	return nil, errors.New("A Boolean is true or false")
}

// scalarText writes a value without parts as parseScalar reads it.
func scalarText(value aws.AttributeValue) string {
	switch v := value.(type) {
	case aws.S:
		return string(v)
	case aws.N:
		return string(v)
	case aws.B:
		return base64.StdEncoding.EncodeToString(v)
	case aws.BOOL:
		return strconv.FormatBool(bool(v))
	case aws.NULL:
		return "null"
	}
	return ""
}

// shownRunes is how much of a value a table's cell is made of.
const shownRunes = 200

// valueCell shows a value in a table. The types are told apart by more than
// colour: a String that reads like a value of another type is in quotes.
func valueCell(value aws.AttributeValue) component.Cell {
	text, style := "", theme.Plain
	switch v := value.(type) {
	case nil:
		return component.Cell{}
	case aws.S:
		text = string(v)
		if looksTyped(text) {
			text = strconv.Quote(text)
		}
	case aws.N:
		text, style = string(v), theme.CodeNumber
	case aws.B, aws.BS:
		text, style = summary(v), theme.CodeString
	case aws.BOOL, aws.NULL:
		text, style = scalarText(v), theme.CodeWord
	default:
		text = summary(v)
	}
	return component.Cell{Text: component.Clean(cut(text, shownRunes)), Style: style}
}

// looksTyped reports whether a string would be taken for another type, or for
// nothing at all, if it stood there without quotes.
func looksTyped(text string) bool {
	switch text {
	case "", "true", "false", "null":
		return true
	}
	if text[0] == ' ' || text[len(text)-1] == ' ' {
		return true
	}
	return len(text) <= 60 && numberFault(text) == ""
}

// cut keeps at most n runes of a text.
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	count := 0
	for at := range text {
		if count == n {
			return text[:at] + "…"
		}
		count++
	}
	return text
}

// summary writes any value on one line, plainly: [1, 2], {"a": 1}, and sets as
// {"a", "b"}. It stops once it is longer than a cell shows.
func summary(value aws.AttributeValue) string {
	var b strings.Builder
	summarise(&b, value)
	return b.String()
}

func summarise(b *strings.Builder, value aws.AttributeValue) {
	if b.Len() > 2*shownRunes {
		return
	}
	switch v := value.(type) {
	case aws.S:
		b.WriteString(strconv.Quote(cut(string(v), shownRunes)))
	case aws.B:
		b.WriteString(cut(base64.StdEncoding.EncodeToString(v[:min(len(v), shownRunes)]), shownRunes))
	case aws.SS:
		parts(b, "{}", len(v), func(i int) { b.WriteString(strconv.Quote(cut(v[i], shownRunes))) })
	case aws.NS:
		parts(b, "{}", len(v), func(i int) { b.WriteString(v[i]) })
	case aws.BS:
		parts(b, "{}", len(v), func(i int) { summarise(b, aws.B(v[i])) })
	case aws.L:
		parts(b, "[]", len(v), func(i int) { summarise(b, v[i]) })
	case aws.M:
		names := sortedNames(v)
		parts(b, "{}", len(v), func(i int) {
			b.WriteString(strconv.Quote(names[i]) + ": ")
			summarise(b, v[names[i]])
		})
	default:
		b.WriteString(scalarText(v))
	}
}

func parts(b *strings.Builder, brackets string, n int, part func(int)) {
	b.WriteByte(brackets[0])
	for i := range n {
		if b.Len() > 2*shownRunes {
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		part(i)
	}
	b.WriteByte(brackets[1])
}

// sortedNames lists a map's names in order.
func sortedNames[V any](m map[string]V) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
