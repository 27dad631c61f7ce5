package check

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"awslab/aws"
)

// requests is what a check asks of the requests that an API has had.
type requests struct {
	api, stage string // stage is "" for any
	answer     string // a row of answers
	least      int
	after      string // a function: only requests since it was last changed
}

// answers is what requests can be answered with: the metrics that count them,
// and those that count the others among these.
var answers = map[string]struct {
	count  string
	others []string
}{
	"2XX": {"Count", []string{"4XXError", "5XXError"}},
	"4XX": {"4XXError", nil},
	"5XX": {"5XXError", nil},
}

func parseRequests(api string, given []map[string]any) (requests, error) {
	want := requests{api: api, answer: "2XX", least: 1}
	if len(given) > 1 {
		return want, errors.New("requested has one group of options")
	}
	for _, group := range given {
		for name, value := range group {
			var err error
			switch name {
			case "stage":
				err = text(&want.stage, value)
			case "answer":
				err = text(&want.answer, value)
			case "after":
				err = text(&want.after, value)
			case "least":
				least, ok := value.(int)
				if want.least = least; !ok || least < 1 {
					err = fmt.Errorf("is a number from 1, not %v", value)
				}
			default:
				err = errors.New("is not known; there are after, answer, least and stage")
			}
			if err != nil {
				return want, fmt.Errorf("the option %s %w", name, err)
			}
		}
	}
	if _, ok := answers[want.answer]; !ok {
		return want, fmt.Errorf("requests are answered with %s, not with %q", strings.Join(sorted(answers), ", "), want.answer)
	}
	return want, nil
}

// requested is the check function.
func (e *evaluation) requested(api string, given ...map[string]any) (Findings, error) {
	want, err := parseRequests(api, given)
	if err != nil {
		return nil, err
	}
	subject := "requests to " + visible(api) + " answered with " + want.answer
	if e.world.Cloud.CloudWatch == nil {
		return unreadable(subject, absentService("CloudWatch")), nil
	}
	since := e.world.Since
	if want.after != "" {
		f, wrong := e.needFunction(want.after)
		if wrong != nil {
			return wrong, nil
		}
		changed, err := time.Parse(lastModified, f.LastModified)
		if err != nil {
			return unreadable(subject, err), nil
		}
		if changed.After(since) {
			since = changed
		}
	}
	total, err := e.answered(want, since)
	if err != nil {
		return unreadable(subject, err), nil
	}
	if total < float64(want.least) {
		return Findings{{
			Subject: subject, Expected: fmt.Sprintf("at least %d", want.least), Found: plainNumber(total), Cause: CauseNoRequests,
			Advice: e.lateMetrics(),
		}}, nil
	}
	return holds(subject), nil
}

// lastModified is how Lambda writes when a function was changed.
const lastModified = "2006-01-02T15:04:05.000-0700"

// lateMetrics says how long counts may take to come.
func (e *evaluation) lateMetrics() string {
	if e.world.Cloud.Place.Kind == aws.Account {
		return "The URL has to be opened first. Then CloudWatch takes a minute or two to count a request; it is looked for again by itself."
	}
	return "The URL has to be opened first."
}

// answered counts the requests of which CloudWatch knows.
func (e *evaluation) answered(want requests, since time.Time) (float64, error) {
	dimensions := []aws.Dimension{{Name: "ApiName", Value: want.api}}
	if want.stage != "" {
		dimensions = append(dimensions, aws.Dimension{Name: "Stage", Value: want.stage})
	}
	of := answers[want.answer]
	names := append([]string{of.count}, of.others...)
	metrics := make([]aws.Metric, len(names))
	for i, name := range names {
		metrics[i] = aws.Metric{Namespace: "AWS/ApiGateway", MetricName: name, Dimensions: dimensions}
	}
	sums, err := e.sums(since, metrics)
	if err != nil {
		return 0, err
	}
	for _, others := range sums[1:] {
		sums[0] -= others
	}
	return sums[0], nil
}
