package lab

import (
	"context"
	"maps"
	"slices"
	"time"

	"awslab/aws"
	"awslab/ui/lab/spec"
)

// nameLimit bounds the looking up of names.
const nameLimit = 10 * time.Second

// named is the lab with the names of the learner's own resources: of those that
// fit, the first one made for the lab that is still there, else the first that
// is there (in an account: since the lab was started), else what the lab suggests. Where the resources cannot be listed,
// what was made counts as there; the step's check tells what is wrong.
//
// The lab is in its form for this kind of Cloud.
func named(ctx context.Context, cloud aws.Cloud, progress Progress, lab *spec.Lab) *spec.Lab {
	ctx, cancel := context.WithTimeout(ctx, nameLimit)
	defer cancel()
	lab = lab.On(cloud.Place.Kind)
	values := maps.Clone(progress.Names)
	if values == nil {
		values = make(map[string]string)
	}
	for id, name := range lab.Names {
		if !lab.Makes(id) {
			continue
		}
		if own := ownName(ctx, cloud, progress, name); own != "" {
			values[id] = own
		}
	}
	return lab.With(values)
}

// ownName is the learner's own resource of a name; "" when there is none.
func ownName(ctx context.Context, cloud aws.Cloud, progress Progress, name spec.Name) string {
	k, ok := kindOf(name.Kind)
	if !ok {
		return ""
	}
	there, err := k.list(ctx, cloud)
	for _, r := range progress.Resources {
		if r.Kind == name.Kind && name.Fits(r.Name) && (err != nil || slices.Contains(there, r.Name)) {
			return r.Name
		}
	}
	if name.Sandbox != "" { // in an account, only what the lab has made for itself
		return ""
	}
	for _, other := range there {
		if name.Fits(other) && (cloud.Place.Kind != aws.Account || made(ctx, cloud, progress, k, other)) {
			return other
		}
	}
	return ""
}

// made reports whether a resource was made since the lab was started, and so may
// well be made for it, by another program. What an account had before is not for
// the lab to work with.
func made(ctx context.Context, cloud aws.Cloud, progress Progress, k kind, name string) bool {
	seen, err := k.find(ctx, cloud, name)
	return err == nil && !progress.Started.IsZero() && !seen.created.Before(progress.Started.Add(-skew))
}
