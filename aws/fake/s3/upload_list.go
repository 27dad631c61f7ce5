package s3

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// ListParts lists the parts that an upload has so far.
func (s *Service) ListParts(ctx context.Context, in aws.ListPartsInput) (aws.ListPartsOutput, error) {
	return answer(ctx, s, "ListParts", func() (aws.ListPartsOutput, error) {
		out := aws.ListPartsOutput{Bucket: in.Bucket, Key: in.Key, UploadID: in.UploadID, PartNumberMarker: in.PartNumberMarker, Parts: []aws.Part{}, Initiator: s.initiator(), Owner: s.owner()}
		limit, err := pageSize(in.MaxParts, "max-parts")
		if err != nil {
			return out, err
		}
		if in.PartNumberMarker < 0 || in.PartNumberMarker > 1<<31-1 {
			return out, wrongArgument("Argument part-number-marker must be an integer between 0 and 2147483647", "part-number-marker", strconv.Itoa(in.PartNumberMarker))
		}
		out.MaxParts = limit
		err = s.store.View(func(r *store.Reader) error {
			b, err := s.bucket(r, in.Bucket)
			if err != nil {
				return err
			}
			u, err := b.upload(r, in.Key, in.UploadID)
			if err != nil {
				return err
			}
			out.StorageClass = cmp.Or(u.Input.StorageClass, aws.StandardClass)
			out.ChecksumAlgorithm, out.ChecksumType = u.Input.ChecksumAlgorithm, u.Input.ChecksumType
			if in.PartNumberMarker >= mostParts {
				return nil
			}
			return parts(r, in.UploadID, in.PartNumberMarker, func(number int, part *object) bool {
				if len(out.Parts) == limit {
					out.IsTruncated = limit > 0
					return false
				}
				listed := aws.Part{PartNumber: number, ETag: part.etag(), Size: part.size, LastModified: part.lastModified()}
				if u.algorithm() != noChecksum {
					listed.Checksums = part.checksum.out(0)
				}
				out.Parts = append(out.Parts, listed)
				out.NextPartNumberMarker = number
				return true
			})
		})
		return out, err
	})
}

// ListMultipartUploads lists the uploads under way in a bucket.
func (s *Service) ListMultipartUploads(ctx context.Context, in aws.ListMultipartUploadsInput) (aws.ListMultipartUploadsOutput, error) {
	return answer(ctx, s, "ListMultipartUploads", func() (aws.ListMultipartUploadsOutput, error) {
		out := aws.ListMultipartUploadsOutput{Bucket: in.Bucket, Prefix: in.Prefix, Delimiter: in.Delimiter, KeyMarker: in.KeyMarker, Uploads: []aws.MultipartUpload{}}
		limit, err := pageSize(in.MaxUploads, "max-uploads")
		if err != nil {
			return out, err
		}
		out.MaxUploads = limit
		if in.KeyMarker != "" { // without it, an upload's id says nothing
			out.UploadIDMarker = in.UploadIDMarker
		}
		err = s.store.View(func(r *store.Reader) error {
			b, err := s.bucket(r, in.Bucket)
			if err != nil {
				return err
			}
			if err := b.checkUploadMarker(r, out.KeyMarker, out.UploadIDMarker); err != nil {
				return err
			}
			return s.listUploads(r, b, &out)
		})
		return out, err
	})
}

func (s *Service) listUploads(r *store.Reader, b *bucket, out *aws.ListMultipartUploadsOutput) error {
	initiator, owner := s.initiator(), s.owner()
	uploads := &uploadCursor{Cursor: r.Cursor(b.Number.uploads())}
	p := page{cursor: uploads, prefix: out.Prefix, delimiter: out.Delimiter, after: out.KeyMarker, limit: out.MaxUploads}
	p.skip = func(key string, _ []byte) bool {
		return key == out.KeyMarker && (out.UploadIDMarker == "" || uploads.id <= out.UploadIDMarker)
	}
	p.fold = func(common string) {
		out.CommonPrefixes = append(out.CommonPrefixes, aws.CommonPrefix{Prefix: common})
	}
	p.add = func(key string, raw []byte) error {
		u, err := decodeUpload(raw)
		if err != nil {
			return err
		}
		out.NextKeyMarker, out.NextUploadIDMarker = key, uploads.id
		out.Uploads = append(out.Uploads, aws.MultipartUpload{
			Key: key, UploadID: uploads.id, Initiated: u.Initiated, Initiator: initiator, Owner: owner,
			StorageClass: cmp.Or(u.Input.StorageClass, aws.StandardClass), ChecksumAlgorithm: u.Input.ChecksumAlgorithm, ChecksumType: u.Input.ChecksumType,
		})
		return nil
	}
	err := p.list()
	out.IsTruncated = p.truncated
	return cmp.Or(uploads.err, err)
}

// initiator is who begins uploads: the user, for uploads of functions too.
func (s *Service) initiator() aws.Initiator {
	arn := s.config.User.ARN
	return aws.Initiator{ID: arn, DisplayName: arn[strings.LastIndex(arn, "/")+1:]}
}

// uploadCursor walks the uploads of a bucket by the keys of their objects.
type uploadCursor struct {
	store.Cursor
	id  string // of the upload that was found last
	err error  // that ended the walk
}

// Seek finds the first upload of a key that is not less.
func (c *uploadCursor) Seek(key []byte) (found, value []byte) {
	return c.found(c.Cursor.Seek([]byte(uploadPrefix(string(key)))))
}

// Next finds the upload after it.
func (c *uploadCursor) Next() (found, value []byte) { return c.found(c.Cursor.Next()) }

func (c *uploadCursor) found(stored, value []byte) ([]byte, []byte) {
	if stored == nil {
		return nil, nil
	}
	key, id, ok := parseUploadKey(stored)
	if !ok {
		c.err = errUpload
		return nil, nil
	}
	c.id = id
	return []byte(key), value
}

// checkUploadMarker refuses to go on after an upload of another key, or after what is
// none. One that is there no more will do: who ends uploads goes on after those.
func (b *bucket) checkUploadMarker(r *store.Reader, key, id string) error {
	if id == "" || r.Get(b.Number.uploads(), []byte(uploadKey(key, id))) != nil {
		return nil
	}
	_, err := uploadIDs.DecodeString(id)
	valid := err == nil
	for stored := range between(r.Cursor(b.Number.uploads()), "", "") {
		_, other, _ := parseUploadKey(stored)
		valid = valid && other != id
	}
	if !valid {
		return wrongArgument("Invalid uploadId marker", "upload-id-marker", id)
	}
	return nil
}
