package s3

import (
	"context"
	"errors"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// permanently is what is typed before objects are deleted.
const permanently = "permanently delete"

// deletion is what is said and typed before objects are deleted.
type deletion struct{ begins, ends, word string }

// deletionOf is what deleting does, by the bucket's versioning: where versions are
// kept, it hides the object. While that is suspended, an object without a version's id
// is gone for good all the same.
func deletionOf(versioning string) deletion {
	switch versioning {
	case "":
		return deletion{"Delete permanently: ", "Deleted objects cannot be brought back.", permanently}
	case "Enabled":
		return deletion{"Delete: ", "The bucket keeps versions: deleting adds delete markers, and the objects are no longer listed. Who deletes a delete marker brings the object back.", "delete"}
	}
	return deletion{"Delete: ", "Versioning is suspended: deleting adds delete markers, and the objects are no longer listed. " +
		"Objects that were made while the bucket kept no versions (version ID null) cannot be brought back.", permanently}
}

// confirmEmpty asks, and deletes all objects of a bucket.
func (p *bucketsPage) confirmEmpty(bucket string) tea.Cmd {
	return nav.Send(nav.Confirm{
		Title: "Empty bucket?",
		Text: []string{
			"Emptying the bucket " + bucket + " deletes all objects in it with all their versions, and uploads that were not completed. It cannot be undone.",
			"Objects that are added meanwhile might be deleted as well.",
		},
		Word: permanently, Action: "Empty",
		Do: func() tea.Cmd {
			return p.removal.start(bucket, "The bucket "+bucket, targets{everything: true}, p.Init)
		},
	})
}

// delete looks whether a bucket is empty; only then can it be deleted, else it
// can be emptied first.
func (p *bucketsPage) delete(bucket string) tea.Cmd {
	return page.Latest(p.Env.Calls, "delete",
		func(ctx context.Context) (bool, error) { return holdsAnything(ctx, p.Env.Cloud.S3, bucket) },
		func(full bool, err error) tea.Cmd {
			switch {
			case err != nil:
				return nav.Failed("The bucket "+bucket+" could not be looked into", err)
			case full:
				return nav.Send(nav.Confirm{
					Title:  "This bucket is not empty",
					Text:   []string{"Buckets must be empty before they can be deleted. To delete all objects in the bucket " + bucket + ", empty it first."},
					Action: "Empty bucket",
					Do:     func() tea.Cmd { return p.confirmEmpty(bucket) },
				})
			}
			return p.confirmDelete(bucket)
		})
}

// holdsAnything reports whether there is an object in a bucket, or a version or a
// delete marker of one. Who may not list versions sees objects alone.
func holdsAnything(ctx context.Context, service aws.S3, bucket string) (bool, error) {
	out, err := service.ListObjectVersions(ctx, aws.ListObjectVersionsInput{Bucket: bucket, MaxKeys: aws.Some(1)})
	if !errors.Is(err, aws.ErrAccessDenied) {
		return len(out.Versions)+len(out.DeleteMarkers) > 0, err
	}
	objects, err := service.ListObjectsV2(ctx, aws.ListObjectsV2Input{Bucket: bucket, MaxKeys: aws.Some(1)})
	return objects.KeyCount > 0, err
}

func (p *bucketsPage) confirmDelete(bucket string) tea.Cmd {
	return nav.Send(nav.Confirm{
		Title: "Delete bucket?",
		Text: []string{
			"Deleting the bucket " + bucket + " cannot be undone.",
			"Bucket names are unique in the whole world: once it is deleted, anyone may take the name.",
		},
		Word: bucket, Action: "Delete bucket",
		Do: func() tea.Cmd {
			return page.Do(p.Env.Calls,
				func(ctx context.Context) (aws.DeleteBucketOutput, error) {
					return p.Env.Cloud.S3.DeleteBucket(ctx, aws.DeleteBucketInput{Bucket: bucket})
				},
				func(_ aws.DeleteBucketOutput, err error) tea.Cmd {
					if err != nil {
						return tea.Batch(nav.Failed("The bucket "+bucket+" was not deleted", err), p.Init())
					}
					return tea.Batch(nav.Done("Successfully deleted bucket "+bucket+"."), p.Init())
				})
		},
	})
}
