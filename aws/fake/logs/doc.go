// Package logs is Amazon CloudWatch Logs kept in a store: groups, streams and
// events, with its tokens, filter patterns, retention and wording.
//
// The events of a stream lie in a bucket of their own, in order of time and,
// within a millisecond, of arrival: a page is a seek and a walk, however long
// the stream. Reading across streams merges their buckets. What retention lets
// go of is never shown, and deleted when somebody reads or writes.
package logs
