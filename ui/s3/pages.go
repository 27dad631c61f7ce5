package s3

import (
	"path"
	"strings"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// The pages' IDs.
const (
	bucketsID      = "s3/buckets"
	createBucketID = "s3/create-bucket"
	bucketID       = "s3/bucket"
	createFolderID = "s3/create-folder"
	uploadID       = "s3/upload"
	objectID       = "s3/object"
	viewID         = "s3/view"
	notificationID = "s3/notification"
	tagsID         = "s3/tags"
)

// functionID is the page of a function that events go to.
const functionID = "lambda/function"

// Pages is the table of the S3 pages. A route's Name is the bucket's name; its
// Detail a tab or prefix of the bucket, or an object's key.
func Pages() []page.Entry {
	return []page.Entry{
		{
			ID: bucketsID, Service: aws.ServiceS3, Title: "S3 buckets", Nav: "Buckets",
			Summary: "Objects of any kind and size, kept in buckets",
			Crumb:   page.Named("Buckets"), New: newBuckets,
		},
		{
			ID: createBucketID, Service: aws.ServiceS3, Title: "Create an S3 bucket",
			Summary: "A new place for objects, with a name of its own in the world", Parent: page.To(bucketsID),
			Crumb: page.Named("Create bucket"), New: newCreateBucket,
		},
		{
			ID: bucketID, Service: aws.ServiceS3, Title: "S3 bucket", Named: true,
			Summary: "One bucket: its objects, properties and permissions", Parent: bucketParent,
			Crumb: bucketCrumb, New: newBucketPage,
		},
		{
			ID: createFolderID, Service: aws.ServiceS3, Title: "Create a folder in an S3 bucket", Named: true,
			Summary: "An empty folder to put objects into", Parent: toFolder,
			Crumb: page.Named("Create folder"), New: newCreateFolder,
		},
		{
			ID: uploadID, Service: aws.ServiceS3, Title: "Upload to an S3 bucket", Named: true,
			Summary: "Files and folders from this computer", Parent: toFolder,
			Crumb: page.Named("Upload"), New: newUploadPage,
		},
		{
			ID: objectID, Service: aws.ServiceS3, Title: "S3 object", Named: true,
			Summary: "One object: its properties and metadata", Parent: objectParent,
			Crumb: func(r nav.Route) string { return path.Base(r.Detail) }, New: newObjectPage,
		},
		{
			ID: viewID, Service: aws.ServiceS3, Title: "Open an S3 object", Named: true,
			Summary: "A picture or a text, as it is", Parent: viewParent,
			Crumb: page.Named("Open"), New: newViewPage,
		},
		{
			ID: notificationID, Service: aws.ServiceS3, Title: "Create an S3 event notification", Named: true,
			Summary: "Have a function invoked when objects come or go", Parent: toProperties,
			Crumb: page.Named("Create event notification"), New: newNotificationPage,
		},
		{
			ID: tagsID, Service: aws.ServiceS3, Title: "Edit tags in S3", Named: true,
			Summary: "Labels of a bucket or an object", Parent: tagsParent,
			Crumb: page.Named("Edit tags"), New: newEditTags,
		},
	}
}

// bucketParent is the folder above, or the list of buckets.
func bucketParent(r nav.Route) (nav.Route, bool) {
	if place := readPlace(r.Detail); place.prefix != "" {
		return folderRoute(r.Name, above(place.prefix)), true
	}
	return nav.Route{Page: bucketsID}, true
}

// bucketCrumb is the bucket's name, or the folder's.
func bucketCrumb(r nav.Route) string {
	if place := readPlace(r.Detail); place.prefix != "" {
		return path.Base(place.prefix) + "/"
	}
	return r.Name
}

// toFolder leads to the folder that a page adds to.
func toFolder(r nav.Route) (nav.Route, bool) { return folderRoute(r.Name, r.Detail), true }

func toProperties(r nav.Route) (nav.Route, bool) {
	return nav.Route{Page: bucketID, Name: r.Name, Detail: propertiesDetail}, true
}

// tagsParent is the page of what has the tags.
func tagsParent(r nav.Route) (nav.Route, bool) {
	if r.Detail != "" {
		return viewParent(r)
	}
	return toProperties(r)
}

// objectParent is the folder that the object is in.
func objectParent(r nav.Route) (nav.Route, bool) { return folderRoute(r.Name, above(r.Detail)), true }

func viewParent(r nav.Route) (nav.Route, bool) {
	return nav.Route{Page: objectID, Name: r.Name, Detail: r.Detail}, true
}

// above is the prefix of the folder that a key, or a folder, is in.
func above(key string) string {
	return key[:strings.LastIndexByte(strings.TrimSuffix(key, "/"), '/')+1]
}
