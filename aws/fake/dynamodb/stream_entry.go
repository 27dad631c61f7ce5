package dynamodb

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// streamEntry is a record of a stream as it is stored: the time in milliseconds,
// the first letter of the event, and the three items, each after its length; one
// that is not there has none.
type streamEntry struct {
	at                time.Time
	event             aws.RecordEvent
	expired           bool // by DynamoDB itself
	keys, now, before aws.Item
}

// expiredMark is added to the event of an item that expired.
const expiredMark = 0x80

// eventOf is the event that begins with a letter, by which it is stored; "" for none.
func eventOf(letter byte) aws.RecordEvent {
	for _, event := range []aws.RecordEvent{aws.RecordInsert, aws.RecordModify, aws.RecordRemove} {
		if event[0] == letter {
			return event
		}
	}
	return ""
}

var errStreamEntry = errors.New("a stored record of a stream cannot be read")

func (e streamEntry) encode() []byte {
	out := binary.AppendVarint(nil, e.at.UnixMilli())
	event := e.event[0]
	if e.expired {
		event |= expiredMark
	}
	out = append(out, event)
	for _, item := range []aws.Item{e.keys, e.now, e.before} {
		var body []byte
		if item != nil {
			body = value.EncodeItem(nil, item)
		}
		out = append(binary.AppendVarint(out, int64(len(body))), body...)
	}
	return out
}

// entryTime reads the time of a stored record alone.
func entryTime(raw []byte) (at time.Time, rest []byte, err error) {
	millis, n := binary.Varint(raw)
	if n <= 0 {
		return at, nil, errStreamEntry
	}
	return time.UnixMilli(millis).UTC(), raw[n:], nil
}

func decodeStreamEntry(raw []byte) (e streamEntry, err error) {
	if e.at, raw, err = entryTime(raw); err != nil {
		return e, err
	}
	if len(raw) == 0 || eventOf(raw[0]&^expiredMark) == "" {
		return e, errStreamEntry
	}
	e.event, e.expired, raw = eventOf(raw[0]&^expiredMark), raw[0]&expiredMark != 0, raw[1:]
	for _, item := range []*aws.Item{&e.keys, &e.now, &e.before} {
		size, n := binary.Varint(raw)
		if n <= 0 || size < 0 || size > int64(len(raw)-n) {
			return e, errStreamEntry
		}
		body := raw[n : int64(n)+size]
		if raw = raw[int64(n)+size:]; len(body) == 0 {
			continue
		}
		if *item, err = value.DecodeItem(body); err != nil {
			return e, fmt.Errorf("%w: %w", errStreamEntry, err)
		}
	}
	return e, nil
}

// size is how many bytes DynamoDB counts for the record.
func (e streamEntry) size() int64 {
	return int64(value.ItemSize(e.keys) + value.ItemSize(e.now) + value.ItemSize(e.before))
}
