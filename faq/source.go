package faq

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"
)

// Form is a way to write the microservice in JavaScript.
type Form int

const (
	// Modern is an ES module whose handler is async and returns its response:
	// what AWS advises, and all that nodejs24.x runs.
	Modern Form = iota
	// Classic is a CommonJS module whose handler ends with context.succeed, as
	// older walkthroughs have it. It runs on nodejs22.x; on nodejs24.x it
	// throws a TypeError after its last line of log.
	Classic
	// Malformed is Modern with one mistake: the body is an object instead of a
	// string. The function works, but API Gateway answers 502 for it.
	Malformed
)

// forms says for each form what its file is called in a function, and which
// template it comes from.
var forms = map[Form]struct{ file, template string }{
	Modern:    {"index.mjs", "modern.mjs"},
	Classic:   {"index.js", "classic.js"},
	Malformed: {"index.mjs", "malformed.mjs"},
}

// FileName is the name that the file has in a nodejs function with the handler
// index.handler; "" if there is no such form.
func (f Form) FileName() string { return forms[f].file }

//go:embed source
var templates embed.FS

// Source is the microservice in JavaScript, with all questions in it: the same
// bytes for the same form; "" if there is no such form. It needs no packages,
// logs "Quote selected:  N" with the question's index, then its response.
func Source(form Form) string {
	name := forms[form].template
	if name == "" {
		return ""
	}
	t := template.New(name).Funcs(template.FuncMap{"js": quote})
	template.Must(t.ParseFS(templates, "source/"+name, "source/questions.js"))
	var b strings.Builder
	if err := t.Execute(&b, stock()); err != nil {
		panic(fmt.Errorf("faq: %s: %w", name, err)) // of data that is part of the program, like the template
	}
	return b.String()
}

// quote writes a text as a string of JavaScript, in double quotes. JSON's
// strings are such; it escapes what only JavaScript minds, U+2028 and U+2029.
func quote(text string) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return "", err
	}
	return strings.TrimSpace(b.String()), nil
}
