package web

import (
	"context"
	"net/http"
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// visit is the viewer: a request that can be edited, and its answer.
type visit struct {
	page.Panel
	transport http.RoundTripper
	opened    string // the URL that the page was opened for

	method  *component.Select
	url     *component.TextField
	more    *component.Section
	headers *component.Editor // the request's
	content *component.Editor // its body
	titles  *component.Tabs
	body    *component.TextView // the answer's
	fields  *component.TextView // the answer's headers
	curl    *component.Button

	answer  exchange
	count   int // of the answers so far
	sending bool
	faults  []string
	fault   error
	given   bool // the user gave up
}

// slot is the one call that the page makes at a time.
const slot = "send"

func newVisit(env page.Env, route nav.Route, transport http.RoundTripper) *visit {
	v := &visit{
		Panel: page.NewPanel(env), transport: transport, opened: route.Name,
		method: component.NewSelect("Method"), url: component.NewTextField("URL"), more: component.NewSection("Headers and body"),
		headers: component.NewEditor(), content: component.NewEditor(), titles: component.NewTabs("Body", "Headers"),
		body: component.NewTextView("Response body"), fields: component.NewTextView("Response headers"),
	}
	for _, m := range methods {
		v.method.Options = append(v.method.Options, component.Option{Value: m})
	}
	v.url.SetValue(route.Name)
	v.url.Check, v.url.Submit = urlFault, v.send
	v.headers.Label, v.headers.Height = "Request headers", 5
	v.content.Label, v.content.Height, v.content.Language = "Request body", 8, "json"
	v.curl = component.NewButton("Copy as curl", v.copyCurl)
	v.arrange()
	v.Ring.Focus(v.ButtonsOf(v.Bindings(), keys.Run)[0])
	return v
}

// Title is the page's crumb.
func (v *visit) Title() string { return "Open URL" }

// Init sends the GET that the page was opened for, also when it comes back to
// the front: a URL may answer otherwise now. A request that the user has changed
// is the user's to send.
func (v *visit) Init() tea.Cmd {
	if v.sending || v.method.Value() != http.MethodGet || v.url.Value() != v.opened || v.headers.Value() != "" || v.content.Value() != "" {
		return nil
	}
	return v.send()
}

// request is what the form says; false when that cannot be sent, and why is
// shown.
func (v *visit) request() (request, bool) {
	v.faults = nil
	header, err := parseHeaders(v.headers.Value())
	if err != nil {
		v.faults = append(v.faults, "Request headers: "+component.Clean(err.Error()))
	}
	if text := urlFault(strings.TrimSpace(v.url.Value())); text != "" {
		v.faults = append(v.faults, "URL: "+text)
	}
	r := request{method: v.method.Value(), url: strings.TrimSpace(v.url.Value()), header: header, body: v.content.Value()}
	return r, v.faults == nil
}

// send sends the request. The answer before it stays in sight until the new one
// is there.
func (v *visit) send() tea.Cmd {
	r, ok := v.request()
	if !ok {
		return nil
	}
	v.sending, v.given, v.fault = true, false, nil
	return page.Latest(v.Env.Calls, slot,
		func(ctx context.Context) (exchange, error) { return send(ctx, v.transport, v.Env.Now, r) },
		func(e exchange, err error) tea.Cmd {
			v.sending, v.fault, v.answer = false, err, e
			if e.status != 0 {
				v.count++
			}
			v.body.Show(e.body.reading)
			v.fields.Show(e.fields)
			v.arrange()
			return nil
		})
}

// cancel gives up waiting.
func (v *visit) cancel() {
	v.Env.Calls.Cancel(slot)
	v.sending, v.given = false, true
}

// Bindings lists what can be done.
func (v *visit) Bindings() []keys.Binding {
	run := keys.Bind(keys.Run, v.send).As("Send").Main()
	if v.count > 0 {
		run = run.As("Send again")
	}
	none := ""
	switch {
	case !v.answered():
		none = "There is no answer yet."
	case v.answer.body.reading.Empty():
		none = "The answer has no text to copy."
	}
	return []keys.Binding{
		run,
		keys.Bind(keys.Copy, v.copyBody).As("Copy body").Unless(none),
		keys.Bind(keys.Duplicate, v.copyURL).As("Copy URL"),
		keys.Bind(keys.Browse, v.browse).Unless(v.browseFault()),
		keys.Bind(keys.NextTab, v.turn),
		keys.Bind(keys.LastTab, v.turn),
	}
}

// browseFault says why the URL cannot be opened in a browser.
func (v *visit) browseFault() string {
	return urlFault(strings.TrimSpace(v.url.Value()))
}

func (v *visit) copyBody() tea.Cmd {
	return nav.Send(nav.Copy{Text: string(v.answer.body.data), What: "the answer's body"})
}

func (v *visit) copyURL() tea.Cmd {
	return nav.Send(nav.Copy{Text: strings.TrimSpace(v.url.Value()), What: "the URL"})
}

func (v *visit) copyCurl() tea.Cmd {
	r, ok := v.request()
	if !ok {
		return nil
	}
	return nav.Send(nav.Copy{Text: r.curl(), What: "the curl command"})
}

func (v *visit) browse() tea.Cmd {
	return nav.Send(nav.Browse{URL: strings.TrimSpace(v.url.Value())})
}

// turn goes to the other one of the two tabs.
func (v *visit) turn() tea.Cmd {
	v.titles.SetActive(1 - v.titles.Active())
	v.arrange()
	return nil
}

// heads are the page's buttons.
func (v *visit) heads() []component.Control {
	buttons := v.ButtonsOf(v.Bindings(), keys.Run, keys.Copy, keys.Duplicate)
	return append(append(buttons, v.curl), v.ButtonsOf(v.Bindings(), keys.Browse)...)
}

// answered reports whether there is an answer to show.
func (v *visit) answered() bool { return v.answer.status != 0 }

// shown is the text under the tabs; nil when there is none.
func (v *visit) shown() *component.TextView {
	switch {
	case !v.answered():
		return nil
	case v.titles.Active() == 1:
		return v.fields
	case v.answer.body.reading.Empty():
		return nil
	}
	return v.body
}

func (v *visit) arrange() {
	all := append(v.heads(), v.method, v.url, v.more)
	if v.more.Open() {
		all = append(all, v.headers, v.content)
	}
	if v.answered() {
		all = append(all, v.titles)
	}
	if text := v.shown(); text != nil {
		all = append(all, text)
	}
	v.Ring.Set(all...)
}

// Key offers a key to the focused control; esc gives up waiting for an answer.
func (v *visit) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	v.arrange()
	if cmd, used := v.Panel.Key(msg); used {
		return cmd, true
	}
	if v.sending && msg.String() == "esc" {
		v.cancel()
		return nil, true
	}
	return nil, false
}
