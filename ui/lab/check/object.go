package check

import (
	"errors"
	"fmt"
	"image"
	_ "image/gif" // pictures that can be told
	_ "image/jpeg"
	_ "image/png"
	"io"

	"awslab/aws"
	"awslab/ui/drive/spelling"
)

// object is the check function.
func (e *evaluation) object(bucket, key string, given ...map[string]any) (Findings, error) {
	want, err := parseWanted[aws.HeadObjectOutput](given)
	if err != nil {
		return nil, err
	}
	if wrong := e.needBucket(bucket); wrong != nil {
		return wrong, nil
	}
	out, err := e.world.Cloud.S3.HeadObject(e.ctx, aws.HeadObjectInput{Bucket: bucket, Key: key})
	if err != nil {
		return e.missingObject(bucket, key, err), nil
	}
	if wrong := want.compare(out, func(string) Cause { return CauseSetting }); wrong != nil {
		return wrong, nil
	}
	return holds("object " + visible(key)), nil
}

// missingObject says why an object could not be read, and which one there is
// instead. The objects of a whole page are as many as a slip needs.
func (e *evaluation) missingObject(bucket, key string, cause error) Findings {
	subject := "object " + visible(key)
	if !errors.Is(cause, aws.ErrNotFound) {
		return unreadable(subject, cause)
	}
	out, err := e.world.Cloud.S3.ListObjectsV2(e.ctx, aws.ListObjectsV2Input{Bucket: bucket, MaxKeys: aws.Some(sample)})
	if err != nil {
		return unreadable(subject, err)
	}
	keys := make([]string, len(out.Contents))
	for i, o := range out.Contents {
		keys[i] = o.Key
	}
	f := Finding{Subject: subject, Expected: "in bucket " + visible(bucket), Found: nothing, Cause: CauseNoObject}
	if near, ok := spelling.Nearest(key, keys); ok {
		f.Found, f.Cause = quote(near), CauseObjectKey
		f.Advice = "Keys count to the letter, and an object cannot be renamed: upload it again."
	} else if len(keys) > 0 {
		f.Found = fmt.Sprintf("%s; other objects there: %d", nothing, len(keys))
	}
	return Findings{f}
}

// noObject is the check function.
func (e *evaluation) noObject(bucket, key string) (Findings, error) {
	subject := "no object " + visible(key)
	if wrong := e.needBucket(bucket); wrong != nil {
		return wrong, nil
	}
	_, err := e.world.Cloud.S3.HeadObject(e.ctx, aws.HeadObjectInput{Bucket: bucket, Key: key})
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return holds(subject), nil
	case err != nil:
		return unreadable(subject, err), nil
	}
	return Findings{{Subject: "object " + visible(key), Expected: "gone from " + visible(bucket), Found: "still there", Cause: CauseObjectExists}}, nil
}

// header is how many bytes of a picture are read to learn its size: what comes
// before the size takes less in pictures of cameras, too.
const header = 1 << 20

// thumbnail is the check function.
func (e *evaluation) thumbnail(bucket, key string, side int) (Findings, error) {
	if side < 1 {
		return nil, fmt.Errorf("a thumbnail of %d pixels cannot be", side)
	}
	if wrong := e.needBucket(bucket); wrong != nil {
		return wrong, nil
	}
	out, err := e.world.Cloud.S3.GetObject(e.ctx, aws.GetObjectInput{Bucket: bucket, Key: key})
	if err != nil { // a function may be making it
		return e.late(e.missingObject(bucket, key, err)), nil
	}
	config, _, err := image.DecodeConfig(io.LimitReader(out.Body, header))
	if failed := out.Body.Close(); err == nil && failed != nil {
		return unreadable("object "+visible(key), failed), nil
	}
	f := Finding{Subject: "picture " + visible(key), Expected: fmt.Sprintf("at most %d × %d pixels", side, side)}
	switch {
	case err != nil:
		f.Expected, f.Found, f.Cause = "a picture", "something else", CauseNoPicture
		return Findings{f}, nil
	case config.Width > side || config.Height > side:
		f.Found, f.Cause = fmt.Sprintf("%d × %d", config.Width, config.Height), CauseTooLarge
		return Findings{f}, nil
	}
	return holds(fmt.Sprintf("picture %s, %d × %d pixels", visible(key), config.Width, config.Height)), nil
}
