package cloudwatch

import (
	"context"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"time"

	"awslab/aws"
)

// The limits of what is put.
const (
	maxData       = 1000
	maxValues     = 150
	maxDimensions = 30
	maxName       = 255 // characters of names, of metrics and of dimensions
	maxDimension  = 1024
	past          = 14 * 24 * time.Hour
	ahead         = 2 * time.Hour
)

// unitNone is what metrics without a unit are told to have.
const unitNone = "None"

// largest is the largest value, 2^360.
var largest = math.Ldexp(1, 360)

// PutMetricData adds values to metrics. They are there for ListMetrics and for
// statistics at once.
func (s *Service) PutMetricData(ctx context.Context, in aws.PutMetricDataInput) (aws.PutMetricDataOutput, error) {
	return answer(ctx, s, "PutMetricData", func() (out aws.PutMetricDataOutput, err error) {
		switch n := len(in.MetricData); {
		case in.Namespace == "":
			return out, required("Namespace")
		case strings.HasPrefix(in.Namespace, "AWS/") || strings.HasPrefix(in.Namespace, ":") || len(in.Namespace) > maxName:
			return out, parameter("The value %s for parameter Namespace is invalid.", in.Namespace)
		case n == 0:
			return out, required("MetricData")
		case n > maxData:
			return out, parameter("The collection MetricData must not have a size greater than %d.", maxData)
		}
		now := s.config.Now()
		var entries []entry
		for n, d := range in.MetricData {
			at := fmt.Sprintf("MetricData.member.%d", n+1)
			if err := checkDatum(at, d, now); err != nil {
				return out, err
			}
			if d.Timestamp.IsZero() {
				d.Timestamp = now
			}
			if d.Unit == unitNone {
				d.Unit = ""
			}
			m := metric{Metric: aws.Metric{Namespace: in.Namespace, MetricName: d.MetricName, Dimensions: sortedDimensions(d.Dimensions)}, Unit: d.Unit}
			if len(identity(m.Metric))+len(m.Unit) > maxIdentity {
				return out, parameter("The dimensions of %s are too long.", at)
			}
			if p := summed(d); p.count > 0 {
				entries = append(entries, entry{m, minuteOf(d.Timestamp), p})
			}
		}
		return out, s.record(entries)
	})
}

// summed is all the values of a datum.
func summed(d aws.MetricDatum) (p point) {
	if v, given := d.Value.Get(); given {
		return point{v, 1, v, v}
	}
	if set := d.StatisticValues; set != nil {
		return point{set.Sum, set.SampleCount, set.Minimum, set.Maximum}
	}
	for n, v := range d.Values {
		count := 1.0
		if d.Counts != nil {
			count = d.Counts[n]
		}
		if count > 0 {
			p = p.add(point{v * count, count, v, v})
		}
	}
	return p
}

// dimensionText is what names and values of dimensions are made of.
var dimensionText = regexp.MustCompile(`^[\x00-\x7f]*[!-~][\x00-\x7f]*$`)

// checkDatum checks one of the data; at is where it stands.
func checkDatum(at string, d aws.MetricDatum, now time.Time) error {
	switch {
	case d.MetricName == "":
		return required(at + ".MetricName")
	case len(d.MetricName) > maxName:
		return parameter("The value %s for parameter %s.MetricName is invalid.", d.MetricName, at)
	case d.Unit != "" && !slices.Contains(aws.MetricUnits(), d.Unit):
		return parameter("The parameter %s.Unit must be a value in the set [ %s ].", at, strings.Join(aws.MetricUnits(), ", "))
	case d.StorageResolution != 0 && d.StorageResolution != 1 && d.StorageResolution != 60:
		return parameter("The value %d for parameter %s.StorageResolution is invalid: it must be 1 or 60.", d.StorageResolution, at)
	case len(d.Dimensions) > maxDimensions:
		return parameter("The collection %s.Dimensions must not have a size greater than %d.", at, maxDimensions)
	case !d.Timestamp.IsZero() && d.Timestamp.Before(now.Add(-past)):
		return parameter("The parameter %s.Timestamp must specify a time no more than two weeks in the past.", at)
	case d.Timestamp.After(now.Add(ahead)):
		return parameter("The parameter %s.Timestamp must specify a time within two hours of the current time.", at)
	}
	for n, dimension := range d.Dimensions {
		of := fmt.Sprintf("%s.Dimensions.member.%d", at, n+1)
		switch {
		case dimension.Name == "":
			return required(of + ".Name")
		case dimension.Value == "":
			return required(of + ".Value")
		case len(dimension.Name) > maxName || strings.HasPrefix(dimension.Name, ":") || !dimensionText.MatchString(dimension.Name):
			return parameter("The value %s for parameter %s.Name is invalid.", dimension.Name, of)
		case len(dimension.Value) > maxDimension || !dimensionText.MatchString(dimension.Value):
			return parameter("The value %s for parameter %s.Value is invalid.", dimension.Value, of)
		}
	}
	return checkValues(at, d)
}

// checkValues checks the values of one of the data, of which there is one kind.
func checkValues(at string, d aws.MetricDatum) error {
	value, given := d.Value.Get()
	both := func(a, b string) error {
		return combination("The parameters %s.%s and %s.%s are mutually exclusive and you have specified both.", at, a, at, b)
	}
	switch {
	case given && len(d.Values) > 0:
		return both("Value", "Values")
	case given && d.StatisticValues != nil:
		return both("Value", "StatisticValues")
	case d.StatisticValues != nil && len(d.Values) > 0:
		return both("StatisticValues", "Values")
	case given:
		return checkNumbers(at+".Value", value)
	case d.StatisticValues != nil:
		set := *d.StatisticValues
		if err := checkNumbers(at+".StatisticValues", set.SampleCount, set.Sum, set.Minimum, set.Maximum); err != nil {
			return err
		}
		if set.SampleCount <= 0 || set.Minimum > set.Maximum {
			return parameter("The values for parameter %s.StatisticValues are invalid.", at)
		}
		return nil
	case len(d.Values) == 0:
		return required(at + ".Value")
	case d.Counts != nil && len(d.Counts) != len(d.Values):
		return parameter("The parameters %s.Values and %s.Counts must be of the same size.", at, at)
	case len(d.Values) > maxValues:
		return parameter("The collection %s.Values must not have a size greater than %d.", at, maxValues)
	}
	for n, count := range d.Counts {
		if count < 0 {
			return parameter("The value %v for parameter %s.Counts.member.%d is invalid.", count, at, n+1)
		}
	}
	if err := checkNumbers(at+".Counts", d.Counts...); err != nil {
		return err
	}
	return checkNumbers(at+".Values", d.Values...)
}

// checkNumbers checks that values are numbers that are not too large.
func checkNumbers(at string, values ...float64) error {
	for _, v := range values {
		if math.IsNaN(v) || math.Abs(v) > largest {
			return parameter("The value %v for parameter %s is invalid.", v, at)
		}
	}
	return nil
}
