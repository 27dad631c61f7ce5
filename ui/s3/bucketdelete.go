package s3

import (
	"context"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// permanently is what is typed before objects are deleted.
const permanently = "permanently delete"

// confirmEmpty asks, and deletes all objects of a bucket.
func (p *bucketsPage) confirmEmpty(bucket string) tea.Cmd {
	return nav.Send(nav.Confirm{
		Title: "Empty bucket?",
		Text: []string{
			"Emptying the bucket " + bucket + " deletes all objects in it, and cannot be undone.",
			"Objects that are added meanwhile might be deleted as well.",
		},
		Word: permanently, Action: "Empty",
		Do: func() tea.Cmd {
			return p.removal.start(bucket, "The bucket "+bucket, targets{prefixes: []string{""}}, p.Init)
		},
	})
}

// delete looks whether a bucket is empty; only then can it be deleted, else it
// can be emptied first.
func (p *bucketsPage) delete(bucket string) tea.Cmd {
	return page.Latest(p.Env.Calls, "delete",
		func(ctx context.Context) (aws.ListObjectsV2Output, error) {
			return p.Env.Cloud.S3.ListObjectsV2(ctx, aws.ListObjectsV2Input{Bucket: bucket, MaxKeys: aws.Some(1)})
		},
		func(out aws.ListObjectsV2Output, err error) tea.Cmd {
			switch {
			case err != nil:
				return nav.Failed("The bucket "+bucket+" could not be looked into", err)
			case out.KeyCount > 0:
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
