package python

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// fakeS3 is as much of S3 as the tests of the boto3 stand-in need. It checks
// the signature of each request.
type fakeS3 struct {
	t *testing.T

	mu       sync.Mutex
	objects  map[string]fakeObject // by bucket/key; a bucket is its name alone
	uploads  map[string]map[int][]byte
	Requests []string // method, path and query
}

type fakeObject struct {
	body   []byte
	header http.Header
}

func newFakeS3(t *testing.T) *fakeS3 {
	return &fakeS3{t: t, objects: map[string]fakeObject{"photos": {}, "secret": {}}, uploads: map[string]map[int][]byte{}}
}

func (s *fakeS3) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Errorf("reading %s %s: %v", r.Method, r.URL, err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Requests = append(s.Requests, r.Method+" "+r.URL.RequestURI())
	s.checkSignature(r, body)
	w.Header().Set("x-amz-request-id", "REQUEST1")
	w.Header().Set("x-amz-id-2", "HOST1")
	path := strings.TrimPrefix(r.URL.Path, "/")
	bucket, key, _ := strings.Cut(path, "/")
	_, exists := s.objects[bucket]
	query := r.URL.Query()
	switch {
	case path == "":
		fmt.Fprint(w, `<ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>o</ID></Owner><Buckets><Bucket><Name>photos</Name><CreationDate>2026-11-22T13:43:15.000Z</CreationDate></Bucket></Buckets></ListAllMyBucketsResult>`)
	case !exists:
		s.fail(w, r, 404, "NoSuchBucket", "The specified bucket does not exist", "<BucketName>"+bucket+"</BucketName>")
	case bucket == "secret":
		s.fail(w, r, 403, "AccessDenied", "User: arn:aws:sts::123456789012:assumed-role/r/f is not authorized to perform: s3:GetObject", "")
	case query.Has("uploads"):
		id := strconv.Itoa(len(s.uploads) + 1)
		s.uploads[id] = map[int][]byte{}
		fmt.Fprintf(w, `<InitiateMultipartUploadResult><Bucket>%s</Bucket><Key>%s</Key><UploadId>%s</UploadId></InitiateMultipartUploadResult>`, bucket, key, id)
	case query.Has("uploadId"):
		s.multipart(w, r, path, query, body)
	case query.Has("delete"):
		s.deleteAll(w, bucket, body)
	case key == "" && r.Method == http.MethodGet:
		s.list(w, bucket, query)
	case r.Method == http.MethodPut:
		s.put(w, r, path, body)
	case r.Method == http.MethodDelete:
		delete(s.objects, path)
		w.WriteHeader(http.StatusNoContent)
	default:
		s.get(w, r, path)
	}
}

func (s *fakeS3) fail(w http.ResponseWriter, r *http.Request, status int, code, message, more string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message>%s<RequestId>REQUEST1</RequestId><HostId>HOST1</HostId></Error>", code, message, more)
	}
}

func etag(body []byte) string {
	sum := md5.Sum(body)
	return `"` + hex.EncodeToString(sum[:]) + `"`
}

func (s *fakeS3) put(w http.ResponseWriter, r *http.Request, path string, body []byte) {
	if source := r.Header.Get("X-Amz-Copy-Source"); source != "" {
		from, err := url.PathUnescape(strings.TrimPrefix(source, "/"))
		if err != nil {
			s.t.Errorf("copy source %q: %v", source, err)
		}
		object, ok := s.objects[from]
		if !ok {
			s.fail(w, r, 404, "NoSuchKey", "The specified key does not exist.", "")
			return
		}
		s.objects[path] = object
		fmt.Fprintf(w, `<CopyObjectResult><LastModified>2026-11-22T13:43:15.000Z</LastModified><ETag>%s</ETag></CopyObjectResult>`, etag(object.body))
		return
	}
	kept := http.Header{}
	for name, values := range r.Header {
		if name == "Content-Type" || name == "Cache-Control" || strings.HasPrefix(name, "X-Amz-Meta-") {
			kept[strings.ToLower(name)] = values // as S3 sends them
		}
	}
	s.objects[path] = fakeObject{body, kept}
	w.Header().Set("ETag", etag(body))
}

