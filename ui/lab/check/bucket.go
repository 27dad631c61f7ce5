package check

import (
	"errors"
	"fmt"

	"awslab/aws"
	"awslab/ui/drive/spelling"
)

// bucket is the check function.
func (e *evaluation) bucket(name string) (Findings, error) {
	if wrong := e.needBucket(name); wrong != nil {
		return wrong, nil
	}
	return holds("bucket " + visible(name)), nil
}

// needBucket says what is wrong with a bucket; nil when it is there, the
// learner's own, and in the right region.
func (e *evaluation) needBucket(name string) Findings {
	subject := "bucket " + visible(name)
	if e.world.Cloud.S3 == nil {
		return unreadable(subject, absentService("S3"))
	}
	out, err := e.world.Cloud.S3.HeadBucket(e.ctx, aws.HeadBucketInput{Bucket: name})
	here := e.world.Cloud.Place.Region
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return e.absentBucket(name)
	case errors.Is(err, aws.ErrAccessDenied):
		return Findings{{
			Subject: subject, Expected: "a bucket of yours", Found: "a bucket of another account", Cause: CauseNotYours,
			Advice: "All accounts share the names of buckets: take another one.",
		}}
	case err != nil:
		return unreadable(subject, err)
	case out.BucketRegion != "" && here != "" && out.BucketRegion != here:
		return Findings{{
			Subject: subject, Expected: "in " + here, Found: "in " + visible(out.BucketRegion), Cause: CauseRegion,
			Advice: "A bucket cannot be moved: create one in this region.",
		}}
	}
	return nil
}

// absentBucket says that there is no such bucket, and which one there is instead.
func (e *evaluation) absentBucket(name string) Findings {
	f := Finding{Subject: "bucket " + visible(name), Expected: "a bucket of this name", Found: nothing, Cause: CauseNoBucket}
	out, err := e.world.Cloud.S3.ListBuckets(e.ctx, aws.ListBucketsInput{MaxBuckets: aws.Some(1000)})
	if err != nil {
		return unreadable(f.Subject, err)
	}
	names := make([]string, len(out.Buckets))
	for i, b := range out.Buckets {
		names[i] = b.Name
	}
	if near, ok := spelling.Nearest(name, names); ok {
		f.Found, f.Cause = "a bucket "+quote(near), CauseBucketName
		f.Advice = fmt.Sprintf("A bucket cannot be renamed: create %s; %s may stay or go.", visible(name), visible(near))
	}
	return Findings{f}
}

// noBucket is the check function.
func (e *evaluation) noBucket(name string) (Findings, error) {
	subject := "no bucket " + visible(name)
	if e.world.Cloud.S3 == nil {
		return unreadable(subject, absentService("S3")), nil
	}
	_, err := e.world.Cloud.S3.HeadBucket(e.ctx, aws.HeadBucketInput{Bucket: name})
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return holds(subject), nil
	case err != nil:
		return unreadable(subject, err), nil
	}
	return Findings{{Subject: "bucket " + visible(name), Expected: "gone", Found: "still there", Cause: CauseBucketExists}}, nil
}
