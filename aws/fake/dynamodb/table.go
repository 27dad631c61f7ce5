package dynamodb

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// The buckets of the store that are not items.
const (
	tablesBucket   = "dynamodb/tables"   // name → record, as JSON
	countersBucket = "dynamodb/counters" // space → counter
	numbersBucket  = "dynamodb/numbers"  // "space" → the last number given to a space
)

// space numbers the bucket that holds the items of a table or the entries of an
// index. Numbers are never used again, so that what is dropped cannot reappear.
type space uint64

func (n space) bucket() string { return "dynamodb/space/" + strconv.FormatUint(uint64(n), 16) }

func (n space) key() []byte { return binary.BigEndian.AppendUint64(nil, uint64(n)) }

// record is what is stored of a table.
type record struct {
	Name       string
	ID         string // the TableId
	Space      space
	Created    time.Time
	State      state
	Attributes []aws.AttributeDefinition
	Key        []aws.KeySchemaElement
	Capacity   capacityPlan
	Class      string `json:",omitempty"`
	Protected  bool   `json:",omitempty"`
	Indexes    []indexRecord
	Lifetime   lifetime          `json:",omitzero"`
	Stream     feed              `json:",omitzero"`
	Tags       map[string]string `json:",omitempty"`
}

// indexRecord is what is stored of an index.
type indexRecord struct {
	Name       string
	Global     bool
	Space      space
	State      state
	Key        []aws.KeySchemaElement
	Projection aws.Projection
	Throughput aws.ProvisionedThroughputDescription
	Backfill   bool `json:",omitempty"` // it was added to a table in use
}

// capacityPlan is how a table's capacity is paid for.
type capacityPlan struct {
	Mode       aws.BillingMode
	Summary    bool      `json:",omitempty"` // it is or was on-demand
	OnDemand   time.Time `json:",omitzero"`  // when it last became so
	Throughput aws.ProvisionedThroughputDescription
}

// state is a status and, if it passes, when it does.
type state struct {
	Status aws.Status
	Until  time.Time `json:",omitzero"`
}

// at is the status at a moment; "" is gone.
func (s state) at(now time.Time) aws.Status {
	switch {
	case s.Status == aws.StatusActive || now.Before(s.Until):
		return s.Status
	case s.Status == aws.StatusDeleting:
		return ""
	}
	return aws.StatusActive
}

// table is a record made ready for use. It is never changed: a change makes a
// record anew.
type table struct {
	record
	raw     []byte // the record as stored
	key     keySchema
	indexes []*index // those that are maintained, local ones first
}

// index is an index made ready for use.
type index struct {
	indexRecord
	key keySchema
	// projected are the names of the attributes it holds; nil is all.
	projected []string
}

// keySchema is a primary key: its attributes, and the type of each.
type keySchema struct {
	partition, sort keyAttribute // sort has no name when there is none
}

type keyAttribute struct {
	name string
	kind aws.AttributeType
}

// attributes lists the one or two of the key.
func (k keySchema) attributes() []keyAttribute {
	if k.sort.name == "" {
		return []keyAttribute{k.partition}
	}
	return []keyAttribute{k.partition, k.sort}
}

func (k keySchema) has(name string) bool {
	return name != "" && (k.partition.name == name || k.sort.name == name)
}

// table reads a table; nil when there is none, or its deletion is over.
func (s *Service) table(r *store.Reader, name string) (*table, error) {
	raw := r.Get(tablesBucket, []byte(name))
	if raw == nil {
		return nil, nil
	}
	t, err := s.decode(name, raw)
	if err != nil || t.State.at(s.now()) == "" {
		return nil, err
	}
	return t, nil
}

// decode makes a table of a stored record. The one read last is kept by name,
// and serves as long as the stored bytes are the same, so that no one has to
// tell it of changes.
func (s *Service) decode(name string, raw []byte) (*table, error) {
	kept, _ := s.decoded.Load(name)
	if t, ok := kept.(*table); ok && bytes.Equal(t.raw, raw) {
		return t, nil
	}
	t := &table{raw: bytes.Clone(raw)}
	if err := json.Unmarshal(t.raw, &t.record); err != nil {
		return nil, fmt.Errorf("the record of table %s: %w", name, err)
	}
	t.derive()
	s.decoded.Store(name, t)
	return t, nil
}

func (t *table) derive() {
	t.key = t.schema(t.Key)
	for _, r := range t.Indexes {
		if r.State.Status == aws.StatusDeleting {
			continue // its entries are dropped already
		}
		i := &index{indexRecord: r, key: t.schema(r.Key)}
		i.projected = i.projectedNames(t.key)
		t.indexes = append(t.indexes, i)
	}
	slices.SortStableFunc(t.indexes, func(a, b *index) int {
		return boolOrder(a.Global) - boolOrder(b.Global)
	})
}

func boolOrder(b bool) int {
	if b {
		return 1
	}
	return 0
}

// schema gives each key attribute the type that its definition says.
func (t *table) schema(elements []aws.KeySchemaElement) (k keySchema) {
	for _, e := range elements {
		a := keyAttribute{name: e.AttributeName}
		for _, d := range t.Attributes {
			if d.AttributeName == e.AttributeName {
				a.kind = d.AttributeType
			}
		}
		if e.KeyType == aws.KeyHash {
			k.partition = a
		} else {
			k.sort = a
		}
	}
	return k
}

func (i *index) projectedNames(tableKey keySchema) []string {
	if i.Projection.ProjectionType == aws.ProjectAll {
		return nil
	}
	var names []string
	for _, k := range slices.Concat(tableKey.attributes(), i.key.attributes()) {
		names = append(names, k.name)
	}
	names = append(names, i.Projection.NonKeyAttributes...)
	slices.Sort(names)
	return slices.Compact(names)
}

// holds reports whether an attribute is projected into the index.
func (i *index) holds(name string) bool {
	return i.projected == nil || slices.Contains(i.projected, name)
}

// index finds an index that can be read; nil when there is none.
func (t *table) index(name string) *index {
	for _, i := range t.indexes {
		if i.Name == name {
			return i
		}
	}
	return nil
}

// follows reports whether something beside the table changes with an item, which
// takes to know the item as it was.
func (t *table) follows() bool {
	return len(t.indexes) > 0 || t.expires() || t.Stream.on()
}

// inService finds a table whose items can be worked with.
func (s *Service) inService(r *store.Reader, name string) (*table, error) {
	t, err := s.table(r, name)
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, notFound("Requested resource not found")
	}
	if status := t.State.at(s.now()); status == aws.StatusCreating || status == aws.StatusDeleting {
		return nil, notFound("Requested resource not found")
	}
	return t, nil
}

// known finds a table in any state.
func (s *Service) known(r *store.Reader, name string) (*table, error) {
	t, err := s.table(r, name)
	if err == nil && t == nil {
		err = notFound("Requested resource not found: Table: %s not found", name)
	}
	return t, err
}

// save stages a changed record.
func save(w *store.Writer, r *record) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	w.Put(tablesBucket, []byte(r.Name), raw)
	return nil
}

// numbers gives out the numbers of new spaces within one transaction.
type numbers struct{ last uint64 }

func numbering(r *store.Reader) *numbers {
	var last uint64
	if raw := r.Get(numbersBucket, []byte("space")); len(raw) == 8 {
		last = binary.BigEndian.Uint64(raw)
	}
	return &numbers{last}
}

func (n *numbers) next() space {
	n.last++
	return space(n.last)
}

func (n *numbers) save(w *store.Writer) {
	w.Put(numbersBucket, []byte("space"), binary.BigEndian.AppendUint64(nil, n.last))
}
