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
