package dynamodb

import (
	"context"
	"errors"
	"strconv"

	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// slotRun is the slot of the call that reads on; only the newest run counts.
const slotRun = "run"

// run checks the form and starts its search.
func (p *explorePage) run() tea.Cmd {
	if !p.known {
		return nil
	}
	s := p.form.search()
	if wrong := p.form.fault(s.check()); wrong != nil {
		p.form.section.SetOpen(true)
		p.form.filterPart.SetOpen(p.form.filterPart.Open() || len(s.Filters) > 0)
		p.arrange()
		return p.Ring.Focus(wrong)
	}
	if p.height < foldBelow {
		p.form.section.SetOpen(false)
		p.arrange()
		p.Ring.Focus(p.table)
	}
	return p.start(s)
}

// start begins a search; the one before it is forgotten.
func (p *explorePage) start(s search) tea.Cmd {
	p.stop()
	p.results = newResults(s)
	p.table.SetCurrent(0)
	p.table.ClearMarks()
	p.fault, p.idle = nil, 0
	return p.more()
}

// stop gives up what is under way.
func (p *explorePage) stop() {
	p.running = false
	p.Env.Calls.Cancel(slotRun)
	for n := range p.reading {
		p.Env.Calls.Cancel(pageSlot(n))
	}
	clear(p.reading)
}

// idlePages is how many pages without an item are read before the search
// waits to be told to go on.
const idlePages = 25

// next reads on, as the user has asked for.
func (p *explorePage) next() tea.Cmd {
	p.idle = 0
	return p.more()
}

// more reads the next page of the results.
func (p *explorePage) more() tea.Cmd {
	if p.running || p.results.done || p.fault != nil {
		return nil
	}
	p.running = true
	r := p.results
	return page.Latest(p.Env.Calls, slotRun,
		func(ctx context.Context) (batch, error) { return fetch(ctx, p.Env.Cloud.DynamoDB, r.search, r.next) },
		func(b batch, err error) tea.Cmd {
			p.running = false
			if err != nil {
				p.fault = err
				return nil
			}
			r.add(b)
			p.table.Loading = false
			switch {
			case len(b.Items) > 0 || r.done:
				p.idle = 0
				return p.table.Check()
			case p.idle >= idlePages:
				return nil
			}
			p.idle++
			return p.more()
		})
}

// need reads rows again that are in sight but no longer in memory.
func (p *explorePage) need(from, to int) tea.Cmd {
	var cmds []tea.Cmd
	for _, n := range p.results.missing(from, to) {
		if !p.reading[n] {
			p.reading[n] = true
			cmds = append(cmds, p.read(n))
		}
	}
	return tea.Batch(cmds...)
}

func pageSlot(n int) string { return "page " + strconv.Itoa(n) }

func (p *explorePage) read(n int) tea.Cmd {
	r := p.results
	start := r.start(n)
	return page.Latest(p.Env.Calls, pageSlot(n),
		func(ctx context.Context) (batch, error) { return fetch(ctx, p.Env.Cloud.DynamoDB, r.search, start) },
		func(b batch, err error) tea.Cmd {
			delete(p.reading, n)
			if err != nil {
				p.fault = err
				return nil
			}
			if !r.put(n, b) {
				p.table.ClearMarks()
			}
			return p.table.Check()
		})
}

// refresh reads what is shown again; the place stays.
func (p *explorePage) refresh() tea.Cmd {
	if !p.known || p.running {
		return nil
	}
	p.stop()
	p.fault = nil
	p.table.ClearMarks()
	if p.results.Len() == 0 {
		return p.start(p.results.search)
	}
	return p.again()
}

// again reads the page with the current row afresh while the old one still
// shows; the other pages are read when they are looked at.
func (p *explorePage) again() tea.Cmd {
	n, ok := p.results.page(p.table.Current())
	if !ok {
		n = 0
	}
	p.results.forgetBut(n)
	p.reading[n] = true
	return p.read(n)
}

// cancel gives up a run.
func (p *explorePage) cancel() tea.Cmd {
	p.stop()
	p.fault = errCanceled
	return nil
}

var errCanceled = errors.New("the run was cancelled")
