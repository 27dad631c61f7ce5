package lab

import (
	"context"
	"errors"
	"fmt"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab/spec"
)

// Result is what became of one resource when its lab was ended.
type Result struct {
	Resource Resource
	Deleted  bool
	// Left says why it was left alone; "" when it was not.
	Left string
	Err  error // why it could not be deleted
}

// String is the result in one line.
func (r Result) String() string {
	switch {
	case r.Err != nil:
		return fmt.Sprintf("✗ %s: not deleted: %v", r.Resource, r.Err)
	case r.Left != "":
		return fmt.Sprintf("– %s: left alone: %s", r.Resource, r.Left)
	}
	return fmt.Sprintf("✓ %s: deleted", r.Resource)
}

// skew is by how much the clocks of this machine and of AWS may differ.
const skew = time.Minute

// Remaining lists what a lab has created that is still there, in the order in
// which End deletes it, and what cannot be looked up: that is no reason to keep the
// rest. The error is of credentials, or a context that has ended. It changes nothing.
func Remaining(ctx context.Context, cloud aws.Cloud, store *Store, lab *spec.Lab) ([]Resource, error) {
	var out []Resource
	for _, r := range inOrder(store.Progress(lab.ID).Resources) {
		seen, err := look(ctx, cloud, r)
		switch {
		case errors.Is(err, aws.ErrCredentials) || ctx.Err() != nil:
			return nil, fmt.Errorf("%s: %w", r, errors.Join(err, ctx.Err()))
		case !errors.Is(err, aws.ErrNotFound) && seen.left == "":
			out = append(out, r)
		}
	}
	return out, nil
}

// End deletes what a lab has created and is still there, what uses others before
// what it uses, and nothing else. There is a result for each of these; those that failed stay
// written down, so that End can be run again. When none failed, the lab has
// ended. The error is of the progress that could not be saved.
func End(ctx context.Context, cloud aws.Cloud, store *Store, lab *spec.Lab) ([]Result, error) {
	ctx = trail.WithOrigin(ctx, trail.OriginGuide)
	var results []Result
	failed := false
	for _, r := range inOrder(store.Progress(lab.ID).Resources) {
		result, gone := remove(ctx, cloud, r)
		if result.Err == nil {
			store.forget(lab.ID, r)
		}
		if failed = failed || result.Err != nil; !gone {
			results = append(results, result)
		}
	}
	if !failed {
		store.finish(lab.ID)
	}
	return results, store.Save()
}

// remove deletes one resource; gone reports that it was not there any more.
func remove(ctx context.Context, cloud aws.Cloud, r Resource) (result Result, gone bool) {
	result.Resource = r
	seen, err := look(ctx, cloud, r)
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return result, true
	case err != nil:
		result.Err = err
		return result, false
	case seen.left != "":
		result.Left = seen.left
		return result, false
	}
	if err = ready(ctx, cloud, seen.kind, seen.key); err == nil {
		err = patiently(ctx, func() error { return seen.kind.delete(ctx, cloud, seen.key) })
	}
	if errors.Is(err, aws.ErrNotFound) {
		return result, true
	}
	result.Deleted, result.Err = err == nil, err
	return result, false
}

// sight is a resource that was looked for.
type sight struct {
	kind kind
	key  string // what it is found by
	left string // why it is not the lab's; "" when it is
}

// look finds a resource, and says why it is not the lab's if it is not.
func look(ctx context.Context, cloud aws.Cloud, r Resource) (sight, error) {
	k, known := kindOf(r.Kind)
	if !known {
		return sight{}, fmt.Errorf("this awslab does not know what a %s is", r.Kind)
	}
	key, err := k.key(ctx, cloud, r)
	if err != nil {
		return sight{}, err
	}
	seen := sight{kind: k, key: key}
	now, err := k.find(ctx, cloud, key)
	switch {
	case err != nil:
		return seen, err
	case r.Identity != "" && now.identity != "" && now.identity != r.Identity:
		seen.left = "another one of this name, which the lab did not create"
	case r.Identity == "" && now.created.Before(r.Asked.Add(-skew)):
		seen.left = "it was there before the lab"
	}
	return seen, nil
}

// The waiting for a resource that is still being created.
const (
	readyPoll  = 500 * time.Millisecond
	readyLimit = time.Minute
)

// patiently does what AWS may refuse because it was done too often, again and again
// after longer and longer pauses: one REST API may be deleted in half a minute.
func patiently(ctx context.Context, do func() error) error {
	for pause := readyPoll; ; pause *= 2 {
		err := do()
		if !errors.Is(err, aws.ErrThrottled) || pause > readyLimit/2 {
			return err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return errors.Join(err, ctx.Err())
		}
	}
}

// ready waits until a resource can be deleted.
func ready(ctx context.Context, cloud aws.Cloud, k kind, key string) error {
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	for {
		now, err := k.find(ctx, cloud, key)
		if err != nil || !now.creating {
			return err
		}
		timer := time.NewTimer(readyPoll)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("it is still being created: %w", ctx.Err())
		}
	}
}
