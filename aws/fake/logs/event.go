package logs

import (
	"encoding/binary"
	"errors"
	"math"

	"awslab/aws/fake/store"
)

// overhead is what an event counts beyond its message, in bytes.
const overhead = 26

// place is where an event lies in its stream: by time, then by arrival. As a
// boundary it is the gap just before.
type place struct {
	time int64
	seq  uint64
}

// end is the boundary after all that any stream can hold.
var end = place{time: math.MaxInt64, seq: math.MaxUint64}

func (p place) key() []byte {
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(max(0, p.time))), p.seq)
}

// after is the boundary after an event.
func (p place) after() place { return place{p.time, p.seq + 1} }

func (p place) before(q place) bool { return p.time < q.time || p.time == q.time && p.seq < q.seq }

// event is an event as stored.
type event struct {
	place
	ingested int64
	message  string
}

var errEvent = errors.New("a stored log event cannot be read")

func (e event) value() []byte {
	return append(binary.AppendVarint(make([]byte, 0, len(e.message)+10), e.ingested), e.message...)
}

// size is what an event counts in pages and groups.
func (e event) size() int { return len(e.message) + overhead }

func parseEvent(key, value []byte) (event, error) {
	ingested, n := binary.Varint(value)
	if len(key) != 16 || n <= 0 {
		return event{}, errEvent
	}
	return event{parsePlace(key), ingested, string(value[n:])}, nil
}

func parsePlace(key []byte) place {
	return place{int64(binary.BigEndian.Uint64(key)), binary.BigEndian.Uint64(key[8:])} //nolint:gosec // written from an int64
}

// nextSeq is the number of the next event of a stream at a time.
func nextSeq(r *store.Reader, m stream, time int64) uint64 {
	key, _ := r.Cursor(m.bucket()).SeekBefore(place{time, math.MaxUint64}.key())
	if len(key) != 16 {
		return 0
	}
	if last := parsePlace(key); last.time == time {
		return last.seq + 1
	}
	return 0
}

// span is the times of a stream's first and last event; none when it is empty.
func span(r *store.Reader, m stream, cutoff int64) (first, last int64, some bool) {
	c := r.Cursor(m.bucket())
	key, _ := c.Seek(place{time: cutoff}.key())
	if len(key) != 16 {
		return 0, 0, false
	}
	first = parsePlace(key).time
	if key, _ = c.Last(); len(key) != 16 {
		return 0, 0, false
	}
	return first, parsePlace(key).time, true
}
