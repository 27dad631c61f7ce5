package apigateway

import (
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/cloudwatch"
)

// namespace is where API Gateway's metrics are.
const namespace = "AWS/ApiGateway"

// mostData bounds the metric data that wait to be written.
const mostData = 50_000

// recorder writes metrics beside the requests, so that none waits for the disk.
// What comes while it writes is written next, all together.
type recorder struct {
	metrics Metrics
	gather  time.Duration

	mu      sync.Mutex // protects what follows
	idle    *sync.Cond // signalled when all is written
	data    []cloudwatch.Datum
	spare   []cloudwatch.Datum // the memory of data that were written
	writing bool
	hurry   chan struct{} // closed when nothing is to be gathered any more
}

func newRecorder(config Config) *recorder {
	r := &recorder{metrics: config.Metrics, gather: config.Gather, hurry: make(chan struct{})}
	r.idle = sync.NewCond(&r.mu)
	return r
}

// measured is what there is to say of one request.
type measured struct {
	at                   time.Time
	status               int
	latency, integration time.Duration
	integrated           bool // the request got as far as its integration
}

// request takes the metrics of a request to a stage: each is kept of the API and
// of the stage. Those that the memory has no room for are lost.
func (r *recorder) request(dimensions [2][]aws.Dimension, m measured) {
	class := func(of int) float64 {
		if m.status/100 == of {
			return 1
		}
		return 0
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.data) >= mostData {
		return
	}
	for _, d := range dimensions {
		add := func(name, unit string, value float64) {
			r.data = append(r.data, cloudwatch.Datum{Namespace: namespace, Name: name, Dimensions: d, Time: m.at, Value: value, Unit: unit})
		}
		add("Count", "Count", 1)
		add("4XXError", "Count", class(4))
		add("5XXError", "Count", class(5))
		add("Latency", "Milliseconds", milliseconds(m.latency))
		if m.integrated {
			add("IntegrationLatency", "Milliseconds", milliseconds(m.integration))
		}
	}
	if !r.writing {
		r.writing = true
		go r.write()
	}
}

// milliseconds rounds up, as API Gateway's latencies are whole.
func milliseconds(d time.Duration) float64 {
	return float64((d + time.Millisecond - 1) / time.Millisecond)
}

// drain waits until all is written, and has nothing gathered from now on.
func (r *recorder) drain() {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-r.hurry:
	default:
		close(r.hurry)
	}
	for r.writing {
		r.idle.Wait()
	}
}

// write writes until nothing is left.
func (r *recorder) write() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.data) > 0 {
		r.wait()
		data := r.data
		r.data, r.spare = r.spare[:0], nil
		r.mu.Unlock()
		// What a failing disk did not take is lost, as the graphs show: a request
		// does not fail for it.
		_ = r.metrics.Record(data...)
		r.mu.Lock()
		r.spare = data[:0]
	}
	r.writing = false
	r.idle.Broadcast()
}

// wait waits a moment for more to come: a hundred requests are written with one
// commit then, and not with a hundred. The lock is held before and after.
func (r *recorder) wait() {
	if r.gather <= 0 {
		return
	}
	timer := time.NewTimer(r.gather)
	defer timer.Stop()
	r.mu.Unlock()
	defer r.mu.Lock()
	select {
	case <-timer.C:
	case <-r.hurry:
	}
}
