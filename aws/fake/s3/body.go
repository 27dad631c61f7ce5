package s3

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"

	"awslab/aws/fake/store"
)

// errReplaced says that an object's blobs are being deleted, so there must be
// another object by now, or none.
var errReplaced = errors.New("the object was replaced")

// segment is what is to be read of a blob.
type segment struct {
	piece
	span
}

// body reads an object's bytes, one blob after the other. The blobs stay until
// it is closed.
type body struct {
	s      *Service
	ctx    context.Context // of the call that the body is the answer of
	pinned []store.BlobID
	rest   []segment // not opened yet
	at     segment   // being read; its length is what is left
	file   *os.File  // nil between two
	sum    uint32    // of what was read, when all of the blob is
	whole  bool
	closed bool
}

// openBody begins to read a part of an object.
func (s *Service) openBody(ctx context.Context, o *object, part span) (*body, error) {
	b := &body{s: s, ctx: ctx, rest: o.segments(part)}
	for _, g := range b.rest {
		b.pinned = append(b.pinned, g.id)
	}
	if !s.objects.Pin(b.pinned...) {
		return nil, errReplaced
	}
	if len(b.rest) == 0 {
		return b, nil
	}
	if err := b.next(); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return b, nil
}

// segments are the parts of an object's blobs that make up a part of it.
func (o *object) segments(part span) (list []segment) {
	offset := int64(0)
	for _, p := range o.pieces {
		from := max(part.from-offset, 0)
		to := min(part.from+part.length-offset, p.size)
		if from < to {
			list = append(list, segment{p, span{from, to - from}})
		}
		offset += p.size
	}
	return list
}

// next opens the next blob.
func (b *body) next() error {
	g := b.rest[0]
	f, err := b.s.objects.Open(g.id, g.size)
	if err != nil {
		return err
	}
	if g.from > 0 {
		if _, err := f.Seek(g.from, io.SeekStart); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	b.rest, b.at, b.file, b.sum, b.whole = b.rest[1:], g, f, 0, g.length == g.size
	return nil
}

// answered is a body as GetObject's answer, whose errors are the operation's.
type answered struct{ *body }

// Read reads on.
func (a answered) Read(p []byte) (int, error) {
	n, err := a.body.Read(p)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, fs.ErrClosed) {
		err = a.s.form().Failure("GetObject", err)
	}
	return n, err
}

// Read reads on.
func (b *body) Read(p []byte) (int, error) {
	if b.closed {
		return 0, fs.ErrClosed
	}
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	if b.file == nil {
		if len(b.rest) == 0 {
			return 0, io.EOF
		}
		if err := b.next(); err != nil {
			return 0, err
		}
	}
	n, err := b.file.Read(p[:min(int64(len(p)), b.at.length)])
	b.at.length -= int64(n)
	if b.whole {
		b.sum = crc32.Update(b.sum, castagnoli, p[:n])
	}
	if err != nil || b.at.length > 0 {
		if errors.Is(err, io.EOF) {
			err = b.s.objects.Damaged(b.at.id, io.ErrUnexpectedEOF)
		}
		return n, err
	}
	if b.whole && b.sum != b.at.sum {
		return n, b.s.objects.Damaged(b.at.id, fmt.Errorf("its checksum is %08x, not %08x", b.sum, b.at.sum))
	}
	err = b.file.Close()
	b.file = nil
	return n, err
}

// Close lets go of the blobs. Closing again does nothing.
func (b *body) Close() error {
	if b.closed {
		return nil
	}
	b.closed = true
	var err error
	if b.file != nil {
		err = b.file.Close()
	}
	// What cannot be deleted now is swept another time.
	_ = b.s.objects.Unpin(b.pinned...)
	return err
}
