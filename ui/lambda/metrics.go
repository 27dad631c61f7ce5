package lambda

import (
	"context"
	"time"

	"awslab/aws"
	"awslab/ui/component"
)

// metric is a query of a function's metrics: a statistic of one, or an
// expression over others.
type metric struct {
	id, label  string
	name, stat string // "" for an expression
	expression string
}

// graph is one of the graphs of the Monitor tab.
type graph struct {
	title   string
	unit    component.Unit
	metrics []metric
}

// graphs are the six graphs, as AWS's console has them.
var graphs = []graph{
	{"Invocations", component.UnitCount, []metric{{id: "invocations", label: "Invocations", name: "Invocations", stat: "Sum"}}},
	{"Duration", component.UnitMilliseconds, []metric{
		{id: "durationMinimum", label: "Minimum", name: "Duration", stat: "Minimum"},
		{id: "durationAverage", label: "Average", name: "Duration", stat: "Average"},
		{id: "durationMaximum", label: "Maximum", name: "Duration", stat: "Maximum"},
	}},
	{"Error count and success rate (%)", component.UnitNone, []metric{
		{id: "errors", label: "Errors", name: "Errors", stat: "Sum"},
		{id: "availability", label: "Success rate (%)", expression: "100 - 100 * errors / MAX([errors, invocations])"},
	}},
	{"Throttles", component.UnitCount, []metric{{id: "throttles", label: "Throttles", name: "Throttles", stat: "Sum"}}},
	{"Iterator age", component.UnitMilliseconds, []metric{{id: "iteratorAge", label: "Maximum", name: "IteratorAge", stat: "Maximum"}}},
	{"Concurrent executions", component.UnitCount, []metric{{id: "concurrent", label: "Maximum", name: "ConcurrentExecutions", stat: "Maximum"}}},
}

// span is how far back the graphs look, and the period of their points.
type span struct {
	label        string
	back, period time.Duration
}

// spans are the choices, the first one by default.
var spans = []span{
	{"1h", time.Hour, time.Minute}, {"3h", 3 * time.Hour, 5 * time.Minute},
	{"12h", 12 * time.Hour, 5 * time.Minute}, {"1d", 24 * time.Hour, 15 * time.Minute},
}

// readMetrics reads the metrics of all graphs, from one time to another, by
// their queries' ids.
func readMetrics(ctx context.Context, service aws.CloudWatch, function string, from, to time.Time, period time.Duration) (map[string][]component.Sample, error) {
	in := aws.GetMetricDataInput{StartTime: from, EndTime: to, ScanBy: aws.OldestFirst}
	for _, g := range graphs {
		for _, m := range g.metrics {
			q := aws.MetricDataQuery{ID: m.id, Label: m.label, Expression: m.expression}
			if m.expression == "" {
				q.MetricStat = &aws.MetricStat{Period: int(period / time.Second), Stat: m.stat, Metric: aws.Metric{
					Namespace: "AWS/Lambda", MetricName: m.name, Dimensions: []aws.Dimension{{Name: "FunctionName", Value: function}},
				}}
			}
			in.MetricDataQueries = append(in.MetricDataQueries, q)
		}
	}
	read := make(map[string][]component.Sample)
	for {
		out, err := service.GetMetricData(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, r := range out.MetricDataResults {
			for i := range min(len(r.Timestamps), len(r.Values)) {
				read[r.ID] = append(read[r.ID], component.Sample{Time: r.Timestamps[i], Value: r.Values[i]})
			}
		}
		if out.NextToken == "" {
			return read, nil
		}
		in.NextToken = out.NextToken
	}
}
