package aws

import (
	"context"
	"slices"
)

type absentKey struct{}

// WithAbsent marks a call of a request in which members were missing that AWS
// requires, named as in AWS's messages: "tags.1.member.value". The vocabulary's ""
// is a text that is there, and empty, and AWS has another answer for each.
func WithAbsent(ctx context.Context, members []string) context.Context {
	return context.WithValue(ctx, absentKey{}, members)
}

// Absent reports whether a call's request lacked a member that AWS requires. It is
// false for calls that came in no request.
func Absent(ctx context.Context, member string) bool {
	members, _ := ctx.Value(absentKey{}).([]string)
	return slices.Contains(members, member)
}
