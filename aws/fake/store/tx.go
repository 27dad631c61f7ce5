package store

import (
	"errors"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// Reader reads the data as of one moment.
type Reader struct{ tx *bbolt.Tx }

// Get returns the value of a key, nil when there is none.
func (r *Reader) Get(bucket string, key []byte) []byte {
	b := r.tx.Bucket([]byte(bucket))
	if b == nil {
		return nil
	}
	return b.Get(key)
}

// Has reports whether a bucket exists.
func (r *Reader) Has(bucket string) bool { return r.tx.Bucket([]byte(bucket)) != nil }

// Cursor walks the keys of a bucket in byte order. A bucket that does not exist
// has no keys.
func (r *Reader) Cursor(bucket string) Cursor {
	b := r.tx.Bucket([]byte(bucket))
	if b == nil {
		return Cursor{}
	}
	return Cursor{b.Cursor()}
}

// Cursor is a place among the keys of a bucket. Its methods move it and return
// the key and value there; a nil key means there is none.
type Cursor struct{ at *bbolt.Cursor }

// Seek moves to the first key that is not less than key.
func (c Cursor) Seek(key []byte) ([]byte, []byte) {
	if c.at == nil {
		return nil, nil
	}
	return c.at.Seek(key)
}

// SeekBefore moves to the last key that is less than key.
func (c Cursor) SeekBefore(key []byte) ([]byte, []byte) {
	if c.at == nil {
		return nil, nil
	}
	if k, _ := c.at.Seek(key); k == nil {
		return c.at.Last()
	}
	return c.at.Prev()
}

// Last moves to the last key.
func (c Cursor) Last() ([]byte, []byte) {
	if c.at == nil {
		return nil, nil
	}
	return c.at.Last()
}

// Next moves to the next key.
func (c Cursor) Next() ([]byte, []byte) {
	if c.at == nil {
		return nil, nil
	}
	return c.at.Next()
}

// Prev moves to the key before.
func (c Cursor) Prev() ([]byte, []byte) {
	if c.at == nil {
		return nil, nil
	}
	return c.at.Prev()
}

// Writer reads the data and stages writes, which take effect together, in
// order, after the function that staged them.
type Writer struct {
	Reader
	staged []write
}

// write is one staged change; a nil key drops the bucket, a nil value deletes
// the key.
type write struct {
	bucket     string
	key, value []byte
}

// Put sets the value of a key, making the bucket if need be. Neither slice may
// be changed afterwards.
func (w *Writer) Put(bucket string, key, value []byte) {
	if value == nil {
		value = []byte{}
	}
	w.staged = append(w.staged, write{bucket, key, value})
}

// Delete deletes a key; a missing one is no fault.
func (w *Writer) Delete(bucket string, key []byte) {
	w.staged = append(w.staged, write{bucket: bucket, key: key})
}

// Drop deletes a bucket and all its keys; a missing one is no fault.
func (w *Writer) Drop(bucket string) {
	w.staged = append(w.staged, write{bucket: bucket})
}

func (w *Writer) apply() error {
	for _, change := range w.staged {
		if err := w.applyOne(change); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) applyOne(change write) error {
	name := []byte(change.bucket)
	bucket := w.tx.Bucket(name)
	switch {
	case change.key == nil:
		err := w.tx.DeleteBucket(name)
		if errors.Is(err, bolterrors.ErrBucketNotFound) {
			return nil
		}
		return err
	case change.value == nil && bucket == nil:
		return nil
	case change.value == nil:
		return bucket.Delete(change.key)
	case bucket == nil:
		var err error
		if bucket, err = w.tx.CreateBucket(name); err != nil {
			return err
		}
	}
	return bucket.Put(change.key, change.value)
}
