package s3

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// UploadPartCopy makes a part of what is in an object. Other than a copy of a whole
// object, it has a blob of its own.
func (s *Service) UploadPartCopy(ctx context.Context, in aws.UploadPartCopyInput) (aws.UploadPartCopyOutput, error) {
	return answer(ctx, s, "UploadPartCopy", func() (out aws.UploadPartCopyOutput, err error) {
		from, err := newOrigin(in.CopySource, conditions{in.CopySourceIfMatch, in.CopySourceIfNoneMatch, in.CopySourceIfModifiedSince, in.CopySourceIfUnmodifiedSince})
		if err != nil {
			return out, err
		}
		to := aws.UploadPartInput{Bucket: in.Bucket, Key: in.Key, UploadID: in.UploadID, PartNumber: in.PartNumber}
		u, err := s.uploadOf(to)
		if err != nil {
			return out, err
		}
		content, source, err := s.reading(ctx, from.identity, func() (*object, span, error) { return s.sourcePart(from, in.CopySourceRange) })
		if err != nil {
			return out, err
		}
		to.Body, to.ChecksumAlgorithm = content, u.Input.ChecksumAlgorithm
		part, sum, err := s.addPart(ctx, u, to)
		if err := errors.Join(err, content.Close()); err != nil {
			return out, err
		}
		out.CopyPartResult = aws.CopyPartResult{ETag: part.etag(), LastModified: part.lastModified(), Checksums: sum.out(0)}
		out.CopySourceVersionID, out.ServerSideEncryption = source.told, encryption
		return out, nil
	})
}

// sourcePart reads what is to be copied, and which part of it.
func (s *Service) sourcePart(from origin, asked string) (o *object, at span, err error) {
	err = s.store.View(func(r *store.Reader) error {
		o, err = s.source(r, from)
		return err
	})
	if err == nil {
		at, err = parseCopyRange(asked, o.size)
	}
	if err == nil && at.length > largest {
		err = copyTooLarge.err()
	}
	return o, at, err
}

// parseCopyRange reads the range of an object that is copied: the whole when none is
// given. Other than in a Range header, both its ends must be said, and be there.
func parseCopyRange(text string, size int64) (span, error) {
	if text == "" {
		return span{0, size}, nil
	}
	ends, ok := strings.CutPrefix(text, "bytes=")
	first, last, _ := strings.Cut(ends, "-")
	from, to := position(first), position(last)
	switch {
	case !ok || first == "" || last == "" || !digits(first+last) || from > to:
		return span{}, invalidArgument("The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy")
	case to >= size:
		return span{}, invalidArgument(fmt.Sprintf("Range specified is not valid for source object of size: %d", size))
	}
	return span{from, to - from + 1}, nil
}
