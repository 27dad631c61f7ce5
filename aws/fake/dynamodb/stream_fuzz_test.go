package dynamodb

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"awslab/aws"
)

// FuzzIterator reads iterators: what is one is written as it was.
func FuzzIterator(f *testing.F) {
	const arn = "arn:aws:dynamodb:us-west-2:000000000000:table/Music/stream/2026-11-22T12:00:00.000"
	f.Add(iterator{arn, 7, time.UnixMilli(1795000000000)}.text())
	f.Add(arn + iteratorVersion)
	f.Add("|1|")
	f.Fuzz(func(t *testing.T, text string) {
		i, err := parseIterator(text)
		if err != nil {
			return
		}
		if again, err := parseIterator(i.text()); err != nil || again != i {
			t.Errorf("%q becomes %q: %+v, %v", text, i.text(), again, err)
		}
	})
}

// FuzzStreamEntry reads stored records, of which any may be damaged.
func FuzzStreamEntry(f *testing.F) {
	item := aws.Item{"ID": aws.S("1"), "Set": aws.NS{"1", "2"}}
	f.Add(streamEntry{at: time.UnixMilli(5).UTC(), event: aws.RecordRemove, expired: true, keys: item, before: item}.encode())
	f.Add(streamEntry{at: time.UnixMilli(-5).UTC(), event: aws.RecordInsert, keys: item, now: item}.encode())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, raw []byte) {
		entry, err := decodeStreamEntry(raw)
		if err != nil {
			return
		}
		body := entry.encode()
		again, err := decodeStreamEntry(body)
		if err != nil || !reflect.DeepEqual(again, entry) || !bytes.Equal(again.encode(), body) {
			t.Errorf("%+v becomes %+v, %v", entry, again, err)
		}
	})
}

// FuzzSequenceNumber reads sequence numbers: each number has one, and it is of
// AWS's length.
func FuzzSequenceNumber(f *testing.F) {
	s := &stream{Created: time.UnixMilli(1795000000000)}
	f.Add(s.sequence(1))
	f.Add(s.sequence(1 << 60))
	f.Add("00000000000000000000000")
	f.Fuzz(func(t *testing.T, text string) {
		number, ok := s.number(text)
		if ok && (s.sequence(number) != text || len(text) < 21 || len(text) > 40) {
			t.Errorf("%q is %d, which is %q", text, number, s.sequence(number))
		}
	})
}
