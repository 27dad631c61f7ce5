package endpoint_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"awslab/aws"
)

// TestRefusalsDoNotWait has clients that hold their body back until they may send
// it, or that never send it: what is refused anyway is refused at once.
func TestRefusalsDoNotWait(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("there")
	for name, c := range map[string]struct {
		scope, path, headers string
		length, status       int
	}{
		"into a bucket that is not there": {"s3", "/nowhere/key", "Expect: 100-continue\r\n", 1 << 20, 404},
		"an object beyond the limit":      {"s3", "/there/key", "", 5<<30 + 1, 400},
		"a body beyond the limit":         {"dynamodb", "/", "X-Amz-Target: " + dynamodb + "ListTables\r\n", 1 << 30, 413},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := l.signed(c.scope, http.MethodPut, c.path, "")
			var dialer net.Dialer
			connection, err := dialer.DialContext(t.Context(), "tcp", strings.TrimPrefix(l.url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(connection, "PUT %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s", c.path, c.length, c.headers)
			if err := errors.Join(r.Header.Write(connection), sent(connection, "\r\n"), connection.SetReadDeadline(time.Now().Add(10*time.Second))); err != nil {
				t.Fatal(err)
			}
			response, err := http.ReadResponse(bufio.NewReader(connection), r)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(response.Body.Close(), connection.Close()); err != nil || response.StatusCode != c.status {
				t.Errorf("%v: %s, want %d", err, response.Status, c.status)
			}
		})
	}
}

// TestSubresources asks for what S3 has beside an object or a bucket, and this endpoint has
// not: the object or the bucket itself is not meant.
func TestSubresources(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodPut, "/box/k", "hello").wants(t, 200)
	for _, other := range []string{"annotation", "renameObject", "versions"} {
		l.call(http.MethodPut, "/box/k?"+other, "").wants(t, 501, "<Code>NotImplemented</Code>")
	}
	l.call(http.MethodPut, "/box/k?uploadId=x", "jello").wants(t, 400, "<Message>Part number must be an integer")
	l.call(http.MethodGet, "/box/k", "").wants(t, 200, "hello")
	l.call(http.MethodDelete, "/box/k", "").wants(t, 204)
	for _, other := range []string{"lifecycle", "metadataConfiguration", "metadataTable"} {
		l.call(http.MethodDelete, "/box?"+other, "").wants(t, 501, "<Code>NotImplemented</Code>")
	}
	l.call(http.MethodGet, "/box?lifecycle", "").wants(t, 501, "<Code>NotImplemented</Code>")
	l.call(http.MethodHead, "/box", "").wants(t, 200)
}

