// Package sdk is an aws.Cloud on aws-sdk-go-v2: an AWS account, or whatever else
// speaks AWS's protocols at an endpoint.
//
// There is one way for all operations: a table finds the SDK's method by its name,
// and one converter carries our types to the SDK's and back, by their members'. So
// what joins the vocabulary is a row of the table at most, and what the SDK does not
// know fails a test. What differs is in a few short tables.
//
// AWS is the judge of a request: the SDK's own checks are left out, so that a bad
// member is refused in AWS's words. Throttles, faults of AWS (5xx) and lost
// connections are tried again by the SDK, three attempts in all unless the user's
// configuration says otherwise; Options.Retried is told.
//
// Nothing here waits for what AWS does in its own time, as callers have to:
//
//   - a table is CREATING, a function Pending or its update InProgress for seconds;
//   - a new role cannot be assumed for about ten seconds: CreateFunction answers
//     InvalidParameterValueException, "cannot be assumed by Lambda";
//   - a new permission or notification, a new API and its stage, take seconds to act;
//   - IAM's lists, and those of functions and APIs, may miss what was just made;
//   - log events come after seconds, metrics after one to three minutes;
//   - a GetItem or Query that is not consistent, and a global secondary index, may
//     show the item as it was a moment ago. S3's objects and lists are up to date.
package sdk
