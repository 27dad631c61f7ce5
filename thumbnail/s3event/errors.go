package s3event

import (
	"errors"
	"fmt"
	"strings"

	"awslab/thumbnail/s3"
)

// EventError says that a function was started with something else than an
// event of S3.
type EventError struct {
	Err error // what is wrong with the JSON; nil if it has just no records
}

func (e *EventError) Error() string {
	const hint = `in the Test tab, take the template "Amazon S3 Put"`
	if e.Err == nil {
		return "the event is not one of S3: it has no Records; " + hint
	}
	return fmt.Sprintf("the event is not one of S3: %v; %s", e.Err, hint)
}

// Unwrap gives the fault of the JSON.
func (e *EventError) Unwrap() error { return e.Err }

// RecursionError refuses a picture that is in a bucket for thumbnails already:
// a function that writes where its own trigger listens never comes to rest.
type RecursionError struct {
	Bucket string
}

func (e *RecursionError) Error() string {
	return fmt.Sprintf("the bucket %s is one for thumbnails; put the trigger on the bucket %s instead",
		e.Bucket, strings.TrimSuffix(e.Bucket, suffix))
}

// RecordError says which picture has no thumbnail now, why, and, where that is
// known, what to do.
type RecordError struct {
	Bucket, Key string // of the picture
	Err         error
}

func (e *RecordError) Error() string {
	text := fmt.Sprintf("no thumbnail of s3://%s/%s: %v", e.Bucket, e.Key, e.Err)
	var refused *s3.Error
	if errors.As(e.Err, &refused) {
		if todo := remedy(refused); todo != "" {
			text += " – " + todo
		}
	}
	return text
}

// Unwrap gives the cause.
func (e *RecordError) Unwrap() error { return e.Err }

// remedies are what helps against S3's refusals, by AWS's names for them.
var remedies = map[string]string{
	"AccessDenied": "the function's execution role needs a policy that allows RIGHT on arn:aws:s3:::BUCKET/*" +
		" (without s3:ListBucket on arn:aws:s3:::BUCKET, a missing object is refused so, too)",
	"NoSuchBucket":                 "create the bucket BUCKET, or correct its name in the event",
	"NoSuchKey":                    "upload the object to the bucket BUCKET first, or correct its key in the event",
	"PermanentRedirect":            "the bucket BUCKET must be in the function's region",
	"AuthorizationHeaderMalformed": "the bucket BUCKET must be in the function's region",
	"ExpiredToken":                 "the function's credentials have run out: start it again",
}

// remedy says what to do about a refusal; "" if that is not known.
func remedy(refused *s3.Error) string {
	// The right to an operation has its name: s3:GetObject is for GetObject.
	return strings.NewReplacer("BUCKET", refused.Bucket, "RIGHT", "s3:"+refused.Operation).Replace(remedies[refused.Code])
}

// RecordErrors are the failures of an event of several records.
type RecordErrors []*RecordError

func (e RecordErrors) Error() string {
	lines := make([]string, len(e))
	for i, failed := range e {
		lines[i] = failed.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives them one by one.
func (e RecordErrors) Unwrap() []error {
	all := make([]error, len(e))
	for i, failed := range e {
		all[i] = failed
	}
	return all
}
