package cloudwatch

import (
	"context"
	"time"

	"awslab/aws"
	"awslab/ui/component"
)

// graph is one of the graphs of a function.
type graph struct {
	title string
	unit  component.Unit
	lines []line
}

// line is a metric's statistic, or an expression of others, in a graph.
type line struct {
	id, label  string
	metric     string
	stat       string
	expression string
}

// graphs are those that Lambda's console shows of a function.
var graphs = []graph{
	{"Invocations", component.UnitCount, []line{{id: "invocations", label: "Invocations", metric: "Invocations", stat: "Sum"}}},
	{"Duration", component.UnitMilliseconds, []line{
		{id: "least", label: "Minimum", metric: "Duration", stat: "Minimum"},
		{id: "average", label: "Average", metric: "Duration", stat: "Average"},
		{id: "most", label: "Maximum", metric: "Duration", stat: "Maximum"},
	}},
	{"Error count and success rate (%)", component.UnitNone, []line{
		{id: "errors", label: "Errors", metric: "Errors", stat: "Sum"},
		{id: "success", label: "Success rate (%)", expression: "100 - 100 * errors / MAX([errors, invocations])"},
	}},
	{"Throttles", component.UnitCount, []line{{id: "throttles", label: "Throttles", metric: "Throttles", stat: "Sum"}}},
	{"IteratorAge", component.UnitMilliseconds, []line{{id: "age", label: "Maximum", metric: "IteratorAge", stat: "Maximum"}}},
	{"Concurrent executions", component.UnitCount, []line{{id: "concurrent", label: "Maximum", metric: "ConcurrentExecutions", stat: "Maximum"}}},
}

// queries asks for all lines of all graphs of a function.
func queries(function string, period time.Duration) []aws.MetricDataQuery {
	var out []aws.MetricDataQuery
	for _, g := range graphs {
		for _, l := range g.lines {
			q := aws.MetricDataQuery{ID: l.id, Label: l.label, Expression: l.expression}
			if l.metric != "" {
				q.MetricStat = &aws.MetricStat{Stat: l.stat, Period: int(period / time.Second), Metric: aws.Metric{
					Namespace: lambdaNamespace, MetricName: l.metric, Dimensions: []aws.Dimension{{Name: functionName, Value: function}},
				}}
			}
			out = append(out, q)
		}
	}
	return out
}

// readGraphs reads the points of all lines by their ids, oldest first.
func readGraphs(ctx context.Context, service aws.CloudWatch, function string, from, to time.Time, period time.Duration) (map[string][]component.Sample, error) {
	in := aws.GetMetricDataInput{MetricDataQueries: queries(function, period), StartTime: from, EndTime: to, ScanBy: aws.OldestFirst}
	points := make(map[string][]component.Sample)
	for {
		out, err := service.GetMetricData(ctx, in)
		if err != nil {
			return nil, err
		}
		for _, r := range out.MetricDataResults {
			for i, at := range r.Timestamps {
				if i < len(r.Values) {
					points[r.ID] = append(points[r.ID], component.Sample{Time: at, Value: r.Values[i]})
				}
			}
		}
		if in.NextToken = out.NextToken; in.NextToken == "" {
			return points, nil
		}
	}
}
