package logs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

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
	w.Service = New(st, Config{
		Now:    func() time.Time { return start.Add(time.Duration(w.offset.Load())) },
		Random: rand.Uint64, Region: "us-west-2", AccountID: "000000000000",
	})
	return w
}

type failer interface {
	Helper()
	Fatal(args ...any)
}

func (w *world) append(t failer, group, stream string, events ...aws.InputLogEvent) {
	t.Helper()
	if err := w.Append(group, stream, events); err != nil {
		t.Fatal(err)
	}
}

func at(time int64, message string) aws.InputLogEvent {
	return aws.InputLogEvent{Timestamp: time, Message: message}
}

// pages follows the tokens of one direction to the end, which is where a token
// leads back to itself.
func (w *world) pages(t failer, in aws.GetLogEventsInput, ahead bool) [][]aws.OutputLogEvent {
	t.Helper()
	var all [][]aws.OutputLogEvent
	for {
		out, err := w.GetLogEvents(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		next := out.NextBackwardToken
		if ahead {
			next = out.NextForwardToken
		}
		all = append(all, out.Events)
		if next == in.NextToken {
			return all
		}
		in.NextToken = next
	}
}

func messages(events []aws.OutputLogEvent) []string {
	out := []string{}
	for _, e := range events {
		out = append(out, e.Message)
	}
	return out
}

// TestEveryEventIsReadOnceInOrder: whatever comes in whatever order, to read on
// from the head, back from the tail and across streams gives each event once,
// in order of time, and those of one time in order of arrival.
func TestEveryEventIsReadOnceInOrder(t *testing.T) {
	t.Parallel()
	w := open(t)
	groups := 0
	rapid.Check(t, func(r *rapid.T) {
		groups++
		group := fmt.Sprint("g", groups)
		type known struct {
			time, stream int64
			message      string
		}
		var all []known
		for n := range rapid.IntRange(1, 5).Draw(r, "batches") {
			stream := rapid.Int64Range(0, 2).Draw(r, "stream")
			var batch []aws.InputLogEvent
			for k, when := range rapid.SliceOfN(rapid.Int64Range(0, 9), 1, 6).Draw(r, "times") {
				e := at(when, fmt.Sprintf("%d.%d", n, k))
				batch = append(batch, e)
				all = append(all, known{when, stream, e.Message})
			}
			w.append(r, group, fmt.Sprint(stream), batch...)
		}
		slices.SortStableFunc(all, func(a, b known) int { return cmp.Compare(a.time, b.time) })
		from, to := rapid.Int64Range(0, 4).Draw(r, "from"), rapid.Int64Range(4, 10).Draw(r, "to")
		limit := aws.Some(rapid.IntRange(1, 5).Draw(r, "limit"))
		count := 0
		for stream := range int64(3) {
			want := []string{}
			for _, e := range all {
				if e.stream == stream && e.time >= from && e.time < to {
					want = append(want, e.message)
				}
			}
			count += len(want)
			in := aws.GetLogEventsInput{LogGroupName: group, LogStreamName: fmt.Sprint(stream), Limit: limit, StartTime: aws.Some(from), EndTime: aws.Some(to)}
			if _, err := w.GetLogEvents(context.Background(), in); errors.Is(err, aws.ErrNotFound) {
				continue
			}
			back := w.pages(r, in, false)
			slices.Reverse(back)
			in.StartFromHead = true
			for name, pages := range map[string][][]aws.OutputLogEvent{"forward": w.pages(r, in, true), "backward": back} {
				if got := messages(slices.Concat(pages...)); !slices.Equal(got, want) {
					r.Fatalf("%s of %d is %v, want %v", name, stream, got, want)
				}
			}
		}
		in := aws.FilterLogEventsInput{LogGroupName: group, Limit: limit, StartTime: aws.Some(from), EndTime: aws.Some(to)}
		found := make(map[string]bool)
		last := int64(0)
		for {
			out, err := w.FilterLogEvents(context.Background(), in)
			if err != nil {
				r.Fatal(err)
			}
			for _, e := range out.Events {
				if e.Timestamp < last || found[e.EventID] {
					r.Fatalf("event %+v is out of order or comes again", e)
				}
				last, found[e.EventID] = e.Timestamp, true
			}
			if in.NextToken = out.NextToken; out.NextToken == "" {
				break
			}
		}
		if len(found) != count {
			r.Fatalf("across streams there are %d events, want %d", len(found), count)
		}
	})
}

func TestFollowingAStream(t *testing.T) {
	t.Parallel()
	w := open(t)
	if _, err := w.CreateLogGroup(context.Background(), aws.CreateLogGroupInput{LogGroupName: "g"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.CreateLogStream(context.Background(), aws.CreateLogStreamInput{LogGroupName: "g", LogStreamName: "s"}); err != nil {
		t.Fatal(err)
	}
	in := aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "s"}
	read := func() []string {
		t.Helper()
		out, err := w.GetLogEvents(context.Background(), in)
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Events) == 0 && in.NextToken != "" && out.NextForwardToken != in.NextToken {
			t.Errorf("at the end %s leads to %s", in.NextToken, out.NextForwardToken)
		}
		if !strings.HasPrefix(out.NextForwardToken, "f/") || !strings.HasPrefix(out.NextBackwardToken, "b/") {
			t.Errorf("tokens are %q and %q", out.NextForwardToken, out.NextBackwardToken)
		}
		in.NextToken = out.NextForwardToken
		return messages(out.Events)
	}
	for n, step := range []struct {
		add  []aws.InputLogEvent
		want []string
	}{
		{nil, []string{}},
		{nil, []string{}},
		{[]aws.InputLogEvent{at(5, "a"), at(5, "b")}, []string{"a", "b"}},
		{nil, []string{}},
		{[]aws.InputLogEvent{at(5, "c")}, []string{"c"}},
		{[]aws.InputLogEvent{at(9, "e"), at(7, "d")}, []string{"d", "e"}},
		{nil, []string{}},
	} {
		if step.add != nil {
			w.append(t, "g", "s", step.add...)
		}
		if got := read(); !slices.Equal(got, step.want) {
			t.Errorf("step %d reads %v, want %v", n, got, step.want)
		}
	}
}

func TestPagesHaveAMegabyte(t *testing.T) {
	t.Parallel()
	w := open(t)
	long := strings.Repeat("x", 300_000)
	w.append(t, "g", "s", at(1, long+"1"), at(2, long+"2"), at(3, long+"3"), at(4, long+"4"))
	for head, want := range map[bool][2]int64{true: {1, 3}, false: {2, 4}} {
		out, err := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "s", StartFromHead: head})
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]int64{out.Events[0].Timestamp, out.Events[len(out.Events)-1].Timestamp}; got != want {
			t.Errorf("from the head (%v) the page has %v, want %v", head, got, want)
		}
	}
	found, err := w.FilterLogEvents(context.Background(), aws.FilterLogEventsInput{LogGroupName: "g"})
	if err != nil || len(found.Events) != 3 || found.NextToken == "" {
		t.Errorf("a search gives %d events, %q, %v", len(found.Events), found.NextToken, err)
	}
}

