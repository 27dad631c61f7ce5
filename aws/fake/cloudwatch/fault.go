package cloudwatch

import (
	"fmt"
	"regexp"

	"awslab/aws"
)

func invalid(format string, args ...any) error {
	return &aws.Error{Code: "ValidationError", Message: fmt.Sprintf(format, args...)}
}

func badToken() error {
	return &aws.Error{Code: "InvalidParameterValue", Message: "The value for parameter NextToken is invalid."}
}

// The limits of a request.
const (
	maxQueries    = 500
	maxDatapoints = 100_800
	maxExpression = 2048
)

var queryID = regexp.MustCompile(`^[a-z][a-zA-Z0-9_]*$`)

// checkGet checks a request for data.
func checkGet(in aws.GetMetricDataInput) error {
	switch n := len(in.MetricDataQueries); {
	case n == 0:
		return invalid("The parameter MetricDataQueries is required.")
	case n > maxQueries:
		return invalid("The collection MetricDataQueries must not have a size greater than %d.", maxQueries)
	}
	if in.StartTime.IsZero() || in.EndTime.IsZero() {
		return invalid("The parameters StartTime and EndTime are required.")
	}
	if !in.StartTime.Before(in.EndTime) {
		return invalid("The parameter StartTime must be less than the parameter EndTime.")
	}
	if n, given := in.MaxDatapoints.Get(); given && (n < 1 || n > maxDatapoints) {
		return invalid("The value %d for parameter MaxDatapoints must be between 1 and %d.", n, maxDatapoints)
	}
	if in.ScanBy != "" && in.ScanBy != aws.NewestFirst && in.ScanBy != aws.OldestFirst {
		return invalid("The value %s for parameter ScanBy is not one of %s, %s.", in.ScanBy, aws.NewestFirst, aws.OldestFirst)
	}
	seen := make(map[string]bool)
	for n, q := range in.MetricDataQueries {
		if seen[q.ID] {
			return invalid("The values for parameter id in MetricDataQueries are not unique.")
		}
		seen[q.ID] = true
		if err := checkQuery(fmt.Sprintf("MetricDataQueries.member.%d", n+1), q); err != nil {
			return err
		}
	}
	return nil
}

func checkQuery(at string, q aws.MetricDataQuery) error {
	switch {
	case !queryID.MatchString(q.ID) || len(q.ID) > 255:
		return invalid("The value %s for parameter %s.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.", q.ID, at)
	case q.MetricStat != nil && q.Expression != "":
		return invalid("The parameters %s.Expression and %s.MetricStat are mutually exclusive and you have specified both.", at, at)
	case q.MetricStat == nil && q.Expression == "":
		return invalid("The parameter %s.MetricStat or %s.Expression is required.", at, at)
	case len(q.Expression) > maxExpression:
		return invalid("The parameter %s.Expression must be shorter than or equal to %d characters.", at, maxExpression)
	case q.MetricStat == nil:
		return nil
	}
	stat := q.MetricStat
	if stat.Metric.Namespace == "" || stat.Metric.MetricName == "" {
		return invalid("The parameters %s.MetricStat.Metric.Namespace and %s.MetricStat.Metric.MetricName are required.", at, at)
	}
	if stat.Period < 60 || stat.Period%60 != 0 || stat.Period > 86400*365 {
		return invalid("The value %d for parameter %s.MetricStat.Period must be a multiple of 60.", stat.Period, at)
	}
	switch _, ok := statistics[stat.Stat]; {
	case ok:
		return nil
	case extended.MatchString(stat.Stat):
		return &aws.Error{Code: "NotImplemented", Message: "The sandbox has no " + stat.Stat +
			", since it keeps sums of values and not each: ask for SampleCount, Average, Sum, Minimum or Maximum."}
	}
	return invalid("The value %s for parameter %s.MetricStat.Stat is not supported.", stat.Stat, at)
}

// extended are the statistics that take each value by itself, which a point does not
// keep: percentiles, and means, sums and counts of a part of the values.
var extended = regexp.MustCompile(`^((p|tm|wm|tc|ts)\d{1,2}(\.\d+)?|p100|(TM|WM|TC|TS|PR)\([^()]*:[^()]*\)|IQM)$`)

// statistics are what can be asked of points.
var statistics = map[string]func(point) float64{
	"Sum":         func(p point) float64 { return p.sum },
	"Average":     func(p point) float64 { return p.sum / p.count },
	"Minimum":     func(p point) float64 { return p.least },
	"Maximum":     func(p point) float64 { return p.most },
	"SampleCount": func(p point) float64 { return p.count },
}
