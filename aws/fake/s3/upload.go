package s3

import (
	"bytes"
	"context"
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// partsBucket holds the parts of all uploads, each as an object without headers.
const partsBucket = "s3/parts" // upload id, part number → part

// upload is what is stored of a multipart upload.
type upload struct {
	Initiated time.Time
	Input     aws.CreateMultipartUploadInput // what the object will be
}

var errUpload = errors.New("a stored upload cannot be read")

func decodeUpload(raw []byte) (*upload, error) {
	u := &upload{}
	if err := json.Unmarshal(raw, u); err != nil {
		return nil, fmt.Errorf("%w: %w", errUpload, err)
	}
	return u, nil
}

// An upload's key in the store is the object's key, and the upload's id, which
// begins with the time: uploads are listed by key, and then by time. For that
// order the object's key is escaped, so that its end is less than any byte.
const (
	escapedZero = "\x00\xff"
	keyEnd      = "\x00\x00"
)

func uploadPrefix(key string) string { return strings.ReplaceAll(key, "\x00", escapedZero) }

func uploadKey(key, id string) string { return uploadPrefix(key) + keyEnd + id }

// parseUploadKey takes the key of an upload apart.
func parseUploadKey(stored []byte) (key, id string, ok bool) {
	escaped, id, ok := strings.Cut(string(stored), keyEnd)
	return strings.ReplaceAll(escaped, escapedZero, "\x00"), id, ok
}

func partKey(id string, part int) []byte {
	return binary.BigEndian.AppendUint16([]byte(id), uint16(part)) //nolint:gosec // 1 to 10,000
}

// uploadIDs are written so that their order is that of their bytes.
var uploadIDs = base32.HexEncoding.WithPadding(base32.NoPadding)

func (s *Service) uploadID() string {
	time := binary.BigEndian.AppendUint64(nil, uint64(s.config.Now().UnixNano()))
	return uploadIDs.EncodeToString(append(time, s.random(32)...))
}

// upload reads an upload of a bucket.
func (b *bucket) upload(r *store.Reader, key, id string) (*upload, error) {
	raw := r.Get(b.Number.uploads(), []byte(uploadKey(key, id)))
	if raw == nil {
		return nil, noSuchUpload.err()
	}
	return decodeUpload(raw)
}

// parts walks the parts of an upload whose numbers are greater than after, as
// long as each wants more.
func parts(r *store.Reader, id string, after int, each func(number int, part *object) (more bool)) error {
	for stored, raw := range between(r.Cursor(partsBucket), id, string(partKey(id, after))) {
		part, err := decodeObject(raw)
		if err != nil {
			return err
		}
		if !each(int(binary.BigEndian.Uint16(stored[len(id):])), part) {
			return nil
		}
	}
	return nil
}

// CreateMultipartUpload begins an object that is sent in parts.
func (s *Service) CreateMultipartUpload(ctx context.Context, in aws.CreateMultipartUploadInput) (aws.CreateMultipartUploadOutput, error) {
	return answer(ctx, s, "CreateMultipartUpload", func() (out aws.CreateMultipartUploadOutput, err error) {
		if err := checkKey(in.Key); err != nil {
			return out, err
		}
		if err := checkMetadata(in.Metadata); err != nil {
			return out, err
		}
		out = aws.CreateMultipartUploadOutput{Bucket: in.Bucket, Key: in.Key, UploadID: s.uploadID()}
		return out, s.change(ctx, func(c *change) error {
			b, err := s.bucket(&c.w.Reader, in.Bucket)
			if err != nil {
				return err
			}
			raw, err := json.Marshal(upload{Initiated: s.now(), Input: in})
			c.w.Put(b.Number.uploads(), []byte(uploadKey(in.Key, out.UploadID)), raw)
			return err
		})
	})
}

// mostParts is the limit of an upload.
const mostParts = 10_000

// UploadPart sends one part, replacing one with the same number.
func (s *Service) UploadPart(ctx context.Context, in aws.UploadPartInput) (aws.UploadPartOutput, error) {
	return answer(ctx, s, "UploadPart", func() (out aws.UploadPartOutput, err error) {
		if err := checkKey(in.Key); err != nil {
			return out, err
		}
		if in.PartNumber < 1 || in.PartNumber > mostParts {
			return out, invalidArgument("Part number must be an integer between 1 and 10000, inclusive")
		}
		if err := s.store.View(func(r *store.Reader) error { return s.mayUpload(r, in) }); err != nil {
			return out, err // before the body has been sent for nothing
		}
		content, err := s.receive(ctx, delivery{in.Body, in.ContentLength, in.ContentMD5})
		if err != nil {
			return out, err
		}
		part := &object{size: content.piece.size, modified: s.now().Unix(), md5: content.md5, pieces: content.pieces()}
		err = s.change(ctx, func(c *change) error {
			if err := s.mayUpload(&c.w.Reader, in); err != nil {
				return err
			}
			if err := c.dropPart(in.UploadID, in.PartNumber); err != nil {
				return err
			}
			c.refer(part.pieces, 1)
			c.w.Put(partsBucket, partKey(in.UploadID, in.PartNumber), part.encode())
			return nil
		})
		out.ETag = part.etag()
		return out, content.settle(err)
	})
}

// mayUpload checks that the upload is there.
func (s *Service) mayUpload(r *store.Reader, in aws.UploadPartInput) error {
	b, err := s.bucket(r, in.Bucket)
	if err == nil {
		_, err = b.upload(r, in.Key, in.UploadID)
	}
	return err
}

// dropPart lets go of a part's blob, if there is one; its key stays.
func (c *change) dropPart(id string, number int) error {
	raw := c.w.Get(partsBucket, partKey(id, number))
	if raw == nil {
		return nil
	}
	part, err := decodeObject(raw)
	if err == nil {
		c.refer(part.pieces, -1)
	}
	return err
}

// AbortMultipartUpload forgets an upload and its parts.
func (s *Service) AbortMultipartUpload(ctx context.Context, in aws.AbortMultipartUploadInput) (out aws.AbortMultipartUploadOutput, err error) {
	return answer(ctx, s, "AbortMultipartUpload", func() (aws.AbortMultipartUploadOutput, error) {
		return out, s.change(ctx, func(c *change) error {
			b, err := s.bucket(&c.w.Reader, in.Bucket)
			if err == nil {
				_, err = b.upload(&c.w.Reader, in.Key, in.UploadID)
			}
			if err != nil {
				return err
			}
			return c.dropUpload(b, in.Key, in.UploadID)
		})
	})
}

// dropUpload stages the end of an upload.
func (c *change) dropUpload(b *bucket, key, id string) error {
	c.w.Delete(b.Number.uploads(), []byte(uploadKey(key, id)))
	return parts(&c.w.Reader, id, 0, func(number int, part *object) bool {
		c.refer(part.pieces, -1)
		c.w.Delete(partsBucket, partKey(id, number))
		return true
	})
}

// dropUploads stages the end of all uploads of a bucket.
func (c *change) dropUploads(b *bucket) error {
	for stored := range between(c.w.Cursor(b.Number.uploads()), "", "") {
		key, id, _ := parseUploadKey(bytes.Clone(stored))
		if err := c.dropUpload(b, key, id); err != nil {
			return err
		}
	}
	c.w.Drop(b.Number.uploads())
	return nil
}
