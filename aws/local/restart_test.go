package local_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/aws/local"
)

// Events that wait when the sandbox is closed are delivered when it is open again.
func TestQueuedEventsSurvive(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := open(t, dir)
	first.lab(t)
	first.shut(t)
	idle := open(t, dir, func(opts *local.Options) { opts.Engines = nil })
	want := []string{"a.jpg", "b.jpg", "c.jpg"}
	for _, key := range want {
		idle.put(t, pictures, key, drawn(t, "jpeg", 200, 100))
	}
	idle.shut(t)

	s := open(t, dir)
	await(t, "the thumbnails", func() bool { return slices.Equal(s.keys(t, resized), want) })
	s.awaitLog(t, creator, "REPORT RequestId", len(want))
}

// An event whose function ran when the sandbox was closed is delivered again,
// under its id, and does not count as one that failed.
func TestInterruptedEvents(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := open(t, dir)
	first.bucket(t, pictures, resized)
	arn := first.python(t, "Slow", `
import boto3, time
def handler(event, context):
    s3 = boto3.client("s3")
    if s3.list_objects_v2(Bucket="image-1-resized")["KeyCount"] > 0:
        return s3.put_object(Bucket="image-1-resized", Key="second " + context.aws_request_id, Body=b"") and None
    s3.put_object(Bucket="image-1-resized", Key="first " + context.aws_request_id, Body=b"")
    time.sleep(3600)
`)
	first.trigger(t, pictures, "Slow", arn)
	puts := first.writes(t)
	first.put(t, pictures, "a.jpg", nil)
	begun := first.awaitWrite(t, puts, "Slow")
	first.shut(t)

	s := open(t, dir)
	want := []string{begun.key, strings.Replace(begun.key, "first", "second", 1)}
	await(t, fmt.Sprint(want), func() bool { return slices.Equal(s.keys(t, resized), want) })
}
