package aws

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// Command writes a call as the AWS CLI command that does the same, for a POSIX
// shell. in is the operation's input; a Place with an endpoint adds it.
func (o Operation) Command(in any, place Place) (string, error) {
	if reflect.TypeOf(in) != o.In {
		return "", fmt.Errorf("%s takes %v, not %T", o.Name, o.In, in)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "aws %s %s", o.Service, kebab(o.Name))
	value := reflect.ValueOf(in)
	for i := range value.NumField() {
		member, field := o.In.Field(i), value.Field(i)
		name, options, _ := strings.Cut(member.Tag.Get("json"), ",")
		if name == "" {
			name = member.Name
		}
		if options != "" && field.IsZero() {
			continue
		}
		words, err := argument(field.Interface())
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		option := " \\\n  --" + kebab(name)
		switch words {
		case "true":
			b.WriteString(option)
		case "false":
			b.WriteString(strings.Replace(option, "--", "--no-", 1))
		default:
			b.WriteString(option + " " + words)
		}
	}
	if place.Region != "" {
		fmt.Fprintf(&b, " \\\n  --region %s", place.Region)
	}
	if place.Endpoint != "" {
		fmt.Fprintf(&b, " \\\n  --endpoint-url %s", quote(place.Endpoint))
	}
	return b.String(), nil
}

// argument writes a member's value as one shell word: text as it is, the rest
// as JSON.
func argument(v any) (string, error) {
	if kind := reflect.TypeOf(v).Kind(); kind == reflect.String {
		return quote(reflect.ValueOf(v).String()), nil
	}
	body, err := marshalPlain(v)
	if err != nil {
		return "", err
	}
	var text string
	if json.Unmarshal(body, &text) == nil {
		return quote(text), nil
	}
	return quote(string(body)), nil
}

// quote makes one word of text for a POSIX shell.
func quote(text string) string {
	plain := func(r rune) bool {
		return r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) || strings.ContainsRune("-_./:@%+=,", r)
	}
	if text != "" && strings.IndexFunc(text, func(r rune) bool { return !plain(r) }) < 0 {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

// kebab writes a name as the CLI does: "PutItem" is put-item.
func kebab(name string) string {
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
