package cloudwatch

import (
	"cmp"
	"context"
	"encoding/base64"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
	"awslab/aws/fake/cloudwatch/expression"
	"awslab/aws/fake/store"
)

// GetMetricData reads metrics and expressions of them.
func (s *Service) GetMetricData(ctx context.Context, in aws.GetMetricDataInput) (aws.GetMetricDataOutput, error) {
	return answer(ctx, s, "GetMetricData", func() (out aws.GetMetricDataOutput, err error) {
		if err := checkGet(in); err != nil {
			return out, err
		}
		skip, err := parseToken(in.NextToken)
		if err != nil {
			return out, err
		}
		offset, err := strconv.Atoi(skip)
		if err != nil || offset < 0 {
			return out, badToken()
		}
		results, err := s.results(in)
		if err != nil {
			return out, err
		}
		return paged(results, offset, in.MaxDatapoints.Or(maxDatapoints)), nil
	})
}

// results evaluates all queries, and gives those that return data.
func (s *Service) results(in aws.GetMetricDataInput) ([]aws.MetricDataResult, error) {
	known := make(map[string]expression.Series)
	expressions := make(map[string]string)
	err := s.store.View(func(r *store.Reader) (err error) {
		for _, q := range in.MetricDataQueries {
			if q.MetricStat == nil {
				expressions[q.ID] = q.Expression
			} else if known[q.ID], err = s.series(r, *q.MetricStat, in.StartTime, in.EndTime); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	span := expression.Span{From: in.StartTime.Unix(), To: in.EndTime.Unix()}
	all, err := expression.Evaluate(known, expressions, span)
	var fault *expression.Fault
	if errors.As(err, &fault) {
		return nil, invalid("Error in expression '%s': %s", fault.ID, fault.What)
	}
	if err != nil {
		return nil, err
	}
	results := []aws.MetricDataResult{}
	for _, q := range in.MetricDataQueries {
		if q.ReturnData.Or(true) {
			results = append(results, result(q, all[q.ID], in.ScanBy))
		}
	}
	return results, nil
}

// series reads a statistic of a metric, period by period. The first period is
// whole, even when the start is within it.
func (s *Service) series(r *store.Reader, stat aws.MetricStat, from, to time.Time) (expression.Series, error) {
	period := int64(stat.Period)
	out := expression.Series{Period: period, Points: make(map[int64]float64)}
	sums := make(map[int64]point)
	err := s.periods(r, stat, from, to, func(_ string, start int64, p point) { sums[start] = sums[start].add(p) })
	for start, p := range sums {
		out.Points[start] = statistics[stat.Stat](p)
	}
	return out, err
}

// periods tells the points of a metric by the period that they lie in, of each unit
// by itself.
func (s *Service) periods(r *store.Reader, stat aws.MetricStat, from, to time.Time, tell func(unit string, start int64, p point)) error {
	period := int64(stat.Period)
	prefix := identity(stat.Metric)
	metrics := r.Cursor(metricsBucket)
	for key, raw := metrics.Seek(prefix); strings.HasPrefix(string(key), string(prefix)); key, raw = metrics.Next() {
		m, err := decodeMetric(raw)
		if err != nil {
			return err
		}
		if stat.Unit != "" && stat.Unit != cmp.Or(m.Unit, unitNone) {
			continue
		}
		first := max(s.oldest(), expression.Floor(from.Unix(), period)/60)
		points := r.Cursor(pointsBucket)
		last := string(pointKey(m.ID, (to.Unix()+59)/60))
		for at, value := points.Seek(pointKey(m.ID, first)); at != nil && string(at) < last; at, value = points.Next() {
			p, err := decodePoint(value)
			if err != nil {
				return err
			}
			tell(m.Unit, expression.Floor(minuteIn(at)*60, period), p)
		}
	}
	return nil
}

// result puts a series in order.
func result(q aws.MetricDataQuery, series expression.Series, order aws.ScanBy) aws.MetricDataResult {
	out := aws.MetricDataResult{ID: q.ID, Label: q.Label, Timestamps: []time.Time{}, Values: []float64{}, StatusCode: "Complete"}
	switch {
	case q.Label != "":
	case q.MetricStat != nil:
		out.Label = q.MetricStat.Metric.MetricName
	default:
		out.Label = q.ID
	}
	times := slices.Sorted(maps.Keys(series.Points))
	if order != aws.OldestFirst {
		slices.Reverse(times)
	}
	for _, t := range times {
		out.Timestamps = append(out.Timestamps, time.Unix(t, 0).UTC())
		out.Values = append(out.Values, series.Points[t])
	}
	return out
}

// paged takes a page of points, counted over all results in their order. A
// result that goes on is PartialData.
func paged(results []aws.MetricDataResult, offset, limit int) (out aws.GetMetricDataOutput) {
	out.MetricDataResults = []aws.MetricDataResult{}
	seen, taken := 0, 0
	for _, r := range results {
		n := len(r.Values)
		from := min(max(0, offset-seen), n)
		to := min(n, from+limit-taken)
		seen += n
		if n > 0 && (from == n || from == to) {
			continue // on another page
		}
		taken += to - from
		if to < n {
			r.StatusCode = "PartialData"
		}
		r.Timestamps, r.Values = r.Timestamps[from:to], r.Values[from:to]
		out.MetricDataResults = append(out.MetricDataResults, r)
	}
	if offset+taken < seen {
		out.NextToken = token(strconv.Itoa(offset + taken))
	}
	return out
}

// token is a token of a list: where it goes on.
func token(next string) string { return base64.URLEncoding.EncodeToString([]byte("at " + next)) }

// parseToken reads a token; no token is "0".
func parseToken(text string) (string, error) {
	if text == "" {
		return "0", nil
	}
	raw, err := base64.URLEncoding.DecodeString(text)
	next, ok := strings.CutPrefix(string(raw), "at ")
	if err != nil || !ok {
		return "", badToken()
	}
	return next, nil
}

// maxListed is how many metrics a page has.
const maxListed = 500

// ListMetrics lists the metrics that had data in the last two weeks.
func (s *Service) ListMetrics(ctx context.Context, in aws.ListMetricsInput) (aws.ListMetricsOutput, error) {
	return answer(ctx, s, "ListMetrics", func() (out aws.ListMetricsOutput, err error) {
		if len(in.Dimensions) > 30 {
			return out, invalid("The collection Dimensions must not have a size greater than %d.", 30)
		}
		for n, d := range in.Dimensions {
			if d.Name == "" {
				return out, invalid("The parameter Dimensions.member.%d.Name is required.", n+1)
			}
		}
		start, err := parseToken(in.NextToken)
		if err != nil {
			return out, err
		}
		if in.NextToken == "" {
			start = ""
		}
		out.Metrics = []aws.Metric{}
		err = s.store.View(func(r *store.Reader) error { return s.list(r, in, start, &out) })
		return out, err
	})
}

func (s *Service) list(r *store.Reader, in aws.ListMetricsInput, start string, out *aws.ListMetricsOutput) error {
	since := minuteOf(s.config.Now().Add(-listed))
	last := ""
	c := r.Cursor(metricsBucket)
	for key, raw := c.Seek([]byte(start)); key != nil; key, raw = c.Next() {
		m, err := decodeMetric(raw)
		if err != nil {
			return err
		}
		id := string(identity(m.Metric))
		if id == last || !wanted(in, m.Metric) || !m.recent(r, since) {
			continue // it may be there once more, with another unit
		}
		if len(out.Metrics) == maxListed {
			out.NextToken = token(string(key))
			return nil
		}
		last = id
		out.Metrics = append(out.Metrics, m.Metric)
	}
	return nil
}

// recent reports that a metric has a point from a minute on.
func (m metric) recent(r *store.Reader, since int64) bool {
	key, _ := r.Cursor(pointsBucket).Seek(pointKey(m.ID, since))
	return key != nil && strings.HasPrefix(string(key), string(pointKey(m.ID, 0)[:8]))
}

func wanted(in aws.ListMetricsInput, m aws.Metric) bool {
	if in.Namespace != "" && in.Namespace != m.Namespace || in.MetricName != "" && in.MetricName != m.MetricName {
		return false
	}
	return !slices.ContainsFunc(in.Dimensions, func(want aws.DimensionFilter) bool {
		return !slices.ContainsFunc(m.Dimensions, func(d aws.Dimension) bool {
			return d.Name == want.Name && (want.Value == "" || d.Value == want.Value)
		})
	})
}
