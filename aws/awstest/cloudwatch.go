package awstest

import (
	"slices"
	"strings"
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
		"cloudwatch:PutMetricData":       testPutMetricData,
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
	f.dataAre(t, f.visited(t, 2, 3), 5)

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
	at := f.visited(t, 2, 3)
	f.statisticsAre(t, aws.GetMetricStatisticsInput{
		Namespace: metricNamespace, MetricName: "Visits", Dimensions: visits(0).Dimensions, StartTime: at, EndTime: at.Add(time.Minute), Period: 60, Statistics: []string{"SampleCount", "Maximum"},
	}, aws.Datapoint{Timestamp: at, SampleCount: aws.Some(2.0), Maximum: aws.Some(3.0), Unit: "Count"})
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
		refuse("an end before the start", "InvalidParameterValue", "The parameter StartTime must be less than the parameter EndTime.",
			func(in *aws.GetMetricStatisticsInput) { in.EndTime = from.Add(-time.Hour) }),
		refuse("too many periods", "InvalidParameterCombination", "You have requested up to 2880 datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by increasing Period, or decreasing the time range.",
			func(in *aws.GetMetricStatisticsInput) { in.EndTime, in.Period = from.Add(48*time.Hour), 60 }),
		refuse("a period of 90 s", "InvalidParameterValue", "The parameter Period must be a multiple of 60.",
			func(in *aws.GetMetricStatisticsInput) { in.Period = 90 }),
	})
	testCanceled(t, call, in)
}

func testListMetrics(t *testing.T, f Fixture) {
	in := aws.ListMetricsInput{Namespace: "AWS/Lambda", Dimensions: []aws.DimensionFilter{{Name: "FunctionName", Value: "ContractNeverRan"}}}
	same(t, "metrics", must(t, f.Cloud.CloudWatch.ListMetrics, in), aws.ListMetricsOutput{Metrics: []aws.Metric{}})
	f.visited(t, 1)
	f.listsMetrics(t, aws.Metric{Namespace: metricNamespace, MetricName: "Visits", Dimensions: visits(0).Dimensions})
	refuses(t, operation(t, "cloudwatch:ListMetrics"), []refusal{
		{"a token that is none", errorOf(f.Cloud.CloudWatch.ListMetrics, aws.ListMetricsInput{NextToken: "x"}), "InvalidParameterValue", "The value for parameter NextToken is invalid."},
		{"a dimension without a name", errorOf(f.Cloud.CloudWatch.ListMetrics, aws.ListMetricsInput{Dimensions: []aws.DimensionFilter{{Value: "x"}}}), metricInvalid,
			"The parameter Dimensions.member.1.Name is required."},
	})
	testCanceled(t, f.Cloud.CloudWatch.ListMetrics, aws.ListMetricsInput{})
}

// visits are the metrics of the tests: those of one page.
func visits(value float64) aws.MetricDatum {
	return aws.MetricDatum{MetricName: "Visits", Dimensions: []aws.Dimension{{Name: "Page", Value: "FAQ"}}, Value: aws.Some(value), Unit: "Count"}
}

const metricNamespace = "Contract/Pages"

func testPutMetricData(t *testing.T, f Fixture) {
	cw := f.Cloud.CloudWatch
	now := f.role(t, "Clock").CreateDate // by the Cloud's clock
	at := now.UTC().Truncate(time.Hour).Add(-time.Hour)
	one, many, sum := visits(2), visits(0), visits(0)
	one.Timestamp, many.Timestamp, sum.Timestamp = at, at.Add(10*time.Second), at.Add(20*time.Second)
	many.Value, many.Values, many.Counts = aws.Option[float64]{}, []float64{1, 8}, []float64{3, 0}
	sum.Value, sum.StatisticValues = aws.Option[float64]{}, &aws.StatisticSet{SampleCount: 2, Sum: 7, Minimum: -1, Maximum: 8}
	must(t, cw.PutMetricData, aws.PutMetricDataInput{Namespace: metricNamespace, MetricData: []aws.MetricDatum{one, many}})
	must(t, cw.PutMetricData, aws.PutMetricDataInput{Namespace: metricNamespace, MetricData: []aws.MetricDatum{sum, {MetricName: "Plain", Values: []float64{5}}}})
	want := aws.Datapoint{
		Timestamp: at, SampleCount: aws.Some(6.0), Sum: aws.Some(12.0), Average: aws.Some(2.0), Minimum: aws.Some(-1.0), Maximum: aws.Some(8.0), Unit: "Count",
	}
	in := aws.GetMetricStatisticsInput{
		Namespace: metricNamespace, MetricName: "Visits", Dimensions: one.Dimensions, StartTime: at, EndTime: at.Add(5 * time.Minute), Period: 60,
		Statistics: []string{"SampleCount", "Sum", "Average", "Minimum", "Maximum"},
	}
	f.statisticsAre(t, in, want)
	f.dataAre(t, at, 12)
	f.listsMetrics(t, aws.Metric{Namespace: metricNamespace, MetricName: "Plain"},
		aws.Metric{Namespace: metricNamespace, MetricName: "Visits", Dimensions: one.Dimensions})
	refuses(t, operation(t, "cloudwatch:PutMetricData"), badMetricData(f, now))
	testCanceled(t, cw.PutMetricData, aws.PutMetricDataInput{Namespace: metricNamespace, MetricData: []aws.MetricDatum{one}})
}

