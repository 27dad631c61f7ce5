package endpoint

import (
	"net/http"
	"strings"

	"awslab/aws"
)

// objectHeaders are the headers that are kept with an object, but for the user's own.
var objectHeaders = []struct {
	name   string
	member func(*aws.ObjectHeaders) *string
}{
	{"Content-Type", func(h *aws.ObjectHeaders) *string { return &h.ContentType }},
	{"Cache-Control", func(h *aws.ObjectHeaders) *string { return &h.CacheControl }},
	{"Content-Disposition", func(h *aws.ObjectHeaders) *string { return &h.ContentDisposition }},
	{"Content-Encoding", func(h *aws.ObjectHeaders) *string { return &h.ContentEncoding }},
	{"Content-Language", func(h *aws.ObjectHeaders) *string { return &h.ContentLanguage }},
	{"Expires", func(h *aws.ObjectHeaders) *string { return &h.Expires }},
}

// kept are the headers of a request that are kept with an object.
func (c call) kept() aws.ObjectHeaders {
	out := aws.ObjectHeaders{Metadata: c.metadata()}
	for _, header := range objectHeaders {
		*header.member(&out) = c.request.Header.Get(header.name)
	}
	out.ContentEncoding = encoding(c.request.Header)
	return out
}

// encoding is the content encoding to keep: aws-chunked is of the transfer only.
func encoding(h http.Header) string {
	var kept []string
	for part := range strings.SplitSeq(h.Get("Content-Encoding"), ",") {
		if part = strings.TrimSpace(part); part != "" && part != "aws-chunked" {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, ",")
}

const metadataPrefix = "X-Amz-Meta-"

// metadata is the user's own metadata: that of a request's headers, and of a presigned
// URL, where some SDKs put it.
func (c call) metadata() map[string]string {
	out := make(map[string]string)
	add := func(from map[string][]string) {
		for name, values := range from {
			if rest, ok := strings.CutPrefix(http.CanonicalHeaderKey(name), metadataPrefix); ok {
				out[strings.ToLower(rest)] = strings.Join(values, ",")
			}
		}
	}
	if c.presigned() {
		add(c.query)
	}
	add(c.request.Header)
	if len(out) == 0 {
		return nil
	}
	return out
}

// presigned reports whether the request's URL is signed.
func (c call) presigned() bool { return c.query.Has("X-Amz-Signature") }

// amz is a header of S3's own, which some SDKs put into the URL when they sign that.
func (c call) amz(name string) string {
	name = "X-Amz-" + name
	if value := c.request.Header.Get(name); value != "" || !c.presigned() {
		return value
	}
	for asked, values := range c.query {
		if strings.EqualFold(asked, name) {
			return values[0]
		}
	}
	return ""
}

// tellKept gives what was kept with an object; what the query asks for instead comes
// first.
func (c call) tellKept(h http.Header, kept aws.ObjectHeaders) {
	for _, header := range objectHeaders {
		value := *header.member(&kept)
		if asked := c.query.Get("response-" + strings.ToLower(header.name)); asked != "" {
			value = asked
		}
		if value != "" {
			h.Set(header.name, value)
		}
	}
	for name, value := range kept.Metadata {
		// Older clients take the letters of the name as they come.
		h[strings.ToLower(metadataPrefix+name)] = []string{value}
	}
}

// copyIf begins the headers of conditions on what is copied.
const copyIf = "X-Amz-Copy-Source-If-"

// What S3 has headers for and this endpoint has not, and what must not be done as if they
// were not there.
var (
	// storing are ways to keep an object.
	storing = []string{
		"X-Amz-Server-Side-Encryption-Customer-Algorithm", "X-Amz-Object-Lock-Mode", "X-Amz-Object-Lock-Legal-Hold",
		"X-Amz-Website-Redirect-Location", "X-Amz-Write-Offset-Bytes",
	}
	// creating are ways to make a bucket.
	creating = []string{"X-Amz-Bucket-Object-Lock-Enabled"}
	// deleting are conditions on what is there.
	deleting = []string{"X-Amz-If-Match-Last-Modified-Time", "X-Amz-If-Match-Size"}
)

// unheeded refuses headers of a request.
func (c call) unheeded(headers ...string) error {
	for _, name := range headers {
		if value := c.request.Header.Get(name); value != "" && value != "false" {
			return unknownHeader
		}
	}
	return nil
}

// storable refuses a request to keep an object in a way that there is not.
func (c call) storable() error {
	if acl, given := c.acl(); given && acl != "bucket-owner-full-control" {
		return fault(http.StatusBadRequest, "AccessControlListNotSupported", "The bucket does not allow ACLs")
	}
	return c.unheeded(storing...)
}

// creatable refuses a request to make a bucket of a kind that there is not. The
// buckets here are as S3 makes them unless asked: their owner's alone, without ACLs.
func (c call) creatable() error {
	if owner := c.request.Header.Get("X-Amz-Object-Ownership"); owner != "" && owner != "BucketOwnerEnforced" {
		return unknownHeader
	}
	if acl, given := c.acl(); given && acl != "private" {
		return fault(http.StatusBadRequest, "InvalidBucketAclWithObjectOwnership", "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
	}
	return c.unheeded(creating...)
}

// acl is the access control list that a request asks for by its name, if any; "" for
// one that lists grants.
func (c call) acl() (name string, given bool) {
	for header := range c.request.Header {
		if strings.HasPrefix(header, "X-Amz-Grant-") {
			return "", true
		}
	}
	name = c.amz("Acl")
	return name, name != ""
}
