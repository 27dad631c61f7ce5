// Package s3event is a Lambda function that S3 starts: for each picture that
// was uploaded to a bucket, it writes the thumbnail to a second one.
package s3event

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"awslab/thumbnail"
)

// suffix ends the name of a bucket that thumbnails are written to.
const suffix = "-resized"

// Storage is what a Handler needs of S3.
type Storage interface {
	// Get opens an object for reading; the caller closes it.
	Get(ctx context.Context, bucket, key string) (io.ReadCloser, error)
	// Put writes an object, in the place of one that may be there.
	Put(ctx context.Context, bucket, key, contentType string, body []byte) error
}

// Handler answers S3's events. For the picture with the key K in the bucket B it
// writes a thumbnail with the same key to the bucket B-resized.
type Handler struct {
	Storage Storage
	Options thumbnail.Options // left at zero, thumbnails fit into 128×128 pixels
	Log     *log.Logger       // gets a line for each record, but for those that fail
}

// event is what S3 sends: records of what happened to objects or, once, when a
// notification is set up, a test without records.
type event struct {
	Records *[]events.S3EventRecord
	Event   string
}

const testEvent = "s3:TestEvent"

// Handle works through the records of an event. One that fails does not keep
// the others from their turn. Records of something else than an upload are
// passed over, and so is the test that S3 sends when a notification is set up.
//
// An error is an [*EventError], or one for each record that failed: a
// [*RecordError] or [RecordErrors].
func (h *Handler) Handle(ctx context.Context, payload json.RawMessage) error {
	var told event
	if err := json.Unmarshal(payload, &told); err != nil {
		return &EventError{Err: err}
	}
	if told.Event == testEvent {
		h.Log.Print("a test of the notification: nothing to do")
		return nil
	}
	if told.Records == nil {
		return &EventError{}
	}
	var failed RecordErrors
	for _, record := range *told.Records {
		if err := h.record(ctx, record); err != nil {
			failed = append(failed, err)
		}
	}
	switch len(failed) {
	case 0:
		return nil
	case 1:
		return failed[0]
	}
	return failed
}

func (h *Handler) record(ctx context.Context, record events.S3EventRecord) *RecordError {
	bucket := record.S3.Bucket.Name
	// The key of a record is quoted as in a web form, "+" for a space; this is
	// the object's own.
	key := record.S3.Object.URLDecodedKey
	if record.EventSource != "aws:s3" || !strings.HasPrefix(record.EventName, "ObjectCreated:") {
		h.Log.Printf("passed over: %s of s3://%s/%s is no upload", record.EventName, bucket, key)
		return nil
	}
	if strings.HasSuffix(bucket, suffix) {
		return &RecordError{Bucket: bucket, Key: key, Err: &RecursionError{Bucket: bucket}}
	}
	target := bucket + suffix
	var thumb bytes.Buffer
	made, err := h.makeThumbnail(ctx, &thumb, bucket, key)
	if err == nil {
		size := thumb.Len()
		if err = h.Storage.Put(ctx, target, key, made.Format.ContentType(), thumb.Bytes()); err == nil {
			h.Log.Printf("s3://%s/%s (%s, %d×%d) → s3://%s/%s (%d×%d, %d bytes)",
				bucket, key, made.Format, made.Source.X, made.Source.Y, target, key, made.Size.X, made.Size.Y, size)
			return nil
		}
	}
	return &RecordError{Bucket: bucket, Key: key, Err: err}
}

// makeThumbnail makes the thumbnail of an object.
func (h *Handler) makeThumbnail(ctx context.Context, dst io.Writer, bucket, key string) (thumbnail.Result, error) {
	object, err := h.Storage.Get(ctx, bucket, key)
	if err != nil {
		return thumbnail.Result{}, err
	}
	made, err := thumbnail.Make(dst, object, h.Options)
	if closing := object.Close(); err == nil && closing != nil {
		return thumbnail.Result{}, fmt.Errorf("reading the object: %w", closing)
	} else if err != nil {
		return thumbnail.Result{}, errors.Join(err, closing)
	}
	return made, nil
}
