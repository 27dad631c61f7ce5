package s3

import (
	"context"
	"errors"
	"io"
	"io/fs"
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
			out, err := s.copyOnce(ctx, d)
			if !errors.Is(err, errReplaced) { // between the look and the copy
				return out, err
			}
		}
	})
}

// duplicate is a copy that is to be made.
type duplicate struct {
	aws.CopyObjectInput
	from origin
	tags []aws.Tag
	sum  algorithm // of the copy's checksum; none for the source's
}

func newDuplicate(in aws.CopyObjectInput) (d duplicate, err error) {
	d.CopyObjectInput = in
	if err := checkKey(in.Key); err != nil {
		return d, err
	}
	d.from, err = newOrigin(in.CopySource, conditions{in.CopySourceIfMatch, in.CopySourceIfNoneMatch, in.CopySourceIfModifiedSince, in.CopySourceIfUnmodifiedSince})
	if err != nil {
		return d, err
	}
	if d.sum, err = algorithmNamed(in.ChecksumAlgorithm); err != nil {
		return d, err
	}
	if err := (precondition{in.IfMatch, in.IfNoneMatch}).checkForm(); err != nil {
		return d, err
	}
	switch in.TaggingDirective {
	case "", "COPY":
	case replaces:
		if d.tags, err = parseTagging(in.Tagging); err != nil {
			return d, err
		}
	default:
		return d, wrongArgument("Unknown tagging directive.", "x-amz-tagging-directive", in.TaggingDirective)
	}
	switch in.MetadataDirective {
	case "", "COPY":
		if d.from.identity == (identity{bucket: in.Bucket, key: in.Key}) && in.StorageClass == "" && in.ServerSideEncryption == "" {
			return d, copyOntoItself.err()
		}
	case replaces:
	default:
		return d, wrongArgument("Unknown metadata directive.", "x-amz-metadata-directive", in.MetadataDirective)
	}
	return d, checkKeeping(in.StorageClass, in.ServerSideEncryption, in.Metadata)
}

// replaces is the directive not to copy what the source has.
const replaces = "REPLACE"

// origin is what is to be copied, which must be as is asked.
type origin struct {
	identity
	conditions
}

func newOrigin(source string, asked conditions) (origin, error) {
	from, err := parseCopySource(source)
	return origin{from, asked}, err
}

// source reads what is to be copied.
func (s *Service) source(r *store.Reader, from origin) (*object, error) {
	o, b, err := s.stored(r, from.identity)
	if err != nil {
		return nil, err
	}
	if err := from.copied(o, s.now()); err != nil {
		return nil, err
	}
	if o.archived() {
		return nil, invalidCopyState.about("StorageClass", o.class)
	}
	o.told = b.toldVersion(o)
	return o, nil
}

// parseCopySource takes "bucket/key" apart, which is URL-encoded, the slash too if one
// likes. A slash before it and a version after it may be there.
func parseCopySource(source string) (from identity, err error) {
	source, from.version, _ = strings.Cut(source, "?versionId=")
	source, err = url.PathUnescape(source)
	if err != nil {
		return from, invalidArgument("Invalid copy source encoding.")
	}
	from.bucket, from.key, _ = strings.Cut(strings.TrimPrefix(source, "/"), "/")
	switch {
	case from.bucket == "" || from.key == "":
		return from, invalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
	case checkKey(from.key) != nil:
		return from, invalidArgument("Invalid copy source encoding.")
	}
	return from, nil
}

// headers are those of the copy, of a source that has some.
func (d duplicate) headers(source aws.ObjectHeaders) aws.ObjectHeaders {
	if d.MetadataDirective != replaces {
		return source
	}
	return kept(d.ObjectHeaders)
}

// copyOnce copies the source as it is now; errReplaced says that it changed
// meanwhile.
func (s *Service) copyOnce(ctx context.Context, d duplicate) (out aws.CopyObjectOutput, err error) {
	var source *object
	err = s.store.View(func(r *store.Reader) error {
		source, err = s.source(r, d.from)
		return err
	})
	if err != nil {
		return out, err
	}
	if source.size > largest {
		return out, copyTooLarge.err()
	}
	made, err := s.whole(ctx, source, d.sum)
	if errors.Is(err, fs.ErrNotExist) && s.replaced(d.from.identity, source) {
		err = errReplaced
	}
	if err != nil {
		return out, err
	}
	err = s.change(ctx, func(c *change) error {
		now, err := s.source(&c.w.Reader, d.from)
		switch {
		case err != nil:
			return err
		case now.md5 != source.md5 || !slices.Equal(now.pieces, source.pieces):
			return errReplaced
		}
		out.CopySourceVersionID = now.told
		b, err := s.bucket(&c.w.Reader, d.Bucket)
		if err == nil {
			err = b.checkACL(d.ACL)
		}
		if err == nil {
			err = precondition{d.IfMatch, d.IfNoneMatch}.check(&c.w.Reader, b, d.Key)
		}
		if err != nil {
			return err
		}
		made.modified, made.ObjectHeaders, made.class, made.tags = s.now().Unix(), d.headers(now.ObjectHeaders), keptClass(d.StorageClass), now.tags
		if d.TaggingDirective == replaces {
			made.tags = d.tags
		}
		if err := c.put(b, d.Key, made); err != nil {
			return err
		}
		return c.notify(b, aws.EventObjectCreatedCopy, d.Key, made)
	})
	out.CopyObjectResult = aws.CopyObjectResult{
		ETag: made.etag(), LastModified: made.lastModified(), Checksums: made.checksum.out(0), ChecksumType: made.checksum.kind(),
	}
	out.VersionID, out.ServerSideEncryption = made.version, encryption
	return out, err
}

// whole is an object's content as that of a copy, which is a single one whatever
// its source was. What is not known of it yet is read for.
func (s *Service) whole(ctx context.Context, source *object, by algorithm) (*object, error) {
	made := &object{size: source.size, md5: source.md5, checksum: source.checksum, pieces: source.pieces}
	if by == noChecksum {
		by = source.checksum.algorithm
	}
	if source.parts == 0 && by == source.checksum.algorithm && !source.checksum.composite {
		return made, nil
	}
	r, err := s.digest(ctx, source, delivery{sum: checksum{algorithm: by}})
	if err == nil {
		made.md5, made.checksum = r.md5, r.sum
	}
	return made, err
}

// digest reads an object's content for its digests.
func (s *Service) digest(ctx context.Context, o *object, d delivery) (r received, err error) {
	content, err := s.openBody(ctx, o, span{0, o.size})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	buffer := s.buffers.Get().(*[]byte) //nolint:errcheck // the pool holds nothing else
	defer s.buffers.Put(buffer)
	hashes := newDigests(d)
	if _, err := io.CopyBuffer(hashes, content, *buffer); err != nil {
		return r, err
	}
	hashes.end(&r)
	return r, nil
}
