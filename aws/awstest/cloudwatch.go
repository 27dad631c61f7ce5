package awstest

import (
	"testing"
	"time"

	"awslab/aws"
)

// cloudwatchContracts holds the test of each operation of CloudWatch.
func cloudwatchContracts() map[string]contract {
	return map[string]contract{
		"cloudwatch:GetMetricData":       testGetMetricData,
		"cloudwatch:GetMetricStatistics": testGetMetricStatistics,
		"cloudwatch:ListMetrics":         testListMetrics,
	}
}

const metricInvalid = "ValidationError"

// invocations is a query of a function that never ran.
func invocations(id string) aws.MetricDataQuery {
	return aws.MetricDataQuery{ID: id, MetricStat: &aws.MetricStat{Stat: "Sum", Period: 300, Metric: aws.Metric{
		Namespace: "AWS/Lambda", MetricName: "Invocations", Dimensions: []aws.Dimension{{Name: "FunctionName", Value: "ContractNeverRan"}},
	}}}
}

func testGetMetricData(t *testing.T, f Fixture) {
	from := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	ask := func(queries ...aws.MetricDataQuery) aws.GetMetricDataInput {
		return aws.GetMetricDataInput{MetricDataQueries: queries, StartTime: from, EndTime: from.Add(time.Hour)}
	}
	hidden := invocations("b")
	hidden.ReturnData = aws.Some(false)
	out := must(t, f.Cloud.CloudWatch.GetMetricData, ask(invocations("a"), hidden, aws.MetricDataQuery{ID: "e1", Expression: "a + b", Label: "Both"}))
	none := func(id, label string) aws.MetricDataResult {
		return aws.MetricDataResult{ID: id, Label: label, Timestamps: []time.Time{}, Values: []float64{}, StatusCode: "Complete"}
	}
	same(t, "results", out, aws.GetMetricDataOutput{MetricDataResults: []aws.MetricDataResult{none("a", "Invocations"), none("e1", "Both")}})

	refuse := func(name, message string, in aws.GetMetricDataInput) refusal {
		return refusal{name, errorOf(f.Cloud.CloudWatch.GetMetricData, in), metricInvalid, message}
	}
	changed := func(change func(*aws.MetricDataQuery)) aws.GetMetricDataInput {
		q := invocations("a")
		change(&q)
		return ask(q)
	}
	backward := ask(invocations("a"))
	backward.StartTime, backward.EndTime = backward.EndTime, backward.StartTime
	many := make([]aws.MetricDataQuery, 501)
	at := "MetricDataQueries.member.1"
	refuses(t, operation(t, "cloudwatch:GetMetricData"), []refusal{
		refuse("no queries", "The parameter MetricDataQueries is required.", ask()),
		refuse("too many queries", "The collection MetricDataQueries must not have a size greater than 500.", ask(many...)),
		refuse("an end before the start", "The parameter StartTime must be less than the parameter EndTime.", backward),
		refuse("an id twice", "The values for parameter id in MetricDataQueries are not unique.", ask(invocations("a"), invocations("a"))),
		refuse("a bad id", "The value 1a for parameter "+at+".Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.", ask(invocations("1a"))),
		refuse("nothing to ask", "The parameter "+at+".MetricStat or "+at+".Expression is required.", ask(aws.MetricDataQuery{ID: "a"})),
		refuse("two things to ask", "The parameters "+at+".Expression and "+at+".MetricStat are mutually exclusive and you have specified both.",
			changed(func(q *aws.MetricDataQuery) { q.Expression = "b" })),
		refuse("a period of 90 s", "The value 90 for parameter "+at+".MetricStat.Period must be a multiple of 60.", changed(func(q *aws.MetricDataQuery) { q.MetricStat.Period = 90 })),
		refuse("an unknown statistic", "The value Most for parameter "+at+".MetricStat.Stat is not supported.", changed(func(q *aws.MetricDataQuery) { q.MetricStat.Stat = "Most" })),
		refuse("an id that is none", "Error in expression 'nope': there is no query of this id", ask(aws.MetricDataQuery{ID: "e1", Expression: "nope * 2"})),
		refuse("an expression that ends early", "Error in expression 'e1': it ends too early", ask(invocations("a"), aws.MetricDataQuery{ID: "e1", Expression: "a +"})),
	})
	badToken := ask(invocations("a"))
	badToken.NextToken = "x"
	refuses(t, operation(t, "cloudwatch:GetMetricData"), []refusal{
		{"a token that is none", errorOf(f.Cloud.CloudWatch.GetMetricData, badToken), "InvalidParameterValue", "The value for parameter NextToken is invalid."},
	})
	testCanceled(t, f.Cloud.CloudWatch.GetMetricData, ask(invocations("a")))
}

