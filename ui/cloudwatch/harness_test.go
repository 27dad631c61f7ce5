package cloudwatch

import (
	"fmt"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	recorder "awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/store"
	"awslab/ui/metrics"
	"awslab/ui/page/pagetest"
)

// noon is when the tests take place.
var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

const (
	thumbnails = "/aws/lambda/CreateThumbnail"
	firstOne   = "2026/11/22/[$LATEST]aaaa"
	secondOne  = "2026/11/22/[$LATEST]bbbb"
)

// sandbox opens a sandbox at a clock that the test sets.
func sandbox(t testing.TB) (aws.Cloud, *pagetest.Clock) {
	t.Helper()
	clock := pagetest.NewClock(noon)
	s, err := fake.Open(t.TempDir(), fake.Options{Now: clock.Now, Delay: aws.Some(time.Duration(0))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Cloud(), clock
}

// newBench makes a bench whose clock is the sandbox's.
func newBench(t testing.TB, cloud aws.Cloud, clock *pagetest.Clock) *pagetest.Bench {
	t.Helper()
	b := pagetest.New(t, Pages(), cloud)
	b.Env.Now = clock.Now
	return b
}

// makeGroup makes a group with streams.
func makeGroup(t testing.TB, cloud aws.Cloud, group string, streams ...string) {
	t.Helper()
	if _, err := cloud.Logs.CreateLogGroup(t.Context(), aws.CreateLogGroupInput{LogGroupName: group}); err != nil {
		t.Fatal(err)
	}
	for _, stream := range streams {
		if _, err := cloud.Logs.CreateLogStream(t.Context(), aws.CreateLogStreamInput{LogGroupName: group, LogStreamName: stream}); err != nil {
			t.Fatal(err)
		}
	}
}

// write logs messages at a time, a millisecond apart.
func write(t testing.TB, cloud aws.Cloud, group, stream string, at time.Time, messages ...string) {
	t.Helper()
	const most = 10_000 // events of a call
	for from := 0; from < len(messages); from += most {
		in := aws.PutLogEventsInput{LogGroupName: group, LogStreamName: stream}
		for i, m := range messages[from:min(from+most, len(messages))] {
			in.LogEvents = append(in.LogEvents, aws.InputLogEvent{Timestamp: at.UnixMilli() + int64(from+i), Message: m})
		}
		out, err := cloud.Logs.PutLogEvents(t.Context(), in)
		if err != nil || out.RejectedLogEventsInfo != nil {
			t.Fatal(err, out)
		}
	}
}

// numbered makes messages called event 0, event 1, …
func numbered(from, to int) []string {
	var out []string
	for n := from; n < to; n++ {
		out = append(out, fmt.Sprintf("event %d", n))
	}
	return out
}

// invocation is the lines that a run of a function writes.
func invocation(id string) []string {
	return []string{
		"START RequestId: " + id + " Version: $LATEST\n",
		"event parameter: {\"bucket\": \"image-123456\"}\n",
		"END RequestId: " + id + "\n",
		"REPORT RequestId: " + id + "\tDuration: 3.01 ms\tBilled Duration: 114 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\tInit Duration: 110.10 ms\t\n",
	}
}

// lab is the log of a function that ran twice, in two environments.
func lab(t testing.TB) (*pagetest.Bench, aws.Cloud, *pagetest.Clock) {
	t.Helper()
	cloud, clock := sandbox(t)
	makeGroup(t, cloud, thumbnails, firstOne, secondOne)
	write(t, cloud, thumbnails, firstOne, noon.Add(-2*time.Hour), invocation("1111")...)
	write(t, cloud, thumbnails, secondOne, noon.Add(-time.Minute), invocation("2222")...)
	return newBench(t, cloud, clock), cloud, clock
}

// measure records a function's run.
func measure(t testing.TB, service *recorder.Service, function string, at time.Time, values map[string]float64) {
	t.Helper()
	var data []recorder.Datum
	for name, value := range values {
		data = append(data, recorder.Datum{
			Namespace: metrics.Namespace, Name: name, Time: at, Value: value,
			Dimensions: []aws.Dimension{{Name: metrics.FunctionName, Value: function}},
		})
	}
	if err := service.Record(data...); err != nil {
		t.Fatal(err)
	}
}

// measuring is a CloudWatch whose values a test records itself.
func measuring(t testing.TB) (*pagetest.Bench, *recorder.Service, *pagetest.Clock) {
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
	clock := pagetest.NewClock(noon)
	service := recorder.New(st, recorder.Config{Now: clock.Now, Random: func() uint64 { return 1 }})
	return newBench(t, aws.Cloud{CloudWatch: service}, clock), service, clock
}