func TestAppendCutsWhatIsTooLong(t *testing.T) {
	t.Parallel()
	w := open(t)
	long := strings.Repeat("x", maxMessage-1) + "é and more"
	var events []aws.InputLogEvent
	for range 3 {
		events = append(events, at(1, long))
	}
	w.append(t, "g", "s", append(events, at(-5, "early"))...)
	out, err := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "s", StartFromHead: true, Limit: aws.Some(2)})
	if err != nil || len(out.Events) != 1 && len(out.Events) != 2 {
		t.Fatalf("%d events, %v", len(out.Events), err)
	}
	if out.Events[0].Message != "early" || out.Events[0].Timestamp != 0 {
		t.Errorf("the first event is %.20q at %d", out.Events[0].Message, out.Events[0].Timestamp)
	}
	tail, err := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "s"})
	if err != nil || len(tail.Events) != 1 || tail.Events[0].Message != strings.Repeat("x", maxMessage-1) {
		t.Errorf("%d events, %v", len(tail.Events), err)
	}
}

// TestAppendFromManyHands: nothing is lost, and what one hand writes to one
// stream stays in its order.
func TestAppendFromManyHands(t *testing.T) {
	t.Parallel()
	w := open(t)
	const hands, each = 8, 25
	var group sync.WaitGroup
	for hand := range hands {
		group.Go(func() {
			for n := range each {
				// Two hands share a stream, and all share a moment.
				if err := w.Append("g", fmt.Sprint(hand/2), []aws.InputLogEvent{at(7, fmt.Sprintf("%d %03d", hand, n))}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	for stream := range hands / 2 {
		out, err := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: fmt.Sprint(stream)})
		if err != nil {
			t.Fatal(err)
		}
		got := messages(out.Events)
		if len(got) != 2*each {
			t.Errorf("stream %d has %d events", stream, len(got))
		}
		for _, hand := range []int{2 * stream, 2*stream + 1} {
			mine := slices.DeleteFunc(slices.Clone(got), func(m string) bool { return !strings.HasPrefix(m, fmt.Sprint(hand)) })
			if len(mine) != each || !slices.IsSorted(mine) {
				t.Errorf("hand %d wrote %v", hand, mine)
			}
		}
	}
	groups, err := w.DescribeLogGroups(context.Background(), aws.DescribeLogGroupsInput{})
	if err != nil || len(groups.LogGroups) != 1 || groups.LogGroups[0].StoredBytes != hands*each*(5+overhead) {
		t.Errorf("groups are %+v, %v", groups.LogGroups, err)
	}
}

func TestTokensOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.append(t, "g", "s", at(1, "x"))
	w.append(t, "g", "t", at(1, "x"))
	out, err := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "s"})
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{out.NextForwardToken, "f/1/s", "x" + out.NextBackwardToken[1:], strings.TrimSuffix(out.NextForwardToken, "/s"), "é"} {
		_, err := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "t", NextToken: token})
		var got *aws.Error
		if !errors.As(err, &got) || got.Message != "The specified nextToken is invalid." {
			t.Errorf("%s: %v", token, err)
		}
	}
}

