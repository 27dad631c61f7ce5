package s3

import (
	"context"
	"errors"
	"maps"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// The limits of tags.
const (
	mostBucketTags = 50
	mostObjectTags = 10
)

// newEditTags is the form of the tags of a bucket or, with a key, of an object.
func newEditTags(env page.Env, route nav.Route) page.Page {
	of := tagged{route.Name, route.Detail}
	t := page.Tagged{
		Title: "Edit bucket tagging", Name: "the bucket " + of.bucket, Most: mostBucketTags,
		Tags: func(ctx context.Context, cloud aws.Cloud) (map[string]string, error) { return of.read(ctx, cloud.S3) },
		Tag: func(ctx context.Context, cloud aws.Cloud, tags map[string]string) error {
			return of.change(ctx, cloud.S3, func(all map[string]string) { maps.Copy(all, tags) })
		},
		Untag: func(ctx context.Context, cloud aws.Cloud, tagKeys []string) error {
			return of.change(ctx, cloud.S3, func(all map[string]string) {
				for _, key := range tagKeys {
					delete(all, key)
				}
			})
		},
	}
	if of.key != "" {
		t.Title, t.Name, t.Most = "Edit object tags", "the object "+component.Clean(of.key), mostObjectTags
	}
	return page.NewTagForm(env, t)
}

// tagged is a bucket or, with a key, an object, whose tags can only be set as a whole.
type tagged struct{ bucket, key string }

// read reads the tags that there are.
func (t tagged) read(ctx context.Context, service aws.S3) (map[string]string, error) {
	if t.key != "" {
		out, err := service.GetObjectTagging(ctx, aws.GetObjectTaggingInput{Bucket: t.bucket, Key: t.key})
		return page.MapOfTags(out.TagSet), err
	}
	out, err := service.GetBucketTagging(ctx, aws.GetBucketTaggingInput{Bucket: t.bucket})
	var failed *aws.Error
	if errors.As(err, &failed) && failed.Code == "NoSuchTagSet" {
		err = nil
	}
	return page.MapOfTags(out.TagSet), err
}

// change changes the tags that there are now.
func (t tagged) change(ctx context.Context, service aws.S3, edit func(map[string]string)) error {
	all, err := t.read(ctx, service)
	if err != nil {
		return err
	}
	edit(all)
	tagging := aws.Tagging{TagSet: page.ListOfTags(all)}
	switch {
	case t.key != "" && len(all) == 0:
		_, err = service.DeleteObjectTagging(ctx, aws.DeleteObjectTaggingInput{Bucket: t.bucket, Key: t.key})
	case t.key != "":
		_, err = service.PutObjectTagging(ctx, aws.PutObjectTaggingInput{Bucket: t.bucket, Key: t.key, Tagging: tagging})
	case len(all) == 0:
		_, err = service.DeleteBucketTagging(ctx, aws.DeleteBucketTaggingInput{Bucket: t.bucket})
	default:
		_, err = service.PutBucketTagging(ctx, aws.PutBucketTaggingInput{Bucket: t.bucket, Tagging: tagging})
	}
	return err
}
