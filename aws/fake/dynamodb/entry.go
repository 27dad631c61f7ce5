package dynamodb

import (
	"encoding/binary"
	"errors"
	"fmt"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
	"awslab/aws/fake/store"
)

// An entry is stored as the size that DynamoDB counts for the item, a varint,
// and the item. Index entries hold the projected attributes only.

// stored is an entry as read.
type stored struct {
	size int // in bytes, as DynamoDB counts; 0 when there is no entry
	body []byte
}

var errEntry = errors.New("a stored item cannot be read")

func parseEntry(raw []byte) (stored, error) {
	if raw == nil {
		return stored{}, nil
	}
	size, n := binary.Varint(raw)
	if n <= 0 {
		return stored{}, errEntry
	}
	return stored{int(size), raw[n:]}, nil
}

// item decodes the entry's item; nil when there is none.
func (e stored) item() (aws.Item, error) {
	if e.body == nil {
		return nil, nil
	}
	item, err := value.DecodeItem(e.body)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errEntry, err)
	}
	return item, nil
}

func encodeEntry(item aws.Item, size int) []byte {
	return value.EncodeItem(binary.AppendVarint(make([]byte, 0, size+16), int64(size)), item)
}

// read reads the entry of a key.
func (n space) read(r *store.Reader, key []byte) (stored, error) {
	return parseEntry(r.Get(n.bucket(), key))
}

// counter is how many items or entries a space holds, and their size in bytes
// as DynamoDB counts.
type counter struct{ items, bytes int64 }

func (n space) count(r *store.Reader) counter {
	raw := r.Get(countersBucket, n.key())
	items, read := binary.Varint(raw)
	if read <= 0 {
		return counter{} // nothing was ever written
	}
	bytes, _ := binary.Varint(raw[read:])
	return counter{items, bytes}
}

func (c counter) add(d counter) counter { return counter{c.items + d.items, c.bytes + d.bytes} }

func (c counter) encode() []byte {
	return binary.AppendVarint(binary.AppendVarint(nil, c.items), c.bytes)
}

// tally gathers how a transaction changes the counters.
type tally []spaceChange

type spaceChange struct {
	space  space
	change counter
}

// replace notes that an entry of a space was replaced; a size of 0 is no entry.
func (t *tally) replace(n space, before, now int) {
	change := counter{bytes: int64(now - before)}
	if before == 0 {
		change.items++
	}
	if now == 0 {
		change.items--
	}
	for i := range *t {
		if (*t)[i].space == n {
			(*t)[i].change = (*t)[i].change.add(change)
			return
		}
	}
	*t = append(*t, spaceChange{n, change})
}

// number notes that a space got one entry more, and tells which it is: 1 is the
// first that the space ever had. Entries that go are not told to the tally, so
// that no number comes again.
func (t *tally) number(r *store.Reader, n space, size int) int64 {
	t.replace(n, 0, size)
	count := n.count(r)
	for _, c := range *t {
		if c.space == n {
			count = count.add(c.change)
		}
	}
	return count.items
}

// save stages the counters that changed.
func (t tally) save(w *store.Writer) {
	for _, c := range t {
		if c.change != (counter{}) {
			w.Put(countersBucket, c.space.key(), c.space.count(&w.Reader).add(c.change).encode())
		}
	}
}
