package s3

import (
	"context"
	"errors"
	"io/fs"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// GetObject reads an object, or a range of it. What it gives stays as it is,
// whatever becomes of the object, until Body is closed.
func (s *Service) GetObject(ctx context.Context, in aws.GetObjectInput) (aws.GetObjectOutput, error) {
	return answer(ctx, s, "GetObject", func() (out aws.GetObjectOutput, err error) {
		for {
			o, part, given, err := s.find(in)
			if err != nil {
				return out, err
			}
			body, err := s.openBody(ctx, o, part)
			if errors.Is(err, errReplaced) || errors.Is(err, fs.ErrNotExist) && s.replaced(in, o) {
				continue // between the look and the opening
			}
			if err != nil {
				return out, err
			}
			out = aws.GetObjectOutput{Body: body, ContentLength: part.length, ObjectAttributes: o.attributes()}
			if given {
				out.ContentRange = part.contentRange(o.size)
			}
			return out, nil
		}
	})
}

// HeadObject tells about an object.
func (s *Service) HeadObject(ctx context.Context, in aws.HeadObjectInput) (aws.HeadObjectOutput, error) {
	return headAnswer(ctx, s, "HeadObject", func() (out aws.HeadObjectOutput, err error) {
		o, part, given, err := s.find(aws.GetObjectInput(in))
		if err != nil {
			return out, err
		}
		out = aws.HeadObjectOutput{ContentLength: part.length, ObjectAttributes: o.attributes()}
		if given {
			out.ContentRange = part.contentRange(o.size)
		}
		return out, nil
	})
}

// find reads what is stored of an object, and which part of it is asked for.
func (s *Service) find(in aws.GetObjectInput) (o *object, part span, given bool, err error) {
	if err := checkKey(in.Key); err != nil {
		return nil, part, false, err
	}
	err = s.store.View(func(r *store.Reader) error {
		o, err = s.stored(r, in.Bucket, in.Key)
		return err
	})
	if err == nil {
		err = readConditions(in).check(o)
	}
	if err == nil {
		part, given, err = parseRange(in.Range, o.size)
	}
	return o, part, given, err
}

// stored reads an object that must be there.
func (s *Service) stored(r *store.Reader, bucket, key string) (*object, error) {
	b, err := s.bucket(r, bucket)
	if err != nil {
		return nil, err
	}
	o, err := b.object(r, key)
	if err == nil && o == nil {
		err = noSuchKey.err()
	}
	return o, err
}

// replaced reports whether an object's blobs are no longer those it had.
func (s *Service) replaced(in aws.GetObjectInput, before *object) bool {
	now, _, _, err := s.find(aws.GetObjectInput{Bucket: in.Bucket, Key: in.Key})
	return err != nil || len(now.pieces) == 0 || now.pieces[0].id != before.pieces[0].id
}
