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
	text := h.Get("Content-Encoding")
	if !strings.Contains(text, "aws-chunked") {
		return text
	}
	var kept []string
	for part := range strings.SplitSeq(text, ",") {
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
	add := func(from map[string][]string, read func(string) string) {
		for name, values := range from {
			if rest, ok := strings.CutPrefix(http.CanonicalHeaderKey(name), metadataPrefix); ok {
				out[strings.ToLower(rest)] = aws.DecodeMetadata(read(strings.Join(values, ",")))
			}
		}
	}
	if c.presigned() {
		add(c.query, strings.Clone)
	}
	add(c.request.Header, latin1)
	if len(out) == 0 {
		return nil
	}
	return out
}

// latin1 reads the bytes of a header as S3 does, one a character.
func latin1(header string) string {
	text := make([]rune, 0, len(header))
	for _, b := range []byte(header) {
		text = append(text, rune(b))
	}
	return string(text)
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
		h[strings.ToLower(metadataPrefix+name)] = []string{aws.EncodeMetadata(value)}
	}
}

// tellEncryption gives how an object is encrypted.
func tellEncryption(h http.Header, by string) {
	if by != "" {
		h.Set("x-amz-server-side-encryption", by)
	}
}

// copyIf begins the headers of conditions on what is copied.
const copyIf = "X-Amz-Copy-Source-If-"

// customerKey begins the headers of encryption by a key that comes with the request.
const customerKey = "X-Amz-Server-Side-Encryption-Customer-"

// What S3 has headers for and this endpoint has not, and what must not be done as if they
// were not there.
var (
	// storing are ways to keep an object.
	storing = []string{
		customerKey + "Algorithm", customerKey + "Key", customerKey + "Key-Md5", "X-Amz-Object-Lock-Mode",
		"X-Amz-Object-Lock-Retain-Until-Date", "X-Amz-Object-Lock-Legal-Hold", "X-Amz-Website-Redirect-Location", "X-Amz-Write-Offset-Bytes",
	}
	// copying are ways to read what is copied.
	copying = []string{"X-Amz-Copy-Source-Server-Side-Encryption-Customer-Algorithm", "X-Amz-Copy-Source-Server-Side-Encryption-Customer-Key"}
	// creating are ways to make a bucket.
	creating = []string{"X-Amz-Bucket-Object-Lock-Enabled"}
	// deleting are conditions on what is there.
	deleting = []string{"X-Amz-If-Match-Last-Modified-Time", "X-Amz-If-Match-Size", "X-Amz-If-Match-Initiated-Time"}
)

// unheeded refuses headers of a request.
func (c call) unheeded(headers ...string) error {
	for _, name := range headers {
		if value := c.request.Header.Get(name); value != "" && value != "false" {
			refused := *unknownHeader
			refused.Details = []aws.ErrorDetail{{Name: "Header", Value: strings.ToLower(name)}}
			return &refused
		}
	}
	return nil
}

// readable refuses a request to read an object as one that is encrypted by a key which
// comes with the request. Other ways to encrypt are not told by who reads.
func (c call) readable() error {
	h := c.request.Header
	if h.Get("X-Amz-Server-Side-Encryption") != "" {
		return fault(http.StatusBadRequest, "InvalidArgument", "x-amz-server-side-encryption header is not supported for this operation.")
	}
	if h.Get(customerKey+"Algorithm")+h.Get(customerKey+"Key")+h.Get(customerKey+"Key-Md5") != "" {
		return fault(http.StatusBadRequest, "InvalidRequest", "The encryption parameters are not applicable to this object.")
	}
	return nil
}

// expected refuses a request for buckets of another account than the one they are of.
func (c call) expected(account string) error {
	for _, name := range []string{"X-Amz-Expected-Bucket-Owner", "X-Amz-Source-Expected-Bucket-Owner"} {
		owner := c.request.Header.Get(name)
		switch {
		case owner == "" || owner == account:
		case len(owner) != 12 || strings.Trim(owner, "0123456789") != "":
			return fault(http.StatusBadRequest, "InvalidBucketOwnerAWSAccountID",
				"The value of the expected bucket owner parameter must be an AWS Account ID... ["+owner+"]")
		default:
			return fault(http.StatusForbidden, "AccessDenied", "Access Denied")
		}
	}
	return nil
}

// noACLs is what S3 says of an access control list where all is the bucket owner's.
var noACLs = fault(http.StatusBadRequest, "AccessControlListNotSupported", "The bucket does not allow ACLs")

// storable refuses a request to keep an object in a way that there is not.
func (c call) storable() error {
	if c.grants() {
		return noACLs
	}
	return c.unheeded(storing...)
}

// creatable refuses a request to make a bucket of a kind that there is not.
func (c call) creatable() error {
	if c.grants() {
		return fault(http.StatusBadRequest, "InvalidBucketAclWithObjectOwnership", "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
	}
	if namespace := c.amz("Bucket-Namespace"); namespace != "" && namespace != "global" {
		return c.unheeded("X-Amz-Bucket-Namespace")
	}
	return c.unheeded(creating...)
}

// grants reports whether a request lists who else is let in, which no bucket here takes.
func (c call) grants() bool {
	for header := range c.request.Header {
		if strings.HasPrefix(header, "X-Amz-Grant-") {
			return true
		}
	}
	return false
}
