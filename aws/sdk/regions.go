package sdk

import (
	"cmp"
	"context"
	"errors"
	"io"
	"net/http"
	"reflect"
	"sync"

	core "github.com/aws/aws-sdk-go-v2/aws"
	transport "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// regions remembers the buckets that turned out to be in another region than the
// account's: S3's console shows the buckets of all.
type regions struct {
	mu    sync.Mutex
	found map[string]string // by bucket
}

// of is the region of a bucket, if that is known to be another; "" if it is not.
func (r *regions) of(bucket string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.found[bucket]
}

// learn notes the region that a refusal of S3 sends to, when another one was asked.
func (r *regions) learn(bucket, asked string, err error) bool {
	var answer *transport.ResponseError
	if !errors.As(err, &answer) || answer.Response == nil || bucket == "" {
		return false
	}
	// A request that is signed for another region is a bad one, or is redirected.
	status, region := answer.HTTPStatusCode(), answer.Response.Header.Get("x-amz-bucket-region")
	if status != http.StatusMovedPermanently && status != http.StatusBadRequest || region == "" || region == asked {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.found == nil {
		r.found = make(map[string]string)
	}
	r.found[bucket] = region
	return true
}

// invoke runs an operation of the SDK's. What S3 refuses because the bucket is in
// another region is asked there.
func (a *Account) invoke(ctx context.Context, op operation, input any) (output any, err error) {
	bucket, rewind := bucketOf(input)
	asked := a.regions.of(bucket)
	output, err = op.call(ctx, input, asked)
	if err == nil || !a.regions.learn(bucket, cmp.Or(asked, a.Cloud.Place.Region), err) {
		return output, err
	}
	if err := rewind(); err != nil {
		return nil, err
	}
	return op.call(ctx, input, a.regions.of(bucket))
}

// bucketOf is the bucket that an input of S3 is about, "" for none, and a way to
// have its body start again.
func bucketOf(input any) (bucket string, rewind func() error) {
	rewind = func() error { return nil }
	value := reflect.ValueOf(input).Elem()
	if value.Type().PkgPath() != s3Path {
		return "", rewind
	}
	if field := value.FieldByName("Bucket"); field.IsValid() {
		name, _ := field.Interface().(*string)
		bucket = core.ToString(name)
	}
	if field := value.FieldByName("Body"); field.IsValid() {
		if seeker, ok := field.Interface().(io.Seeker); ok {
			at, err := seeker.Seek(0, io.SeekCurrent)
			rewind = func() error {
				_, again := seeker.Seek(at, io.SeekStart)
				return errors.Join(err, again)
			}
		}
	}
	return bucket, rewind
}

var s3Path = reflect.TypeFor[s3.Client]().PkgPath()
