package dynamodb

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// Limits of key values, in bytes.
const (
	longestPartitionKey = 2048
	longestSortKey      = 1024
)

// hashSize is how many bytes of hash an entry's key begins with.
const hashSize = 4

const mismatch = "The provided key element does not match the schema"

// appendPartition appends what the keys of all entries of a partition begin
// with: the hash of the partition key, which gives a Scan its order, and the
// partition key.
func appendPartition(dst []byte, partition aws.AttributeValue) ([]byte, error) {
	start := len(dst)
	dst = append(dst, make([]byte, hashSize)...)
	dst, err := value.AppendKey(dst, partition)
	if err != nil {
		return nil, err
	}
	binary.BigEndian.PutUint32(dst[start:], hashOf(dst[start+hashSize:]))
	return dst, nil
}

// hashOf spreads partition keys evenly over the 32-bit numbers.
func hashOf(key []byte) uint32 {
	h := fnv.New64a()
	_, _ = h.Write(key) // a hash never fails
	// FNV's high bits are poor for short keys; this is MurmurHash3's finish.
	x := h.Sum64()
	x ^= x >> 33
	x *= 0xff51afd7ed558ccd
	x ^= x >> 33
	x *= 0xc4ceb9fe1a85ec53
	return uint32(x >> 32)
}

// entryKey is the key of an item in its table.
func (t *table) entryKey(item aws.Item) ([]byte, error) {
	return t.key.append(make([]byte, 0, 64), item)
}

// append appends the key that the item has under the schema; the key attributes
// must be there.
func (k keySchema) append(dst []byte, item aws.Item) ([]byte, error) {
	dst, err := appendPartition(dst, item[k.partition.name])
	if err != nil || k.sort.name == "" {
		return dst, err
	}
	return value.AppendKey(dst, item[k.sort.name])
}

// entryKey is the key of an item in the index; nil if the item is not in it,
// because it has no attribute that can be the index's key. It ends with the
// table's key, which makes it the only one of its kind.
func (i *index) entryKey(item aws.Item, t *table) ([]byte, error) {
	for n, k := range i.key.attributes() {
		v := item[k.name]
		if v == nil || v.Type() != k.kind || i.checkIndexValue(k.name, v, n == 0) != nil {
			return nil, nil
		}
	}
	dst, err := i.key.append(make([]byte, 0, 96), item)
	if err != nil {
		return nil, err
	}
	for _, k := range t.key.attributes() {
		if dst, err = value.AppendKey(dst, item[k.name]); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

// after is the first key that is greater than all that begin with prefix; nil
// if there is no such key.
func after(prefix []byte) []byte {
	for n := len(prefix) - 1; n >= 0; n-- {
		if prefix[n] != 0xff {
			end := append([]byte(nil), prefix[:n+1]...)
			end[n]++
			return end
		}
	}
	return nil
}

// checkItem checks the key attributes of an item that is to be put.
func (t *table) checkItem(item aws.Item) error {
	for _, k := range t.key.attributes() {
		v := item[k.name]
		if v == nil {
			return invalidParameter("Missing the key %s in the item", k.name)
		}
		if v.Type() != k.kind {
			return invalidParameter("Type mismatch for key %s expected: %s actual: %s", k.name, k.kind, v.Type())
		}
	}
	if err := t.key.checkValues(item); err != nil {
		return err
	}
	return t.checkIndexKeys(item)
}

// checkKey checks a primary key: just the key attributes, of the right types.
func (t *table) checkKey(key aws.Item) error {
	attributes := t.key.attributes()
	if len(key) != len(attributes) {
		return invalid(mismatch)
	}
	for _, k := range attributes {
		if v := key[k.name]; v == nil || v.Type() != k.kind {
			return invalid(mismatch)
		}
	}
	return t.key.checkValues(key)
}

// checkValues checks that key values are neither empty nor too long.
func (k keySchema) checkValues(item aws.Item) error {
	for n, a := range k.attributes() {
		length, word := keyLength(item[a.name])
		switch {
		case length < 0:
		case length == 0:
			return emptyKey("The AttributeValue for a key attribute cannot contain an empty %s value. Key: %s", word, a.name)
		case n == 0 && length > longestPartitionKey:
			return invalidParameter("Size of hashkey has exceeded the maximum size limit of2048 bytes")
		case n == 1 && length > longestSortKey:
			return invalidParameter("Aggregated size of all range keys has exceeded the size limit of 1024 bytes")
		}
	}
	return nil
}

// errEmptyKey is the cause of the faults of empty key values, which fail a whole
// transaction or batch, where others of one action only cancel it.
var errEmptyKey = errors.New("a key attribute is empty")

func emptyKey(format string, args ...any) error {
	return &aws.Error{Code: "ValidationException", Cause: errEmptyKey,
		Message: "One or more parameter values are not valid. " + fmt.Sprintf(format, args...)}
}

// keyLength is the length of a string or binary value, in bytes, and DynamoDB's
// word for its type; -1 for other types, which have no limit.
func keyLength(v aws.AttributeValue) (int, string) {
	switch v := v.(type) {
	case aws.S:
		return len(v), "string"
	case aws.B:
		return len(v), "binary"
	}
	return -1, ""
}

// checkIndexKeys checks the attributes that are keys of indexes: they may be
// missing, but not of another type, empty or too long.
func (t *table) checkIndexKeys(item aws.Item) error {
	for _, i := range t.indexes {
		for n, k := range i.key.attributes() {
			v := item[k.name]
			if v == nil {
				continue
			}
			if v.Type() != k.kind {
				return invalidParameter("Type mismatch for Index Key %s Expected: %s Actual: %s IndexName: %s",
					k.name, k.kind, v.Type(), i.Name)
			}
			if err := i.checkIndexValue(k.name, v, n == 0); err != nil {
				return err
			}
		}
	}
	return nil
}

func (i *index) checkIndexValue(name string, v aws.AttributeValue, partition bool) error {
	length, word := keyLength(v)
	switch {
	case length == 0:
		return emptyKey("A value specified for a secondary index key is not supported. "+
			"The AttributeValue for a key attribute cannot contain an empty %s value. IndexName: %s, IndexKey: %s", word, i.Name, name)
	case partition && length > longestPartitionKey:
		return invalidParameter("Size of hashkey has exceeded the maximum size limit of2048 bytes")
	case !partition && length > longestSortKey:
		return invalidParameter("Aggregated size of all range keys has exceeded the size limit of 1024 bytes")
	}
	return nil
}
