package dynamodb

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
	"awslab/aws/fake/store"
)

// streamsBucket holds the streams: table, "/" and label → stream, as JSON.
const streamsBucket = "dynamodb/streams"

// keptFor is how long a stream keeps its records, and how long it can be read once
// it is off.
const keptFor = 24 * time.Hour

// labelForm is how a stream's label writes the time when it was turned on.
const labelForm = "2006-01-02T15:04:05.000"

// feed is what is stored with a table of its latest stream: enough for a write to
// know where its record goes.
type feed struct {
	Label string             `json:",omitempty"` // "" when there never was one
	View  aws.StreamViewType `json:",omitempty"` // "" when it is off
	Space space              `json:",omitempty"`
}

// on reports whether the changes of items are recorded.
func (f feed) on() bool { return f.View != "" }

// stream is what is stored of a stream. Its space holds the records, by number
// from 1. It has one shard all its life.
type stream struct {
	Table   string
	Label   string
	View    aws.StreamViewType
	Key     []aws.KeySchemaElement
	Space   space
	Shard   string
	Created time.Time
	State   state // CREATING is being enabled, DELETING being disabled or disabled
}

func streamKey(table, label string) []byte { return []byte(table + "/" + label) }

func (s *Service) streamARN(table, label string) string {
	return s.tableARN(table) + "/stream/" + label
}

// status is the state of the stream at a moment.
func (s *stream) status(now time.Time) aws.StreamStatus {
	switch s.State.at(now) {
	case aws.StatusCreating:
		return aws.StreamEnabling
	case aws.StatusActive, aws.StatusUpdating:
		return aws.StreamEnabled
	case aws.StatusDeleting:
		return aws.StreamDisabling
	}
	return aws.StreamDisabled
}

// closed reports whether the stream gets no more records.
func (s *stream) closed() bool { return s.State.Status == aws.StatusDeleting }

// gone reports whether the stream has been off for so long that it is no more.
func (s *stream) gone(now time.Time) bool {
	return s.closed() && !now.Before(s.State.Until.Add(keptFor))
}

// serialSize is how many digits follow a record's number in its sequence number.
const serialSize = 20

// sequence is the sequence number of a record: its number and, as on AWS, twenty
// digits that grow with it.
func (s *stream) sequence(number int64) string {
	return fmt.Sprintf("%d%0*d", number, serialSize, s.Created.Unix()+number)
}

// readStream reads a stream; nil when there is none.
func readStream(r *store.Reader, key []byte) (*stream, error) {
	raw := r.Get(streamsBucket, key)
	if raw == nil {
		return nil, nil
	}
	return decodeStream(raw)
}

func decodeStream(raw []byte) (*stream, error) {
	s := &stream{}
	if err := json.Unmarshal(raw, s); err != nil {
		return nil, fmt.Errorf("a stored stream cannot be read: %w", err)
	}
	return s, nil
}

func saveStream(w *store.Writer, s *stream) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	w.Put(streamsBucket, streamKey(s.Table, s.Label), raw)
	return nil
}

// stageRecord writes the record of the change to the table's stream. A change that
// leaves the item as it was has none.
func (c change) stageRecord(w *store.Writer, t *tally) {
	if !c.table.Stream.on() || c.before == nil && c.now == nil {
		return
	}
	if c.before != nil && c.now != nil && value.Equal(aws.M(c.before), aws.M(c.now)) {
		return
	}
	entry := streamEntry{at: c.at, event: aws.RecordModify, expired: c.expired, keys: c.table.key.of(c.now)}
	switch {
	case c.before == nil:
		entry.event = aws.RecordInsert
	case c.now == nil:
		entry.event, entry.keys = aws.RecordRemove, c.table.key.of(c.before)
	}
	switch view := c.table.Stream.View; view {
	case aws.StreamNewAndOldImages:
		entry.now, entry.before = c.now, c.before
	case aws.StreamNewImage:
		entry.now = c.now
	case aws.StreamOldImage:
		entry.before = c.before
	case aws.StreamKeysOnly:
	}
	raw := entry.encode()
	number := t.number(&w.Reader, c.table.Stream.Space, len(raw))
	w.Put(c.table.Stream.Space.bucket(), numberKey(number), raw)
}

// numberKey is the key of a record in a stream's space.
func numberKey(number int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(max(0, number)))
}

// keyNumber is the number of the record with a key.
func keyNumber(key []byte) int64 {
	if len(key) != 8 {
		return 0
	}
	return int64(binary.BigEndian.Uint64(key) & math.MaxInt64)
}

// of gives the key attributes of an item alone.
func (k keySchema) of(item aws.Item) aws.Item {
	out := make(aws.Item, 2)
	for _, a := range k.attributes() {
		out[a.name] = item[a.name]
	}
	return out
}
