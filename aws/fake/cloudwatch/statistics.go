package cloudwatch

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// maxPeriods is how many periods GetMetricStatistics reads at most.
const maxPeriods = 1440

// GetMetricStatistics reads one metric. Points of different units are apart; they
// come in order of time here.
func (s *Service) GetMetricStatistics(ctx context.Context, in aws.GetMetricStatisticsInput) (aws.GetMetricStatisticsOutput, error) {
	return answer(ctx, s, "GetMetricStatistics", func() (out aws.GetMetricStatisticsOutput, err error) {
		if err := checkStatistics(in); err != nil {
			return out, err
		}
		type span struct {
			start int64
			unit  string
		}
		sums := make(map[span]point)
		stat := aws.MetricStat{Metric: aws.Metric{Namespace: in.Namespace, MetricName: in.MetricName, Dimensions: in.Dimensions}, Period: in.Period, Unit: in.Unit}
		err = s.store.View(func(r *store.Reader) error {
			return s.periods(r, stat, in.StartTime, in.EndTime, func(unit string, start int64, p point) {
				at := span{start, unit}
				sums[at] = sums[at].add(p)
			})
		})
		out.Label, out.Datapoints = in.MetricName, []aws.Datapoint{}
		for _, at := range slices.SortedFunc(maps.Keys(sums), func(a, b span) int {
			return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.unit, b.unit))
		}) {
			out.Datapoints = append(out.Datapoints, datapoint(at.start, at.unit, sums[at], in.Statistics))
		}
		return out, err
	})
}

// datapoint holds the statistics that are wanted.
func datapoint(start int64, unit string, p point, wanted []string) aws.Datapoint {
	d := aws.Datapoint{Timestamp: time.Unix(start, 0).UTC(), Unit: cmp.Or(unit, unitNone)}
	for name, member := range map[string]*aws.Option[float64]{
		"SampleCount": &d.SampleCount, "Average": &d.Average, "Sum": &d.Sum, "Minimum": &d.Minimum, "Maximum": &d.Maximum,
	} {
		if slices.Contains(wanted, name) {
			*member = aws.Some(statistics[name](p))
		}
	}
	return d
}

// checkStatistics checks a request.
func checkStatistics(in aws.GetMetricStatisticsInput) error {
	switch {
	case in.Namespace == "":
		return required("Namespace")
	case in.MetricName == "":
		return required("MetricName")
	case in.StartTime.IsZero():
		return required("StartTime")
	case in.EndTime.IsZero():
		return required("EndTime")
	case len(in.Statistics) == 0:
		return combination("At least one of the parameters Statistics and ExtendedStatistics must be specified.")
	case !in.StartTime.Before(in.EndTime):
		return parameter("The parameter StartTime must be less than the parameter EndTime.")
	case in.Period < 60 || in.Period%60 != 0:
		return parameter("The parameter Period must be a multiple of 60.")
	}
	for _, name := range in.Statistics {
		if statistics[name] == nil {
			return parameter("The parameter Statistics.member.N must be a value in the set [ SampleCount, Average, Sum, Minimum, Maximum ].")
		}
	}
	if n := int(in.EndTime.Sub(in.StartTime)/time.Second) / in.Period; n > maxPeriods {
		return combination("You have requested up to %d datapoints, which exceeds the limit of %d. "+
			"You may reduce the datapoints requested by increasing Period, or decreasing the time range.", n, maxPeriods)
	}
	return nil
}

func required(name string) error {
	return &aws.Error{Code: "MissingParameter", Message: "The parameter " + name + " is required."}
}

func parameter(format string, args ...any) error {
	return &aws.Error{Code: "InvalidParameterValue", Message: fmt.Sprintf(format, args...)}
}

func combination(format string, args ...any) error {
	return &aws.Error{Code: "InvalidParameterCombination", Message: fmt.Sprintf(format, args...)}
}
