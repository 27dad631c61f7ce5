package cloudwatch

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// world is a Service in a store of its own, with a clock that the test sets.
type world struct {
	*Service
	offset atomic.Int64
}

var start = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func open(t testing.TB) *world {
	t.Helper()
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	w := &world{}
	w.Service = New(st, Config{Now: func() time.Time { return start.Add(time.Duration(w.offset.Load())) }, Random: rand.Uint64})
	return w
}

// of is a value of a metric of a function, some seconds after the start.
func of(function, name string, seconds int, v float64) Datum {
	return Datum{
		Namespace: "AWS/Lambda", Name: name, Dimensions: []aws.Dimension{{Name: "FunctionName", Value: function}},
		Time: start.Add(time.Duration(seconds) * time.Second), Value: v,
	}
}

func (w *world) record(t *testing.T, data ...Datum) {
	t.Helper()
	if err := w.Record(data...); err != nil {
		t.Fatal(err)
	}
}

func query(id, function, name, stat string, period int) aws.MetricDataQuery {
	return aws.MetricDataQuery{ID: id, MetricStat: &aws.MetricStat{Stat: stat, Period: period, Metric: aws.Metric{
		Namespace: "AWS/Lambda", MetricName: name, Dimensions: []aws.Dimension{{Name: "FunctionName", Value: function}},
	}}}
}

func (w *world) get(t *testing.T, from, to time.Duration, queries ...aws.MetricDataQuery) []aws.MetricDataResult {
	t.Helper()
	out, err := w.GetMetricData(t.Context(), aws.GetMetricDataInput{MetricDataQueries: queries, StartTime: start.Add(from), EndTime: start.Add(to)})
	if err != nil {
		t.Fatal(err)
	}
	return out.MetricDataResults
}

// points writes a result's points, oldest last: "seconds=value".
func points(r aws.MetricDataResult) []string {
	out := []string{}
	for n, at := range r.Timestamps {
		out = append(out, fmt.Sprintf("%v=%v", at.Sub(start).Seconds(), r.Values[n]))
	}
	return out
}

func TestStatisticsAndPeriods(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.record(t, of("F", "Duration", 0, 10), of("F", "Duration", 59, 30), of("F", "Duration", 60, 5), of("F", "Duration", 299, 1), of("F", "Duration", 300, 100), of("G", "Duration", 0, 7))
	w.record(t, of("F", "Duration", 30, 20))
	for _, c := range []struct {
		stat   string
		period int
		want   []string
	}{
		{"Sum", 60, []string{"300=100", "240=1", "60=5", "0=60"}},
		{"Average", 60, []string{"300=100", "240=1", "60=5", "0=20"}},
		{"Minimum", 60, []string{"300=100", "240=1", "60=5", "0=10"}},
		{"Maximum", 60, []string{"300=100", "240=1", "60=5", "0=30"}},
		{"SampleCount", 60, []string{"300=1", "240=1", "60=1", "0=3"}},
		{"Sum", 300, []string{"300=100", "0=66"}},
		{"Average", 300, []string{"300=100", "0=13.2"}},
		{"Minimum", 3600, []string{"0=1"}},
	} {
		got := w.get(t, 0, time.Hour, query("m", "F", "Duration", c.stat, c.period))
		if len(got) != 1 || !slices.Equal(points(got[0]), c.want) || got[0].Label != "Duration" || got[0].StatusCode != "Complete" {
			t.Errorf("%s by %d is %+v, want %v", c.stat, c.period, got, c.want)
		}
	}
	if got := points(w.get(t, time.Minute, 5*time.Minute, query("m", "F", "Duration", "Sum", 60))[0]); !slices.Equal(got, []string{"240=1", "60=5"}) {
		t.Errorf("from the second minute to before the sixth there is %v", got)
	}
	if got := points(w.get(t, 2*time.Minute, 5*time.Minute, query("m", "F", "Duration", "Sum", 300))[0]); !slices.Equal(got, []string{"0=66"}) {
		t.Errorf("the period that the start is in has %v", got)
	}
}

func TestUnitsAreApart(t *testing.T) {
	t.Parallel()
	w := open(t)
	ms, s := of("F", "Duration", 0, 1000), of("F", "Duration", 0, 1)
	ms.Unit, s.Unit = "Milliseconds", "Seconds"
	w.record(t, ms, s)
	for unit, want := range map[string][]string{"": {"0=1001"}, "Seconds": {"0=1"}, "Bytes": {}} {
		q := query("m", "F", "Duration", "Sum", 60)
		q.MetricStat.Unit = unit
		if got := points(w.get(t, 0, time.Hour, q)[0]); !slices.Equal(got, want) {
			t.Errorf("in %q there is %v", unit, got)
		}
	}
	list, err := w.ListMetrics(t.Context(), aws.ListMetricsInput{})
	if err != nil || len(list.Metrics) != 1 {
		t.Errorf("metrics are %+v, %v", list.Metrics, err)
	}
}

