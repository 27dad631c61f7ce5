package s3

import (
	"cmp"
	"context"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// PutObject writes a whole object, replacing one with the same key.
func (s *Service) PutObject(ctx context.Context, in aws.PutObjectInput) (aws.PutObjectOutput, error) {
	return answer(ctx, s, "PutObject", func() (out aws.PutObjectOutput, err error) {
		if err := checkPut(in); err != nil {
			return out, err
		}
		err = s.store.View(func(r *store.Reader) error {
			_, err := s.mayPut(r, in)
			return err
		})
		if err != nil {
			return out, err // before the body has been sent for nothing
		}
		sum, err := promised(in.ChecksumAlgorithm, in.Checksums)
		if err != nil {
			return out, err
		}
		tags, err := parseTagging(in.Tagging)
		if err != nil {
			return out, err
		}
		content, err := s.receive(ctx, delivery{body: in.Body, length: in.ContentLength, md5: in.ContentMD5, sum: sum})
		if err != nil {
			return out, err
		}
		now := content.object(s.now())
		now.ObjectHeaders, now.class, now.tags = kept(in.ObjectHeaders), keptClass(in.StorageClass), tags
		err = s.change(ctx, func(c *change) error {
			b, err := s.mayPut(&c.w.Reader, in)
			if err != nil {
				return err
			}
			if err := c.put(b, in.Key, now); err != nil {
				return err
			}
			out.VersionID = now.version
			return c.notify(b, aws.EventObjectCreatedPut, in.Key, now)
		})
		if err := content.settle(err); err != nil {
			return out, err
		}
		out.ETag, out.Size, out.ServerSideEncryption = now.etag(), now.size, encryption
		out.Checksums, out.ChecksumType = now.checksum.out(0), now.checksum.kind()
		return out, nil
	})
}

func checkPut(in aws.PutObjectInput) error {
	if err := checkKey(in.Key); err != nil {
		return err
	}
	if err := (precondition{in.IfMatch, in.IfNoneMatch}).checkForm(); err != nil {
		return err
	}
	return checkKeeping(in.StorageClass, in.ServerSideEncryption, in.Metadata)
}

// mayPut reads the bucket, which must be there, and checks that the conditions hold.
func (s *Service) mayPut(r *store.Reader, in aws.PutObjectInput) (*bucket, error) {
	b, err := s.bucket(r, in.Bucket)
	if err == nil {
		err = b.checkACL(in.ACL)
	}
	if err != nil {
		return nil, err
	}
	return b, precondition{in.IfMatch, in.IfNoneMatch}.check(r, b, in.Key)
}

// kept are headers as S3 keeps them.
func kept(h aws.ObjectHeaders) aws.ObjectHeaders {
	h.ContentType, h.Metadata = cmp.Or(h.ContentType, "binary/octet-stream"), lowered(h.Metadata)
	return h
}

// mostMetadata is the limit of a user's own metadata, names and values, in bytes.
const mostMetadata = 2 << 10

func checkMetadata(metadata map[string]string) error {
	size := 0
	for name, value := range metadata {
		size += len(name) + len(value)
	}
	if size > mostMetadata {
		return metadataTooLarge.err()
	}
	return nil
}

// lowered is metadata as S3 keeps it: names are those of HTTP headers, and come
// back in lower case.
func lowered(metadata map[string]string) map[string]string {
	if len(metadata) == 0 {
		return nil
	}
	kept := make(map[string]string, len(metadata))
	for name, value := range metadata {
		kept[strings.ToLower(name)] = value
	}
	return kept
}
