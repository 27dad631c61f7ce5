// Package metrics holds the six graphs of a function: what is asked of CloudWatch
// for them, and the charts that show them. Lambda's pages and CloudWatch's draw
// the same.
package metrics

import (
	"context"
	"time"

	"awslab/aws"
	"awslab/ui/component"
)

// What CloudWatch calls the metrics of functions.
const (
	Namespace    = "AWS/Lambda"
	FunctionName = "FunctionName" // the dimension
)

// graph is one of the graphs.
type graph struct {
	title string
	unit  component.Unit
	lines []line
}

// line is a metric's statistic, or an expression of others, in a graph.
type line struct {
	id, label  string
	metric     string // "" for an expression
	stat       string
	expression string
}

// graphs are those that Lambda's console shows of a function.
var graphs = []graph{
	{"Invocations", component.UnitCount, []line{{id: "invocations", label: "Invocations", metric: "Invocations", stat: "Sum"}}},
	{"Duration", component.UnitMilliseconds, []line{
		{id: "durationMinimum", label: "Minimum", metric: "Duration", stat: "Minimum"},
		{id: "durationAverage", label: "Average", metric: "Duration", stat: "Average"},
		{id: "durationMaximum", label: "Maximum", metric: "Duration", stat: "Maximum"},
	}},
	{"Error count and success rate (%)", component.UnitNone, []line{
		{id: "errors", label: "Errors", metric: "Errors", stat: "Sum"},
		{id: "availability", label: "Success rate (%)", expression: "100 - 100 * errors / MAX([errors, invocations])"},
	}},
	{"Throttles", component.UnitCount, []line{{id: "throttles", label: "Throttles", metric: "Throttles", stat: "Sum"}}},
	{"Iterator age", component.UnitMilliseconds, []line{{id: "iteratorAge", label: "Maximum", metric: "IteratorAge", stat: "Maximum"}}},
	{"Concurrent executions", component.UnitCount, []line{{id: "concurrent", label: "Maximum", metric: "ConcurrentExecutions", stat: "Maximum"}}},
}

// Points are what was read: the points of each line, oldest first.
type Points map[string][]component.Sample

// Read reads the points of all graphs of a function, one a period.
func Read(ctx context.Context, service aws.CloudWatch, function string, from, to time.Time, period time.Duration) (Points, error) {
	in := aws.GetMetricDataInput{MetricDataQueries: queries(function, period), StartTime: from, EndTime: to, ScanBy: aws.OldestFirst}
	points := make(Points)
	for {
		out, err := service.GetMetricData(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, r := range out.MetricDataResults {
			for i := range min(len(r.Timestamps), len(r.Values)) {
				points[r.ID] = append(points[r.ID], component.Sample{Time: r.Timestamps[i], Value: r.Values[i]})
			}
		}
		if in.NextToken = out.NextToken; in.NextToken == "" {
			return points, nil
		}
	}
}

// queries asks for all lines of all graphs of a function.
func queries(function string, period time.Duration) []aws.MetricDataQuery {
	var out []aws.MetricDataQuery
	for _, g := range graphs {
		for _, l := range g.lines {
			q := aws.MetricDataQuery{ID: l.id, Label: l.label, Expression: l.expression}
			if l.metric != "" {
				q.MetricStat = &aws.MetricStat{Stat: l.stat, Period: int(period / time.Second), Metric: aws.Metric{
					Namespace: Namespace, MetricName: l.metric, Dimensions: []aws.Dimension{{Name: FunctionName, Value: function}},
				}}
			}
			out = append(out, q)
		}
	}
	return out
}

// Charts makes the charts of the graphs, without points.
func Charts() []*component.Chart {
	out := make([]*component.Chart, len(graphs))
	for i, g := range graphs {
		out[i] = component.NewChart(g.title, g.unit)
		for _, l := range g.lines {
			out[i].Series = append(out[i].Series, component.Series{Label: l.label})
		}
	}
	return out
}

// Draw gives charts the points that were read for a span of time.
func Draw(charts []*component.Chart, points Points, from, to time.Time, period time.Duration) {
	for i, g := range graphs {
		c := charts[i]
		c.From, c.To, c.Period = from, to, period
		for n, l := range g.lines {
			c.Series[n].Points = points[l.id]
		}
	}
}
