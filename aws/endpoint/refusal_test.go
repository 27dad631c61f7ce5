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
	for _, other := range []string{"acl", "annotation", "renameObject", "versions"} {
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
	const source, condition, later, before = "x-amz-copy-source", "x-amz-copy-source-if-", "Fri, 01 Jan 2100 00:00:00 GMT", "Fri, 01 Jan 2010 00:00:00 GMT"
	const failed, missing = 412, 501
	for _, c := range []struct {
		method, path, body string
		headers            []string
		status             int
	}{
		{http.MethodPut, "/box/new", "", []string{source, "box/k", "If-Match", `"x"`}, 404},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", condition + "match", `"x"`}, failed},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", condition + "none-match", "*"}, failed},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", condition + "modified-since", later}, failed},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", condition + "unmodified-since", before}, failed},
		{http.MethodPut, "/box/k?partNumber=2&uploadId=" + id, "", []string{source, "box/k", condition + "none-match", "*"}, failed},
		{http.MethodPut, "/box/k?partNumber=2&uploadId=" + id, "", []string{source, "box/k", condition + "modified-since", later}, failed},
		{http.MethodPut, "/box/k?partNumber=2&uploadId=" + id, "", []string{source, "box/k", condition + "unmodified-since", before}, failed},
		{http.MethodPost, "/box/k?uploadId=" + id, complete, []string{"If-Match", `"x"`}, failed},
		{http.MethodDelete, "/box/k", "", []string{"If-Match", `"x"`}, failed},
		{http.MethodPost, "/box?delete", "<Delete><Object><Key>k</Key><ETag>x</ETag></Object></Delete>", nil, 200}, // tells of the object

		{http.MethodPost, "/box?delete", "<Delete><Object><Key>k</Key><Size>1</Size></Object></Delete>", nil, missing},
		{http.MethodDelete, "/box/k", "", []string{"x-amz-if-match-size", "1"}, missing},
		{http.MethodPut, "/box/new", "secret", []string{"x-amz-server-side-encryption-customer-algorithm", "AES256"}, missing},
		{http.MethodPut, "/box/k", " more", []string{"x-amz-write-offset-bytes", "5"}, missing},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", "x-amz-object-lock-legal-hold", "ON"}, missing},
		{http.MethodPost, "/box/new?uploads", "", []string{"x-amz-object-lock-mode", "COMPLIANCE"}, missing},
		{http.MethodPut, "/box/new", "", []string{"x-amz-server-side-encryption", "aws:kms"}, missing},
		{http.MethodPost, "/box/new?uploads", "", []string{"x-amz-server-side-encryption", "aws:kms:dsse"}, missing},
		{http.MethodPut, "/box/new", "", []string{source, "box/k", "x-amz-server-side-encryption", "AES128"}, 400},
		{http.MethodPut, "/new-box", "", []string{"x-amz-object-ownership", "ObjectWriter"}, missing},
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
