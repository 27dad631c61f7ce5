package lambda

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"awslab/ui/component"
	"awslab/ui/page"
)

// testEvent is an event to test a function with.
type testEvent struct {
	Name string `json:"name"`
	Text string `json:"text"` // JSON, as it was typed
}

// What a function's saved events may be.
const (
	mostEvents    = 10
	mostEventName = 25 // characters
)

// keptEvents is the name under which a function's events are kept.
func keptEvents(function string) string { return "lambda-events/" + function }

// readEvents reads a function's saved events.
func readEvents(keep page.Keeper, function string) ([]testEvent, error) {
	if keep == nil {
		return nil, nil
	}
	data, err := keep.Kept(keptEvents(function))
	if err != nil || data == nil {
		return nil, err
	}
	var events []testEvent
	if err := json.Unmarshal(data, &events); err != nil {
		return nil, fmt.Errorf("what is kept is no list of events: %w", err)
	}
	return events, nil
}

var errNoKeeper = errors.New("there is no place here to keep test events")

// writeEvents keeps a function's events.
func writeEvents(keep page.Keeper, function string, events []testEvent) error {
	if keep == nil {
		return errNoKeeper
	}
	data, err := json.Marshal(events)
	if err != nil {
		return err
	}
	return keep.Put(keptEvents(function), data)
}

// withEvent are the events with one more, or with one of the same name replaced.
func withEvent(events []testEvent, e testEvent) []testEvent {
	out := slices.Clone(events)
	for i := range out {
		if out[i].Name == e.Name {
			out[i] = e
			return out
		}
	}
	return append(out, e)
}

// withoutEvent are the events but the one of a name.
func withoutEvent(events []testEvent, name string) []testEvent {
	return slices.DeleteFunc(slices.Clone(events), func(e testEvent) bool { return e.Name == name })
}

// eventNamed finds an event.
func eventNamed(events []testEvent, name string) (testEvent, bool) {
	for _, e := range events {
		if e.Name == name {
			return e, true
		}
	}
	return testEvent{}, false
}

// eventNameFault says what is wrong with an event's name; "" when nothing is.
func eventNameFault(name string) string {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
	switch {
	case name == "":
		return "Enter a name"
	case len(name) > mostEventName || strings.Trim(name, allowed) != "":
		return "Maximum of 25 characters consisting of letters, numbers, dots, hyphens and underscores."
	}
	return ""
}

//go:embed events/*.json
var templateFiles embed.FS

// templates are the events to start from, as AWS's console names them.
var templates = []component.Option{
	{Value: "hello-world", Label: "hello-world"},
	{Value: "s3-put", Label: "Amazon S3 Put"},
	{Value: "apigateway-aws-proxy", Label: "API Gateway AWS Proxy"},
}

// template is the text of one of the templates.
func template(name string) string {
	data, err := templateFiles.ReadFile("events/" + name + ".json")
	if err != nil {
		return "" // not one of the table's
	}
	return strings.TrimSpace(string(data))
}

// jsonFault is what is wrong with a text that should be JSON, and where: line
// and column from 1, the column in bytes.
type jsonFault struct {
	Line, Column int
	Message      string
}

func (f *jsonFault) Error() string { return fmt.Sprintf("line %d: %s", f.Line, f.Message) }

// checkJSON finds the first fault of a text that should be one JSON value; nil
// when it is one.
func checkJSON(text string) *jsonFault {
	if strings.TrimSpace(text) == "" {
		return &jsonFault{1, 1, "The event is empty; write {} for one that holds nothing"}
	}
	if json.Valid([]byte(text)) {
		return nil
	}
	offset, message := len(text), "The JSON ends too early"
	var syntax *json.SyntaxError
	if errors.As(json.Unmarshal([]byte(text), new(any)), &syntax) && syntax.Error() != "unexpected end of JSON input" {
		offset, message = max(0, int(syntax.Offset)-1), syntax.Error()
	}
	before := text[:min(offset, len(text))]
	return &jsonFault{strings.Count(before, "\n") + 1, len(before) - strings.LastIndexByte(before, '\n'), message}
}
