package s3

import (
	"context"
	"errors"

	"awslab/aws"
)

// DeleteObject deletes an object, or a version of it; a missing one is no error, and
// no event.
func (s *Service) DeleteObject(ctx context.Context, in aws.DeleteObjectInput) (aws.DeleteObjectOutput, error) {
	return answer(ctx, s, "DeleteObject", func() (out aws.DeleteObjectOutput, err error) {
		if err := checkKey(in.Key); err != nil {
			return out, err
		}
		err = s.change(ctx, func(c *change) error {
			b, err := s.bucket(&c.w.Reader, in.Bucket)
			if err == nil {
				err = b.checkVersion(in.VersionID)
			}
			if err == nil {
				err = c.mayRemove(b, in.Key, in.VersionID, in.IfMatch)
			}
			if err == nil {
				out, err = c.remove(b, in.Key, in.VersionID)
			}
			return err
		})
		return out, err
	})
}

// mayRemove checks that an object is as asked. S3 does not know how to ask that of a
// version.
func (c *change) mayRemove(b *bucket, key, version, match string) error {
	if match != "" && version != "" {
		return notImplemented.about("Header", ifMatch)
	}
	return precondition{match: match}.check(&c.w.Reader, b, key)
}

// remove stages the deletion of an object or, if given, of a version of it.
func (c *change) remove(b *bucket, key, version string) (out aws.DeleteObjectOutput, err error) {
	switch {
	case b.Versioning != "" && version != "":
		return c.removeVersion(b, key, version)
	case b.Versioning != "":
		now := &object{modified: c.s.now().Unix(), marker: true}
		if err := c.push(b, key, now); err != nil {
			return out, err
		}
		return aws.DeleteObjectOutput{DeleteMarker: true, VersionID: now.versionName()}, c.notify(b, aws.EventObjectRemovedMarker, key, now)
	case c.w.Get(b.Number.objects(), []byte(key)) == nil:
		return out, nil
	}
	if err := c.drop(b, key); err != nil {
		return out, err
	}
	c.w.Delete(b.Number.objects(), []byte(key))
	return out, c.notify(b, aws.EventObjectRemovedDelete, key, nil)
}

// removeVersion stages the deletion of a version, for good.
func (c *change) removeVersion(b *bucket, key, version string) (out aws.DeleteObjectOutput, err error) {
	out.VersionID = version
	h, err := c.history(b, key)
	if err != nil {
		return out, err
	}
	n := h.at(version)
	if n < 0 {
		return out, nil
	}
	gone := h.versions[n]
	out.DeleteMarker = gone.marker
	c.dropVersion(h, n)
	return out, c.notify(b, aws.EventObjectRemovedDelete, key, gone)
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
	done := make(map[aws.ObjectIdentifier]bool, len(in.Delete.Objects))
	for _, k := range in.Delete.Objects {
		err := checkKey(k.Key)
		if err == nil && b.checkVersion(k.VersionID) != nil {
			err = noSuchVersion.err()
		}
		if err == nil {
			err = c.mayRemove(b, k.Key, k.VersionID, k.ETag)
		}
		var refused *aws.Error
		switch {
		case errors.As(err, &refused):
			out.Errors = append(out.Errors, aws.DeleteError{Key: k.Key, VersionID: k.VersionID, Code: refused.Code, Message: refused.Message})
			continue
		case err != nil:
			return out, err
		}
		gone := aws.DeletedObject{Key: k.Key, VersionID: k.VersionID}
		if !done[k] {
			removed, err := c.remove(b, k.Key, k.VersionID)
			if err != nil {
				return out, err
			}
			if gone.DeleteMarker = removed.DeleteMarker; removed.DeleteMarker {
				gone.DeleteMarkerVersionID = removed.VersionID
			}
		}
		done[k] = true
		if !in.Delete.Quiet {
			out.Deleted = append(out.Deleted, gone)
		}
	}
	return out, nil
}
