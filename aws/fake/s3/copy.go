package s3

import (
	"context"
	"crypto/md5" //nolint:gosec // an ETag is an MD5
	"errors"
	"io"
	"net/url"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// CopyObject copies an object. The copy shares the blobs of its source, so no
// content moves.
func (s *Service) CopyObject(ctx context.Context, in aws.CopyObjectInput) (aws.CopyObjectOutput, error) {
	return answer(ctx, s, "CopyObject", func() (out aws.CopyObjectOutput, err error) {
		d, err := newDuplicate(in)
		if err != nil {
			return out, err
		}
		for {
			made, err := s.copyOnce(ctx, d)
			if errors.Is(err, errReplaced) {
				continue // between the look and the copy
			}
			if err != nil {
				return out, err
			}
			out.CopyObjectResult = aws.CopyObjectResult{ETag: made.etag(), LastModified: made.lastModified()}
			return out, nil
		}
	})
}

// duplicate is a copy that is to be made.
type duplicate struct {
	aws.CopyObjectInput
	fromBucket, fromKey string
}

func newDuplicate(in aws.CopyObjectInput) (d duplicate, err error) {
	d.CopyObjectInput = in
	if err := checkKey(in.Key); err != nil {
		return d, err
	}
	if d.fromBucket, d.fromKey, err = parseCopySource(in.CopySource); err != nil {
		return d, err
	}
	switch in.MetadataDirective {
	case "", "COPY":
		if d.fromBucket == in.Bucket && d.fromKey == in.Key {
			return d, copyOntoItself.err()
		}
	case "REPLACE":
		return d, checkMetadata(in.Metadata)
	default:
		return d, invalidArgument("Unknown metadata directive.")
	}
	return d, nil
}

// parseCopySource takes "bucket/key" apart, the key being URL-encoded. A slash
// before it and the version of objects that have none may be there.
func parseCopySource(source string) (bucket, key string, err error) {
	source, version, versioned := strings.Cut(strings.TrimPrefix(source, "/"), "?versionId=")
	if versioned && version != "null" {
		return "", "", invalidArgument("Invalid version id specified")
	}
	bucket, key, _ = strings.Cut(source, "/")
	if bucket == "" || key == "" {
		return "", "", invalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
	}
	key, err = url.PathUnescape(key)
	if err != nil || checkKey(key) != nil {
		return "", "", invalidArgument("Invalid copy source encoding.")
	}
	return bucket, key, nil
}

// copyOnce copies the source as it is now; errReplaced says that it changed
// meanwhile.
func (s *Service) copyOnce(ctx context.Context, d duplicate) (made *object, err error) {
	var source *object
	err = s.store.View(func(r *store.Reader) error {
		source, err = s.stored(r, d.fromBucket, d.fromKey)
		return err
	})
	if err != nil {
		return nil, err
	}
	if source.size > largest {
		return nil, copyTooLarge.err()
	}
	sum := source.md5
	if source.parts > 0 { // the copy is a single one
		if sum, err = s.hash(ctx, source); err != nil {
			return nil, err
		}
	}
	err = s.change(ctx, func(c *change) error {
		now, err := s.stored(&c.w.Reader, d.fromBucket, d.fromKey)
		switch {
		case err != nil:
			return err
		case now.md5 != source.md5 || !slices.Equal(now.pieces, source.pieces):
			return errReplaced
		}
		b, err := s.bucket(&c.w.Reader, d.Bucket)
		if err != nil {
			return err
		}
		made = &object{size: now.size, modified: s.now().Unix(), md5: sum, pieces: now.pieces, headers: now.headers}
		if d.MetadataDirective == "REPLACE" {
			made.headers = headers{contentType: typeOr(d.ContentType), metadata: lowered(d.Metadata)}
		}
		if err := c.put(b, d.Key, made); err != nil {
			return err
		}
		return c.notify(b, aws.EventObjectCreatedCopy, d.Key, made)
	})
	return made, err
}

// hash is the MD5 of an object's content.
func (s *Service) hash(ctx context.Context, o *object) (sum [md5.Size]byte, err error) {
	content, err := s.openBody(ctx, o, span{0, o.size})
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	buffer := s.buffers.Get().(*[]byte) //nolint:errcheck // the pool holds nothing else
	defer s.buffers.Put(buffer)
	hash := md5.New() //nolint:gosec // an ETag is an MD5
	if _, err := io.CopyBuffer(hash, content, *buffer); err != nil {
		return sum, err
	}
	hash.Sum(sum[:0])
	return sum, nil
}