// statisticsAre waits until there is one datapoint of so many samples, and checks it.
func (f Fixture) statisticsAre(t *testing.T, in aws.GetMetricStatisticsInput, want aws.Datapoint) {
	t.Helper()
	var got []aws.Datapoint
	for range patience {
		if got = must(t, f.Cloud.CloudWatch.GetMetricStatistics, in).Datapoints; len(got) == 1 && got[0].SampleCount == want.SampleCount {
			break
		}
		f.Wait()
	}
	for n := range got {
		got[n].Timestamp = got[n].Timestamp.UTC()
	}
	same(t, "statistics", got, []aws.Datapoint{want})
}

// dataAre waits until the visits of five minutes have a sum.
func (f Fixture) dataAre(t *testing.T, at time.Time, sum float64) {
	t.Helper()
	var got []float64
	for range patience {
		data := must(t, f.Cloud.CloudWatch.GetMetricData, aws.GetMetricDataInput{StartTime: at, EndTime: at.Add(time.Hour), MetricDataQueries: []aws.MetricDataQuery{{
			ID: "a", MetricStat: &aws.MetricStat{
				Metric: aws.Metric{Namespace: metricNamespace, MetricName: "Visits", Dimensions: visits(0).Dimensions}, Period: 300, Stat: "Sum", Unit: "Count",
			}}}}).MetricDataResults
		if len(data) != 1 {
			t.Fatalf("results are %+v, want one", data)
		}
		if got = data[0].Values; len(got) == 1 && got[0] == sum {
			return
		}
		f.Wait()
	}
	t.Errorf("the data are %v, want one point of %v", got, sum)
}

// visited puts visits, and gives the minute that they were in.
func (f Fixture) visited(t *testing.T, values ...float64) time.Time {
	t.Helper()
	at := f.role(t, "Clock").CreateDate.UTC().Truncate(time.Hour).Add(-time.Hour) // by the Cloud's clock
	for _, value := range values {
		d := visits(value)
		d.Timestamp = at
		must(t, f.Cloud.CloudWatch.PutMetricData, aws.PutMetricDataInput{Namespace: metricNamespace, MetricData: []aws.MetricDatum{d}})
	}
	return at
}

// listsMetrics waits until the metrics of the tests are listed.
func (f Fixture) listsMetrics(t *testing.T, want ...aws.Metric) {
	t.Helper()
	var got []aws.Metric
	for range patience {
		if got = must(t, f.Cloud.CloudWatch.ListMetrics, aws.ListMetricsInput{Namespace: metricNamespace}).Metrics; len(got) == len(want) {
			break
		}
		f.Wait()
	}
	slices.SortFunc(got, func(a, b aws.Metric) int { return strings.Compare(a.MetricName, b.MetricName) })
	for n := range got {
		if len(got[n].Dimensions) == 0 {
			got[n].Dimensions = nil
		}
	}
	same(t, "metrics", got, want)
}

// badMetricData are the refusals of data, at a time.
func badMetricData(f Fixture, now time.Time) []refusal {
	put := func(namespace string, data ...aws.MetricDatum) func() error {
		return errorOf(f.Cloud.CloudWatch.PutMetricData, aws.PutMetricDataInput{Namespace: namespace, MetricData: data})
	}
	const bad, both, first = "InvalidParameterValue", "InvalidParameterCombination", "MetricData.member.1"
	datum := func(change func(*aws.MetricDatum)) func() error {
		d := visits(1)
		change(&d)
		return put(metricNamespace, d)
	}
	exclusive := func(a, b string) string {
		return "The parameters " + first + "." + a + " and " + first + "." + b + " are mutually exclusive and you have specified both."
	}
	return []refusal{
		{"a namespace of AWS's own", put("AWS/Lambda", visits(1)), bad, "The value AWS/Lambda for parameter Namespace is invalid."},
		{"too many data", put(metricNamespace, make([]aws.MetricDatum, 1001)...), bad, "The collection MetricData must not have a size greater than 1000."},
		{"a value and values", datum(func(d *aws.MetricDatum) { d.Values = []float64{1} }), both, exclusive("Value", "Values")},
		{"a value and a sum", datum(func(d *aws.MetricDatum) { d.StatisticValues = &aws.StatisticSet{SampleCount: 1} }), both, exclusive("Value", "StatisticValues")},
		{"more values than counts", datum(func(d *aws.MetricDatum) {
			d.Value, d.Values, d.Counts = aws.Option[float64]{}, []float64{1, 2}, []float64{1}
		}), bad, "The parameters " + first + ".Values and " + first + ".Counts must be of the same size."},
		{"no value", datum(func(d *aws.MetricDatum) { d.Value = aws.Option[float64]{} }), "MissingParameter", "The parameter " + first + ".Value is required."},
		{"too large a value", datum(func(d *aws.MetricDatum) { d.Value = aws.Some(1e200) }), bad, "The value 1e+200 for parameter " + first + ".Value is invalid."},
		{"what is too old", datum(func(d *aws.MetricDatum) { d.Timestamp = now.AddDate(0, 0, -15) }), bad,
			"The parameter " + first + ".Timestamp must specify a time no more than two weeks in the past."},
		{"what is to come", datum(func(d *aws.MetricDatum) { d.Timestamp = now.Add(9 * time.Hour) }), bad,
			"The parameter " + first + ".Timestamp must specify a time within two hours of the current time."},
	}
}