// TestConditions has requests that must not be carried out: their conditions do not hold,
// or what they ask for is not here. Nothing is done.
func TestConditions(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodPut, "/box/k", "hello").wants(t, 200)
	begun := l.call(http.MethodPost, "/box/k?uploads", "").wants(t, 200)
	_, id, _ := strings.Cut(begun.body, "<UploadId>")
	id, _, _ = strings.Cut(id, "<")
	tag := l.call(http.MethodPut, "/box/k?partNumber=1&uploadId="+id, "jello").wants(t, 200).header.Get("ETag")
	complete := "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + tag + "</ETag></Part></CompleteMultipartUpload>"
	const source, condition, changed, before = "x-amz-copy-source", "x-amz-copy-source-if-", "Sun, 22 Nov 2026 12:00:00 GMT", "Fri, 01 Jan 2010 00:00:00 GMT"
	const failed, missing = 412, 501
	for _, c := range []struct {
		method, path, body string
		headers            []string
		status             int
	}{
		{http.MethodPut, "/box/new", "", []string{source, "box/k", "If-Match", `"x"`}, 404},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", condition + "match", `"x"`}, failed},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", condition + "none-match", "*"}, failed},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", condition + "modified-since", changed}, failed},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", condition + "unmodified-since", before}, failed},
		{http.MethodPut, "/box/k?partNumber=2&uploadId=" + id, "", []string{source, "box/k", condition + "none-match", "*"}, failed},
		{http.MethodPut, "/box/k?partNumber=2&uploadId=" + id, "", []string{source, "box/k", condition + "modified-since", changed}, failed},
		{http.MethodPut, "/box/k?partNumber=2&uploadId=" + id, "", []string{source, "box/k", condition + "unmodified-since", before}, failed},
		{http.MethodPost, "/box/k?uploadId=" + id, complete, []string{"If-Match", `"x"`}, failed},
		{http.MethodDelete, "/box/k", "", []string{"If-Match", `"x"`}, failed},
		{http.MethodPost, "/box?delete", "<Delete><Object><Key>k</Key><ETag>x</ETag></Object></Delete>", nil, 200}, // tells of the object

		{http.MethodPost, "/box?delete", "<Delete><Object><Key>k</Key><Size>1</Size></Object></Delete>", nil, missing},
		{http.MethodDelete, "/box/k", "", []string{"x-amz-if-match-size", "1"}, missing},
		{http.MethodDelete, "/box/k?uploadId=" + id, "", []string{"x-amz-if-match-initiated-time", "Sun, 22 Nov 2026 12:00:00 GMT"}, missing},
		{http.MethodPut, "/new-box", "", []string{"x-amz-bucket-namespace", "account-regional"}, missing},
		{http.MethodPut, "/box/new", "secret", []string{"x-amz-server-side-encryption-customer-algorithm", "AES256"}, missing},
		{http.MethodPut, "/box/new", "secret", []string{"x-amz-server-side-encryption-customer-key", "AAAA"}, missing},
		{http.MethodPut, "/box/k", " more", []string{"x-amz-write-offset-bytes", "5"}, missing},
		{http.MethodPut, "/box/new", "", []string{"x-amz-object-lock-retain-until-date", "2030-01-01T00:00:00Z"}, missing},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", "x-amz-object-lock-legal-hold", "ON"}, missing},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", source + "-server-side-encryption-customer-algorithm", "AES256"}, missing},
		{http.MethodPut, "/box/k?partNumber=2&uploadId=" + id, "", []string{source, "box/k", source + "-server-side-encryption-customer-key", "AAAA"}, missing},
		{http.MethodPost, "/box/new?uploads", "", []string{"x-amz-object-lock-mode", "COMPLIANCE"}, missing},
		{http.MethodPut, "/box/new", "", []string{"x-amz-server-side-encryption", "aws:kms"}, missing},
		{http.MethodPost, "/box/new?uploads", "", []string{"x-amz-server-side-encryption", "aws:kms:dsse"}, missing},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", "x-amz-server-side-encryption", "AES128"}, 400},
		{http.MethodPut, "/new-box", "", []string{"x-amz-bucket-object-lock-enabled", "true"}, missing},
		{http.MethodPut, "/box?notification", "<NotificationConfiguration><EventBridgeConfiguration/></NotificationConfiguration>", nil, missing},
	} {
		if a := l.call(c.method, c.path, c.body, c.headers...); a.status != c.status {
			t.Errorf("%s %s %v: %d %s, want %d", c.method, c.path, c.headers, a.status, a.body, c.status)
		}
	}
	l.call(http.MethodGet, "/box?list-type=2", "").wants(t, 200, "<KeyCount>1</KeyCount>", "<Key>k</Key>")
	l.call(http.MethodGet, "/box/k", "").wants(t, 200, "hello")
	l.call(http.MethodGet, "/box/k?uploadId="+id, "").wants(t, 200, "<NextPartNumberMarker>1<")
	// What a copy gets of its own comes with it.
	l.call(http.MethodPut, "/box/copy", "", source, "/box%2Fk", "x-amz-metadata-directive", "REPLACE", "Cache-Control", "no-store", "Content-Language", "de").wants(t, 200)
	l.call(http.MethodHead, "/box/copy", "").wants(t, 200).with(t, "Cache-Control", "no-store", "Content-Language", "de")
}

// failing is an S3 that fails.
type failing struct{ aws.S3 }

func (failing) ListBuckets(context.Context, aws.ListBucketsInput) (aws.ListBucketsOutput, error) {
	return aws.ListBucketsOutput{}, &aws.Error{Code: "SlowDown", Status: http.StatusServiceUnavailable, RequestID: "THEIRS"}
}

