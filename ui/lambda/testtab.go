package lambda

import (
	"context"
	"slices"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// testTab tests a function with an event, new or saved, and shows how it went.
type testTab struct {
	f          *functionPage
	action     *component.Radio
	invocation *component.Radio
	name       *component.TextField
	saved      *component.Select
	template   *component.Select
	editor     *component.Editor
	format     *component.Button

	events  []testEvent
	read    bool              // the events that are kept were read
	saving  bool              // they are being written
	kept    error             // reading or writing them failed
	shown   string            // the saved event that is in the editor; "" for a new one
	drafts  map[string]string // texts of the other events that were changed and not saved
	chosen  string            // the template that a new event was started from
	faults  []string
	running *running // nil while nothing runs
	result  *result  // of the last run; nil before
}

// The two ways of the radio "Test event action".
const (
	newEvent  = "new"
	editEvent = "edit"
)

func newTestTab(f *functionPage) tab {
	t := &testTab{
		f: f, drafts: make(map[string]string),
		action: component.NewRadio("Test event action",
			component.Option{Value: newEvent, Label: "Create new event"},
			component.Option{Value: editEvent, Label: "Edit saved event"}),
		invocation: component.NewRadio("Invocation type",
			component.Option{Value: aws.InvokeRequestResponse, Label: "Synchronous"},
			component.Option{Value: aws.InvokeEvent, Label: "Asynchronous"}),
		name:     component.NewTextField("Event name"),
		saved:    component.NewSelect("Event name"),
		template: component.NewSelect("Template", templates...),
		editor:   component.NewEditor(),
	}
	t.name.Hint = "Maximum of 25 characters consisting of letters, numbers, dots, hyphens and underscores."
	t.name.Check, t.name.Width = eventNameFault, mostEventName+1
	t.name.Changed = t.touched
	t.editor.Label, t.editor.Language = "Event JSON", "json"
	t.editor.Changed = t.touched
	t.format = component.NewButton("Format JSON", t.formatJSON)
	t.action.Changed = t.switchAction
	t.saved.Changed = func() tea.Cmd { t.show(t.saved.Value()); return nil }
	t.template.Changed = t.switchTemplate
	t.chosen = t.template.Value()
	t.editor.SetValue(template(t.chosen))
	t.list(nil)
	return t
}

// touched takes note of an edit.
func (t *testTab) touched() tea.Cmd {
	t.faults = nil
	return nil
}

// Init reads the saved events, once.
func (t *testTab) Init() tea.Cmd {
	if t.read || t.saving {
		return nil
	}
	keep, function := t.f.Env.Keep, t.f.name
	return page.Latest(t.f.Env.Calls, "events",
		func(context.Context) ([]testEvent, error) { return readEvents(keep, function) },
		func(events []testEvent, err error) tea.Cmd {
			t.read, t.kept = err == nil, err
			t.list(events)
			if len(events) > 0 && t.shown == "" && !t.changed() && t.name.Value() == "" {
				t.show(events[0].Name)
			}
			t.f.arrange()
			return nil
		})
}

// list takes over the saved events.
func (t *testTab) list(events []testEvent) {
	t.events = events
	t.saved.Options = make([]component.Option, len(events))
	for i, e := range events {
		t.saved.Options[i] = component.Option{Value: e.Name}
	}
	t.saved.SetValue(t.shown)
	t.action.Options[1].Disabled = ""
	if len(events) == 0 {
		t.action.Options[1].Disabled = "No event is saved yet."
	}
}

// original is what an event's text is when nothing was changed.
func (t *testTab) original(name string) string {
	if name == "" {
		return template(t.chosen)
	}
	e, _ := eventNamed(t.events, name)
	return e.Text
}

// changed reports whether the text in the editor is another than the one saved.
func (t *testTab) changed() bool { return t.editor.Value() != t.original(t.shown) }

// show puts a saved event into the editor, or a new one for "". What was changed
// in the one before comes back with it.
func (t *testTab) show(name string) {
	if t.changed() {
		t.drafts[t.shown] = t.editor.Value()
	} else {
		delete(t.drafts, t.shown)
	}
	text, ok := t.drafts[name]
	if !ok {
		text = t.original(name)
	}
	t.put(name, text)
}

// put makes an event the one in the editor, with a text.
func (t *testTab) put(name, text string) {
	delete(t.drafts, name)
	t.shown, t.faults = name, nil
	t.editor.SetValue(text)
	t.saved.SetValue(name)
	t.action.SetValue(newEvent)
	if name != "" {
		t.action.SetValue(editEvent)
	}
	t.f.arrange()
}

func (t *testTab) switchAction() tea.Cmd {
	if t.action.Value() == newEvent {
		t.show("")
	} else {
		t.show(t.saved.Value())
	}
	return nil
}

// switchTemplate starts a new event from another template, after asking when
// that replaces what was typed.
func (t *testTab) switchTemplate() tea.Cmd {
	to := t.template.Value()
	start := func() tea.Cmd {
		t.chosen = to
		t.template.SetValue(to)
		t.put("", template(to))
		return nil
	}
	if !t.changed() {
		return start()
	}
	t.template.SetValue(t.chosen)
	return nav.Send(nav.Confirm{
		Title: "Replace the event's JSON?", Action: "Replace",
		Text: []string{"The template takes the place of what you typed as Event JSON."}, Do: start,
	})
}

// Unsaved says what would be lost.
func (t *testTab) Unsaved() string {
	if !t.changed() && len(t.drafts) == 0 {
		return ""
	}
	return "Your changes to a test event of " + t.f.name + " have not been saved."
}

// valid marks what is wrong with the event's JSON; the command goes there.
func (t *testTab) valid() (tea.Cmd, bool) {
	t.faults = nil
	fault := checkJSON(t.editor.Value())
	if fault == nil {
		return nil, true
	}
	t.editor.MarkError(fault.Line, fault.Column, fault.Message)
	t.editor.GoTo(fault.Line, fault.Column)
	t.faults = []string{"The Event JSON has a fault in " + fault.Error()}
	return t.f.Ring.Focus(t.editor), false
}

// formatJSON sets the event's JSON out in lines.
func (t *testTab) formatJSON() tea.Cmd {
	cmd, ok := t.valid()
	if !ok {
		return cmd
	}
	t.editor.SetValue(pretty([]byte(t.editor.Value())))
	return nil
}

// save keeps the event.
func (t *testTab) save() tea.Cmd {
	if cmd, ok := t.valid(); !ok {
		return cmd
	}
	name := t.shown
	if name == "" {
		if wrong, text := page.Validate([]component.Control{t.name}); wrong != nil {
			t.faults = []string{text}
			return t.f.Ring.Focus(wrong)
		}
		name = t.name.Value()
		_, taken := eventNamed(t.events, name)
		switch {
		case taken:
			t.name.Error = "A saved event has this name already; to change it, choose Edit saved event"
			return t.f.Ring.Focus(t.name)
		case len(t.events) >= mostEvents:
			t.faults = []string{"A function has at most 10 saved events; delete one first."}
			return nil
		}
	}
	e := testEvent{name, t.editor.Value()}
	return t.write(withEvent(t.events, e), func() tea.Cmd {
		if t.shown == "" {
			t.name.SetValue("")
		}
		if t.editor.Value() == e.Text {
			t.put(e.Name, e.Text)
		}
		return nav.Done("The test event " + e.Name + " was successfully saved.")
	})
}

// write keeps events in place of those before, and goes on when that worked.
func (t *testTab) write(events []testEvent, then func() tea.Cmd) tea.Cmd {
	t.saving, t.kept = true, nil
	keep, function := t.f.Env.Keep, t.f.name
	return page.Latest(t.f.Env.Calls, "events",
		func(context.Context) (struct{}, error) { return struct{}{}, writeEvents(keep, function, events) },
		func(_ struct{}, err error) tea.Cmd {
			if t.saving, t.kept = false, err; err != nil {
				return nil
			}
			t.read = true
			t.list(events)
			return then()
		})
}

// remove deletes the saved event that is shown, after asking.
func (t *testTab) remove() tea.Cmd {
	name := t.shown
	return nav.Send(nav.Confirm{
		Title: "Delete the test event " + name + "?", Action: "Delete",
		Text: []string{"The saved event is deleted. The function stays as it is."},
		Do: func() tea.Cmd {
			return t.write(withoutEvent(t.events, name), func() tea.Cmd {
				delete(t.drafts, name)
				next := ""
				if len(t.events) > 0 {
					next = t.events[0].Name
				}
				t.put(next, t.original(next))
				return nav.Done("The test event " + name + " was deleted.")
			})
		},
	})
}

// Bindings lists what can be done.
func (t *testTab) Bindings() []keys.Binding {
	busy, wait, none := "", "", ""
	if t.running != nil {
		busy = "The function is running."
	}
	if t.saving {
		wait = "The event is being saved."
	}
	if none = wait; t.shown == "" {
		none = "The event is not a saved one."
	}
	return []keys.Binding{
		keys.Bind(keys.Run, t.test).As("Test").Unless(busy).Main(),
		keys.Bind(keys.Save, t.save).Unless(wait),
		keys.Bind(keys.Delete, t.remove).Unless(none),
		keys.Bind(keys.Editor, t.editElsewhere),
	}
}

// editElsewhere opens the event in the user's own editor.
func (t *testTab) editElsewhere() tea.Cmd {
	return nav.Send(nav.EditText{Text: t.editor.Value(), Name: "event.json", Done: func(text string) tea.Cmd {
		t.editor.SetValue(text)
		return t.touched()
	}})
}

// Key offers esc to a run under way.
func (t *testTab) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if t.running == nil || msg.String() != "esc" {
		return nil, false
	}
	return t.cancel(), true
}

// fields are the controls of the event.
func (t *testTab) fields() []component.Control {
	out := []component.Control{t.action, t.invocation}
	if t.shown == "" {
		out = append(out, t.name, t.template)
	} else {
		out = append(out, t.saved)
	}
	return append(out, t.editor, t.format)
}

// buttons are those of AWS's console, in its order.
func (t *testTab) buttons() []component.Control {
	return t.f.ButtonsOf(t.Bindings(), keys.Delete, keys.Save, keys.Run)
}

// Controls lists what can have the focus.
func (t *testTab) Controls() []component.Control {
	return slices.Concat(t.outcome(), t.fields(), t.f.ButtonsOf(t.Bindings(), keys.Editor), t.buttons())
}