func TestMetricMath(t *testing.T) {
	t.Parallel()
	w := open(t)
	for n := range 4 {
		w.record(t, of("F", "Invocations", 0, 1), of("F", "Errors", 0, float64(n%2)), of("F", "Invocations", 60, 1), of("F", "Errors", 60, 0))
	}
	errorsQuery := query("errors", "F", "Errors", "Sum", 60)
	errorsQuery.ReturnData = aws.Some(false)
	rate := aws.MetricDataQuery{ID: "rate", Expression: "100 - 100 * errors / MAX([errors, invocations])", Label: "Success rate (%)"}
	got := w.get(t, 0, time.Hour, errorsQuery, query("invocations", "F", "Invocations", "Sum", 60), rate)
	if len(got) != 2 || got[1].ID != "rate" || got[1].Label != "Success rate (%)" || !slices.Equal(points(got[1]), []string{"60=100", "0=50"}) {
		t.Errorf("results are %+v", got)
	}
	out, err := w.GetMetricData(t.Context(), aws.GetMetricDataInput{
		MetricDataQueries: []aws.MetricDataQuery{query("m", "F", "Invocations", "Sum", 60), {ID: "e1", Expression: "m * 2"}},
		StartTime:         start, EndTime: start.Add(time.Hour), ScanBy: aws.OldestFirst,
	})
	if err != nil || !slices.Equal(points(out.MetricDataResults[1]), []string{"0=8", "60=8"}) || out.MetricDataResults[1].Label != "e1" {
		t.Errorf("oldest first there is %+v, %v", out, err)
	}
}

