package s3

import (
	"context"
	"errors"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// turn is a change of a bucket's versioning, and what it means.
type turn struct{ action, status, means string }

// turnOf is the change from a status.
func turnOf(status string) turn {
	if status == "Enabled" {
		return turn{"Suspend", "Suspended", "New objects replace those that were made without versions; all versions that there are stay."}
	}
	return turn{"Enable", "Enabled", "An object that is replaced or deleted stays as an older version, until that is deleted. Every version costs as an object does."}
}

// readVersioning reads whether a bucket keeps versions, "" where it never did; known is
// false for those who may not know.
func readVersioning(ctx context.Context, service aws.S3, bucket string) (status string, known bool, err error) {
	out, err := service.GetBucketVersioning(ctx, aws.GetBucketVersioningInput{Bucket: bucket})
	if errors.Is(err, aws.ErrAccessDenied) {
		return "", false, nil
	}
	return out.Status, err == nil, err
}

// turnVersioning asks, and has the bucket keep versions, or no longer.
func (t *propertiesTab) turnVersioning() tea.Cmd {
	to := turnOf(t.facts.versioning)
	return nav.Send(nav.Confirm{
		Title:  to.action + " Bucket Versioning?",
		Text:   []string{"Versioning keeps multiple variants of an object in the bucket " + t.bucket + ".", to.means},
		Action: to.action,
		Do: func() tea.Cmd {
			return page.Do(t.env.Calls,
				func(ctx context.Context) (aws.PutBucketVersioningOutput, error) {
					in := aws.PutBucketVersioningInput{Bucket: t.bucket, VersioningConfiguration: aws.VersioningConfiguration{Status: to.status}}
					return t.env.Cloud.S3.PutBucketVersioning(ctx, in)
				},
				func(_ aws.PutBucketVersioningOutput, err error) tea.Cmd {
					if err != nil {
						return nav.Failed("Bucket Versioning was not edited", err)
					}
					return tea.Batch(nav.Done("Successfully edited Bucket Versioning."), t.load())
				})
		},
	})
}
