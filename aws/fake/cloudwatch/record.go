package cloudwatch

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// The buckets: metrics by their identity, points by their metric's number and
// minute.
const (
	metricsBucket  = "cloudwatch/metrics"
	pointsBucket   = "cloudwatch/points"
	countersBucket = "cloudwatch/counters"
)

var nextKey = []byte("next")

// sweepEvery is how often old points of all metrics are deleted, in minutes.
const sweepEvery = 60

// Datum is one value of a metric.
type Datum struct {
	Namespace  string // "AWS/Lambda"
	Name       string // "Duration"
	Dimensions []aws.Dimension
	Time       time.Time
	Value      float64
	Unit       string // "Milliseconds"; "" is none
}

// ErrDatum is a datum without a name, or whose value is no number.
var ErrDatum = errors.New("a metric value is not valid")

func (d Datum) valid() bool {
	return d.Namespace != "" && d.Name != "" && !math.IsNaN(d.Value) && !math.IsInf(d.Value, 0) && d.Time.Unix() >= 0 &&
		len(identity(d.metric()))+len(d.Unit) <= maxIdentity
}

// entry is what is added to a metric's minute.
type entry struct {
	metric metric
	minute int64
	point
}

func (d Datum) entry() entry {
	return entry{metric{Metric: d.metric(), Unit: d.Unit}, minuteOf(d.Time), point{d.Value, 1, d.Value, d.Value}}
}

func (d Datum) metric() aws.Metric {
	return aws.Metric{Namespace: d.Namespace, MetricName: d.Name, Dimensions: sortedDimensions(d.Dimensions)}
}

// metric is a metric as stored; data of different units are apart.
type metric struct {
	ID     uint64
	Metric aws.Metric
	Unit   string `json:",omitempty"`
}

// point is what is known of the values within a minute.
type point struct{ sum, count, least, most float64 }

func (p point) add(q point) point {
	if p.count == 0 {
		return q
	}
	return point{p.sum + q.sum, p.count + q.count, min(p.least, q.least), max(p.most, q.most)}
}

func (p point) encode() []byte {
	out := make([]byte, 0, 32)
	for _, v := range []float64{p.sum, p.count, p.least, p.most} {
		out = binary.BigEndian.AppendUint64(out, math.Float64bits(v))
	}
	return out
}

var errPoint = errors.New("a stored metric cannot be read")

func decodePoint(raw []byte) (p point, err error) {
	if len(raw) != 32 {
		return p, errPoint
	}
	for n, v := range []*float64{&p.sum, &p.count, &p.least, &p.most} {
		*v = math.Float64frombits(binary.BigEndian.Uint64(raw[8*n:]))
	}
	return p, nil
}

// maxIdentity bounds a metric's names and dimensions together, in bytes.
const maxIdentity = 16 * 1024

// identity is the key of a metric: its parts, each with its length before it so
// that no two metrics are alike.
func identity(m aws.Metric) []byte {
	var key []byte
	add := func(text string) {
		key = append(binary.BigEndian.AppendUint16(key, uint16(min(len(text), math.MaxUint16))), text...)
	}
	add(m.Namespace)
	add(m.MetricName)
	for _, d := range sortedDimensions(m.Dimensions) {
		add(d.Name)
		add(d.Value)
	}
	return append(key, 0xff, 0xff) // no part of a stored metric is this long
}

func sortedDimensions(dimensions []aws.Dimension) []aws.Dimension {
	return slices.SortedFunc(slices.Values(dimensions), func(a, b aws.Dimension) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value))
	})
}

func pointKey(id uint64, minute int64) []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, id), uint64(max(0, minute)))
}

func minuteIn(key []byte) int64 { return int64(binary.BigEndian.Uint64(key[8:])) } //nolint:gosec // written from an int64

// Record keeps values, all in one transaction, each in its metric's minute. It
// returns when they are durable; calls that come together share a commit. Many
// goroutines may call it at once. Values from before the last 15 days go at
// once. The error is ErrDatum, with nothing kept, or one of the store.
func (s *Service) Record(data ...Datum) error {
	for _, d := range data {
		if !d.valid() {
			return fmt.Errorf("%w: %s %s %v", ErrDatum, d.Namespace, d.Name, d.Value)
		}
	}
	entries := make([]entry, len(data))
	for n, d := range data {
		entries[n] = d.entry()
	}
	return s.record(entries)
}

// record keeps entries, all in one transaction.
func (s *Service) record(entries []entry) error {
	if len(entries) == 0 {
		return nil
	}
	sweep := s.sweepIsDue()
	return s.store.Update(func(w *store.Writer) error {
		written, err := write(w, entries, s.oldest())
		if err == nil && sweep {
			err = s.sweep(w, written)
		}
		return err
	})
}

// write stages the points of entries, and gives the numbers of their metrics, by
// key.
func write(w *store.Writer, entries []entry, oldest int64) (map[string]uint64, error) {
	next, _ := binary.Uvarint(w.Get(countersBucket, nextKey)) // 0 when none was given yet
	first := next
	ids := make(map[string]uint64)
	points := make(map[string]point)
	for _, e := range entries {
		if e.minute < oldest {
			continue
		}
		m := e.metric
		key := append(identity(m.Metric), m.Unit...)
		id, known := ids[string(key)]
		if !known {
			stored, err := decodeMetric(w.Get(metricsBucket, key))
			if err != nil {
				return nil, err
			}
			if id = stored.ID; id == 0 {
				next++
				id, m.ID = next, next
				raw, err := json.Marshal(m)
				if err != nil {
					return nil, err
				}
				w.Put(metricsBucket, key, raw)
			}
			ids[string(key)] = id
		}
		at := string(pointKey(id, e.minute))
		before, known := points[at]
		if raw := w.Get(pointsBucket, []byte(at)); !known && raw != nil {
			var err error
			if before, err = decodePoint(raw); err != nil {
				return nil, err
			}
		}
		points[at] = before.add(e.point)
	}
	for key, p := range points {
		w.Put(pointsBucket, []byte(key), p.encode())
	}
	if next != first {
		w.Put(countersBucket, nextKey, binary.AppendUvarint(nil, next))
	}
	return ids, nil
}

// decodeMetric reads a stored metric; the zero metric when there is none.
func decodeMetric(raw []byte) (m metric, err error) {
	if raw == nil {
		return m, nil
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return m, fmt.Errorf("%w: %w", errPoint, err)
	}
	return m, nil
}

// sweepIsDue reports once an hour that old points are to be deleted.
func (s *Service) sweepIsDue() bool {
	now := minuteOf(s.config.Now())
	s.mu.Lock()
	defer s.mu.Unlock()
	if now >= s.swept && now-s.swept < sweepEvery {
		return false
	}
	s.swept = now
	return true
}

// sweep stages the deletion of points that are too old, and of metrics that have
// no other, unless they were just written to.
func (s *Service) sweep(w *store.Writer, written map[string]uint64) error {
	oldest := s.oldest()
	metrics := w.Cursor(metricsBucket)
	for key, raw := metrics.Seek(nil); key != nil; key, raw = metrics.Next() {
		m, err := decodeMetric(raw)
		if err != nil {
			return err
		}
		points := w.Cursor(pointsBucket)
		for at, _ := points.Seek(pointKey(m.ID, 0)); at != nil && string(at) < string(pointKey(m.ID, oldest)); at, _ = points.Next() {
			w.Delete(pointsBucket, slices.Clone(at))
		}
		if written[string(key)] == 0 && !m.recent(&w.Reader, oldest) {
			w.Delete(metricsBucket, slices.Clone(key))
		}
	}
	return nil
}
