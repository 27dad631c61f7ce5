package ui_test

import (
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"awslab/aws"

	tea "charm.land/bubbletea/v2"
)

// fill puts items into the table Music, which has the partition key id.
func (b *bench) fill(items int) {
	b.t.Helper()
	const writers, batch = 64, 25
	var next atomic.Int64
	var wait sync.WaitGroup
	for range writers {
		wait.Go(func() {
			for {
				from := int(next.Add(batch)) - batch
				if from >= items {
					return
				}
				writes := make([]aws.WriteRequest, min(batch, items-from))
				for n := range writes {
					writes[n].PutRequest = &aws.PutRequest{Item: aws.Item{
						"id": aws.S(fmt.Sprintf("song %07d", from+n)), "Album": aws.S("The Dark Side of the Moon"),
						"Year": aws.N(strconv.Itoa(1950 + n)), "Genre": aws.S("Progressive rock"),
					}}
				}
				if _, err := b.cloud.DynamoDB.BatchWriteItem(b.t.Context(), aws.BatchWriteItemInput{
					RequestItems: map[string][]aws.WriteRequest{"Music": writes},
				}); err != nil {
					b.t.Error(err)
					return
				}
			}
		})
	}
	wait.Wait()
}

// explored opens the items of a table of some size at 170×55, the guide beside it.
func explored(t testing.TB, items int) *bench {
	t.Helper()
	b := open(t, setup{width: 170, height: 55, lab: "dynamodb"})
	b.table("Music")
	b.fill(items)
	b.do(b.Run("open DynamoDB > Tables > Music > Explore table items"))
	b.see("Items returned (")
	return b
}

// BenchmarkFrame draws the whole console: bars, side navigation, Explore items
// with a page of results, and the guide, at 170×55.
func BenchmarkFrame(bm *testing.B) {
	b := explored(bm, 300)
	bm.ReportAllocs()
	for bm.Loop() {
		b.console.View()
	}
}

// BenchmarkKey takes a key press in that screen.
func BenchmarkKey(bm *testing.B) {
	b := explored(bm, 300)
	down, up := tea.KeyPressMsg{Code: tea.KeyDown}, tea.KeyPressMsg{Code: tea.KeyUp}
	bm.ReportAllocs()
	for bm.Loop() {
		b.console.Update(down)
		b.console.Update(up)
	}
}

// BenchmarkExplore opens a table's items, scrolls through ten screens and jumps
// to the end of what was read, in tables of a thousand and of a million items,
// and reports by how much the process's resident memory grew.
func BenchmarkExplore(bm *testing.B) {
	for _, items := range []int{1_000, 1_000_000} {
		bm.Run(strconv.Itoa(items), func(bm *testing.B) {
			b := open(bm, setup{width: 170, height: 55})
			b.table("Music")
			b.fill(items)
			debug.FreeOSMemory()
			before := resident()
			for bm.Loop() {
				b.do(b.Run("open DynamoDB > Tables > Music > Explore table items"))
				b.see("Items returned (")
				for range 10 {
					b.do(b.Keys("pgdown"))
					b.do(b.WaitIdle(bm.Context()))
				}
				b.do(b.Keys("end"))
				b.do(b.WaitIdle(bm.Context()))
				bm.StopTimer()
				b.do(b.Click("awslab"))
				bm.StartTimer()
			}
			debug.FreeOSMemory()
			bm.ReportMetric(float64(resident()-before)/(1<<20), "RSS-MB-grown")
		})
	}
}

// resident is the process's resident memory in bytes; 0 where the system does
// not tell it in /proc.
func resident() int64 {
	text, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
