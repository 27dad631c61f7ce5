package s3

import (
	"strings"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// conditions are what a read asks to be true of the object.
type conditions struct {
	match, noneMatch     string // ETags
	modified, unmodified time.Time
}

// check checks the conditions as HTTP orders them: an ETag weighs more than a
// time.
func (c conditions) check(o *object) error {
	switch {
	case c.match != "" && !matches(c.match, o):
		return preconditionFailed.err()
	case c.match == "" && !c.unmodified.IsZero() && o.lastModified().After(c.unmodified):
		return preconditionFailed.err()
	case c.noneMatch != "" && matches(c.noneMatch, o):
		return notModified.err()
	case c.noneMatch == "" && !c.modified.IsZero() && !o.lastModified().After(c.modified):
		return notModified.err()
	}
	return nil
}

// matches reports whether the object's ETag is among those listed, with or
// without quotes; "*" is any.
func matches(list string, o *object) bool {
	for tag := range strings.SplitSeq(list, ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" || strings.Trim(tag, `"`) == o.tag() {
			return true
		}
	}
	return false
}

func readConditions(in aws.GetObjectInput) conditions {
	return conditions{in.IfMatch, in.IfNoneMatch, in.IfModifiedSince, in.IfUnmodifiedSince}
}

// precondition is what a write asks to be true of the object that it replaces or
// deletes.
type precondition struct{ match, noneMatch string }

// checkForm refuses what S3 does not know: that there is an object, but not just this
// one.
func (p precondition) checkForm() error {
	if p.noneMatch != "" && p.noneMatch != "*" {
		return notImplemented.err()
	}
	return nil
}

// check checks the condition on the object of a key; a delete marker is none.
func (p precondition) check(r *store.Reader, b *bucket, key string) error {
	if p == (precondition{}) {
		return nil
	}
	there, err := b.object(r, key)
	switch {
	case err != nil:
		return err
	case p.noneMatch != "" && there != nil:
		return preconditionFailed.err()
	case p.match != "" && there == nil:
		return noSuchKey.err()
	case p.match != "" && !matches(p.match, there):
		return preconditionFailed.err()
	}
	return nil
}