// TestRefusalsHaveTheirID has a call that fails told by the id that its record has.
func TestRefusalsHaveTheirID(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.cloud.S3 = failing{}
	l.call(http.MethodGet, "/", "").wants(t, 503, "<Code>SlowDown</Code>", "<RequestId>THEIRS</RequestId>").with(t, "x-amz-request-id", "THEIRS")
}

// TestRefusalsNameTheirOperation has requests that cannot be read told of with the
// operation that they were for.
func TestRefusalsNameTheirOperation(t *testing.T) {
	t.Parallel()
	l := open(t)
	for want, send := range map[string]func(){
		"GetItem":        func() { l.json(dynamodb+"GetItem", `{`) },
		"CreateFunction": func() { l.rest("lambda", http.MethodPost, "/2015-03-31/functions", `{"Runtime"`) },
		"CreateRole":     func() { l.form("iam", "2010-05-08", "Action=CreateRole&RoleName=a&RoleName.b=c") },
	} {
		send()
		var failed *aws.Error
		if err := <-l.refused; !errors.As(err, &failed) || failed.Operation != want {
			t.Errorf("%s: told of %v", want, err)
		}
	}
}

// TestErrorDocuments has S3's error documents say what they are about.
func TestErrorDocuments(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodPut, "/box/k", "hello").wants(t, 200)
	l.call(http.MethodPut, "/box/cold", "hello", "x-amz-storage-class", "DEEP_ARCHIVE").wants(t, 200)
	l.call(http.MethodPut, "/box?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>").wants(t, 200)
	begun := l.call(http.MethodPost, "/box/k?uploads", "").wants(t, 200)
	_, id, _ := strings.Cut(begun.body, "<UploadId>")
	id, _, _ = strings.Cut(id, "<")
	const part = "<CompleteMultipartUpload><Part><PartNumber>2</PartNumber><ETag>&quot;x&quot;</ETag></Part></CompleteMultipartUpload>"
	for _, c := range []struct {
		method, path, body string
		headers            []string
		status             int
		details            string
	}{
		{http.MethodGet, "/none/k", "", nil, 404, "<BucketName>none</BucketName>"},
		{http.MethodGet, "/box/none", "", nil, 404, "<Key>none</Key>"},
		{http.MethodPut, "/box/new", "", []string{"x-amz-copy-source", "other/k"}, 404, "<BucketName>other</BucketName>"},
		{http.MethodGet, "/box/k?uploadId=none", "", nil, 404, "<UploadId>none</UploadId>"},
		{http.MethodGet, "/box/k", "", []string{"If-Match", `"x"`}, 412, "<Condition>If-Match</Condition>"},
		{http.MethodGet, "/box/k", "", []string{"If-Unmodified-Since", "Fri, 01 Jan 2010 00:00:00 GMT"}, 412, "<Condition>If-Unmodified-Since</Condition>"},
		{http.MethodPut, "/box/k", "", []string{"If-None-Match", "*"}, 412, "<Condition>If-None-Match</Condition>"},
		{http.MethodPut, "/box/new", "", []string{"x-amz-copy-source", "box/k", "x-amz-copy-source-if-match", `"x"`}, 412, "<Condition>x-amz-copy-source-If-Match</Condition>"},
		{http.MethodPut, "/box/k", "", []string{"If-Match", "*"}, 501, "<Header>If-Match</Header><additionalMessage>We don&#39;t accept the provided value of If-Match header for this API</additionalMessage>"},
		{http.MethodDelete, "/box/k", "", []string{"x-amz-if-match-size", "1"}, 501, "<Header>x-amz-if-match-size</Header>"},
		{http.MethodGet, "/box/cold", "", nil, 403, "<StorageClass>DEEP_ARCHIVE</StorageClass>"},
		{http.MethodPut, "/box/k", "", []string{"x-amz-storage-class", "COLD"}, 400, "<StorageClassRequested>COLD</StorageClassRequested>"},
		{http.MethodGet, "/box/k", "", []string{"Range", "bytes=9-"}, 416, "<RangeRequested>bytes=9-</RangeRequested><ActualObjectSize>5</ActualObjectSize>"},
		{http.MethodGet, "/box/k?partNumber=2", "", nil, 416, "<PartNumberRequested>2</PartNumberRequested><ActualPartCount>1</ActualPartCount>"},
		{http.MethodPost, "/box/k?uploadId=" + id, part, nil, 400, "<UploadId>" + id + "</UploadId><PartNumber>2</PartNumber><ETag>x</ETag>"},
		{http.MethodGet, "/box/k?versionId=x", "", nil, 400, "<ArgumentName>versionId</ArgumentName><ArgumentValue>x</ArgumentValue>"},
		{http.MethodPut, "/box/k", "hello", []string{"Content-MD5", "x"}, 400, "<Content-MD5>x</Content-MD5>"},
		{http.MethodPost, "/box/k", "", nil, 405, "<Method>POST</Method><ResourceType>OBJECT</ResourceType>"},
		{http.MethodGet, "/box", "", []string{"x-amz-expected-bucket-owner", "111111111111"}, 403, "<Message>Access Denied</Message>"},
		{http.MethodGet, "/box", "", []string{"x-amz-expected-bucket-owner", "me"}, 400, "<Code>InvalidBucketOwnerAWSAccountID</Code><Message>The value of the expected bucket owner parameter must be an AWS Account ID... [me]</Message>"},
		{http.MethodPut, "/box/new", "", []string{"x-amz-copy-source", "box/k", "x-amz-source-expected-bucket-owner", "111111111111"}, 403, "<Code>AccessDenied</Code>"},
		{http.MethodGet, "/box/k", "", []string{"x-amz-server-side-encryption", "AES256"}, 400, "x-amz-server-side-encryption header is not supported for this operation."},
		{http.MethodGet, "/box/k", "", []string{"x-amz-server-side-encryption-customer-algorithm", "AES256"}, 400, "The encryption parameters are not applicable to this object."},
	} {
		a := l.call(c.method, c.path, c.body, c.headers...)
		if a.status != c.status || !strings.Contains(a.body, c.details) || !strings.Contains(a.body, "<RequestId>"+a.header.Get("x-amz-request-id")+"</RequestId>") {
			t.Errorf("%s %s %v: %d %s, want %d %s", c.method, c.path, c.headers, a.status, a.body, c.status, c.details)
		}
	}
	l.call(http.MethodGet, "/box", "", "x-amz-expected-bucket-owner", "000000000000").wants(t, 200)
}

