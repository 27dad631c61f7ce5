package lambda

import (
	"context"
	"time"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/metrics"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// monitorTab shows how a function fares: six graphs.
type monitorTab struct {
	page   *functionPage
	span   *component.Radio
	charts []*component.Chart
	logs   *component.Button

	loaded  bool
	ticking bool
	seen    bool // the tab was drawn since the last look
	fault   error
	read    time.Time
}

// refreshEvery is how often the graphs are read again while they are in sight.
const refreshEvery = time.Minute

func newMonitorTab(f *functionPage) tab {
	t := &monitorTab{page: f, span: component.NewRadio("")}
	for _, s := range spans {
		t.span.Options = append(t.span.Options, component.Option{Value: s.label})
	}
	t.span.Changed = t.load
	t.logs = component.NewButton("View CloudWatch logs", func() tea.Cmd { return openLogs(f.configuration, f.name) })
	t.charts = metrics.Charts()
	for _, c := range t.charts {
		c.Location = time.Local
	}
	return t
}

// Init reads the metrics, and again every minute while they are in sight.
func (t *monitorTab) Init() tea.Cmd { return tea.Batch(t.load(), t.tick()) }

func (t *monitorTab) chosen() span {
	for _, s := range spans {
		if s.label == t.span.Value() {
			return s
		}
	}
	return spans[0]
}

func (t *monitorTab) load() tea.Cmd {
	s, now, env := t.chosen(), t.page.Env.Now(), t.page.Env
	from := now.Truncate(s.period).Add(-s.back)
	return page.Latest(env.Calls, "metrics",
		func(ctx context.Context) (metrics.Points, error) {
			return metrics.Read(ctx, env.Cloud.CloudWatch, t.page.name, from, now, s.period)
		},
		func(read metrics.Points, err error) tea.Cmd {
			if t.fault = err; err != nil {
				return nil
			}
			t.loaded, t.read = true, now
			metrics.Draw(t.charts, read, from, now, s.period)
			return nil
		})
}

// tick reads again after a while, as long as the tab is looked at.
func (t *monitorTab) tick() tea.Cmd {
	if t.ticking {
		return nil
	}
	t.ticking, t.seen = true, true
	return t.page.Env.Calls.After(refreshEvery, func() tea.Cmd {
		t.ticking = false
		if !t.seen || t.page.tab() != tab(t) {
			return nil
		}
		cmd := tea.Batch(t.load(), t.tick())
		t.seen = false
		return cmd
	})
}

// Controls lists what can have the focus.
func (t *monitorTab) Controls() []component.Control {
	all := []component.Control{t.span, t.logs}
	for _, c := range t.charts {
		all = append(all, c)
	}
	return all
}

// Bindings has nothing of its own: Refresh is the page's.
func (t *monitorTab) Bindings() []keys.Binding { return nil }

// Unsaved is nothing.
func (t *monitorTab) Unsaved() string { return "" }

// Key leaves all keys to the controls.
func (t *monitorTab) Key(tea.KeyPressMsg) (tea.Cmd, bool) { return nil, false }

// The measures of the grid of graphs, in cells.
const (
	graphWidth  = 44 // at least, when there are several in a row
	graphHeight = 11
	graphGap    = 2
)

// View draws the graphs in a grid.
func (t *monitorTab) View(width, height int) component.Block {
	t.seen = true
	ring := t.page.Ring
	parts := []component.Block{component.Row(width, 2, ring.View(t.span, 36), ring.View(t.logs, t.logs.Natural()))}
	switch {
	case t.fault != nil:
		parts = append(parts, page.Fault(width, "The metrics could not be read", t.fault))
	case t.loaded:
		parts = append(parts, page.Styled(width, theme.Faint, "As of "+t.read.Local().Format(time.TimeOnly)+", refreshed every minute. Points appear a minute or so after the invocation."))
	}
	columns := max(1, min(3, (width+graphGap)/(graphWidth+graphGap)))
	each := (width - graphGap*(columns-1)) / columns
	rows := (len(t.charts) + columns - 1) / columns
	high := max(graphHeight, (height-len(parts)-1)/rows)
	for i := 0; i < len(t.charts); i += columns {
		var row []component.Block
		for n, c := range t.charts[i:min(i+columns, len(t.charts))] {
			if n > 0 {
				row = append(row, component.Blank(graphGap, 1))
			}
			c.Height, c.Loading = high, !t.loaded && t.fault == nil
			row = append(row, ring.View(c, each))
		}
		parts = append(parts, component.Beside(high, row...))
	}
	return component.Stack(width, parts...)
}