func testGetMetricStatistics(t *testing.T, f Fixture) {
	from := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	in := aws.GetMetricStatisticsInput{
		Namespace: "AWS/Lambda", MetricName: "Invocations", Dimensions: []aws.Dimension{{Name: "FunctionName", Value: "ContractNeverRan"}},
		StartTime: from, EndTime: from.Add(time.Hour), Period: 300, Statistics: []string{"Sum", "Average"},
	}
	call := f.Cloud.CloudWatch.GetMetricStatistics
	same(t, "statistics", must(t, call, in), aws.GetMetricStatisticsOutput{Label: "Invocations", Datapoints: []aws.Datapoint{}})
	refuse := func(name, code, message string, change func(*aws.GetMetricStatisticsInput)) refusal {
		bad := in
		change(&bad)
		return refusal{name, errorOf(call, bad), code, message}
	}
	refuses(t, operation(t, "cloudwatch:GetMetricStatistics"), []refusal{
		refuse("no statistics", "InvalidParameterCombination", "At least one of the parameters Statistics and ExtendedStatistics must be specified.",
			func(in *aws.GetMetricStatisticsInput) { in.Statistics = nil }),
		refuse("an unknown statistic", "InvalidParameterValue", "The parameter Statistics.member.N must be a value in the set [ SampleCount, Average, Sum, Minimum, Maximum ].",
			func(in *aws.GetMetricStatisticsInput) { in.Statistics = []string{"Most"} }),
		refuse("an end before the start", "InvalidParameterCombination", "The parameter StartTime must be less than the parameter EndTime.",
			func(in *aws.GetMetricStatisticsInput) { in.EndTime = from.Add(-time.Hour) }),
		refuse("a period of 90 s", "InvalidParameterValue", "The parameter Period must be a multiple of 60.",
			func(in *aws.GetMetricStatisticsInput) { in.Period = 90 }),
	})
	testCanceled(t, call, in)
}

func testListMetrics(t *testing.T, f Fixture) {
	in := aws.ListMetricsInput{Namespace: "AWS/Lambda", Dimensions: []aws.DimensionFilter{{Name: "FunctionName", Value: "ContractNeverRan"}}}
	same(t, "metrics", must(t, f.Cloud.CloudWatch.ListMetrics, in), aws.ListMetricsOutput{Metrics: []aws.Metric{}})
	refuses(t, operation(t, "cloudwatch:ListMetrics"), []refusal{
		{"a token that is none", errorOf(f.Cloud.CloudWatch.ListMetrics, aws.ListMetricsInput{NextToken: "x"}), "InvalidParameterValue", "The value for parameter NextToken is invalid."},
		{"a dimension without a name", errorOf(f.Cloud.CloudWatch.ListMetrics, aws.ListMetricsInput{Dimensions: []aws.DimensionFilter{{Value: "x"}}}), metricInvalid,
			"The parameter Dimensions.member.1.Name is required."},
	})
	testCanceled(t, f.Cloud.CloudWatch.ListMetrics, aws.ListMetricsInput{})
}
