package cloudwatch

import (
	"context"
	"slices"
	"time"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/metrics"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// graphsPage shows the graphs of a function.
type graphsPage struct {
	page.Panel
	function string
	span     *component.Select
	period   *component.Select
	zone     *component.Select
	link     *component.Link // to the function
	charts   []*component.Chart
	drawn    map[*component.Chart]component.Block // those without the focus, as long as nothing changes

	loaded bool
	empty  bool
	fault  error
}

// maxPoints is how many points a line of a graph may have: more would be read
// and drawn, but not seen.
const maxPoints = 300

// spans and periods are the choices of both.
var (
	spans = []component.Option{
		{Value: "15m", Label: "Last 15 minutes"}, {Value: "1h", Label: "Last 1 hour"}, {Value: "3h", Label: "Last 3 hours"},
		{Value: "12h", Label: "Last 12 hours"}, {Value: "24h", Label: "Last 1 day"}, {Value: "168h", Label: "Last 1 week"},
	}
	periods = []component.Option{
		{Value: "1m", Label: "1 minute"}, {Value: "5m", Label: "5 minutes"}, {Value: "15m", Label: "15 minutes"}, {Value: "1h", Label: "1 hour"},
	}
)

func newGraphs(env page.Env, function string) page.Page {
	p := &graphsPage{
		Panel: page.NewPanel(env), function: function,
		span: component.NewSelect("Time range", spans...), period: component.NewSelect("Period", slices.Clone(periods)...),
		zone: component.NewSelect("Timezone",
			component.Option{Value: zoneLocal, Label: "Local timezone"}, component.Option{Value: zoneUTC, Label: "UTC timezone"}),
		link: newFunctionLink(function), drawn: make(map[*component.Chart]component.Block),
	}
	p.span.Changed, p.period.Changed = p.spanChosen, p.Init
	p.zone.Changed = func() tea.Cmd { p.place(); return nil }
	p.span.SetValue("1h")
	p.charts = metrics.Charts()
	p.place()
	p.fitPeriods()
	p.arrange()
	return p
}

// Title is the page's crumb.
func (p *graphsPage) Title() string { return p.function }

// place puts the charts into the timezone that is chosen.
func (p *graphsPage) place() {
	clear(p.drawn)
	for _, c := range p.charts {
		c.Location = p.Env.Now().Location()
		if p.zone.Value() == zoneUTC {
			c.Location = time.UTC
		}
	}
}

// lasts is the duration of a choice.
func lasts(s *component.Select) time.Duration {
	d, err := time.ParseDuration(s.Value())
	if err != nil {
		return time.Hour
	}
	return d
}

// spanChosen reads another range, with a period that gives no more points than
// can be seen.
func (p *graphsPage) spanChosen() tea.Cmd {
	p.fitPeriods()
	return p.Init()
}

// fitPeriods lets those periods be chosen that the range leaves, and chooses
// the shortest of them when the one chosen is not among them.
func (p *graphsPage) fitPeriods() {
	least := ""
	for i := range p.period.Options {
		o := &p.period.Options[i]
		d, err := time.ParseDuration(o.Value)
		if o.Disabled = ""; err != nil || lasts(p.span)/d > maxPoints {
			o.Disabled = "Too short for this range"
		} else if least == "" {
			least = o.Value
		}
	}
	if p.period.Chosen().Disabled != "" {
		p.period.SetValue(least)
	}
}

// Init reads the points.
func (p *graphsPage) Init() tea.Cmd {
	period, now := lasts(p.period), p.Env.Now()
	from, to := now.Add(-lasts(p.span)).Truncate(period), now
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (metrics.Points, error) {
			return metrics.Read(ctx, p.Env.Cloud.CloudWatch, p.function, from, to, period)
		},
		func(points metrics.Points, err error) tea.Cmd {
			clear(p.drawn)
			if p.fault = err; err != nil {
				return nil
			}
			p.loaded, p.empty = true, len(points) == 0
			metrics.Draw(p.charts, points, from, to, period)
			return nil
		})
}

// Bindings lists what can be done.
func (p *graphsPage) Bindings() []keys.Binding {
	return []keys.Binding{
		keys.Bind(keys.Refresh, p.Init),
		keys.Bind(keys.Explore, func() tea.Cmd { return nav.Go(groupID, functionGroups+p.function, "") }).As("View CloudWatch logs"),
	}
}

func (p *graphsPage) buttons() []component.Control {
	return append(p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Explore), p.link)
}

func (p *graphsPage) arrange() {
	all := []component.Control{p.span, p.period, p.zone}
	for _, c := range p.charts {
		all = append(all, c)
	}
	p.Ring.Set(append(all, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *graphsPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the graphs scroll under the choices.
func (p *graphsPage) View(width, height int) component.Block {
	p.arrange()
	const field = 24
	head := component.Stack(width,
		p.Heading(width, "Lambda metrics", p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Explore)),
		linkLine(&p.Panel, width, "Function:", p.link),
		component.Row(width, 2, p.Ring.View(p.span, field), p.Ring.View(p.period, field), p.Ring.View(p.zone, field)))
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The metrics could not be read", p.fault))
	}
	if p.empty {
		head = component.Stack(width, head, page.Styled(width, theme.Faint,
			"The function has no data in this range. Metrics show a minute or two after it has run."))
	}
	room := max(1, height-head.Height())
	return component.Stack(width, head, p.Scroll.View(p.grid(width, room), room)).Fit(width, height)
}

// grid draws the graphs side by side, as many as have room.
func (p *graphsPage) grid(width, room int) component.Block {
	const least, low, high, gap = 52, 10, 20, 2
	columns := max(1, min(3, (width+gap-1)/(least+gap)))
	each := (width - 1 - gap*(columns-1)) / columns // a column is the scrollbar's
	rows := (len(p.charts) + columns - 1) / columns
	var lines []component.Block
	for i := 0; i < len(p.charts); i += columns {
		var row []component.Block
		for _, c := range p.charts[i:min(i+columns, len(p.charts))] {
			row = append(row, p.chart(c, each, max(low, min(high, room/rows-1))))
		}
		lines = append(lines, component.Row(width, gap, row...), component.Blank(width, 1))
	}
	return component.Stack(width, lines...)
}

// chart draws a chart, or gives it as it was drawn: only the one that has the
// focus changes from one frame to the next.
func (p *graphsPage) chart(c *component.Chart, width, height int) component.Block {
	focused := p.Ring.Focused() == c
	if b, ok := p.drawn[c]; ok && !focused && b.Width == width && b.Height() == height {
		return b
	}
	c.Height, c.Loading = height, !p.loaded && p.fault == nil
	b := p.Ring.View(c, width)
	if delete(p.drawn, c); !focused {
		p.drawn[c] = b
	}
	return b
}
