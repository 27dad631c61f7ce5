package logs

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"awslab/aws/fake/store"
)

// The buckets. Groups lie by name, streams by their group's id and name, events
// in a bucket for each stream.
const (
	groupsBucket   = "logs/groups"
	streamsBucket  = "logs/streams"
	sizesBucket    = "logs/sizes" // bytes stored, by group id
	countersBucket = "logs/counters"
	eventsPrefix   = "logs/events/" // and the stream's id
)

// group is a log group as stored.
type group struct {
	ID        uint64
	Name      string
	Created   int64
	Retention int               `json:",omitempty"` // days; 0: for ever
	Tags      map[string]string `json:",omitempty"`
}

// stream is a log stream as stored.
type stream struct {
	ID       uint64
	Group    uint64
	Name     string
	Created  int64
	Ingested int64 `json:",omitempty"` // when the last event came
}

func (g group) key() []byte { return []byte(g.Name) }

func (g group) id() []byte { return binary.BigEndian.AppendUint64(nil, g.ID) }

// key is where a stream of the group lies.
func (g group) streamKey(name string) []byte { return append(g.id(), name...) }

func (m stream) key() []byte { return group{ID: m.Group}.streamKey(m.Name) }

func (m stream) bucket() string { return fmt.Sprintf("%s%d", eventsPrefix, m.ID) }

// cutoff is the time before which the group's events are gone.
func (g group) cutoff(now int64) int64 {
	if g.Retention == 0 {
		return 0
	}
	return max(0, now-int64(g.Retention)*dayMillis)
}

const dayMillis = 24 * 60 * 60 * 1000

// findGroup reads a group; ResourceNotFoundException when there is none.
func findGroup(r *store.Reader, name string) (group, error) {
	raw := r.Get(groupsBucket, []byte(name))
	if raw == nil {
		return group{}, noGroup()
	}
	return decode[group](raw)
}

// findStream reads a stream and its group; ResourceNotFoundException when
// either is missing.
func findStream(r *store.Reader, groupName, name string) (group, stream, error) {
	g, err := findGroup(r, groupName)
	if err != nil {
		return g, stream{}, err
	}
	raw := r.Get(streamsBucket, g.streamKey(name))
	if raw == nil {
		return g, stream{}, noStream()
	}
	m, err := decode[stream](raw)
	return g, m, err
}

// eachStream calls do with the streams of a group whose names start with a
// prefix, in order, until it says false.
func eachStream(r *store.Reader, g group, prefix string, do func(stream) bool) error {
	start := g.streamKey(prefix)
	c := r.Cursor(streamsBucket)
	for key, raw := c.Seek(start); hasPrefix(key, start); key, raw = c.Next() {
		m, err := decode[stream](raw)
		if err != nil {
			return err
		}
		if !do(m) {
			return nil
		}
	}
	return nil
}

func hasPrefix(key, prefix []byte) bool {
	return len(key) >= len(prefix) && string(key[:len(prefix)]) == string(prefix)
}

func decode[T any](raw []byte) (T, error) {
	var record T
	if err := json.Unmarshal(raw, &record); err != nil {
		return record, fmt.Errorf("a stored log record cannot be read: %w", err)
	}
	return record, nil
}

func put[T any](w *store.Writer, bucket string, key []byte, record T) error {
	raw, err := json.Marshal(record)
	if err == nil {
		w.Put(bucket, key, raw)
	}
	return err
}

// numbers hands out ids within one transaction.
type numbers struct{ next uint64 }

var nextKey = []byte("next")

func numbering(r *store.Reader) *numbers {
	n, _ := binary.Uvarint(r.Get(countersBucket, nextKey)) // 0 when none was given yet
	return &numbers{n}
}

func (n *numbers) take() uint64 {
	n.next++
	return n.next
}

func (n *numbers) save(w *store.Writer) {
	w.Put(countersBucket, nextKey, binary.AppendUvarint(nil, n.next))
}

// stored is how many bytes a group has; grow changes that.
func stored(r *store.Reader, g group) int64 {
	n, _ := binary.Varint(r.Get(sizesBucket, g.id())) // 0 when nothing was written yet
	return n
}

func grow(w *store.Writer, g group, by int64) {
	w.Put(sizesBucket, g.id(), binary.AppendVarint(nil, max(0, stored(&w.Reader, g)+by)))
}
