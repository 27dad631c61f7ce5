// Package s3 is Amazon S3 kept in a sandbox's folder: buckets, objects,
// versions, tags, checksums, multipart uploads, event notifications, bucket policies
// and presigned URLs, with S3's checks, order, paging and wording.
//
// What S3 knows of an object lies in the store, in key order, so a list is a
// seek and a range. Its content is one blob, or one for each part of a multipart
// upload; copies share blobs, which are counted. A write first makes its blob
// durable, then changes the store in one transaction: the object, the count of
// its blobs, and the events that it sets off. Blobs that nothing refers to any
// more go afterwards; what a crash leaves behind is swept when the sandbox opens.
// In a bucket that keeps versions, the latest version of an object lies where the
// object of another would; older ones and delete markers lie beside, the newest first.
// Readers keep the blobs they read, so that a replaced or deleted object can be
// read to its end, on every system.
package s3
