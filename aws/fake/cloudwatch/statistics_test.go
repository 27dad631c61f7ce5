package cloudwatch

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"awslab/aws"
)

// TestGetMetricStatistics reads what was asked for, of each unit by itself, in
// order of time.
func TestGetMetricStatistics(t *testing.T) {
	t.Parallel()
	w := open(t)
	seconds := of("F", "Duration", 60, 1)
	seconds.Unit = "Seconds"
	w.record(t, of("F", "Duration", 300, 4), of("F", "Duration", 0, 10), of("F", "Duration", 59, 30), seconds)
	in := aws.GetMetricStatisticsInput{
		Namespace: "AWS/Lambda", MetricName: "Duration", Dimensions: []aws.Dimension{{Name: "FunctionName", Value: "F"}},
		StartTime: start, EndTime: start.Add(time.Hour), Period: 300, Statistics: []string{"Sum", "Average", "SampleCount"},
	}
	of := func(at time.Duration, unit string, sum, average, count float64) aws.Datapoint {
		return aws.Datapoint{Timestamp: start.Add(at), Sum: aws.Some(sum), Average: aws.Some(average), SampleCount: aws.Some(count), Unit: unit}
	}
	out, err := w.GetMetricStatistics(t.Context(), in)
	want := []aws.Datapoint{of(0, "None", 40, 20, 2), of(0, "Seconds", 1, 1, 1), of(5*time.Minute, "None", 4, 4, 1)}
	if err != nil || out.Label != "Duration" || !reflect.DeepEqual(out.Datapoints, want) {
		t.Errorf("%+v, %v", out, err)
	}
	in.Unit, in.Statistics = "Seconds", []string{"Maximum", "Minimum"}
	out, err = w.GetMetricStatistics(t.Context(), in)
	want = []aws.Datapoint{{Timestamp: start, Minimum: aws.Some(1.0), Maximum: aws.Some(1.0), Unit: "Seconds"}}
	if err != nil || !reflect.DeepEqual(out.Datapoints, want) {
		t.Errorf("%+v, %v", out, err)
	}
	in.Period = 60
	in.EndTime = start.Add(25 * time.Hour)
	if _, err := w.GetMetricStatistics(t.Context(), in); err == nil {
		t.Error("1,500 periods were read")
	}
}

// TestExtendedStatistics asks for statistics that AWS has and that cannot be had of
// sums: what is wrong is not the request.
func TestExtendedStatistics(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, stat := range []string{"p90", "p99.9", "p100", "tm90", "TM(10%:90%)", "wm98", "PR(:300)", "tc90", "TS(80%:)", "IQM"} {
		w.refused(t, stat, "NotImplemented", "The sandbox has no "+stat+", ")
	}
	for _, stat := range []string{"p", "p101", "P90", "xp90", "TM90", "PR()", "Most", ""} {
		w.refused(t, stat, "ValidationError", "The value "+stat+" for parameter")
	}
}

// refused has a statistic refused.
func (w *world) refused(t *testing.T, stat, code, message string) {
	t.Helper()
	in := aws.GetMetricDataInput{MetricDataQueries: []aws.MetricDataQuery{query("m", "F", "Duration", stat, 60)}, StartTime: start, EndTime: start.Add(time.Hour)}
	_, err := w.GetMetricData(t.Context(), in)
	var failed *aws.Error
	if !errors.As(err, &failed) || failed.Code != code || !strings.HasPrefix(failed.Message, message) {
		t.Errorf("%s: %v, want %s: %s", stat, err, code, message)
	}
}
