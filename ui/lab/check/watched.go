package check

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
)

// counted are the metrics of functions that count something.
var counted = []string{"Invocations", "Errors", "Throttles"}

// window is how far back metrics are added up when it is not known when the lab
// was started; bin is the seconds of a point.
const (
	window = 3 * time.Hour
	bin    = 300
)

// metric is the check function.
func (e *evaluation) metric(function, name string, least int) (Findings, error) {
	known := false
	for _, c := range counted {
		known = known || c == name
	}
	if !known || least < 1 {
		return nil, fmt.Errorf("metric counts %s, at least 1; not %s, %d", strings.Join(counted, ", "), name, least)
	}
	subject := fmt.Sprintf("metric %s of %s", visible(name), visible(function))
	if e.world.Cloud.CloudWatch == nil {
		return unreadable(subject, absentService("CloudWatch")), nil
	}
	total, err := e.total(function, name)
	if err != nil {
		return unreadable(subject, err), nil
	}
	if total < float64(least) {
		return Findings{{
			Subject: subject, Expected: fmt.Sprintf("at least %d", least), Found: strconv.FormatFloat(total, 'f', -1, 64), Cause: CauseNoData,
			Advice: "Metrics come a minute or two after what they count.",
		}}, nil
	}
	return holds(subject), nil
}

func (e *evaluation) total(function, name string) (float64, error) {
	end := e.world.now().Add(time.Minute)
	start := e.world.Since
	if start.IsZero() {
		start = end.Add(-window)
	}
	out, err := e.world.Cloud.CloudWatch.GetMetricData(e.ctx, aws.GetMetricDataInput{
		StartTime: start.Truncate(bin * time.Second), EndTime: end,
		MetricDataQueries: []aws.MetricDataQuery{{ID: "total", MetricStat: &aws.MetricStat{
			Metric: aws.Metric{Namespace: "AWS/Lambda", MetricName: name, Dimensions: []aws.Dimension{{Name: "FunctionName", Value: function}}},
			Period: bin, Stat: "Sum",
		}}},
	})
	total := 0.0
	for _, result := range out.MetricDataResults {
		for _, value := range result.Values {
			total += value
		}
	}
	return total, err
}

// searched is how many pages of a log are read at most.
const searched = 5

// logged is the check function.
func (e *evaluation) logged(function, text string) (Findings, error) {
	if text == "" || strings.ContainsAny(text, "\n\"") {
		return nil, fmt.Errorf("logged looks for a text without quotes in a line, not for %q", text)
	}
	subject := "log of " + visible(function)
	if e.world.Cloud.Logs == nil {
		return unreadable(subject, absentService("CloudWatch Logs")), nil
	}
	found, err := e.search("/aws/lambda/"+function, text)
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return Findings{{
			Subject: subject, Expected: "a log group /aws/lambda/" + visible(function), Found: nothing, Cause: CauseNoLog,
			Advice: "The first invocation makes it.",
		}}, nil
	case err != nil:
		return unreadable(subject, err), nil
	case !found:
		return Findings{{Subject: subject, Expected: "a message with " + quote(text), Found: nothing, Cause: CauseNoMessage}}, nil
	}
	return holds(subject + " with " + quote(text)), nil
}

// search looks for a text in the messages of a log group.
func (e *evaluation) search(group, text string) (bool, error) {
	in := aws.FilterLogEventsInput{LogGroupName: group, FilterPattern: `"` + text + `"`, Limit: aws.Some(1)}
	if !e.world.Since.IsZero() {
		in.StartTime = aws.Some(e.world.Since.UnixMilli())
	}
	for range searched {
		out, err := e.world.Cloud.Logs.FilterLogEvents(e.ctx, in)
		if err != nil || len(out.Events) > 0 || out.NextToken == "" {
			return len(out.Events) > 0, err
		}
		in.NextToken = out.NextToken
	}
	return false, nil
}