func (s *fakeS3) get(w http.ResponseWriter, r *http.Request, path string) {
	object, ok := s.objects[path]
	if !ok {
		s.fail(w, r, 404, "NoSuchKey", "The specified key does not exist.", "<Key>k</Key>")
		return
	}
	w.Header().Set("Content-Type", "binary/octet-stream")
	for name, values := range object.header {
		w.Header().Del(name)
		w.Header()[name] = values
	}
	w.Header().Set("ETag", etag(object.body))
	w.Header().Set("Last-Modified", "Sun, 22 Nov 2026 13:43:15 GMT")
	w.Header().Set("Accept-Ranges", "bytes")
	body := object.body
	status := http.StatusOK
	if r.Header.Get("Range") != "" {
		var from, to int
		if _, err := fmt.Sscanf(r.Header.Get("Range"), "bytes=%d-%d", &from, &to); err != nil {
			to = len(body) - 1
		}
		to = min(to, len(body)-1)
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", from, to, len(body)))
		body, status = body[from:to+1], http.StatusPartialContent
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method == http.MethodGet {
		_, _ = w.Write(body)
	}
}

func (s *fakeS3) list(w http.ResponseWriter, bucket string, query url.Values) {
	var keys []string
	for path := range s.objects {
		key, ok := strings.CutPrefix(path, bucket+"/")
		if ok && strings.HasPrefix(key, query.Get("prefix")) && key > query.Get("continuation-token") {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys)
	most, err := strconv.Atoi(query.Get("max-keys"))
	if err != nil {
		most = 1000
	}
	cut := len(keys) > most
	if cut {
		keys = keys[:most]
	}
	fmt.Fprintf(w, `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>%s</Name><Prefix>%s</Prefix><KeyCount>%d</KeyCount><MaxKeys>%d</MaxKeys><EncodingType>url</EncodingType><IsTruncated>%v</IsTruncated>`,
		bucket, url.QueryEscape(query.Get("prefix")), len(keys), most, cut)
	if cut {
		fmt.Fprintf(w, "<NextContinuationToken>%s</NextContinuationToken>", keys[len(keys)-1])
	}
	for _, key := range keys {
		body := s.objects[bucket+"/"+key].body
		fmt.Fprintf(w, `<Contents><Key>%s</Key><LastModified>2026-11-22T13:43:15.484Z</LastModified><ETag>%s</ETag><Size>%d</Size><StorageClass>STANDARD</StorageClass></Contents>`,
			url.QueryEscape(key), strings.ReplaceAll(etag(body), `"`, "&quot;"), len(body))
	}
	fmt.Fprint(w, `</ListBucketResult>`)
}

func (s *fakeS3) deleteAll(w http.ResponseWriter, bucket string, body []byte) {
	var request struct {
		Object []struct{ Key string }
	}
	if err := xml.Unmarshal(body, &request); err != nil {
		s.t.Errorf("DeleteObjects: %v: %s", err, body)
	}
	fmt.Fprint(w, `<DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`)
	for _, object := range request.Object {
		if object.Key == "locked" {
			fmt.Fprint(w, "<Error><Key>locked</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error>")
			continue
		}
		delete(s.objects, bucket+"/"+object.Key)
		fmt.Fprint(w, "<Deleted><Key>")
		_ = xml.EscapeText(w, []byte(object.Key))
		fmt.Fprint(w, "</Key></Deleted>")
	}
	fmt.Fprint(w, `</DeleteResult>`)
}

func (s *fakeS3) multipart(w http.ResponseWriter, r *http.Request, path string, query url.Values, body []byte) {
	parts, ok := s.uploads[query.Get("uploadId")]
	if !ok {
		s.fail(w, r, 404, "NoSuchUpload", "The specified upload does not exist.", "")
		return
	}
	switch r.Method {
	case http.MethodPut:
		number, err := strconv.Atoi(query.Get("partNumber"))
		if err != nil {
			s.t.Errorf("part number: %v", err)
		}
		parts[number] = body
		w.Header().Set("ETag", etag(body))
	case http.MethodPost:
		var request struct {
			Part []struct {
				PartNumber int
				ETag       string
			}
		}
		if err := xml.Unmarshal(body, &request); err != nil {
			s.t.Errorf("CompleteMultipartUpload: %v: %s", err, body)
		}
		var whole []byte
		for _, part := range request.Part {
			if part.ETag != etag(parts[part.PartNumber]) {
				s.t.Errorf("part %d: ETag %s", part.PartNumber, part.ETag)
			}
			whole = append(whole, parts[part.PartNumber]...)
		}
		s.objects[path] = fakeObject{body: whole}
		fmt.Fprintf(w, `<CompleteMultipartUploadResult><ETag>"x-%d"</ETag></CompleteMultipartUploadResult>`, len(request.Part))
	case http.MethodDelete:
		delete(s.uploads, query.Get("uploadId"))
		w.WriteHeader(http.StatusNoContent)
	}
}

// checkSignature makes the Signature Version 4 of a request from its own
// account of the rules, and compares.
func (s *fakeS3) checkSignature(r *http.Request, body []byte) {
	authorization := r.Header.Get("Authorization")
	if query := r.URL.Query(); query.Has("X-Amz-Signature") {
		return // a presigned URL: the test of that checks it
	}
	rest, ok := strings.CutPrefix(authorization, "AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE/")
	parts := strings.Split(rest, ", ")
	if !ok || len(parts) != 3 {
		s.t.Errorf("%s %s: Authorization %q", r.Method, r.URL, authorization)
		return
	}
	signed := strings.TrimPrefix(parts[1], "SignedHeaders=")
	var lines strings.Builder
	for _, name := range strings.Split(signed, ";") {
		value := r.Header.Get(name)
		if name == "host" {
			value = r.Host
		}
		lines.WriteString(name + ":" + strings.Join(strings.Fields(value), " ") + "\n")
	}
	payload := r.Header.Get("X-Amz-Content-Sha256")
	if sum := sha256.Sum256(body); payload != "UNSIGNED-PAYLOAD" && payload != hex.EncodeToString(sum[:]) {
		s.t.Errorf("%s %s: X-Amz-Content-Sha256 is %s", r.Method, r.URL, payload)
	}
	query := strings.ReplaceAll(r.URL.Query().Encode(), "+", "%20")
	canonical := strings.Join([]string{r.Method, r.URL.EscapedPath(), query, lines.String(), signed, payload}, "\n")
	if want := signature(parts[0], r.Header.Get("X-Amz-Date"), canonical); parts[2] != "Signature="+want {
		s.t.Errorf("%s %s: %s, want %s of\n%s", r.Method, r.URL, parts[2], want, canonical)
	}
	if r.Header.Get("X-Amz-Security-Token") != "token" {
		s.t.Errorf("%s %s: the session token is missing", r.Method, r.URL)
	}
}

// signature is that of a canonical request, with the tests' secret.
func signature(scope, date, canonical string) string {
	sum := sha256.Sum256([]byte(canonical))
	text := strings.Join([]string{"AWS4-HMAC-SHA256", date, scope, hex.EncodeToString(sum[:])}, "\n")
	key := []byte("AWS4secret")
	for _, part := range append(strings.Split(scope, "/"), text) {
		mac := hmac.New(sha256.New, key)
		mac.Write([]byte(part))
		key = mac.Sum(nil)
	}
	return hex.EncodeToString(key)
}

// checkPresigned checks the signature of a presigned GET of photos/a b/ü.
func checkPresigned(t *testing.T, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	got := query.Get("X-Amz-Signature")
	query.Del("X-Amz-Signature")
	canonical := strings.Join([]string{
		"GET", "/photos/a%20b/%C3%BC", strings.ReplaceAll(query.Encode(), "+", "%20"),
		"host:127.0.0.1:9000\n", "host", "UNSIGNED-PAYLOAD",
	}, "\n")
	_, scope, _ := strings.Cut(query.Get("X-Amz-Credential"), "/")
	if want := signature(scope, query.Get("X-Amz-Date"), canonical); got != want {
		t.Errorf("%s: signature %s, want %s", address, got, want)
	}
	if u.EscapedPath() != "/photos/a%20b/%C3%BC" || query.Get("X-Amz-Expires") != "60" || query.Get("X-Amz-Security-Token") != "token" {
		t.Errorf("%s", address)
	}
}
