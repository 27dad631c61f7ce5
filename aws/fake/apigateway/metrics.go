package apigateway

import (
	"time"

	"awslab/aws"
	"awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/rounds"
)

// namespace is where API Gateway's metrics are.
const namespace = "AWS/ApiGateway"

// mostData bounds the metric data that wait to be written.
const mostData = 50_000

// recorder writes metrics beside the requests, so that none waits for the disk.
type recorder struct {
	metrics Metrics
	rounds  *rounds.Rounds
	data    []cloudwatch.Datum // protected by the rounds' lock, as is spare
	spare   []cloudwatch.Datum // the memory of data that were written
}

func newRecorder(config Config) *recorder {
	r := &recorder{metrics: config.Metrics}
	r.rounds = rounds.New(r, config.Gather)
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
	r.rounds.Lock()
	defer r.rounds.Unlock()
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
	r.rounds.Wake()
}

// milliseconds rounds up, as API Gateway's latencies are whole.
func milliseconds(d time.Duration) float64 {
	return float64((d + time.Millisecond - 1) / time.Millisecond)
}

// Waits reports whether there are data to write.
func (r *recorder) Waits() bool { return len(r.data) > 0 }

// Take takes the data, and gives what writes them.
func (r *recorder) Take() func() {
	data := r.data
	r.data, r.spare = r.spare[:0], nil
	return func() {
		// What a failing disk did not take is lost, as the graphs show: a request
		// does not fail for it.
		_ = r.metrics.Record(data...)
		r.rounds.Lock()
		defer r.rounds.Unlock()
		r.spare = data[:0]
	}
}
