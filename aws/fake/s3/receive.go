package s3

import (
	"context"
	"crypto/md5" //nolint:gosec // an ETag is an MD5
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"net/http"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// largest is the limit of a single upload, of a part and of a copy, in bytes.
const largest = 5 << 30

// castagnoli is the polynomial of the checksums of blobs, for which processors
// have an instruction.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// delivery is content that is to be received.
type delivery struct {
	body   io.Reader // nil is empty
	length aws.Option[int64]
	md5    string   // base64, "" when not given
	sum    checksum // that the sender promised; none for the default
	// also is a second algorithm, by which there is to be a checksum too.
	also algorithm
}

// received is content as it lies on disk, in a blob that the store does not know
// yet.
type received struct {
	blob  *store.Blob // nil of empty content
	piece piece
	md5   [md5.Size]byte
	sum   checksum
	also  checksum
}

// object describes an object, or a part of one, of just this content.
func (r *received) object(modified time.Time) *object {
	return &object{size: r.piece.size, modified: modified.Unix(), md5: r.md5, checksum: r.sum, pieces: r.pieces()}
}

// pieces are those of an object that has just this content.
func (r *received) pieces() []piece {
	if r.blob == nil {
		return nil
	}
	return []piece{r.piece}
}

// settle ends the reception after the change that refers to the content: it is
// kept if that was done, and deleted if it was refused. After a failure of the
// disk nobody knows whether the change will be there when the sandbox opens
// again; the content is then left to the sweep, which will.
func (r *received) settle(err error) error {
	if r.blob == nil {
		return err
	}
	var failure *store.Error
	if err == nil || errors.As(err, &failure) {
		r.blob.Release()
		return err
	}
	return r.discard(err)
}

// discard deletes the content, because of an error, which it gives back.
func (r *received) discard(err error) error {
	if r.blob == nil {
		return err
	}
	if failed := r.blob.Discard(); failed != nil {
		return fmt.Errorf("%w (and what was received is left until the next start: %w)", err, failed)
	}
	return err
}

// receive writes content to a durable blob, checking its length and digest. When
// it fails it leaves nothing.
func (s *Service) receive(ctx context.Context, d delivery) (*received, error) {
	digest, err := d.digest()
	if err != nil {
		return nil, err
	}
	if length, given := d.length.Get(); given && length > largest {
		return nil, entityTooLarge.err()
	}
	if d.body == nil {
		d.body = http.NoBody
	}
	r := &received{}
	err = s.copyIn(ctx, d, r)
	switch length, given := d.length.Get(); {
	case err != nil:
	case given && r.piece.size != length:
		err = incompleteBody.err()
	case digest != nil && string(digest) != string(r.md5[:]):
		err = badDigest.about("ExpectedDigest", hex.EncodeToString(digest), "CalculatedDigest", base64.StdEncoding.EncodeToString(r.md5[:]))
	case d.sum.value != nil && string(d.sum.value) != string(r.sum.value):
		err = d.sum.mismatch()
	case r.blob != nil:
		err = r.blob.Seal()
	}
	if err != nil {
		return nil, r.discard(err)
	}
	return r, nil
}

// digest is the MD5 that the content should have; nil when none was given.
func (d delivery) digest() ([]byte, error) {
	if d.md5 == "" {
		return nil, nil
	}
	digest, err := base64.StdEncoding.DecodeString(d.md5)
	if err != nil || len(digest) != md5.Size {
		return nil, invalidDigest.about("Content-MD5", d.md5)
	}
	return digest, nil
}

// copyIn streams the body to a blob, which it makes with the first byte.
func (s *Service) copyIn(ctx context.Context, d delivery, r *received) error {
	buffer := s.buffers.Get().(*[]byte) //nolint:errcheck // the pool holds nothing else
	defer s.buffers.Put(buffer)
	hashes := newDigests(d)
	limit := d.length.Or(largest)
	for {
		n, end := fill(ctx, d.body, *buffer)
		chunk := (*buffer)[:n]
		r.piece.size += int64(n)
		switch {
		case r.piece.size > limit && limit == largest:
			return entityTooLarge.err()
		case r.piece.size > limit:
			return incompleteBody.err()
		}
		_, _ = hashes.Write(chunk)
		r.piece.sum = crc32.Update(r.piece.sum, castagnoli, chunk)
		if err := s.keep(r, chunk); err != nil {
			return err
		}
		if errors.Is(end, io.EOF) {
			hashes.end(r)
			return nil
		}
		if end != nil {
			return end
		}
	}
}

// digests are what is made of content while it goes by, beside the sum of its blob.
type digests struct {
	md5, sum, also hash.Hash // also is nil when there is none
	of, alsoOf     algorithm
}

func newDigests(d delivery) digests {
	out := digests{md5: md5.New(), of: d.sum.algorithm, alsoOf: d.also} //nolint:gosec // an ETag is an MD5
	if out.of == noChecksum {
		out.of = defaultChecksum
	}
	out.sum = out.of.hash()
	if out.alsoOf != noChecksum {
		out.also = out.alsoOf.hash()
	}
	return out
}

// Write takes a chunk in; it never fails, since no hash does.
func (d digests) Write(chunk []byte) (int, error) {
	_, _ = d.md5.Write(chunk)
	_, _ = d.sum.Write(chunk)
	if d.also != nil {
		_, _ = d.also.Write(chunk)
	}
	return len(chunk), nil
}

// end tells what came of it.
func (d digests) end(r *received) {
	d.md5.Sum(r.md5[:0])
	r.sum = checksum{algorithm: d.of, value: d.sum.Sum(nil)}
	if d.also != nil {
		r.also = checksum{algorithm: d.alsoOf, value: d.also.Sum(nil)}
	}
}

// keep writes a chunk to the blob of what is received.
func (s *Service) keep(r *received, chunk []byte) (err error) {
	if len(chunk) == 0 {
		return nil
	}
	if r.blob == nil {
		if r.blob, err = s.objects.Create(); err != nil {
			return err
		}
		r.piece.id = r.blob.ID
	}
	_, err = r.blob.Write(chunk)
	return err
}

// mostIdle is how often a body may give nothing at all before it is given up.
const mostIdle = 100

// fill reads until the buffer is full, or the body ends (io.EOF) or fails.
func fill(ctx context.Context, from io.Reader, buffer []byte) (n int, err error) {
	for idle := 0; n < len(buffer); {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		got, err := from.Read(buffer[n:])
		n += got
		switch {
		case errors.Is(err, io.EOF):
			return n, io.EOF
		case err != nil:
			return n, unreadable(from, err)
		case got > 0:
			idle = 0
		default:
			if idle++; idle == mostIdle {
				return n, unreadable(from, io.ErrNoProgress)
			}
		}
	}
	return n, nil
}

// unreadable is the error of a body that broke off. Its cause is the caller's
// own, so its message says it.
func unreadable(from io.Reader, err error) error {
	if _, ours := from.(*body); ours {
		return err // of an object that is copied
	}
	var known *aws.Error
	if errors.As(err, &known) && known.Service == "" {
		return err // an error in S3's own words, of one who took the body apart
	}
	return &aws.Error{Code: incompleteBody.code, Message: "the body could not be read: " + err.Error(), Cause: err}
}
