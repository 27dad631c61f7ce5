package s3

import (
	"fmt"
	"net/http"
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

// The headers of conditions.
const (
	ifMatch      = "If-Match"
	ifNoneMatch  = "If-None-Match"
	ifModified   = "If-Modified-Since"
	ifUnmodified = "If-Unmodified-Since"
)

// check gives the header whose condition does not hold; "" when all do. It checks as
// HTTP orders them: an ETag weighs more than a time, and one to come is none.
func (c conditions) check(o *object, now time.Time) (failed string) {
	changed := o.lastModified()
	switch {
	case c.match != "" && !matches(c.match, o):
		return ifMatch
	case c.match == "" && !c.unmodified.IsZero() && changed.After(c.unmodified):
		return ifUnmodified
	case c.noneMatch != "" && matches(c.noneMatch, o):
		return ifNoneMatch
	case c.noneMatch == "" && !c.modified.IsZero() && !changed.After(c.modified) && !c.modified.After(now):
		return ifModified
	}
	return ""
}

// read is the error of who reads an object unless the conditions hold: one who has it
// already is told so.
func (c conditions) read(o *object, now time.Time) error {
	switch failed := c.check(o, now); failed {
	case "":
		return nil
	case ifMatch, ifUnmodified:
		return preconditionFailed.about("Condition", failed)
	}
	return notModified.told("ETag", o.etag(), "Last-Modified", o.lastModified().Format(http.TimeFormat))
}

// copied is the error of who copies an object unless the conditions hold.
func (c conditions) copied(o *object, now time.Time) error {
	if failed := c.check(o, now); failed != "" {
		return preconditionFailed.about("Condition", "x-amz-copy-source-"+failed)
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

// checkForm refuses what S3 does not know of who writes: that there is an object, but not
// just this one; that there is one, whichever; both conditions at once.
func (p precondition) checkForm() error {
	const unknown, several = "We don't accept the provided value of %s header for this API", "Multiple conditional request headers present in the request"
	refused := func(header, why string) error {
		return notImplemented.about("Header", header, "additionalMessage", why)
	}
	switch {
	case p.match != "" && p.noneMatch != "":
		return refused(ifMatch+","+ifNoneMatch, several)
	case p.match == "*":
		return refused(ifMatch, fmt.Sprintf(unknown, ifMatch))
	case p.noneMatch != "" && p.noneMatch != "*":
		return refused(ifNoneMatch, fmt.Sprintf(unknown, ifNoneMatch))
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
		return preconditionFailed.about("Condition", ifNoneMatch)
	case p.match != "" && there == nil:
		return noSuchKey.about("Key", key)
	case p.match != "" && !matches(p.match, there):
		return preconditionFailed.about("Condition", ifMatch)
	}
	return nil
}
