package apigateway

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// testPane sends a request to a method, and shows the response with the log of
// what happened on the way.
type testPane struct {
	panel     *page.Panel
	at        target
	kind      *component.Select // of the request, to a method ANY
	values    []*component.TextField
	query     *component.TextField
	extra     *component.Section
	headers   *component.Editor
	variables *component.Editor
	body      *component.Editor

	answers *component.Tabs // of the response, where there is no room for all
	shown   [3]*component.TextView
	beside  bool // the response stands beside the request, as drawn last
	tall    bool // all of it is shown, as drawn last

	running bool
	result  *aws.TestInvokeMethodOutput
	sent    string // the request that the response is to
	fault   string // what is wrong with the request
	failed  error
}

// The parts of a response.
const (
	answerBody = iota
	answerHeaders
	answerLog
)

var answerTitles = []string{"Response body", "Response headers", "Log"}

func newTestPane(panel *page.Panel, at target) *testPane {
	p := &testPane{
		panel: panel, at: at, kind: component.NewSelect("Method type"), query: component.NewTextField("Query strings"),
		extra:   component.NewSection("Headers and stage variables"),
		headers: component.NewEditor(), variables: component.NewEditor(), body: component.NewEditor(),
		answers: component.NewTabs(answerTitles...),
	}
	for _, m := range []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"} {
		p.kind.Options = append(p.kind.Options, component.Option{Value: m})
	}
	for _, variable := range pathVariable.FindAllString(at.path, -1) {
		field := component.NewTextField(variable)
		field.Hint = "A value for this part of the path."
		field.Check = func(text string) string {
			if text == "" {
				return "Enter a value"
			}
			return ""
		}
		p.values = append(p.values, field)
	}
	p.query.Placeholder = "param1=value1&param2=value2"
	p.headers.Label, p.headers.Height = "Headers, one a line, as Name: value", 5
	p.variables.Label, p.variables.Height = "Stage variables, one a line, as name=value", 4
	p.body.Label, p.body.Height, p.body.Language = "Request body", 7, "json"
	for i, title := range answerTitles {
		p.shown[i] = component.NewTextView(title)
	}
	return p
}

// method is the HTTP method of the request.
func (p *testPane) method() string {
	if p.at.method == aws.AnyMethod {
		return p.kind.Value()
	}
	return p.at.method
}

// bodied reports whether the request may have a body.
func (p *testPane) bodied() bool { return p.method() != "GET" && p.method() != "HEAD" }

// fields lists the request's fields.
func (p *testPane) fields() []component.Control {
	var all []component.Control
	if p.at.method == aws.AnyMethod {
		all = append(all, p.kind)
	}
	for _, v := range p.values {
		all = append(all, v)
	}
	all = append(all, p.query)
	if p.bodied() {
		all = append(all, p.body)
	}
	all = append(all, p.extra)
	if p.extra.Open() {
		all = append(all, p.headers, p.variables)
	}
	return all
}

// input is the request that the fields describe.
func (p *testPane) input() (aws.TestInvokeMethodInput, string) {
	in := aws.TestInvokeMethodInput{RestAPIID: p.at.api, ResourceID: p.at.resource, HTTPMethod: p.method()}
	headers, fault := parsePairs(p.headers.Value(), ":")
	if fault != "" {
		return in, "Headers: " + fault
	}
	variables, fault := parsePairs(p.variables.Value(), "=")
	if fault != "" {
		return in, "Stage variables: " + fault
	}
	values := make(map[string]string, len(p.values))
	for _, v := range p.values {
		values[v.Label] = v.Value()
	}
	in.PathWithQueryString = fillPath(p.at.path, values)
	if query := strings.TrimPrefix(p.query.Value(), "?"); query != "" {
		in.PathWithQueryString += "?" + query
	}
	if len(headers) > 0 {
		in.Headers, in.MultiValueHeaders = single(headers), headers
	}
	if len(variables) > 0 {
		in.StageVariables = single(variables)
	}
	if p.bodied() {
		in.Body = p.body.Value()
	}
	return in, ""
}

// test sends the request.
func (p *testPane) test() tea.Cmd {
	p.fault, p.failed = "", nil
	wrong, text := page.Validate(p.fields())
	if wrong != nil {
		p.fault = text
		return p.panel.Ring.Focus(wrong)
	}
	in, fault := p.input()
	if fault != "" {
		p.fault = fault
		p.extra.SetOpen(true)
		return nil
	}
	p.running = true
	env := p.panel.Env
	return page.Latest(env.Calls, "test",
		func(ctx context.Context) (aws.TestInvokeMethodOutput, error) {
			return env.Cloud.APIGateway.TestInvokeMethod(ctx, in)
		},
		func(out aws.TestInvokeMethodOutput, err error) tea.Cmd {
			if p.running, p.failed = false, err; err != nil {
				return nil
			}
			p.show(in, out)
			if p.beside {
				return nil
			}
			p.panel.Scroll.ToTop() // the response stands above: it comes into sight
			return p.panel.Ring.Focus(p.answers)
		})
}

// show takes in a response.
func (p *testPane) show(in aws.TestInvokeMethodInput, out aws.TestInvokeMethodOutput) {
	p.result, p.sent = &out, in.HTTPMethod+" "+in.PathWithQueryString
	p.shown[answerBody].Show(component.Read(out.Body))
	p.shown[answerHeaders].Show(component.Read(headerLines(out)))
	p.shown[answerLog].Show(component.Read(out.Log))
}

// headerLines is a response's headers, one value a line.
func headerLines(out aws.TestInvokeMethodOutput) string {
	all := maps.Clone(out.MultiValueHeaders)
	if all == nil {
		all = make(map[string][]string)
	}
	for name, value := range out.Headers {
		if _, there := all[name]; !there {
			all[name] = []string{value}
		}
	}
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, value := range all[name] {
			lines = append(lines, name+": "+value)
		}
	}
	return strings.Join(lines, "\n")
}

// bindings lists what can be done; the first two have buttons in the pane.
func (p *testPane) bindings() []keys.Binding {
	wait, none := "", ""
	if p.running {
		wait = "The request is under way."
	}
	if p.result == nil {
		none = "There is no response yet: Test."
	}
	return []keys.Binding{
		keys.Bind(keys.Run, p.test).As("Test").Unless(wait).Main(),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: p.result.Body, What: "the response's body"})
		}).As("Copy body").Unless(none),
	}
}

func (p *testPane) buttons() []component.Control {
	return p.panel.ButtonsOf(p.bindings(), keys.Run, keys.Copy)
}

// controls lists what can have the focus, in the order on the screen.
func (p *testPane) controls() []component.Control {
	var response []component.Control
	switch {
	case p.result == nil:
	case p.tall:
		for _, v := range p.shown {
			response = append(response, v)
		}
	default:
		response = []component.Control{p.answers, p.shown[p.answers.Active()]}
	}
	if p.beside {
		return slices.Concat(p.buttons(), p.fields(), response)
	}
	return slices.Concat(p.buttons(), response, p.fields())
}

// status is the response in a line.
func (p *testPane) status() (component.StatusKind, string) {
	kind := component.StatusSuccess
	switch {
	case p.result.Status >= 500:
		kind = component.StatusError
	case p.result.Status >= 400:
		kind = component.StatusWarning
	}
	return kind, fmt.Sprintf("Status %d · Latency %d ms", p.result.Status, p.result.Latency)
}
