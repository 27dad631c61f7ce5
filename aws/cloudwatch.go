package aws

import (
	"context"
	"time"
)

// CloudWatch is Amazon CloudWatch's metrics.
type CloudWatch interface {
	// GetMetricData reads metrics, and expressions of them, over a span of time:
	// up to 500 queries at once. No data is an empty result, not an error.
	GetMetricData(context.Context, GetMetricDataInput) (GetMetricDataOutput, error)
	// GetMetricStatistics reads one metric over a span of time: up to 1,440 periods,
	// in no order. No data is an empty result, not an error.
	GetMetricStatistics(context.Context, GetMetricStatisticsInput) (GetMetricStatisticsOutput, error)
	// ListMetrics lists the metrics that have had data, 500 a page.
	ListMetrics(context.Context, ListMetricsInput) (ListMetricsOutput, error)
	// PutMetricData adds values to metrics of one's own, which are there from the
	// first value on.
	PutMetricData(context.Context, PutMetricDataInput) (PutMetricDataOutput, error)
}

// GetMetricDataInput asks for metrics.
type GetMetricDataInput struct {
	MetricDataQueries []MetricDataQuery
	StartTime         time.Time   // inclusive
	EndTime           time.Time   // exclusive
	ScanBy            ScanBy      `json:",omitempty"` // newest first unless given
	NextToken         string      `json:",omitempty"`
	MaxDatapoints     Option[int] `json:",omitzero"` // 100,800 at most
}

// ScanBy is the order of a result's points.
type ScanBy string

// The two orders.
const (
	NewestFirst ScanBy = "TimestampDescending"
	OldestFirst ScanBy = "TimestampAscending"
)

// MetricDataQuery is a metric, or an expression of others' ids.
type MetricDataQuery struct {
	ID         string       `json:"Id"` // a small letter, then letters, digits and _
	MetricStat *MetricStat  `json:",omitempty"`
	Expression string       `json:",omitempty"` // "100 - 100 * errors / MAX([errors, invocations])"
	Label      string       `json:",omitempty"`
	ReturnData Option[bool] `json:",omitzero"` // true unless given
	Period     int          `json:",omitempty"`
}

// MetricStat is a statistic of a metric.
type MetricStat struct {
	Metric Metric
	Period int    // seconds, a multiple of 60
	Stat   string // Sum, Average, Minimum, Maximum, SampleCount
	Unit   string `json:",omitempty"`
}

// Metric names a metric.
type Metric struct {
	Namespace  string      // "AWS/Lambda"
	MetricName string      // "Invocations"
	Dimensions []Dimension `json:",omitempty"`
}

// Dimension is one part of a metric's identity.
type Dimension struct{ Name, Value string }

// GetMetricDataOutput holds a result for each query that returns data.
type GetMetricDataOutput struct {
	MetricDataResults []MetricDataResult
	NextToken         string `json:",omitempty"`
}

// MetricDataResult is the points of one query; each has the time at which its
// period starts.
type MetricDataResult struct {
	ID         string `json:"Id"`
	Label      string
	Timestamps []time.Time
	Values     []float64
	StatusCode string // Complete
}

// GetMetricStatisticsInput asks for one metric.
type GetMetricStatisticsInput struct {
	Namespace  string
	MetricName string
	Dimensions []Dimension `json:",omitempty"`
	StartTime  time.Time   // inclusive
	EndTime    time.Time   // exclusive
	Period     int         // seconds, a multiple of 60
	Statistics []string    `json:",omitempty"` // Sum, Average, Minimum, Maximum, SampleCount; one at least
	Unit       string      `json:",omitempty"` // of all units unless given
}

// GetMetricStatisticsOutput is the metric's name and its points.
type GetMetricStatisticsOutput struct {
	Label      string
	Datapoints []Datapoint
}

// Datapoint is the statistics of one period that were asked for.
type Datapoint struct {
	Timestamp   time.Time       // when the period starts
	SampleCount Option[float64] `json:",omitzero"`
	Average     Option[float64] `json:",omitzero"`
	Sum         Option[float64] `json:",omitzero"`
	Minimum     Option[float64] `json:",omitzero"`
	Maximum     Option[float64] `json:",omitzero"`
	Unit        string          `json:",omitempty"`
}

// ListMetricsInput picks metrics.
type ListMetricsInput struct {
	Namespace  string            `json:",omitempty"`
	MetricName string            `json:",omitempty"`
	Dimensions []DimensionFilter `json:",omitempty"`
	NextToken  string            `json:",omitempty"`
}

// DimensionFilter is a dimension that a metric must have; any value if Value is "".
type DimensionFilter struct {
	Name  string
	Value string `json:",omitempty"`
}

// ListMetricsOutput is one page of metrics.
type ListMetricsOutput struct {
	Metrics   []Metric
	NextToken string `json:",omitempty"`
}

// PutMetricDataInput is values of metrics of one namespace.
type PutMetricDataInput struct {
	Namespace  string        // AWS's own, which begin with "AWS/", are not to be written to
	MetricData []MetricDatum // 1,000 at most
}

// MetricDatum is a metric's values at a time: one of Value, StatisticValues and
// Values.
type MetricDatum struct {
	MetricName        string
	Dimensions        []Dimension     `json:",omitempty"` // 30 at most
	Timestamp         time.Time       `json:",omitzero"`  // now unless given; from two weeks ago to in two hours
	Value             Option[float64] `json:",omitzero"`  // from -2^360 to 2^360, as all the values
	StatisticValues   *StatisticSet   `json:",omitempty"`
	Values            []float64       `json:",omitempty"` // 150 at most, each once
	Counts            []float64       `json:",omitempty"` // how often there is each of Values; once unless given
	Unit              string          `json:",omitempty"` // one of MetricUnits; None unless given
	StorageResolution int             `json:",omitempty"` // seconds: 60 unless given, or 1
}

// StatisticSet sums up many values.
type StatisticSet struct{ SampleCount, Sum, Minimum, Maximum float64 }

// MetricUnits lists the units of metrics.
func MetricUnits() []string {
	return []string{
		"Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits",
		"Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
		"Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
	}
}

// PutMetricDataOutput has no members.
type PutMetricDataOutput struct{}
