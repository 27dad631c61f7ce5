package local_test

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// aQuestion is a function that costs as little as one can.
const aQuestion = `export const handler = async () => ({ body: '{"q":"What is AWS Lambda?"}' })`

// client is a client that keeps so many connections.
func client(connections int) *http.Client {
	return &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections}}
}

// fetch sends a request and drops the answer.
func fetch(b *testing.B, c *http.Client, url string) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, http.NoBody)
	if err != nil {
		b.Error(err)
		return
	}
	response, err := c.Do(r)
	if err != nil {
		b.Error(err)
		return
	}
	_, err = io.Copy(io.Discard, response.Body)
	if closed := response.Body.Close(); err != nil || closed != nil || response.StatusCode != http.StatusOK {
		b.Error(response.Status, err, closed)
	}
}

// BenchmarkAPIWarm is what one client waits for: from the endpoint to a function
// and back.
func BenchmarkAPIWarm(b *testing.B) {
	s := open(b, b.TempDir())
	url, c := s.served(b, "FAQ", aQuestion), client(1)
	fetch(b, c, url)
	var times []time.Duration
	for b.Loop() {
		began := time.Now()
		fetch(b, c, url)
		times = append(times, time.Since(began))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds()), "p99-µs")
}

// storm sends n requests from four clients.
func storm(b *testing.B, c *http.Client, url string, n int) {
	var left atomic.Int64
	left.Store(int64(n))
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for left.Add(-1) >= 0 {
				fetch(b, c, url)
			}
		})
	}
	wait.Wait()
}

// BenchmarkAPIFourEnvironments is how many requests are answered a second when
// four clients keep four execution environments busy.
func BenchmarkAPIFourEnvironments(b *testing.B) {
	s := open(b, b.TempDir())
	url, c := s.served(b, "FAQ", aQuestion), client(4)
	storm(b, c, url, 200)
	b.ResetTimer()
	began := time.Now()
	storm(b, c, url, b.N)
	b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "req/s")
}

// BenchmarkAPIMemory is the memory in use after ten thousand requests, and after
// a hundred thousand.
func BenchmarkAPIMemory(b *testing.B) {
	for b.Loop() {
		s := open(b, b.TempDir())
		url, c := s.served(b, "FAQ", aQuestion), client(4)
		storm(b, c, url, 10_000)
		b.ReportMetric(inUse(), "MB-after-10000")
		storm(b, c, url, 90_000)
		b.ReportMetric(inUse(), "MB-after-100000")
		s.shut(b)
	}
}

// inUse is the size of the heap that is in use, in MB.
func inUse() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}
