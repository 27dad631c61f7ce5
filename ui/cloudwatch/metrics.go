package cloudwatch

import (
	"context"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/metrics"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// metricsPage lists the functions that have metrics.
type metricsPage struct {
	page.Panel
	listing
	loaded bool
	fault  error
}

// newMetrics makes the graphs of a function, or the list to choose one from.
func newMetrics(env page.Env, route nav.Route) page.Page {
	if route.Name != "" {
		return newGraphs(env, route.Name)
	}
	p := &metricsPage{Panel: page.NewPanel(env), listing: newListing("Find functions", metrics.FunctionName, "Metrics")}
	p.table.Markable = false
	p.table.Open = func(row int) tea.Cmd { return nav.Go(metricsID, p.list.At(row).Key, "") }
	page.FilterList(&p.Panel, "functions", p.filter, p.list, p.table)
	p.arrange()
	p.Ring.Focus(p.table)
	return p
}

// Title is the page's crumb.
func (p *metricsPage) Title() string { return "Metrics" }

// Init lists the metrics.
func (p *metricsPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "list",
		func(ctx context.Context) (map[string][]string, error) { return measured(ctx, p.Env.Cloud.CloudWatch) },
		func(found map[string][]string, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.loaded = true
			rows := make([]component.ListRow, 0, len(found))
			for name, metrics := range found {
				rows = append(rows, component.ListRow{Key: name, Cells: []component.Cell{
					{Text: component.Clean(name), Style: theme.Link}, {Text: component.Clean(strings.Join(metrics, ", "))},
				}})
			}
			slices.SortFunc(rows, func(a, b component.ListRow) int { return strings.Compare(a.Key, b.Key) })
			p.list.Set(rows)
			return nil
		})
}

// measured lists the functions that have had metrics lately, each with the
// metrics' names in order.
func measured(ctx context.Context, service aws.CloudWatch) (map[string][]string, error) {
	found := make(map[string][]string)
	in := aws.ListMetricsInput{Namespace: metrics.Namespace, Dimensions: []aws.DimensionFilter{{Name: metrics.FunctionName}}}
	for {
		out, err := service.ListMetrics(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, m := range out.Metrics {
			if at := slices.IndexFunc(m.Dimensions, func(d aws.Dimension) bool { return d.Name == metrics.FunctionName }); at >= 0 {
				name := m.Dimensions[at].Value
				found[name] = append(found[name], m.MetricName)
			}
		}
		if in.NextToken = out.NextToken; in.NextToken == "" {
			break
		}
	}
	for name, metrics := range found {
		slices.Sort(metrics)
		found[name] = slices.Compact(metrics)
	}
	return found, nil
}

// Bindings lists what can be done.
func (p *metricsPage) Bindings() []keys.Binding {
	name, none := p.current(), ""
	if name == "" {
		none = "No function has metrics."
	}
	return []keys.Binding{
		keys.Bind(keys.Open, func() tea.Cmd { return nav.Go(metricsID, name, "") }).As("View graphs").Unless(none).Main(),
		keys.Bind(keys.Filter, func() tea.Cmd { return p.Ring.Focus(p.filter) }),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: name, What: "the function's name"}) }).Unless(none),
		keys.Bind(keys.Refresh, p.Init),
	}
}

// Key lets esc and the arrows lead from the filter to the table.
func (p *metricsPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := page.LeaveFilter(&p.Panel, msg, p.filter, p.list, p.table); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

func (p *metricsPage) arrange() []component.Control {
	buttons := p.ButtonsOf(p.Bindings(), keys.Refresh, keys.Open)
	p.Ring.Set(append([]component.Control{p.table, p.filter}, buttons...)...)
	return buttons
}

// View draws the page.
func (p *metricsPage) View(width, height int) component.Block {
	head := component.Stack(width, p.Heading(width, p.title("Lambda metrics by function name", false), p.arrange()),
		page.Styled(width, theme.Faint, "Functions that had data in the last two weeks. Metrics show a minute or two after a function has run."),
		p.Ring.View(p.filter, width))
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The metrics could not be read", p.fault))
	}
	p.ready(p.loaded, !p.loaded && p.fault == nil, []string{"No function has metrics yet.", "Run or test one, then refresh."})
	p.table.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.table, width)).Fit(width, height)
}
