package s3

import (
	"bytes"
	"context"
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
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
		return nil, noSuchUpload.about("UploadId", id)
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
		if err := checkKeeping(in.StorageClass, in.ServerSideEncryption, in.Metadata); err != nil {
			return out, err
		}
		if in.ChecksumType, err = checksumTypeOf(in); err != nil {
			return out, err
		}
		if _, err := parseTagging(in.Tagging); err != nil {
			return out, err
		}
		out = aws.CreateMultipartUploadOutput{
			Bucket: in.Bucket, Key: in.Key, UploadID: s.uploadID(), ServerSideEncryption: encryption,
			ChecksumAlgorithm: in.ChecksumAlgorithm, ChecksumType: in.ChecksumType,
		}
		return out, s.change(ctx, func(c *change) error {
			b, err := s.bucket(&c.w.Reader, in.Bucket)
			if err == nil {
				err = b.checkACL(in.ACL)
			}
			if err != nil {
				return err
			}
			raw, err := json.Marshal(upload{Initiated: s.now(), Input: in})
			c.w.Put(b.Number.uploads(), []byte(uploadKey(in.Key, out.UploadID)), raw)
			return err
		})
	})
}

// checksumTypeOf is of which type the checksum of an upload's object will be; ""
// when none was asked for.
func checksumTypeOf(in aws.CreateMultipartUploadInput) (string, error) {
	asked, err := algorithmNamed(in.ChecksumAlgorithm)
	joins := algorithms[asked].polynomial != 0
	switch {
	case err != nil:
		return "", err
	case asked == noChecksum && in.ChecksumType != "":
		return "", invalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.")
	case asked == noChecksum:
		return "", nil
	case in.ChecksumType == "" && asked == defaultChecksum:
		return aws.ChecksumFullObject, nil
	case in.ChecksumType == "":
		return aws.ChecksumComposite, nil
	case in.ChecksumType != aws.ChecksumFullObject && in.ChecksumType != aws.ChecksumComposite:
		return "", invalidRequest("Value for x-amz-checksum-type header is invalid.")
	case in.ChecksumType == aws.ChecksumFullObject && !joins, in.ChecksumType == aws.ChecksumComposite && asked == defaultChecksum:
		return "", invalidRequest("The " + in.ChecksumType + " checksum type cannot be used with the " + asked.header() + " checksum algorithm.")
	}
	return in.ChecksumType, nil
}

// mostParts is the limit of an upload.
const mostParts = 10_000

// UploadPart sends one part, replacing one with the same number.
func (s *Service) UploadPart(ctx context.Context, in aws.UploadPartInput) (aws.UploadPartOutput, error) {
	return answer(ctx, s, "UploadPart", func() (out aws.UploadPartOutput, err error) {
		u, err := s.uploadOf(in) // before the body has been sent for nothing
		if err != nil {
			return out, err
		}
		part, sum, err := s.addPart(ctx, u, in)
		if err != nil {
			return out, err
		}
		return aws.UploadPartOutput{ETag: part.etag(), ServerSideEncryption: encryption, Checksums: sum.out(0)}, nil
	})
}

// wrongPart is the error of a part's number that is none.
func wrongPart(number int) error {
	return wrongArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", strconv.Itoa(number))
}

// uploadOf reads the upload that a part is for.
func (s *Service) uploadOf(in aws.UploadPartInput) (u *upload, err error) {
	if err := checkKey(in.Key); err != nil {
		return nil, err
	}
	if in.PartNumber < 1 || in.PartNumber > mostParts {
		return nil, wrongPart(in.PartNumber)
	}
	err = s.store.View(func(r *store.Reader) error {
		u, err = s.mayUpload(r, in)
		return err
	})
	return u, err
}

// addPart receives a part; it gives the part as it is stored, and the checksum that
// its sender is told.
func (s *Service) addPart(ctx context.Context, u *upload, in aws.UploadPartInput) (*object, checksum, error) {
	d, err := u.delivery(in)
	if err != nil {
		return nil, checksum{}, err
	}
	content, err := s.receive(ctx, d)
	if err != nil {
		return nil, checksum{}, err
	}
	part := content.object(s.now())
	if d.also != noChecksum {
		part.checksum = content.also
	}
	err = s.change(ctx, func(c *change) error {
		if _, err := s.mayUpload(&c.w.Reader, in); err != nil {
			return err
		}
		if err := c.dropPart(in.UploadID, in.PartNumber); err != nil {
			return err
		}
		c.refer(part.pieces, 1)
		c.w.Put(partsBucket, partKey(in.UploadID, in.PartNumber), part.encode())
		return nil
	})
	return part, content.sum, content.settle(err)
}

// mayUpload reads the upload, which must be there.
func (s *Service) mayUpload(r *store.Reader, in aws.UploadPartInput) (*upload, error) {
	b, err := s.bucket(r, in.Bucket)
	if err != nil {
		return nil, err
	}
	return b.upload(r, in.Key, in.UploadID)
}

// delivery is how a part is received. Its checksum is by the upload's algorithm; of
// an upload without one, S3 makes its own beside that of the sender.
func (u *upload) delivery(in aws.UploadPartInput) (d delivery, err error) {
	d = delivery{body: in.Body, length: in.ContentLength, md5: in.ContentMD5}
	if d.sum, err = promised(in.ChecksumAlgorithm, in.Checksums); err != nil {
		return d, err
	}
	own := u.algorithm()
	switch {
	case own == noChecksum && d.sum.algorithm != noChecksum:
		d.also = defaultChecksum
	case own == noChecksum || own == d.sum.algorithm:
	case d.sum.algorithm == noChecksum && u.Input.ChecksumType == aws.ChecksumFullObject:
		d.sum.algorithm = own
	default:
		return d, invalidRequest("Checksum Type mismatch occurred, expected checksum Type: " + own.header() + ", actual checksum Type: " + d.sum.header())
	}
	return d, nil
}

// algorithm is that of the checksums of the upload's parts; none when none was
// asked for.
func (u *upload) algorithm() algorithm {
	a, _ := algorithmNamed(u.Input.ChecksumAlgorithm) // it was checked
	return a
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
