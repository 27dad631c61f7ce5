package cloudwatch

import (
	"context"
	"time"

	"awslab/aws"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// followEvery is how often new events are looked for while following, and
// followBack how far back: events of several streams do not come in order.
const (
	followEvery = 2 * time.Second
	followBack  = time.Minute
)

// search reads anew what the fields ask for: of one stream the newest events,
// of what has to be searched for the oldest, since that only goes forward.
func (p *eventsPage) search() tea.Cmd {
	wrong, problem := p.times.problem()
	if p.problem = problem; wrong != nil {
		return p.Ring.Focus(wrong)
	}
	from, to := p.times.bounds(p.Env.Now())
	p.asked = question{group: p.group, stream: p.stream, pattern: p.pattern.Value(), from: from, to: to}
	p.fault = nil
	p.cancel()
	*p.window = window{}
	p.list.Reset()
	return tea.Batch(p.read(p.first()), p.poll())
}

// first is where reading begins.
func (p *eventsPage) first() direction {
	if p.asked.searches() {
		return oldest
	}
	return newest
}

// refresh reads the events that have come since.
func (p *eventsPage) refresh() tea.Cmd {
	switch {
	case len(p.window.pages) == 0:
		return p.search()
	case p.reading:
		return nil
	}
	return p.read(newer)
}

// readOlder reads on at the front; a search does not go that way.
func (p *eventsPage) readOlder() tea.Cmd {
	if p.reading || p.stopped || p.window.start || p.asked.searches() {
		return nil
	}
	return p.read(older)
}

// readNewer reads on at the end, as long as there is more.
func (p *eventsPage) readNewer() tea.Cmd {
	if p.reading || p.stopped || p.window.end {
		return nil
	}
	return p.read(newer)
}

// spot is where the events of a direction are to be read.
func (p *eventsPage) spot(way direction) spot {
	switch {
	case way == older:
		return p.window.before()
	case way != newer:
		return spot{}
	case !p.window.end || !p.asked.searches():
		return p.window.after()
	}
	// The search is over: what came since is searched for from a while before
	// its end, or before the last event, which may be ahead.
	since := p.reached
	if n := p.window.Len(); n > 0 && p.window.events[n-1].Time.After(since) {
		since = p.window.events[n-1].Time
	}
	return spot{since: aws.Some(max(p.asked.from.Or(0), since.Add(-followBack).UnixMilli()))}
}

// read reads the events of a direction, instead of what is being read.
func (p *eventsPage) read(way direction) tea.Cmd {
	at, q, now, logs := p.spot(way), p.asked, p.Env.Now(), p.Env.Cloud.Logs
	p.reading, p.way, p.stopped, p.list.Loading = true, way, false, true
	return page.Latest(p.Env.Calls, "events",
		func(ctx context.Context) (batch, error) { return fetch(ctx, logs, q, way, at) },
		func(b batch, err error) tea.Cmd {
			p.reading, p.list.Loading = false, false
			if p.fault = err; err != nil {
				return p.poll()
			}
			p.loaded = true
			if b.end {
				p.reached = now
			}
			p.take(way, at, b)
			if p.window.Len() == 0 && !p.window.end {
				return tea.Batch(p.read(newer), p.poll()) // nothing matched so far
			}
			return tea.Batch(p.list.Check(), p.poll())
		})
}

// take holds the events that were read; the place in the list stays, but where
// reading began anew.
func (p *eventsPage) take(way direction, at spot, b batch) {
	switch {
	case way == older:
		p.window.prepend(b)
		p.list.Shifted(len(b.events))
	case way == newer && len(p.window.pages) > 0:
		if since, given := at.since.Get(); given {
			b.events = p.window.fresh(b.events, since)
		}
		if gone := p.window.append(b); gone > 0 {
			p.list.Shifted(-gone)
		}
	default:
		p.window.set(b)
		p.list.Reset()
		if n := p.window.Len(); way == newest && n > 0 && !p.list.Follow() {
			p.list.SetCurrent(n - 1)
		}
	}
}

// cancel gives up what is being read.
func (p *eventsPage) cancel() {
	p.Env.Calls.Cancel("events")
	p.reading, p.list.Loading = false, false
}

// stop ends a search that takes long; moving to the end goes no further until
// it is asked for again.
func (p *eventsPage) stop() tea.Cmd {
	p.cancel()
	p.stopped, p.loaded = true, true
	p.list.SetFollow(false)
	return nil
}

// toggleFollow begins to follow new events, or pauses; the arrows then move in
// the events, as they do there.
func (p *eventsPage) toggleFollow() tea.Cmd {
	p.list.SetFollow(!p.list.Follow())
	return tea.Batch(p.Ring.Focus(p.list), p.followed())
}

// followed goes to the end of the log when following has begun far from it.
func (p *eventsPage) followed() tea.Cmd {
	if p.list.Follow() && p.loaded && !p.window.end && !p.asked.searches() && !p.reading {
		return tea.Batch(p.read(newest), p.poll())
	}
	return p.poll()
}

// poll looks for new events after a while, as long as they are followed and the
// page is shown; Init begins again when it comes back.
func (p *eventsPage) poll() tea.Cmd {
	if p.polling || !p.list.Follow() {
		return nil
	}
	p.polling = true
	return p.Env.Calls.After(followEvery, func() tea.Cmd {
		p.polling = false
		switch {
		case !p.list.Follow(), !p.drawn:
			return nil
		case p.reading || len(p.window.pages) == 0:
			return p.poll()
		}
		p.drawn = false
		return tea.Batch(p.read(newer), p.poll())
	})
}
