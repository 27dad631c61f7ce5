// Package s3 is the console's pages for Amazon S3: buckets, their objects as
// folders and files, uploads from the local disk and downloads to it, a look
// into an object, and a bucket's event notifications and policy.
//
// What is on its way (an upload, a download, a long deletion) counts what it has
// done as it goes; the pages look at the counts a few times a second, so that
// the work never waits for the screen.
package s3