// TestErrorHeaders has S3's errors say in headers what they are about.
func TestErrorHeaders(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	l.call(http.MethodPut, "/box?versioning", "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>").wants(t, 200)
	tag := l.call(http.MethodPut, "/box/k", "hello").wants(t, 200).header.Get("ETag")
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		l.call(method, "/box/k", "", "If-None-Match", tag).wants(t, 304).with(t, "ETag", tag, "Last-Modified", "Sun, 22 Nov 2026 12:00:00 GMT")
		// A time to come says nothing.
		l.call(method, "/box/k", "", "If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT").wants(t, 200)
	}
	marker := l.call(http.MethodDelete, "/box/k", "").wants(t, 204).header.Get("x-amz-version-id")
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		l.call(method, "/box/k", "").wants(t, 404).with(t, "x-amz-delete-marker", "true", "x-amz-version-id", marker)
		l.call(method, "/box/k?versionId="+marker, "").wants(t, 405).
			with(t, "x-amz-delete-marker", "true", "x-amz-version-id", marker, "Allow", "DELETE", "Last-Modified", "Sun, 22 Nov 2026 12:00:00 GMT")
		l.call(method, "/box/none", "").wants(t, 404).with(t, "x-amz-delete-marker", "", "x-amz-version-id", "")
	}
	l.call(http.MethodGet, "/box/k?versionId="+marker, "").wants(t, 405, "<Method>GET</Method><ResourceType>DeleteMarker</ResourceType>")
	l.call(http.MethodPut, "/box/k?tagging", "<Tagging><TagSet/></Tagging>").wants(t, 405, "<Method>PUT</Method><ResourceType>DeleteMarker</ResourceType>")
}
