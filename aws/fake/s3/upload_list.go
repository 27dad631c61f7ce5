package s3

import (
	"cmp"
	"context"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// ListParts lists the parts that an upload has so far.
func (s *Service) ListParts(ctx context.Context, in aws.ListPartsInput) (aws.ListPartsOutput, error) {
	return answer(ctx, s, "ListParts", func() (aws.ListPartsOutput, error) {
		out := aws.ListPartsOutput{Bucket: in.Bucket, Key: in.Key, UploadID: in.UploadID, PartNumberMarker: in.PartNumberMarker, Parts: []aws.Part{}}
		limit, err := pageSize(in.MaxParts, "max-parts")
		if err != nil {
			return out, err
		}
		if in.PartNumberMarker < 0 || in.PartNumberMarker > 1<<31-1 {
			return out, invalidArgument("Argument part-number-marker must be an integer between 0 and 2147483647")
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
		out := aws.ListMultipartUploadsOutput{Bucket: in.Bucket, Prefix: in.Prefix, KeyMarker: in.KeyMarker, Uploads: []aws.MultipartUpload{}}
		limit, err := pageSize(in.MaxUploads, "max-uploads")
		if err != nil {
			return out, err
		}
		out.MaxUploads = limit
		after := ""
		switch {
		case in.KeyMarker == "": // without it, an upload's id says nothing
		case in.UploadIDMarker == "":
			after = past(uploadKey(in.KeyMarker, ""))
		default:
			out.UploadIDMarker = in.UploadIDMarker
			after = uploadKey(in.KeyMarker, in.UploadIDMarker)
		}
		err = s.store.View(func(r *store.Reader) error {
			b, err := s.bucket(r, in.Bucket)
			if err != nil {
				return err
			}
			return listUploads(r.Cursor(b.Number.uploads()), uploadPrefix(in.Prefix), after, &out)
		})
		return out, err
	})
}

func listUploads(c store.Cursor, prefix, after string, out *aws.ListMultipartUploadsOutput) error {
	for stored, raw := range between(c, prefix, after) {
		if n := len(out.Uploads); n == out.MaxUploads {
			if n > 0 {
				out.IsTruncated = true
				out.NextKeyMarker, out.NextUploadIDMarker = out.Uploads[n-1].Key, out.Uploads[n-1].UploadID
			}
			return nil
		}
		u, err := decodeUpload(raw)
		if err != nil {
			return err
		}
		key, id, ok := parseUploadKey(stored)
		if !ok {
			return errUpload
		}
		out.Uploads = append(out.Uploads, aws.MultipartUpload{
			Key: key, UploadID: id, Initiated: u.Initiated, StorageClass: cmp.Or(u.Input.StorageClass, aws.StandardClass), ChecksumAlgorithm: u.Input.ChecksumAlgorithm, ChecksumType: u.Input.ChecksumType,
		})
	}
	return nil
}