// FuzzTokens: no token does harm, and one that is taken is one that was given.
func FuzzTokens(f *testing.F) {
	w := open(f)
	w.append(f, "g", "s", at(1, "x"), at(2, "y"))
	f.Add(pageToken(forward, stream{ID: 2}, place{1, 1}))
	f.Add(pageToken(backward, stream{ID: 2}, end))
	f.Add(filterToken(group{ID: 1}, spot{1, 2, 3}))
	f.Add(nameToken("s"))
	f.Add(streamToken(aws.LogStream{LogStreamName: "s", LastEventTimestamp: -5}))
	f.Add("f/" + strings.Repeat("9", 56) + "/s")
	f.Fuzz(func(t *testing.T, token string) {
		_, get := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "s", NextToken: token})
		_, filter := w.FilterLogEvents(context.Background(), aws.FilterLogEventsInput{LogGroupName: "g", NextToken: token})
		_, groups := w.DescribeLogGroups(context.Background(), aws.DescribeLogGroupsInput{NextToken: token})
		_, streams := w.DescribeLogStreams(context.Background(), aws.DescribeLogStreamsInput{LogGroupName: "g", NextToken: token})
		for _, err := range []error{get, filter, groups, streams} {
			if err != nil && !errors.Is(err, aws.ErrInvalid) {
				t.Errorf("%q: %v", token, err)
			}
		}
	})
}
