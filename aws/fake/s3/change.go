package s3

import (
	"context"
	"encoding/binary"

	"awslab/aws/fake/store"
)

// blobsBucket counts how many objects and parts have a blob.
const blobsBucket = "s3/blobs" // id → count

// piece is a blob that is all of an object's content, or a part of it.
type piece struct {
	id   store.BlobID
	size int64  // in bytes
	sum  uint32 // CRC-32C
}

// change is one transaction: what it writes, what that does to the blobs, and
// the events that it sets off.
type change struct {
	s      *Service
	ctx    context.Context
	w      *store.Writer
	counts map[store.BlobID]int // how the counts of blobs change
	unused []store.BlobID       // what nothing refers to any more
	events int
	last   uint64 // the sequencer of the last event

	of        *bucket // whose versions these are
	histories map[string]*history
	version   uint64 // the order of the last version made
}

// change runs do in a transaction, and afterwards deletes the blobs that nothing
// refers to any more.
func (s *Service) change(ctx context.Context, do func(*change) error) error {
	c := &change{s: s, ctx: ctx, counts: map[store.BlobID]int{}}
	err := s.store.Update(func(w *store.Writer) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.w = w
		if err := do(c); err != nil {
			return err
		}
		c.save()
		return nil
	})
	if err != nil {
		return err
	}
	if c.events > 0 {
		s.config.Functions.Wake()
	}
	// What cannot be deleted now is swept another time: the change itself is done.
	_ = s.objects.Remove(c.unused...)
	return nil
}

// refer counts one more, or one less, of each piece.
func (c *change) refer(pieces []piece, by int) {
	for _, p := range pieces {
		c.counts[p.id] += by
	}
}

// save stages the counts, since a transaction does not see its own writes.
func (c *change) save() {
	for _, h := range c.histories {
		c.saveHistory(c.of, h)
	}
	if c.version > 0 {
		c.w.Put(numbersBucket, []byte("version"), binary.AppendUvarint(nil, c.version))
	}
	for id, by := range c.counts {
		if by == 0 {
			continue
		}
		key := append([]byte(nil), id[:]...)
		before, _ := binary.Varint(c.w.Get(blobsBucket, key))
		if now := before + int64(by); now > 0 {
			c.w.Put(blobsBucket, key, binary.AppendVarint(nil, now))
		} else {
			c.w.Delete(blobsBucket, key)
			c.unused = append(c.unused, id)
		}
	}
	if c.events > 0 {
		c.w.Put(numbersBucket, []byte("sequencer"), binary.AppendUvarint(nil, c.last))
	}
}

// put stages an object, in the place of one with the same key; in a bucket that keeps
// versions, that one stays as an older version.
func (c *change) put(b *bucket, key string, now *object) error {
	switch b.Versioning {
	case versioningEnabled:
		return c.overlay(b, key, now)
	case versioningSuspended:
		return c.push(b, key, now)
	}
	if err := c.drop(b, key); err != nil {
		return err
	}
	c.refer(now.pieces, 1)
	c.w.Put(b.Number.objects(), []byte(key), now.encode())
	return nil
}

// drop lets go of what an object's key holds; the key itself stays.
func (c *change) drop(b *bucket, key string) error {
	before, err := b.object(&c.w.Reader, key)
	if before != nil {
		c.refer(before.pieces, -1)
	}
	return err
}
