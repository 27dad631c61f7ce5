package s3

import (
	"context"
	"errors"

	"awslab/aws"
)

// DeleteObject deletes an object; a missing one is no error, and no event.
func (s *Service) DeleteObject(ctx context.Context, in aws.DeleteObjectInput) (out aws.DeleteObjectOutput, err error) {
	return answer(ctx, s, "DeleteObject", func() (aws.DeleteObjectOutput, error) {
		if err := checkKey(in.Key); err != nil {
			return out, err
		}
		return out, s.change(ctx, func(c *change) error {
			b, err := s.bucket(&c.w.Reader, in.Bucket)
			if err != nil {
				return err
			}
			return c.remove(b, in.Key)
		})
	})
}

// remove stages the deletion of an object.
func (c *change) remove(b *bucket, key string) error {
	if c.w.Get(b.Number.objects(), []byte(key)) == nil {
		return nil
	}
	if err := c.drop(b, key); err != nil {
		return err
	}
	c.w.Delete(b.Number.objects(), []byte(key))
	return c.notify(b, aws.EventObjectRemovedDelete, key, nil)
}

// mostDeleted is the limit of one request.
const mostDeleted = 1000

// DeleteObjects deletes up to 1,000 objects.
func (s *Service) DeleteObjects(ctx context.Context, in aws.DeleteObjectsInput) (aws.DeleteObjectsOutput, error) {
	return answer(ctx, s, "DeleteObjects", func() (out aws.DeleteObjectsOutput, err error) {
		keys := in.Delete.Objects
		if len(keys) == 0 || len(keys) > mostDeleted {
			return out, malformedXML.err()
		}
		for _, k := range keys {
			if k.Key == "" {
				return out, malformedXML.err()
			}
		}
		err = s.change(ctx, func(c *change) error {
			out, err = c.removeAll(in)
			return err
		})
		return out, err
	})
}

// removeAll stages the deletion of objects, each once.
func (c *change) removeAll(in aws.DeleteObjectsInput) (out aws.DeleteObjectsOutput, err error) {
	b, err := c.s.bucket(&c.w.Reader, in.Bucket)
	if err != nil {
		return out, err
	}
	done := make(map[string]bool, len(in.Delete.Objects))
	for _, k := range in.Delete.Objects {
		var refused *aws.Error
		if err := checkKey(k.Key); errors.As(err, &refused) {
			out.Errors = append(out.Errors, aws.DeleteError{Key: k.Key, Code: refused.Code, Message: refused.Message})
			continue
		}
		if !done[k.Key] {
			if err := c.remove(b, k.Key); err != nil {
				return out, err
			}
		}
		done[k.Key] = true
		if !in.Delete.Quiet {
			out.Deleted = append(out.Deleted, k)
		}
	}
	return out, nil
}