func TestPagesOfData(t *testing.T) {
	t.Parallel()
	w := open(t)
	for n := range 5 {
		w.record(t, of("F", "Invocations", 60*n, float64(n)), of("F", "Errors", 60*n, float64(-n)))
	}
	in := aws.GetMetricDataInput{
		MetricDataQueries: []aws.MetricDataQuery{query("a", "F", "Invocations", "Sum", 60), query("none", "F", "Nope", "Sum", 60), query("b", "F", "Errors", "Sum", 60)},
		StartTime:         start, EndTime: start.Add(time.Hour), MaxDatapoints: aws.Some(3),
	}
	values := map[string][]float64{}
	for range 10 {
		out, err := w.GetMetricData(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for _, r := range out.MetricDataResults {
			values[r.ID] = append(values[r.ID], r.Values...)
			count += len(r.Values)
		}
		if count > 3 {
			t.Errorf("a page has %d points", count)
		}
		if in.NextToken = out.NextToken; in.NextToken == "" {
			break
		}
	}
	if !slices.Equal(values["a"], []float64{4, 3, 2, 1, 0}) || !slices.Equal(values["b"], []float64{-4, -3, -2, -1, 0}) || values["none"] != nil {
		t.Errorf("values are %v", values)
	}
}

func TestOldPointsGo(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.record(t, of("F", "Invocations", 0, 1), of("F", "Invocations", 3600, 2))
	all := query("m", "F", "Invocations", "Sum", 60)
	w.offset.Store(int64(13 * 24 * time.Hour))
	if list, err := w.ListMetrics(t.Context(), aws.ListMetricsInput{}); err != nil || len(list.Metrics) != 1 {
		t.Errorf("after 13 days there is %+v, %v", list, err)
	}
	w.offset.Store(int64(15*24*time.Hour + 30*time.Minute))
	if got := points(w.get(t, 0, 24*time.Hour, all)[0]); !slices.Equal(got, []string{"3600=2"}) {
		t.Errorf("after 15 days there is %v", got)
	}
	if list, err := w.ListMetrics(t.Context(), aws.ListMetricsInput{}); err != nil || len(list.Metrics) != 0 {
		t.Errorf("after 15 days there is %+v, %v", list, err)
	}
	w.record(t, of("G", "Invocations", 0, 1), of("G", "Invocations", 15*24*3600, 1)) // one of them too old
	count := func() (points, metrics int) {
		err := w.store.View(func(r *store.Reader) error {
			for bucket, n := range map[string]*int{pointsBucket: &points, metricsBucket: &metrics} {
				c := r.Cursor(bucket)
				for key, _ := c.Seek(nil); key != nil; key, _ = c.Next() {
					*n++
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return points, metrics
	}
	if points, metrics := count(); points != 2 || metrics != 2 {
		t.Errorf("%d points of %d metrics are stored", points, metrics)
	}
	w.offset.Store(int64(40 * 24 * time.Hour))
	w.record(t, of("H", "Invocations", 40*24*3600, 1))
	if points, metrics := count(); points != 1 || metrics != 1 {
		t.Errorf("%d points of %d metrics are stored at last", points, metrics)
	}
	w.record(t, of("F", "Invocations", 40*24*3600, 5))
	if got := points(w.get(t, 40*24*time.Hour-time.Minute, 41*24*time.Hour, all)[0]); len(got) != 1 {
		t.Errorf("a metric that comes again has %v", got)
	}
}

func TestListMetrics(t *testing.T) {
	t.Parallel()
	w := open(t)
	var data []Datum
	for n := range 600 {
		data = append(data, of(fmt.Sprintf("F%03d", n), "Errors", 0, 1))
	}
	w.record(t, append(data, of("F000", "Duration", 0, 1), Datum{Namespace: "Own", Name: "Errors", Time: start, Value: 1})...)
	for _, c := range []struct {
		in   aws.ListMetricsInput
		want int
	}{
		{aws.ListMetricsInput{}, 602},
		{aws.ListMetricsInput{Namespace: "AWS/Lambda"}, 601},
		{aws.ListMetricsInput{Namespace: "Own"}, 1},
		{aws.ListMetricsInput{MetricName: "Errors"}, 601},
		{aws.ListMetricsInput{Dimensions: []aws.DimensionFilter{{Name: "FunctionName", Value: "F000"}}}, 2},
		{aws.ListMetricsInput{Dimensions: []aws.DimensionFilter{{Name: "FunctionName"}}}, 601},
		{aws.ListMetricsInput{Dimensions: []aws.DimensionFilter{{Name: "Nope"}}}, 0},
	} {
		seen := make(map[string]bool)
		for {
			out, err := w.ListMetrics(t.Context(), c.in)
			if err != nil {
				t.Fatal(err)
			}
			if len(out.Metrics) > maxListed {
				t.Errorf("a page has %d metrics", len(out.Metrics))
			}
			for _, m := range out.Metrics {
				seen[fmt.Sprint(m)] = true
			}
			if c.in.NextToken = out.NextToken; out.NextToken == "" {
				break
			}
		}
		if len(seen) != c.want {
			t.Errorf("%+v lists %d metrics, want %d", c.in, len(seen), c.want)
		}
	}
}

func TestRecordFromManyHands(t *testing.T) {
	t.Parallel()
	w := open(t)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for n := range 25 {
				if err := w.Record(of("F", "Invocations", 0, 1), of("F", "Duration", 0, float64(n))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	got := w.get(t, 0, time.Hour, query("a", "F", "Invocations", "Sum", 60), query("b", "F", "Duration", "Maximum", 60))
	if !slices.Equal(points(got[0]), []string{"0=200"}) || !slices.Equal(points(got[1]), []string{"0=24"}) {
		t.Errorf("results are %+v", got)
	}
}

func TestRecordRefusesNonsense(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, bad := range []Datum{{}, {Namespace: "N", Time: start}, of("F", "M", 0, math.NaN()), of("F", "M", 0, math.Inf(1)), of(strings.Repeat("x", 20_000), "M", 0, 1), {Namespace: "N", Name: "M"}} {
		if err := w.Record(of("F", "Good", 0, 1), bad); !errors.Is(err, ErrDatum) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if got := w.get(t, 0, time.Hour, query("m", "F", "Good", "Sum", 60)); len(got[0].Values) != 0 {
		t.Errorf("half of a refused call is kept: %+v", got)
	}
	if err := w.Record(); err != nil {
		t.Error(err)
	}
}

// FuzzToken: no token does harm.
func FuzzToken(f *testing.F) {
	w := open(f)
	if err := w.Record(of("F", "Invocations", 0, 1)); err != nil {
		f.Fatal(err)
	}
	f.Add(token("1"))
	f.Add(token("-1"))
	f.Add(token(string(identity(aws.Metric{Namespace: "N"}))))
	f.Fuzz(func(t *testing.T, text string) {
		_, get := w.GetMetricData(context.Background(), aws.GetMetricDataInput{
			MetricDataQueries: []aws.MetricDataQuery{query("m", "F", "Invocations", "Sum", 60)}, StartTime: start, EndTime: start.Add(time.Hour), NextToken: text,
		})
		_, list := w.ListMetrics(context.Background(), aws.ListMetricsInput{NextToken: text})
		for _, err := range []error{get, list} {
			var failure *aws.Error
			if err != nil && (!errors.As(err, &failure) || failure.Code != "InvalidParameterValue") {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}
