package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
)

// counted are the metrics of functions that count something.
var counted = []string{"Invocations", "Errors", "Throttles"}

// window is how far back metrics are added up when it is not known when the lab
// was started.
const window = 3 * time.Hour

// metric is the check function.
func (e *evaluation) metric(function, name string, least int) (Findings, error) {
	if !slices.Contains(counted, name) || least < 1 {
		return nil, fmt.Errorf("metric counts %s, at least 1; not %s, %d", strings.Join(counted, ", "), name, least)
	}
	subject := fmt.Sprintf("metric %s of %s", visible(name), visible(function))
	if e.world.Cloud.CloudWatch == nil {
		return unreadable(subject, absentService("CloudWatch")), nil
	}
	sums, err := e.sums(e.world.Since, []aws.Metric{{
		Namespace: "AWS/Lambda", MetricName: name, Dimensions: []aws.Dimension{{Name: "FunctionName", Value: function}},
	}})
	if err != nil {
		return unreadable(subject, err), nil
	}
	if total := sums[0]; total < float64(least) {
		return Findings{{
			Subject: subject, Expected: fmt.Sprintf("at least %d", least), Found: plainNumber(total), Cause: CauseNoData,
			Advice: "Metrics come a minute or two after what they count.",
		}}, nil
	}
	return holds(subject), nil
}

func plainNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// period is the seconds of a metric's points, and for how long CloudWatch keeps
// points that close together.
type period struct {
	seconds int
	kept    time.Duration
}

const day = 24 * time.Hour

// periods are by the time that is looked back: close points for a lab that is
// being done, fewer ones for one that was left for long.
var periods = []period{{60, day}, {300, 60 * day}, {3600, 450 * day}}

func periodSince(age time.Duration) int {
	for _, p := range periods {
		if age < p.kept {
			return p.seconds
		}
	}
	return periods[len(periods)-1].seconds
}

// sums adds up metrics since a time, or over the last hours if that is not known.
func (e *evaluation) sums(since time.Time, metrics []aws.Metric) ([]float64, error) {
	end := e.world.now().Add(time.Minute)
	if since.IsZero() {
		since = end.Add(-window)
	}
	seconds := periodSince(end.Sub(since))
	in := aws.GetMetricDataInput{StartTime: since.Truncate(time.Duration(seconds) * time.Second), EndTime: end}
	for i, m := range metrics {
		in.MetricDataQueries = append(in.MetricDataQueries, aws.MetricDataQuery{
			ID: "m" + strconv.Itoa(i), MetricStat: &aws.MetricStat{Metric: m, Period: seconds, Stat: "Sum"},
		})
	}
	out, err := e.world.Cloud.CloudWatch.GetMetricData(e.ctx, in)
	sums := make([]float64, len(metrics))
	for _, result := range out.MetricDataResults {
		if i, failed := strconv.Atoi(strings.TrimPrefix(result.ID, "m")); failed == nil && i >= 0 && i < len(sums) {
			for _, value := range result.Values {
				sums[i] += value
			}
		}
	}
	return sums, err
}
