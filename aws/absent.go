package aws

import (
	"context"
	"slices"
)

type absentKey struct{}

// WithAbsent marks a call of a request in which texts were missing that AWS
// requires. The vocabulary's "" is one that is there, and empty, and AWS has
// another answer for each.
func WithAbsent(ctx context.Context, members []string) context.Context {
	return context.WithValue(ctx, absentKey{}, members)
}

// Absent reports whether a call's request lacked a text that AWS requires. It is
// false for calls that came in no request.
func Absent(ctx context.Context, member string) bool {
	members, _ := ctx.Value(absentKey{}).([]string)
	return slices.Contains(members, member)
}
