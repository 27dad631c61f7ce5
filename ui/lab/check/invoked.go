package check

import (
	"fmt"
	"maps"
	"slices"

	"awslab/aws"
	"awslab/aws/trail"
)

// invocation is what a check asks of an invocation.
type invocation struct {
	function  string
	event     any // decoded JSON; nil when not asked for
	gives     any
	succeeded any    // true or false; nil when not asked for
	failed    string // the error's type, * for any characters; "" when not asked for
}

func parseInvocation(function string, given []map[string]any) (invocation, error) {
	want := invocation{function: function}
	if len(given) > 1 {
		return want, fmt.Errorf("there is one group of options, not %d", len(given))
	}
	for _, group := range given {
		for _, name := range slices.Sorted(maps.Keys(group)) {
			var err error
			switch name {
			case "event":
				want.event, err = decoded(group[name])
			case "gives":
				want.gives, err = decoded(group[name])
			case "failed":
				err = text(&want.failed, group[name])
			case "succeeded":
				succeeded, ok := group[name].(bool)
				if want.succeeded = succeeded; !ok {
					err = fmt.Errorf("is true or false, not %v", group[name])
				}
			default:
				err = fmt.Errorf("is not known; there are event, failed, gives and succeeded")
			}
			if err != nil {
				return want, fmt.Errorf("the option %s %w", name, err)
			}
		}
	}
	return want, nil
}

// invoked is the check function.
func (e *evaluation) invoked(function string, given ...map[string]any) (Findings, error) {
	want, err := parseInvocation(function, given)
	if err != nil {
		return nil, err
	}
	best := Findings{{Subject: "function " + visible(function), Expected: "an invocation", Found: nothing, Cause: CauseNotCalled}}
	furthest := 0
	for _, event := range slices.Backward(e.world.Events) {
		in, ok := event.In.(aws.InvokeInput)
		if !ok || !isFunction(in.FunctionName, function) || event.Origin == trail.OriginGuide || event.Time.Before(e.world.Since) {
			continue
		}
		wrong, got := want.compare(in, event)
		if wrong == nil {
			return holds("invocation of " + visible(function)), nil
		}
		if got > furthest {
			best, furthest = wrong, got
		}
	}
	return best, nil
}

// compare says what is wrong with an invocation, and how far it was right.
func (w invocation) compare(in aws.InvokeInput, event trail.Event) (wrong Findings, got int) {
	if f, differs := w.differs("event", w.event, in.Payload, sameJSON, CauseEvent); differs {
		return Findings{f}, 1
	}
	subject := "invocation of " + visible(w.function)
	out, _ := event.Out.(aws.InvokeOutput)
	kind, told := failure(out)
	f := Finding{Subject: subject, Expected: "success", Cause: CauseFunctionFailed}
	switch {
	case event.Err != nil:
		f.Found, f.Cause = visible(event.Err.Error()), CauseFailed
	case !event.Done:
		f.Expected, f.Found, f.Cause = "an answer", "still running", CauseRunning
	case w.succeeded == true && out.FunctionError != "":
		f.Found = told
	case w.succeeded == false && out.FunctionError == "":
		f.Expected, f.Found, f.Cause = "a failure", "success", CauseResult
	case w.failed != "" && !Like(w.failed, kind):
		f.Expected, f.Found, f.Cause = "the error "+visible(w.failed), told, CauseResult
	default:
		if f, differs := w.differs("answer", w.gives, out.Payload, likeJSON, CauseResult); differs {
			return Findings{f}, 3
		}
		return nil, 0
	}
	return Findings{f}, 2
}

func (w invocation) differs(what string, want any, got aws.Payload, same func(want, got any) bool, cause Cause) (Finding, bool) {
	if want == nil {
		return Finding{}, false
	}
	object, isJSON := parsed(got)
	f := Finding{Subject: what, Expected: showJSON(want), Found: visible(string(got)), Cause: cause}
	if !isJSON {
		return f, true
	}
	path, expected, found, ok := within(want, object, "", same)
	if path != "" {
		f.Subject = what + ", " + path
	}
	f.Expected, f.Found = showJSON(expected), showJSON(found)
	if text, isText := expected.(string); isText {
		if other, ok := found.(string); ok {
			_, f.Advice = spotted(text, other)
		}
	}
	return f, !ok
}

// failure is the type of the error that a function answered, and the error in
// a line; "success" when there is none.
func failure(out aws.InvokeOutput) (kind, told string) {
	if out.FunctionError == "" {
		return "", "success"
	}
	answer, _ := parsed(out.Payload)
	object, _ := answer.(map[string]any)
	kind, _ = object["errorType"].(string)
	message, _ := object["errorMessage"].(string)
	if kind == "" {
		return kind, visible(message)
	}
	return kind, visible(kind + ": " + message)
}
