package s3

import (
	"net/url"
	"strings"

	"awslab/ui/nav"
)

// place is where in a bucket's page one is: a tab and, among the objects, a folder.
type place struct {
	tab    int
	prefix string // of the keys in the folder; "" for the top
}

// The Details of routes to a bucket's tabs.
const (
	objectsDetail     = "objects:"
	propertiesDetail  = "properties"
	permissionsDetail = "permissions"
)

// readPlace reads the Detail of a route to a bucket; what it does not know is
// the top of the objects.
func readPlace(detail string) place {
	switch detail {
	case propertiesDetail:
		return place{tab: tabProperties}
	case permissionsDetail:
		return place{tab: tabPermissions}
	}
	if prefix, ok := strings.CutPrefix(detail, objectsDetail); ok {
		return place{prefix: prefix}
	}
	return place{}
}

// folderRoute leads to a folder of a bucket; prefix "" is its top.
func folderRoute(bucket, prefix string) nav.Route {
	r := nav.Route{Page: bucketID, Name: bucket}
	if prefix != "" {
		r.Detail = objectsDetail + prefix
	}
	return r
}

// bucketARN is the bucket's Amazon Resource Name.
func bucketARN(bucket string) string { return "arn:aws:s3:::" + bucket }

// objectARN is the object's Amazon Resource Name.
func objectARN(bucket, key string) string { return bucketARN(bucket) + "/" + key }

// objectURI is how the AWS CLI names an object.
func objectURI(bucket, key string) string { return "s3://" + bucket + "/" + key }

// objectURL is the object's address on the web: of the sandbox's endpoint, if
// there is one, else AWS's.
func objectURL(endpoint, region, bucket, key string) string {
	path := bucket + "/" + escapeKey(key)
	if endpoint != "" {
		return strings.TrimSuffix(endpoint, "/") + "/" + path
	}
	return "https://" + bucket + ".s3." + region + ".amazonaws.com/" + escapeKey(key)
}

// escapeKey writes a key as the path of a URL: all but slashes and the few plain
// characters in percent.
func escapeKey(key string) string {
	parts := strings.Split(key, "/")
	for i, part := range parts {
		parts[i] = strings.ReplaceAll(url.QueryEscape(part), "+", "%20")
	}
	return strings.Join(parts, "/")
}
