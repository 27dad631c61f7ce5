package endpoint_test

import (
	"net/http"
	"testing"

	"awslab/aws"
)

// TestSettings has the documents of what buckets and objects have by themselves.
func TestSettings(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodPut, "/box/k", "hello").wants(t, 200)
	buckets, err := l.cloud.S3.ListBuckets(t.Context(), aws.ListBucketsInput{})
	if err != nil {
		t.Fatal(err)
	}
	id := "<ID>" + buckets.Owner.ID + "</ID>"
	list := `<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner>` + id + `</Owner><AccessControlList><Grant>` +
		`<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">` + id + `</Grantee>` +
		`<Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>`
	for path, document := range map[string]string{
		"/box?acl":   list,
		"/box/k?acl": list,
		"/box?encryption": `<ServerSideEncryptionConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Rule>` +
			`<ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>` +
			`<BucketKeyEnabled>false</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes></Rule>`,
		"/box?ownershipControls": `<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>`,
		"/box?publicAccessBlock": `<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>` +
			`<BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>`,
	} {
		l.call(http.MethodGet, path, "").wants(t, 200, document)
	}
	for _, kept := range []string{"encryption", "ownershipControls", "publicAccessBlock"} { // and not the bucket itself deleted
		l.call(http.MethodPut, "/box?"+kept, "").wants(t, 501)
		l.call(http.MethodDelete, "/box?"+kept, "").wants(t, 501)
	}
	l.call(http.MethodDelete, "/box/k", "").wants(t, 204)
}

// TestPuttingAccessControlLists puts lists after the fact, of which S3 takes none, those
// that change nothing neither.
func TestPuttingAccessControlLists(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("public")
	l.call(http.MethodPut, "/public/k", "hello").wants(t, 200)
	for _, path := range []string{"/public", "/public/k"} {
		for _, acl := range []string{"private", "public-read", "bucket-owner-full-control"} {
			l.call(http.MethodPut, path+"?acl", "", "x-amz-acl", acl).
				wants(t, 400, "<Code>AccessControlListNotSupported</Code><Message>The bucket does not allow ACLs</Message>")
		}
	}
	l.call(http.MethodPut, "/other?acl", "", "x-amz-acl", "private").wants(t, 404, "<Code>NoSuchBucket</Code>")
	l.call(http.MethodPut, "/other/k?acl", "", "x-amz-acl", "private").wants(t, 404, "<Code>NoSuchBucket</Code>")
	l.call(http.MethodGet, "/public/k", "").wants(t, 200, "hello")
	anonymous := l.request(http.MethodGet, "/public/k?acl", unsigned, http.NoBody)
	anonymous.Header.Del("Authorization")
	l.send(anonymous).wants(t, 403, "Access Denied") // what everybody may read is the object
}
