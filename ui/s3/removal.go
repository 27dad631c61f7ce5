package s3

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// targets are what to delete of a bucket: single objects, and all objects whose
// keys begin with a prefix; or everything.
type targets struct {
	keys, prefixes []string
	everything     bool
}

// removal deletes objects, of any number, while a page goes on. There is one at
// a time.
type removal struct {
	watch
	what  string // it deletes of, for messages: "The bucket x"
	brake *brake
	on    bool
	done  *atomic.Int64 // objects deleted so far
}

func newRemoval(env page.Env) *removal {
	r := &removal{watch: watch{env: env}, brake: &brake{}, done: new(atomic.Int64)}
	r.busy = r.running
	return r
}

func (r *removal) running() bool { return r.on }

// start deletes the targets, tells how that went, and goes on.
func (r *removal) start(bucket, what string, these targets, then func() tea.Cmd) tea.Cmd {
	done, stopper := new(atomic.Int64), &brake{}
	r.what, r.on, r.done, r.brake = what, true, done, stopper
	return tea.Batch(r.look(), page.Do(r.env.Calls,
		func(ctx context.Context) (struct{}, error) {
			ctx, cancel := stopper.with(ctx)
			defer cancel()
			return struct{}{}, remove(ctx, r.env.Cloud.S3, bucket, these, done)
		},
		func(_ struct{}, err error) tea.Cmd {
			r.on = false
			return tea.Batch(r.tell(stopper.isPulled(), err), then())
		}))
}

// tell says how it went.
func (r *removal) tell(stopped bool, err error) tea.Cmd {
	count := page.Counted(r.done.Load(), "object")
	switch {
	case err == nil:
		return nav.Done(fmt.Sprintf("%s: successfully deleted %s.", r.what, count))
	case stopped:
		return nav.Send(nav.Notify{Level: nav.Warning, Title: fmt.Sprintf("%s: deleting was canceled after %s.", r.what, count)})
	}
	return nav.Failed(fmt.Sprintf("%s: not all was deleted (%s deleted)", r.what, count), err)
}

// stop ends the deletion where it is.
func (r *removal) stop() tea.Cmd {
	r.brake.pull()
	return nil
}

// unsaved says what leaving the page would break off; "" for nothing.
func (r *removal) unsaved() string {
	if !r.on {
		return ""
	}
	return "Objects are being deleted; leaving the page stops that where it is."
}

// view is a line that tells how far it is; nothing when nothing is deleted.
func (r *removal) view(width int) component.Block {
	if !r.on {
		return component.Block{Width: width}
	}
	return component.Text(width, theme.Info.Render(fmt.Sprintf("◌ %s: deleting, %s so far", component.Clean(r.what), page.Counted(r.done.Load(), "object"))))
}

// mostAtOnce is how many objects one DeleteObjects takes.
const mostAtOnce = 1000

// remove deletes objects in batches. It goes on over the ones that cannot be
// deleted, and tells of them in the end.
func remove(ctx context.Context, service aws.S3, bucket string, these targets, done *atomic.Int64) error {
	r := remover{service: service, bucket: bucket, done: done}
	if these.everything {
		if err := r.everything(ctx); err != nil {
			return err
		}
	}
	for keys := range slices.Chunk(these.keys, mostAtOnce) {
		if err := r.delete(ctx, latest(keys)); err != nil {
			return err
		}
	}
	for _, prefix := range these.prefixes {
		if err := r.below(ctx, prefix); err != nil {
			return err
		}
	}
	return r.refused()
}

// remover is one deletion under way.
type remover struct {
	service aws.S3
	bucket  string
	done    *atomic.Int64
	failed  int
	first   aws.DeleteError
}

// below deletes all objects with a prefix.
func (r *remover) below(ctx context.Context, prefix string) error {
	in := aws.ListObjectsV2Input{Bucket: r.bucket, Prefix: prefix}
	for {
		out, err := r.service.ListObjectsV2(ctx, in)
		if err != nil {
			return err
		}
		keys := make([]string, len(out.Contents))
		for i, o := range out.Contents {
			keys[i] = o.Key
		}
		if len(keys) > 0 {
			if err := r.delete(ctx, latest(keys)); err != nil {
				return err
			}
		}
		if in.ContinuationToken = out.NextContinuationToken; in.ContinuationToken == "" {
			return nil
		}
	}
}

// everything deletes all versions of all objects and all delete markers for good,
// and forgets the uploads under way. Who may not list versions deletes objects.
func (r *remover) everything(ctx context.Context) error {
	in := aws.ListObjectVersionsInput{Bucket: r.bucket}
	for more := true; more; {
		out, err := r.service.ListObjectVersions(ctx, in)
		if errors.Is(err, aws.ErrAccessDenied) {
			return r.below(ctx, "")
		}
		if err != nil {
			return err
		}
		var these []aws.ObjectIdentifier
		for _, v := range out.Versions {
			these = append(these, aws.ObjectIdentifier{Key: v.Key, VersionID: v.VersionID})
		}
		for _, m := range out.DeleteMarkers {
			these = append(these, aws.ObjectIdentifier{Key: m.Key, VersionID: m.VersionID})
		}
		if len(these) > 0 {
			if err := r.delete(ctx, these); err != nil {
				return err
			}
		}
		in.KeyMarker, in.VersionIDMarker, more = out.NextKeyMarker, out.NextVersionIDMarker, out.IsTruncated
	}
	return r.uploads(ctx)
}

// uploads forgets the uploads under way: their parts take room, and cost.
func (r *remover) uploads(ctx context.Context) error {
	in := aws.ListMultipartUploadsInput{Bucket: r.bucket}
	for {
		out, err := r.service.ListMultipartUploads(ctx, in)
		if err != nil {
			return err
		}
		for _, u := range out.Uploads {
			_, err := r.service.AbortMultipartUpload(ctx, aws.AbortMultipartUploadInput{Bucket: r.bucket, Key: u.Key, UploadID: u.UploadID})
			if err != nil && !errors.Is(err, aws.ErrNotFound) { // it ended by itself
				return err
			}
		}
		if !out.IsTruncated {
			return nil
		}
		in.KeyMarker, in.UploadIDMarker = out.NextKeyMarker, out.NextUploadIDMarker
	}
}

// latest names objects by their keys alone.
func latest(keys []string) []aws.ObjectIdentifier {
	out := make([]aws.ObjectIdentifier, len(keys))
	for i, key := range keys {
		out[i].Key = key
	}
	return out
}

// delete deletes one batch.
func (r *remover) delete(ctx context.Context, these []aws.ObjectIdentifier) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	in := aws.DeleteObjectsInput{Bucket: r.bucket, Delete: aws.ObjectsToDelete{Objects: these, Quiet: true}}
	out, err := r.service.DeleteObjects(ctx, in)
	if err != nil {
		return err
	}
	if len(out.Errors) > 0 && r.failed == 0 {
		r.first = out.Errors[0]
	}
	r.failed += len(out.Errors)
	r.done.Add(int64(len(these) - len(out.Errors)))
	return nil
}

// refused tells of the objects that were not deleted.
func (r *remover) refused() error {
	if r.failed == 0 {
		return nil
	}
	err := error(&aws.Error{
		Service: aws.ServiceS3, Operation: "DeleteObjects", Code: r.first.Code,
		Message: fmt.Sprintf("%s (%s)", r.first.Message, r.first.Key),
	})
	if r.failed > 1 {
		err = errors.Join(err, fmt.Errorf("and %s more", page.Counted(r.failed-1, "object")))
	}
	return err
}
