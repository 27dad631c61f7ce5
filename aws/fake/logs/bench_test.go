package logs

import (
	"context"
	"fmt"
	"testing"

	"awslab/aws"
)

// BenchmarkTail reads the newest page of 100 events of a long stream.
func BenchmarkTail(b *testing.B) {
	for _, n := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := open(b)
			batch := make([]aws.InputLogEvent, 0, n)
			for k := range n {
				batch = append(batch, at(int64(k), "START RequestId: 8f6f2a2c Version: $LATEST"))
			}
			w.append(b, "g", "s", batch...)
			for b.Loop() {
				if _, err := w.GetLogEvents(context.Background(), aws.GetLogEventsInput{LogGroupName: "g", LogStreamName: "s", Limit: aws.Some(100)}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkAppend writes the five lines of an invocation, from one hand and from many.
func BenchmarkAppend(b *testing.B) {
	lines := []aws.InputLogEvent{at(1, "START RequestId: x"), at(1, "a"), at(2, "b"), at(3, "END RequestId: x"), at(3, "REPORT RequestId: x")}
	b.Run("one", func(b *testing.B) {
		w := open(b)
		for b.Loop() {
			w.append(b, "g", "s", lines...)
		}
	})
	b.Run("many", func(b *testing.B) {
		w := open(b)
		b.SetParallelism(32)
		b.RunParallel(func(p *testing.PB) {
			for p.Next() {
				if err := w.Append("g", "s", lines); err != nil {
					b.Error(err)
				}
			}
		})
	})
}
