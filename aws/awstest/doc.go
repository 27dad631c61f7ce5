// Package awstest is the contract that every aws.Cloud keeps, as one test suite: a
// test for each operation of the operation table, of what it does and how it
// refuses. An operation that has no test fails the suite.
//
// The suite is run in three ways, by the same tests:
//
//   - on a sandbox of its own for each test, in this process (package fake);
//   - so by the AWS protocols: package sdk asks package endpoint;
//   - in an account that holds other things (Tenants): by the AWS protocols in one
//     sandbox for all tests, and, when asked to, on AWS.
//
// # On an AWS account
//
//	AWS_PROFILE=… AWS_REGION=… go test ./aws/sdk -v -timeout 0 -parallel 8 \
//	    -run TestContractOnAccount -account 123456789012
//
// Without -account no test knows of any account, and with it no other test runs.
// Credentials and region are found as the AWS CLI finds them; when they are another
// account's, the run ends before it has done anything. It is for people, not for
// CI, where it refuses to run. -endpoint-url asks another place than AWS, -run
// TestContractOnAccount/iam: runs the tests of IAM alone.
//
// Each test sees what looks like an empty account. All names that it gives get
// "awslab", the run's six letters and digits and the test's number before them, and
// lose them in all that AWS answers; lists show the test's own things. Nothing that
// the run did not make is changed. Of what others made the run reads no more than
// lists, Lambda's settings of the account, and AWS's own policies.
//
// What a test makes is deleted when it ends, in an order that AWS accepts, waiting
// where AWS wants it. Before something is made, its name is on disk, in the record
// (-record, a file in the user's cache folder unless given): after a run that was
// killed, the next one with that record deletes what is left first. Ctrl-C ends the
// tests and deletes what they made; a second one kills. What cannot be deleted is
// told, and stays in the record. AWS alone deletes metrics, the streams of deleted
// tables (after a day) and what CloudTrail notes; they cost nothing.
//
// AWS does things later than it says: new roles cannot be assumed yet, logs and lists
// lag, API Gateway deletes one API in half a minute. The suite waits for it; how long
// is told by the tables in tenant.go, which are to be changed where AWS is slower.
//
// Tests that cannot be kept there are in one table, Exceptions, with the reason for
// each; the run prints it. Anything else that fails is a difference between AWS and
// the sandbox, and the sandbox is wrong.
//
// # A new operation
//
// It needs a test in its service's table (a missing one fails every way to run the
// suite). If its input has names of account-wide things in members of a new name, or
// it lists the account, it needs a row in the tables renames or listings, which
// a test asks for; a new kind of thing needs a kind.
package awstest
