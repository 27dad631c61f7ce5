package endpoint

import (
	"encoding/xml"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strings"

	"awslab/aws"
)

// target is what an S3 request is about: a bucket, an object, or neither.
type target struct{ bucket, key string }

// level is how much of a target a request names.
type level int

const (
	onService level = iota
	onBucket
	onObject
)

func (t target) level() level {
	switch {
	case t.bucket == "":
		return onService
	case t.key == "":
		return onBucket
	}
	return onObject
}

// call is one request with what its answer needs.
type call struct {
	target
	s3      aws.S3
	request *http.Request
	query   url.Values
	pieces  *buffers // the server's
}

// route is one row of S3's REST API.
type route struct {
	method string
	level  level
	// subresource is the query member that tells it from others of its method
	// and level, "uploads"; "" for none. The first row that fits counts.
	subresource string
	header      string // a header that must be there; "" for none
	serve       func(call, http.ResponseWriter) error
}

// routes is the REST API of the S3 operations, the particular before the plain.
var routes = []route{
	{http.MethodGet, onService, "", "", listBuckets},

	{http.MethodPut, onBucket, "acl", "", putACL},
	{http.MethodPut, onBucket, "notification", "", putNotification},
	{http.MethodPut, onBucket, "policy", "", putPolicy},
	{http.MethodPut, onBucket, "tagging", "", putBucketTagging},
	{http.MethodPut, onBucket, "versioning", "", putVersioning},
	{http.MethodPut, onBucket, "", "", createBucket},
	{http.MethodHead, onBucket, "", "", headBucket},
	{http.MethodDelete, onBucket, "policy", "", deletePolicy},
	{http.MethodDelete, onBucket, "tagging", "", deleteBucketTagging},
	{http.MethodDelete, onBucket, "", "", deleteBucket},
	{http.MethodPost, onBucket, "delete", "", deleteObjects},
	{http.MethodGet, onBucket, "acl", "", getBucketACL},
	{http.MethodGet, onBucket, "encryption", "", getEncryption},
	{http.MethodGet, onBucket, "location", "", getLocation},
	{http.MethodGet, onBucket, "notification", "", getNotification},
	{http.MethodGet, onBucket, "ownershipControls", "", getOwnership},
	{http.MethodGet, onBucket, "policy", "", getPolicy},
	{http.MethodGet, onBucket, "policyStatus", "", getPolicyStatus},
	{http.MethodGet, onBucket, "publicAccessBlock", "", getPublicAccess},
	{http.MethodGet, onBucket, "tagging", "", getBucketTagging},
	{http.MethodGet, onBucket, "versioning", "", getVersioning},
	{http.MethodGet, onBucket, "versions", "", listVersions},
	{http.MethodGet, onBucket, "uploads", "", listUploads},
	{http.MethodGet, onBucket, "list-type", "", listObjects},
	{http.MethodGet, onBucket, "", "", listObjectsV1},

	{http.MethodPut, onObject, "partNumber", "", uploadPart},
	{http.MethodPut, onObject, "uploadId", "", uploadPart}, // refuses a part without its number
	{http.MethodPut, onObject, "acl", "", putACL},
	{http.MethodPut, onObject, "tagging", "", putObjectTagging},
	{http.MethodPut, onObject, "", "X-Amz-Copy-Source", copyObject},
	{http.MethodPut, onObject, "", "", putObject},
	{http.MethodGet, onObject, "uploadId", "", listParts},
	{http.MethodGet, onObject, "acl", "", getObjectACL},
	{http.MethodGet, onObject, "tagging", "", getObjectTagging},
	{http.MethodGet, onObject, "attributes", "", getAttributes},
	{http.MethodGet, onObject, "", "", getObject},
	{http.MethodHead, onObject, "", "", headObject},
	{http.MethodDelete, onObject, "uploadId", "", abortUpload},
	{http.MethodDelete, onObject, "tagging", "", deleteObjectTagging},
	{http.MethodDelete, onObject, "", "", deleteObject},
	{http.MethodPost, onObject, "uploads", "", createUpload},
	{http.MethodPost, onObject, "uploadId", "", completeUpload},
}

// unsupported are subresources that S3 has and this endpoint has not: asking for
// one must not fall through to the plain operation.
var unsupported = []string{
	"abac", "accelerate", "acl", "analytics", "annotation", "attributes", "cors", "encryption", "intelligent-tiering", "inventory",
	"legal-hold", "lifecycle", "logging", "metadataAnnotationTable", "metadataConfiguration", "metadataInventoryTable",
	"metadataJournalTable", "metadataTable", "metrics", "object-lock", "ownershipControls", "policyStatus", "publicAccessBlock",
	"renameObject", "replication", "requestPayment", "restore", "retention", "select", "session", "tagging", "torrent", "versioning",
	"versions", "website",
}

func (s *server) serveS3(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("x-amz-request-id", requestID())
	w.Header().Set("x-amz-id-2", hostID())
	w.Header().Set("Server", "AmazonS3")
	t, err := targetOf(r)
	var wanted func(http.ResponseWriter) error
	if err == nil {
		wanted, err = s.routeS3(r, t)
	}
	if err != nil {
		s.refused(r, err)
	} else {
		err = wanted(w)
	}
	if err != nil {
		writeError(w, r, err)
	}
}

