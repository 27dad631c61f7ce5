// Package chain counts how often functions have set each other off, so that a
// loop (a function that writes what triggers it) can be stopped. The count
// travels in a context; what a function asks for with its credentials is counted
// on from the invocation it serves.
package chain

import "context"

// Most is the count at which Lambda stops a chain: the event that would be the
// function's seventeenth round is dropped.
const Most = 16

type key struct{}

// With says that n invocations of functions led to what the context is of.
func With(ctx context.Context, n int) context.Context {
	return context.WithValue(ctx, key{}, n)
}

// Of tells how many invocations led here; 0 for what the user asked for.
func Of(ctx context.Context) int {
	n, _ := ctx.Value(key{}).(int)
	return n
}
