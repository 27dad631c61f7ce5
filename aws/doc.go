// Package aws is awslab's vocabulary of AWS: the service interfaces, their
// plain types, typed errors, and the one table of operations that everything
// else reads. It talks to nothing: package sdk reaches real AWS, package fake
// is an AWS on this machine, and both fill the same Cloud.
//
// Every operation has one shape, In → (Out, error), and the name AWS gives it.
// Inputs and outputs are plain values whose JSON form is AWS's own; a zero
// value means "not given" wherever AWS lets it be left out, and an Option tells
// the two apart where zero means something (Limit 0 is an error, no Limit is
// not).
package aws