// routeS3 finds the operation that a request is for.
func (s *server) routeS3(r *http.Request, t target) (func(http.ResponseWriter) error, error) {
	caller, err := s.caller(r, t)
	if err != nil {
		return nil, err
	}
	query := r.URL.Query()
	for _, row := range routes {
		if row.method != r.Method || row.level != t.level() || row.subresource != "" && !query.Has(row.subresource) ||
			row.header != "" && r.Header.Get(row.header) == "" {
			continue
		}
		if row.subresource == "" && unsupportedIn(query) != nil {
			break
		}
		c := call{target: t, s3: caller.Cloud.S3, request: r, query: query, pieces: &s.pieces}
		if err := c.expected(caller.Cloud.Place.AccountID); err != nil {
			return nil, err
		}
		return func(w http.ResponseWriter) error { return row.serve(c, w) }, nil
	}
	if err := unsupportedIn(query); err != nil {
		return nil, err
	}
	refused := fault(http.StatusMethodNotAllowed, methodNotAllowed, "The specified method is not allowed against this resource.")
	refused.Details = details{{Name: "ResourceType", Value: [...]string{"SERVICE", "BUCKET", "OBJECT"}[t.level()]}}
	return nil, refused
}

// methodNotAllowed is the code of the error that tells which method it was.
const methodNotAllowed = "MethodNotAllowed"

// readsObject reports whether a request is for an object itself, which may be public:
// its access control list, tags, parts and versions are not.
func readsObject(r *http.Request, t target) bool {
	query := r.URL.Query()
	for _, name := range []string{"acl", "tagging", "attributes", "uploadId", "versionId"} {
		if query.Has(name) {
			return false
		}
	}
	return t.level() == onObject && (r.Method == http.MethodGet || r.Method == http.MethodHead)
}

// unsupportedIn is the error of a query for something that S3 has and this endpoint
// has not; nil for others.
func unsupportedIn(query url.Values) error {
	for _, name := range unsupported {
		if query.Has(name) {
			return lacking(name)
		}
	}
	return nil
}

// lacking is the error of something that S3 has and this endpoint has not.
func lacking(name string) error {
	return fault(http.StatusNotImplemented, "NotImplemented", "A header or query you provided implies functionality that is not implemented: "+name)
}

// targetOf reads bucket and key from the path, or the bucket from the host.
func targetOf(r *http.Request) (target, error) {
	path := strings.TrimPrefix(r.URL.EscapedPath(), "/")
	bucket := hostBucket(r.Host)
	if bucket == "" {
		bucket, path, _ = strings.Cut(path, "/")
	}
	key, err := url.PathUnescape(path)
	if err == nil {
		bucket, err = url.PathUnescape(bucket)
	}
	if err != nil {
		return target{}, fault(http.StatusBadRequest, "InvalidURI", "Couldn't parse the specified URI.")
	}
	return target{bucket, key}, nil
}

// hostBucket is the bucket that a virtual-host style address names:
// "image-1.localhost:4566", "image-1.s3.us-west-2.localhost".
func hostBucket(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	name, ok := strings.CutSuffix(strings.ToLower(host), ".localhost")
	if !ok {
		return ""
	}
	if name == "s3" || strings.HasPrefix(name, "s3.") {
		return ""
	}
	if at := strings.LastIndex(name, ".s3"); at > 0 && (at+3 == len(name) || name[at+3] == '.') {
		return name[:at]
	}
	return name
}

// errorBody is S3's error document.
type errorBody struct {
	XMLName   xml.Name `xml:"Error"`
	Code      string
	Message   string
	Details   details
	RequestID string `xml:"RequestId"`
	HostID    string `xml:"HostId"`
}

// details are the members of an error document that are of the error's own.
type details []aws.ErrorDetail

// MarshalXML writes them one after the other.
func (d details) MarshalXML(e *xml.Encoder, _ xml.StartElement) error {
	for _, detail := range d {
		if err := e.EncodeElement(detail.Value, xml.StartElement{Name: xml.Name{Local: detail.Name}}); err != nil {
			return err
		}
	}
	return nil
}

// writeError answers with an error, as S3 words it. HEAD has no body to say it in.
func writeError(w http.ResponseWriter, r *http.Request, err error) {
	var failed *aws.Error
	if !errors.As(err, &failed) {
		failed = fault(http.StatusInternalServerError, "InternalError", "We encountered an internal error. Please try again.")
	}
	if failed.RequestID != "" { // as the record of the call has it
		w.Header().Set("x-amz-request-id", failed.RequestID)
	}
	for _, told := range failed.Headers {
		w.Header().Set(told.Name, told.Value)
	}
	status := failed.Status
	if status == 0 {
		status = http.StatusInternalServerError
	}
	if status == http.StatusNotModified || r.Method == http.MethodHead {
		w.WriteHeader(status)
		return
	}
	body := errorBody{
		Code: failed.Code, Message: failed.Message, Details: failed.Details,
		RequestID: w.Header().Get("x-amz-request-id"), HostID: w.Header().Get("x-amz-id-2"),
	}
	if failed.Code == methodNotAllowed {
		body.Details = append(details{{Name: "Method", Value: r.Method}}, body.Details...)
	}
	writeXML(w, status, body)
}

// writeXML answers with a document of XML.
func writeXML(w http.ResponseWriter, status int, document any) {
	body, err := xml.Marshal(document)
	if err != nil {
		http.Error(w, "the answer cannot be written as XML: "+err.Error(), http.StatusInternalServerError)
		return
	}
	writeDocument(w, status, "application/xml", append([]byte(xml.Header), body...))
}

// writeDocument answers with a document, in one write.
func writeDocument(w http.ResponseWriter, status int, contentType string, document []byte) {
	w.Header().Set("Content-Type", contentType)
	hurry(w, answering)
	w.WriteHeader(status)
	// A client that has gone needs no answer.
	_, _ = w.Write(document)
}
