package dynamodb

import (
	"bytes"
	"time"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
	"awslab/aws/fake/store"
)

// change replaces one item of a table: before and now are the item as it was
// and as it will be; one that is nil does not exist, or is not needed.
type change struct {
	table       *table
	key         []byte
	partition   aws.AttributeValue // the item's partition key
	before, now aws.Item
	sizeBefore  int
	sizeNow     int
	raw         []byte // the entry of now, where it has been made beforehand
	at          time.Time
	expired     bool // DynamoDB itself deletes it, its time having come
}

// stage writes the change and all it means for the indexes, notes it in the
// tally, and gives the write units it costs.
func (c change) stage(w *store.Writer, t *tally) (usage, error) {
	bucket := c.table.Space.bucket()
	switch {
	case c.now != nil:
		if c.raw == nil {
			c.raw = encodeEntry(c.now, c.sizeNow)
		}
		w.Put(bucket, c.key, c.raw)
	case c.sizeBefore != 0:
		w.Delete(bucket, c.key)
	}
	if c.sizeBefore != 0 || c.sizeNow != 0 {
		t.replace(c.table.Space, c.sizeBefore, c.sizeNow)
	}
	c.stageLifetime(w)
	c.stageRecord(w, t)
	used := usage{table: max(writeUnits(c.sizeBefore), writeUnits(c.sizeNow))}
	for _, i := range c.table.indexes {
		units, err := c.stageIndex(w, t, i)
		if err != nil {
			return usage{}, err
		}
		used.addIndex(i, units)
	}
	return used, nil
}

// stageIndex keeps one index in step and gives the units that costs: none if
// its entry stays the same; if its key moves, those of a delete and a put.
func (c change) stageIndex(w *store.Writer, t *tally, i *index) (float64, error) {
	before, err := c.table.indexEntry(i, c.before)
	if err != nil {
		return 0, err
	}
	now, err := c.table.indexEntry(i, c.now)
	if err != nil {
		return 0, err
	}
	moved := before.key != nil && now.key != nil && !bytes.Equal(before.key, now.key)
	bucket := i.Space.bucket()
	switch {
	case before.key == nil && now.key == nil:
		return 0, nil
	case !moved && bytes.Equal(before.raw, now.raw):
		return 0, nil
	case before.key != nil && (moved || now.key == nil):
		w.Delete(bucket, before.key)
	}
	if now.key != nil {
		w.Put(bucket, now.key, now.raw)
	}
	t.replace(i.Space, before.size, now.size)
	if moved {
		return writeUnits(before.size) + writeUnits(now.size), nil
	}
	return max(unitsOf(before.size, writeUnit), unitsOf(now.size, writeUnit)), nil
}

// indexEntry is the entry that an item has in an index.
type indexEntry struct {
	key  []byte // nil if the item is not in the index
	raw  []byte
	size int
}

func (t *table) indexEntry(i *index, item aws.Item) (indexEntry, error) {
	if item == nil {
		return indexEntry{}, nil
	}
	key, err := i.entryKey(item, t)
	if err != nil || key == nil {
		return indexEntry{}, err
	}
	projected := i.project(item)
	size := value.ItemSize(projected)
	return indexEntry{key, encodeEntry(projected, size), size}, nil
}

// project gives the attributes of an item that the index holds.
func (i *index) project(item aws.Item) aws.Item {
	if i.projected == nil {
		return item
	}
	out := make(aws.Item, len(i.projected))
	for _, name := range i.projected {
		if v, ok := item[name]; ok {
			out[name] = v
		}
	}
	return out
}
