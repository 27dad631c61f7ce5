// Package trail holds the event history's pages: every call of this session,
// what it asked and got, and the AWS CLI command that does the same.
package trail

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// The pages' IDs.
const (
	EventsPage = "trail/events"
	EventPage  = "trail/event"
)

// Pages is the event history's part of the page table.
func Pages(t *trail.Trail) []page.Entry {
	up := nav.Route{Page: EventsPage}
	return []page.Entry{
		{
			ID: EventsPage, Title: "Event history", Nav: "Event history",
			Summary: "Each call of this session: what, how long, how it went",
			Crumb:   func(nav.Route) string { return "Event history" },
			New:     func(_ page.Env, _ nav.Route) page.Page { return newEvents(t) },
		},
		{
			ID: EventPage, Title: "Event", Named: true,
			Parent: func(nav.Route) (nav.Route, bool) { return up, true },
			Crumb:  func(r nav.Route) string { return "Event " + r.Name },
			New:    func(env page.Env, r nav.Route) page.Page { return newEvent(t, env.Cloud.Place, r.Name) },
		},
	}
}

// events is the list of calls, newest first.
type events struct {
	trail *trail.Trail
	list  *component.List
	table *component.Table
	ring  *component.Ring
	seen  uint64 // the trail's revision that the list shows
}

func newEvents(t *trail.Trail) *events {
	e := &events{trail: t, list: component.NewList()}
	e.table = component.NewTable(e.list, func() []component.Column {
		return []component.Column{
			{Title: "Event", Width: 7, Right: true}, {Title: "Time", Width: 8}, {Title: "Service", Width: 9},
			{Title: "Operation", Width: 18}, {Title: "Result", Width: 28}, {Title: "Took", Width: 9, Right: true}, {Title: "By", Width: 8},
		}
	})
	e.table.Empty = []string{"Nothing has been called yet."}
	e.table.Sortable = true
	e.table.Open = func(int) tea.Cmd { return e.open() }
	e.ring = component.NewRing(e.table)
	return e
}

func (e *events) Init() tea.Cmd { return nil }

// load takes over the calls so far; it is cheap, since the trail is in memory.
func (e *events) load() {
	all := e.trail.Events()
	rows := make([]component.ListRow, 0, len(all))
	for i := len(all) - 1; i >= 0; i-- {
		rows = append(rows, row(all[i]))
	}
	e.list.Set(rows)
}

func row(ev trail.Event) component.ListRow {
	id := strconv.FormatUint(ev.ID, 10)
	result := component.Cell{Text: "✓", Style: theme.Success}
	switch {
	case !ev.Done:
		result = component.Cell{Text: "running", Style: theme.Info}
	case ev.Err != nil:
		result = component.Cell{Text: "✗ " + code(ev.Err), Style: theme.Danger}
	}
	return component.ListRow{Key: id, Cells: []component.Cell{
		{Text: id}, {Text: ev.Time.Format("15:04:05")}, {Text: ev.Operation.Service.Title()}, {Text: ev.Operation.Name},
		result, {Text: fmt.Sprintf("%.1f ms", float64(ev.Duration.Microseconds())/1000)}, {Text: ev.Origin},
	}}
}

func code(err error) string {
	var failed *aws.Error
	if errors.As(err, &failed) {
		return failed.Code
	}
	return err.Error()
}

func (e *events) open() tea.Cmd {
	if i := e.table.Current(); i < e.list.Len() {
		return nav.Go(EventPage, e.list.At(i).Key, "")
	}
	return nil
}

func (e *events) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) { return e.ring.Key(msg) }
func (e *events) Paste(string) tea.Cmd                    { return nil }
func (e *events) Editing() bool                           { return false }
func (e *events) Unsaved() string                         { return "" }
func (e *events) Title() string                           { return "Event history" }

func (e *events) Bindings() []keys.Binding {
	return []keys.Binding{
		keys.Bind(keys.Open, e.open),
		keys.Bind(keys.Sort, func() tea.Cmd {
			cmd, _ := e.table.Key(tea.KeyPressMsg{Code: 'o', Text: "o"})
			return cmd
		}),
	}
}

