// Package python runs Python functions: it unpacks the CPython that the program
// carries, and adds what Lambda's own image has around it, a bootstrap that
// speaks the Runtime API and stand-ins for the packages that functions count on
// (boto3, botocore.exceptions, PIL).
//
// Prepare unpacks; what it gives tells the command that runs one execution
// environment. The pixels of the PIL stand-in are worked on in Go, by Pictures.
package python
