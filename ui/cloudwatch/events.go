package cloudwatch

import (
	"strings"
	"time"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// eventsPage shows the events of a stream, or of all streams of a group.
type eventsPage struct {
	page.Panel
	group, stream string // stream is "" for all of them
	pattern       *component.TextField
	times         timeRange
	list          *component.LogList
	link          *component.Link // to the stream of the current event, among all

	asked   question // what the events held answer
	window  *window
	loaded  bool
	reading bool
	way     direction // of what is being read
	stopped bool      // by the user
	polling bool
	drawn   bool      // since new events were looked for last
	reached time.Time // when the end was last known to be reached
	problem string    // of what was entered
	fault   error
}

// patternHint tells how filter patterns are written.
const patternHint = `ERROR · "a b" · ?A ?B (any) · -C (without) · { $.level = "ERROR" } (JSON)`

func newEvents(env page.Env, route nav.Route) page.Page {
	p := &eventsPage{
		Panel: page.NewPanel(env), group: route.Name, stream: route.Detail,
		pattern: component.NewTextField("Filter pattern"), window: &window{},
	}
	p.list = component.NewLogList(nil)
	p.list.Rows = rows{p.window, p.list}
	p.list.Start, p.list.End = p.readOlder, p.readNewer
	p.list.Changed = p.followed
	p.link = component.NewLink("", func() tea.Cmd { return nav.Go(eventsID, p.group, p.link.Label) })
	p.pattern.Placeholder = "Filter events: ERROR  /"
	p.pattern.Submit = p.search
	p.times = newTimeRange(env, p.rangeChosen, func() tea.Cmd { p.list.Location = p.times.location(); return nil })
	p.times.from.Submit, p.times.to.Submit = p.search, p.search
	p.list.Location = p.times.location()
	p.arrange()
	p.Ring.Focus(p.list)
	return p
}

// Title is the page's crumb.
func (p *eventsPage) Title() string {
	if p.stream == "" {
		return "Log events"
	}
	return p.stream
}

// Init reads the events; when it comes back, those that are new.
func (p *eventsPage) Init() tea.Cmd {
	if !p.loaded {
		return p.search()
	}
	return tea.Batch(p.refresh(), p.poll())
}

// rangeChosen searches a range; a custom one has to be typed first.
func (p *eventsPage) rangeChosen() tea.Cmd {
	p.arrange()
	if p.times.custom() {
		return p.Ring.Focus(p.times.from)
	}
	return p.search()
}

// followLabel is what following's button does now.
func (p *eventsPage) followLabel() string {
	if p.list.Follow() {
		return "Pause"
	}
	return "Follow"
}

// Bindings lists what can be done.
func (p *eventsPage) Bindings() []keys.Binding {
	none := ""
	if p.window.Len() == 0 {
		none = "There are no log events here."
	}
	all := []keys.Binding{
		keys.Bind(keys.Run, p.search).As("Search").Main(),
		keys.Bind(keys.Follow, p.toggleFollow).As(p.followLabel()),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: p.message(), What: "the log event"})
		}).As("Copy event").Unless(none),
		keys.Bind(keys.Duplicate, p.copyAll).As("Copy all").Unless(none),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.pattern) }),
		keys.Bind(keys.Refresh, p.refresh),
	}
	if p.reading {
		all = append(all, keys.Bind(keys.Cancel, p.stop).As("Stop"))
	}
	return all
}

// message is what the current event says, as it was written.
func (p *eventsPage) message() string {
	e, _ := p.window.Event(p.list.Current())
	return e.Message
}

// copyAll copies the events that are held, with their times.
func (p *eventsPage) copyAll() tea.Cmd {
	var b strings.Builder
	for _, e := range p.window.events {
		b.WriteString(e.Time.In(p.times.location()).Format("2006-01-02T15:04:05.000Z07:00"))
		b.WriteByte('\t')
		b.WriteString(strings.TrimRight(e.Message, "\r\n"))
		b.WriteByte('\n')
	}
	return nav.Send(nav.Copy{Text: b.String(), What: page.Counted(p.window.Len(), "log event")})
}

// Key lets esc and ↓ lead from the pattern to the events, and home and end to
// the ends of the log, whatever of it is held.
func (p *eventsPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	key := msg.String()
	switch focused := p.Ring.Focused(); {
	case focused == p.pattern && key == "esc":
		focus := p.Ring.Focus(p.list)
		if p.pattern.SetValue(""); p.asked.pattern != "" {
			return tea.Batch(focus, p.search()), true
		}
		return focus, true
	case focused == p.pattern && key == "down":
		return p.Ring.Focus(p.list), true
	case focused == p.list && key == "home" && p.loaded && !p.window.start:
		p.list.SetFollow(false)
		return p.read(oldest), true
	case focused == p.list && key == "end" && p.loaded && !p.window.end && !p.asked.searches():
		return p.read(newest), true
	}
	return p.Panel.Key(msg)
}

func (p *eventsPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Refresh, keys.Duplicate, keys.Copy, keys.Follow, keys.Run)
}

// source is the stream of the current event, where events of several are shown.
func (p *eventsPage) source() string {
	if i := p.list.Current(); p.stream == "" && i >= 0 && i < p.window.Len() {
		return p.window.events[i].stream
	}
	return ""
}

func (p *eventsPage) arrange() {
	all := []component.Control{p.list, p.pattern}
	all = append(all, p.times.controls()...)
	if p.link.Label = p.source(); p.link.Label != "" {
		all = append(all, p.link)
	}
	p.Ring.Set(append(all, p.buttons()...)...)
}