func (e *events) View(width, height int) component.Block {
	if revision := e.trail.Revision(); revision != e.seen {
		e.seen = revision
		e.load()
	}
	head := component.Text(width, " "+theme.Heading.Render(fmt.Sprintf("Event history (%d)", e.list.Len())),
		" "+theme.Faint.Render("What this session called, newest first. Opening an event shows its request, answer and CLI command."))
	e.table.Height = height - head.Height()
	return component.Stack(width, head, e.ring.View(e.table, width)).Fit(width, height)
}

// event is one call in full.
type event struct {
	id     string
	trail  *trail.Trail
	place  aws.Place
	scroll *component.Scroll
	height int // of the text when it was drawn last

	// What was drawn last, and of which trail and width.
	revision uint64
	width    int
	text     component.Block
}

func newEvent(t *trail.Trail, place aws.Place, id string) *event {
	return &event{id: id, trail: t, place: place, scroll: component.NewScroll()}
}

func (e *event) find() (trail.Event, bool) {
	for _, ev := range e.trail.Events() {
		if strconv.FormatUint(ev.ID, 10) == e.id {
			return ev, true
		}
	}
	return trail.Event{}, false
}

func (e *event) Init() tea.Cmd        { return nil }
func (e *event) Paste(string) tea.Cmd { return nil }
func (e *event) Editing() bool        { return false }
func (e *event) Unsaved() string      { return "" }
func (e *event) Title() string        { return "Event " + e.id }

func (e *event) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "up", "k":
		e.scroll.By(-1)
	case "down", "j":
		e.scroll.By(1)
	case "pgup":
		e.scroll.By(-e.height)
	case "pgdown", "space":
		e.scroll.By(e.height)
	default:
		return nil, false
	}
	return nil, true
}

func (e *event) Bindings() []keys.Binding {
	return []keys.Binding{keys.Bind(keys.Copy, func() tea.Cmd {
		ev, ok := e.find()
		if !ok {
			return nil
		}
		return nav.Send(nav.Copy{Text: e.command(ev), What: "the CLI command"})
	}).As("copy command")}
}

func (e *event) command(ev trail.Event) string {
	command, err := ev.Operation.Command(ev.In, e.place)
	if err != nil {
		return err.Error()
	}
	return command
}

func (e *event) View(width, height int) component.Block {
	if revision := e.trail.Revision(); revision != e.revision || width != e.width {
		e.revision, e.width = revision, width
		e.text = component.Text(width, e.lines(width)...)
	}
	e.height = height
	return e.scroll.View(e.text, height)
}

// lines writes the event in full.
func (e *event) lines(width int) []string {
	ev, ok := e.find()
	if !ok {
		return component.Wrap(" This event is of an earlier session, or too long ago: the history keeps the newest only.", width)
	}
	lines := []string{" " + theme.Heading.Render(ev.Operation.String()) + theme.Faint.Render("  "+ev.Time.Format(time.DateTime)+", by "+ev.Origin)}
	section := func(title string, text string) {
		lines = append(lines, "", " "+theme.Heading.Render(title))
		for _, line := range component.CleanLines(text) {
			for _, part := range component.Wrap(line, width-4) {
				lines = append(lines, "   "+part)
			}
		}
	}
	if ev.Err != nil {
		section("Error", ev.Err.Error())
	}
	section("AWS CLI command", e.command(ev))
	section("Request", pretty(ev.In))
	if ev.Out != nil {
		section("Answer", pretty(ev.Out))
	}
	return lines
}

// longest is how much of a request or answer is shown.
const longest = 200

func pretty(v any) string {
	body, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(string(body), "\n")
	if len(lines) > longest {
		lines = append(lines[:longest], fmt.Sprintf("… and %d lines more", len(lines)-longest))
	}
	return strings.Join(lines, "\n")
}
