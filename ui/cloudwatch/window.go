package cloudwatch

import (
	"slices"
	"strings"

	"awslab/ui/component"
)

// maxPages bounds how many pages of events are held at once: a log of any
// length costs no more than this. Those at the other end are let go, and are
// read again when they come into sight.
const maxPages = 20

// window is the part of the events that is held: the rows of the list.
type window struct {
	events     []event
	pages      []mark
	start, end bool // nothing is before the first event, or after the last, for now
}

// mark is a page of the window's events, and where to read on around it.
type mark struct {
	n             int
	before, after spot
}

// Len is the number of events held.
func (w *window) Len() int { return len(w.events) }

// Event is one of them.
func (w *window) Event(i int) (component.LogEvent, bool) {
	if i < 0 || i >= len(w.events) {
		return component.LogEvent{}, false
	}
	return w.events[i].LogEvent, true
}

// rows shows a window in a list. The report of an invocation has its figures in
// a line each where the list shows it whole.
type rows struct {
	*window
	list *component.LogList
}

// Event is one of the events, as it is shown.
func (r rows) Event(i int) (component.LogEvent, bool) {
	e, ok := r.window.Event(i)
	if strings.HasPrefix(e.Message, "REPORT RequestId:") && r.list.Expanded(i) {
		e.Message = strings.ReplaceAll(strings.TrimRight(e.Message, "\t\r\n"), "\t", "\n")
	}
	return e, ok
}

// set holds a page instead of what was held.
func (w *window) set(b batch) {
	*w = window{events: b.events, pages: []mark{{len(b.events), b.before, b.after}}, start: b.start, end: b.end}
}

// append adds the events after the last one, and tells how many were let go at
// the front. Few new ones join the page before them, so that following a log
// does not make a page of each.
func (w *window) append(b batch) (gone int) {
	w.events, w.end = append(w.events, b.events...), b.end
	last := &w.pages[len(w.pages)-1]
	if last.n+len(b.events) <= pageSize {
		last.n, last.after = last.n+len(b.events), b.after
		return 0
	}
	w.pages = append(w.pages, mark{len(b.events), b.before, b.after})
	if len(w.pages) > maxPages {
		gone = w.pages[0].n
		w.events, w.pages = slices.Clone(w.events[gone:]), slices.Clone(w.pages[1:])
		w.start = false
	}
	return gone
}

// prepend adds the events before the first one.
func (w *window) prepend(b batch) {
	w.start = b.start
	if len(b.events) == 0 {
		w.pages[0].before = b.before
		return
	}
	w.events = slices.Concat(b.events, w.events)
	w.pages = slices.Concat([]mark{{len(b.events), b.before, b.after}}, w.pages)
	if len(w.pages) > maxPages {
		last := len(w.pages) - 1
		w.events, w.pages = slices.Clone(w.events[:len(w.events)-w.pages[last].n]), w.pages[:last]
		w.end = false
	}
}

// before is where the events before the first one are to be read.
func (w *window) before() spot {
	if len(w.pages) == 0 {
		return spot{}
	}
	return w.pages[0].before
}

// after is where the events after the last one are to be read.
func (w *window) after() spot {
	if len(w.pages) == 0 {
		return spot{}
	}
	return w.pages[len(w.pages)-1].after
}

// fresh leaves out the events that are held already, of those read since a time.
func (w *window) fresh(events []event, since int64) []event {
	held := make(map[string]bool)
	for _, e := range w.events {
		if e.Time.UnixMilli() >= since {
			held[e.id] = true
		}
	}
	return slices.DeleteFunc(events, func(e event) bool { return held[e.id] })
}
