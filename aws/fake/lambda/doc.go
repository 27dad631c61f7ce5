// Package lambda is AWS Lambda in a store: functions and their settings, the
// resource policies that say who may invoke them, the execution environments
// that run them, and the queue of asynchronous invocations, which outlives the
// process.
//
// A function's zip file lies beside the store, under its SHA-256, and is
// unpacked once for each run of the program. Whatever runs functions is given by
// Run; until then everything but running them works.
package lambda
