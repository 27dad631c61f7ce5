package logs

import (
	"context"
	"slices"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// count is how many events the store holds of a group, seen or not.
func (w *world) count(t *testing.T, name string) (n int) {
	t.Helper()
	err := w.store.View(func(r *store.Reader) error {
		g, err := findGroup(r, name)
		if err != nil {
			return err
		}
		return eachStream(r, g, "", func(m stream) bool {
			c := r.Cursor(m.bucket())
			for key, _ := c.Seek(nil); key != nil; key, _ = c.Next() {
				n++
			}
			return true
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRetentionReallyDeletes(t *testing.T) {
	t.Parallel()
	now := start.UnixMilli()
	for name, look := range map[string]func(*testing.T, *world) []string{
		"reading a stream": func(t *testing.T, w *world) []string {
			out, err := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "s"})
			if err != nil {
				t.Fatal(err)
			}
			return messages(out.Events)
		},
		"searching": func(t *testing.T, w *world) []string {
			out, err := w.FilterLogEvents(context.Background(), aws.FilterLogEventsInput{LogGroupName: "g"})
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, e := range out.Events {
				all = append(all, e.Message)
			}
			return all
		},
		"describing": func(t *testing.T, w *world) []string {
			out, err := w.DescribeLogStreams(context.Background(), aws.DescribeLogStreamsInput{LogGroupName: "g"})
			if err != nil || len(out.LogStreams) != 1 || out.LogStreams[0].FirstEventTimestamp != now+dayMillis {
				t.Errorf("streams are %+v, %v", out.LogStreams, err)
			}
			return []string{"young"}
		},
		"writing": func(t *testing.T, w *world) []string {
			w.append(t, "h", "s", at(now, "x")) // another group
			w.append(t, "g", "s", at(now+2*dayMillis, "late"))
			return []string{"young"}
		},
		"keeping for ever again": func(t *testing.T, w *world) []string {
			if _, err := w.DeleteRetentionPolicy(context.Background(), aws.DeleteRetentionPolicyInput{LogGroupName: "g"}); err != nil {
				t.Fatal(err)
			}
			return []string{"young"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t)
			w.append(t, "g", "s", at(now, "old"), at(now+1, "old"), at(now+dayMillis, "young"))
			if _, err := w.PutRetentionPolicy(context.Background(), aws.PutRetentionPolicyInput{LogGroupName: "g", RetentionInDays: 1}); err != nil {
				t.Fatal(err)
			}
			if n := w.count(t, "g"); n != 3 {
				t.Fatalf("%d events are left too early", n)
			}
			w.offset.Store(int64(30 * time.Hour))
			if got := look(t, w); !slices.Equal(got, []string{"young"}) {
				t.Errorf("it shows %v", got)
			}
			want := 1
			if name == "writing" {
				want = 2
			}
			if n := w.count(t, "g"); n != want {
				t.Errorf("%d events are stored, want %d", n, want)
			}
			groups, err := w.DescribeLogGroups(context.Background(), aws.DescribeLogGroupsInput{LogGroupNamePrefix: "g"})
			if err != nil || name != "writing" && groups.LogGroups[0].StoredBytes != int64(len("young")+overhead) {
				t.Errorf("groups are %+v, %v", groups, err)
			}
		})
	}
}

func TestASweepGoesOnUntilAllIsGone(t *testing.T) {
	t.Parallel()
	w := open(t)
	var events []aws.InputLogEvent
	for n := range 2*sweepSize + 10 {
		events = append(events, at(int64(n), "x"))
	}
	w.append(t, "g", "s", events...)
	if _, err := w.PutRetentionPolicy(context.Background(), aws.PutRetentionPolicyInput{LogGroupName: "g", RetentionInDays: 1}); err != nil {
		t.Fatal(err)
	}
	if n := w.count(t, "g"); n != 0 {
		t.Errorf("%d events are left", n)
	}
}

func TestDeletingLeavesNothing(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.append(t, "g", "s", at(1, "x"))
	w.append(t, "g", "t", at(1, "y"))
	w.append(t, "gg", "s", at(1, "z"))
	if _, err := w.DeleteLogStream(context.Background(), aws.DeleteLogStreamInput{LogGroupName: "g", LogStreamName: "s"}); err != nil {
		t.Fatal(err)
	}
	groups, err := w.DescribeLogGroups(context.Background(), aws.DescribeLogGroupsInput{})
	if err != nil || groups.LogGroups[0].StoredBytes != 1+overhead {
		t.Errorf("groups are %+v, %v", groups, err)
	}
	for _, name := range []string{"g", "gg"} {
		if _, err := w.DeleteLogGroup(context.Background(), aws.DeleteLogGroupInput{LogGroupName: name}); err != nil {
			t.Fatal(err)
		}
	}
	err = w.store.View(func(r *store.Reader) error {
		for id := range uint64(10) {
			if r.Has(stream{ID: id}.bucket()) {
				t.Errorf("the events of stream %d are left", id)
			}
		}
		for _, bucket := range []string{groupsBucket, streamsBucket, sizesBucket} {
			if key, _ := r.Cursor(bucket).Seek(nil); key != nil {
				t.Errorf("%s holds %q", bucket, key)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	w.append(t, "g", "s", at(1, "new"))
	out, err := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "s"})
	if err != nil || !slices.Equal(messages(out.Events), []string{"new"}) {
		t.Errorf("a new group of the name shows %+v, %v", out.Events, err)
	}
}
