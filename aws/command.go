package aws

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode"
)

// Command writes a call as the AWS CLI command that does the same, for a POSIX
// shell and either version of the CLI. in is the operation's input; a Place with
// an endpoint adds it. What cannot stand in a command, such as an object's bytes,
// becomes the name of a file: a member's cli tag has the words. Only binary values
// of DynamoDB, which stand in base64, are for version 2 alone: version 1 has no way
// to write one.
func (o Operation) Command(in any, place Place) (string, error) {
	if reflect.TypeOf(in) != o.In {
		return "", fmt.Errorf("%s takes %v, not %T", o.Name, o.In, in)
	}
	var b strings.Builder
	members := reflect.ValueOf(in)
	for i := range members.NumField() {
		// The versions of the CLI read bytes in an option differently, but not those
		// of a file.
		if payload, ok := members.Field(i).Interface().(Payload); ok && payload != nil {
			fmt.Fprintf(&b, "printf %%s %s | ", quote(string(payload)))
		}
	}
	fmt.Fprintf(&b, "aws %s %s", o.Service.command(), kebab(o.Name))
	for _, member := range reflect.VisibleFields(o.In) {
		if member.Anonymous {
			continue // its own members follow
		}
		words, err := memberWords(member, members.FieldByIndex(member.Index))
		if err != nil {
			return "", err
		}
		for _, option := range words {
			b.WriteString(" \\\n  " + option)
		}
	}
	if place.Region != "" {
		fmt.Fprintf(&b, " \\\n  --region %s", place.Region)
	}
	if place.Endpoint != "" {
		fmt.Fprintf(&b, " \\\n  --endpoint-url %s", quote(place.Endpoint))
	}
	for i := range o.Out.NumField() {
		if file := o.Out.Field(i).Tag.Get("cli"); file != "" {
			b.WriteString(" \\\n  " + file)
		}
	}
	return b.String(), nil
}

// command is the service's name in the CLI, where it differs.
func (s Service) command() string {
	if s == ServiceS3 {
		return "s3api"
	}
	return string(s)
}

// memberWords are the options that a member of an input becomes.
func memberWords(member reflect.StructField, field reflect.Value) ([]string, error) {
	name, options, _ := strings.Cut(member.Tag.Get("json"), ",")
	if name == "" {
		name = member.Name
	}
	if name == "version" {
		name = "apiVersion" // the CLI has a --version of its own
	}
	file := member.Tag.Get("cli")
	switch {
	case (options != "" || file != "") && field.IsZero():
		return nil, nil
	case file != "":
		return []string{file}, nil
	}
	if asks, ok := field.Interface().(interface{ cliOption() string }); ok && asks.cliOption() != "" {
		return []string{asks.cliOption()}, nil
	}
	if truth, ok := truthOf(field.Interface()); ok {
		if !truth {
			return []string{"--no-" + kebab(name)}, nil
		}
		return []string{"--" + kebab(name)}, nil
	}
	value, err := argument(field.Interface())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	between := " "
	if strings.HasPrefix(value, "-") {
		between = "=" // or the value looks like an option
	}
	return []string{"--" + kebab(name) + between + value}, nil
}

// truthOf reads a member that is an option without a value.
func truthOf(v any) (truth, ok bool) {
	switch v := v.(type) {
	case bool:
		return v, true
	case Option[bool]:
		return v.Get()
	}
	return false, false
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

// kebab writes a name as the CLI does: "PutItem" is put-item, "ContentMD5"
// content-md5.
func kebab(name string) string {
	letters := []rune(name)
	var b strings.Builder
	for i, r := range letters {
		if unicode.IsUpper(r) && i > 0 {
			starts := !unicode.IsUpper(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1])
			if starts {
				b.WriteByte('-')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
