package s3

import (
	"strings"
	"time"

	"awslab/aws"
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
