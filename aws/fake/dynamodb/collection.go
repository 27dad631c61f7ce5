package dynamodb

import (
	"bytes"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// gigabyte is the unit in which the size of an item collection is told.
const gigabyte = 1 << 30

// collection tells the size of the item collection that a change is in: the
// items with its partition key, and their entries in the local indexes. A table
// without local indexes has none.
func (c change) collection(r *store.Reader) (*aws.ItemCollectionMetrics, error) {
	if !c.table.hasLocal() {
		return nil, nil
	}
	prefix, err := appendPartition(nil, c.partition)
	if err != nil {
		return nil, err
	}
	size := c.sizeNow - c.sizeBefore // what is staged is not there to be read
	spaces := []space{c.table.Space}
	for _, i := range c.table.indexes {
		if !i.Global {
			spaces = append(spaces, i.Space)
		}
	}
	for _, n := range spaces {
		more, err := n.sizeOf(r, prefix)
		if err != nil {
			return nil, err
		}
		size += more
	}
	least := float64(max(size, 0) / gigabyte)
	return &aws.ItemCollectionMetrics{
		ItemCollectionKey:   aws.Item{c.table.key.partition.name: c.partition},
		SizeEstimateRangeGB: []float64{least, least + 1},
	}, nil
}

func (t *table) hasLocal() bool {
	return len(t.indexes) > 0 && !t.indexes[0].Global // local ones come first
}

// sizeOf sums the sizes of the entries whose keys begin with a prefix.
func (n space) sizeOf(r *store.Reader, prefix []byte) (int, error) {
	size := 0
	c := r.Cursor(n.bucket())
	for key, raw := c.Seek(prefix); bytes.HasPrefix(key, prefix) && key != nil; key, raw = c.Next() {
		entry, err := parseEntry(raw)
		if err != nil {
			return 0, err
		}
		size += entry.size
	}
	return size, nil
}

// collections gathers the sizes of the item collections that several changes
// are in, if they are wanted.
type collections struct {
	wanted  bool
	byTable map[string][]aws.ItemCollectionMetrics
}

func (s *collections) add(r *store.Reader, c change) error {
	if !s.wanted {
		return nil
	}
	metrics, err := c.collection(r)
	if err != nil || metrics == nil {
		return err
	}
	if s.byTable == nil {
		s.byTable = make(map[string][]aws.ItemCollectionMetrics)
	}
	s.byTable[c.table.Name] = append(s.byTable[c.table.Name], *metrics)
	return nil
}
