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
