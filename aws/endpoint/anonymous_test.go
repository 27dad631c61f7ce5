package endpoint_test

import (
	"net/http"
	"strings"
	"testing"
)

// unsigned makes a request without credentials.
func (l *lab) unsigned(method, path string, headers ...string) answer {
	l.t.Helper()
	r := l.request(method, path, unsigned, strings.NewReader(""), headers...)
	r.Header.Del("Authorization")
	return l.send(r)
}

// TestBucketsForAnybody: that there is no bucket is told to all who ask for something in
// it; what there is, is denied.
func TestBucketsForAnybody(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	for _, path := range []string{"GET %s", "GET %s?list-type=2", "HEAD %s", "DELETE %s", "PUT %s?policy", "GET %s/k", "HEAD %s/k", "PUT %s/k", "DELETE %s/k", "POST %s/k?uploads"} {
		method, path, _ := strings.Cut(path, " ")
		there, missing := l.unsigned(method, strings.Replace(path, "%s", "/box", 1)), l.unsigned(method, strings.Replace(path, "%s", "/nothing-here", 1))
		if method == http.MethodHead {
			there.wants(t, 403)
			missing.wants(t, 404)
			continue
		}
		there.wants(t, 403, "<Code>AccessDenied</Code>")
		missing.wants(t, 404, "<Code>NoSuchBucket</Code><Message>The specified bucket does not exist</Message><BucketName>nothing-here</BucketName>")
	}
	l.unsigned(http.MethodGet, "/X/k").wants(t, 400, "<Code>InvalidBucketName</Code>")
	l.unsigned(http.MethodPut, "/nothing-here").wants(t, 403, "<Code>AccessDenied</Code>")
	l.unsigned(http.MethodGet, "/").wants(t, 403, "<Code>AccessDenied</Code>")
	const form = "multipart/form-data; boundary=x"
	l.unsigned(http.MethodPost, "/box", "Content-Type", form).wants(t, 501, "<Code>NotImplemented</Code>", "multipart/form-data")
	l.unsigned(http.MethodPost, "/nothing-here", "Content-Type", form).wants(t, 404, "<Code>NoSuchBucket</Code>")
}

// TestPreflights has browsers ask whether pages may use a bucket: in S3's words, never.
func TestPreflights(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	const refused, asked = "<Code>AccessForbidden</Code><Message>CORSResponse: ", "Access-Control-Request-Method"
	for _, path := range []string{"/box", "/box/k", "/box/k?tagging"} {
		l.unsigned(http.MethodOptions, path).wants(t, 400, "<Code>BadRequest</Code><Message>Insufficient information. Origin request header needed.</Message><RequestId>")
		for _, origin := range []string{"https://example.com", "http://localhost:3000", "null"} {
			l.unsigned(http.MethodOptions, path, "Origin", origin, asked, "PUT").with(t, "Access-Control-Allow-Origin", "").
				wants(t, 403, refused+"CORS is not enabled for this bucket.</Message><Method>PUT</Method><ResourceType>BUCKET</ResourceType><RequestId>")
		}
	}
	l.call(http.MethodOptions, "/box/k", "", "Origin", "whatever").wants(t, 403, refused+"CORS is not enabled for this bucket.</Message><Method>OPTIONS</Method>")
	l.unsigned(http.MethodOptions, "/nothing-here", "Origin", "https://example.com").wants(t, 403, refused+"Bucket not found</Message><Method>OPTIONS</Method>")
	// What is no preflight, or not for a bucket, is refused before it gets anywhere.
	const foreign = "pages of another origin may not use the endpoint"
	for _, c := range [][2]string{{http.MethodGet, "/box/k"}, {http.MethodOptions, "/2015-03-31/functions"}, {http.MethodOptions, "/_aws/execute-api/abc/prod/FAQ"}} {
		l.unsigned(c[0], c[1], "Origin", "https://example.com", asked, "GET").wants(t, 403, foreign)
	}
	rebound := l.request(http.MethodOptions, "/box", unsigned, nil, "Origin", "https://example.com")
	rebound.Host = "rebound.example.com"
	l.send(rebound).wants(t, 403, "names of this machine only")
}

// TestMailedMetadata has metadata that is not plain come and go as in mails' headers.
func TestMailedMetadata(t *testing.T) {
	t.Parallel()
	l := open(t)
	l.bucket("box")
	for sent, want := range map[string]string{
		"=?UTF-8?Q?actually-ascii?=":                                       "actually-ascii",
		"=?UTF-8?B?YWJj?=":                                                 "abc",
		"=?utf-8?q?Z=C3=BCri?= =?utf-8?q?ch?=":                             "=?UTF-8?Q?Z=C3=BCrich?=",
		"=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=3F.pdf?=": "=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=3F.pdf?=",
		"=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=":                        "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?=",
		"=?UTF-8?B?AAECAw==?=":                                             "=?UTF-8?B?AAECAw==?=",
		"=?UTF-8?B?77+977+977+977+977+977+977+9?=":                         "=?UTF-8?B?77+977+977+977+977+977+977+9?=",
		"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~":                               "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
		"=?X-NONE?Q?abc?=":                                                 "=?X-NONE?Q?abc?=",
		"Z\xfcrich":                                                        "=?UTF-8?Q?Z=C3=BCrich?=",                  // in Latin-1
		"ÄMÄZÕÑ S3":                                                        "=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=", // in UTF-8, of which headers are not
		"=?UTF-8?Q?=FF?=":                                                  "=?UTF-8?B?77+9?=",
	} {
		l.call(http.MethodPut, "/box/k", "", "x-amz-meta-text", sent).wants(t, 200)
		l.call(http.MethodHead, "/box/k", "").wants(t, 200).with(t, "x-amz-meta-text", want)
	}
	put := l.request(http.MethodPut, "/box/k?X-Amz-Signature=good&x-amz-meta-foo=non-ascii-%25E2%2580%2594_%E2%80%94_%C3%A9_", unsigned, strings.NewReader(""))
	put.Header.Del("Authorization")
	l.send(put).wants(t, 200)
	l.call(http.MethodHead, "/box/k", "").wants(t, 200).with(t, "x-amz-meta-foo", "=?UTF-8?Q?non-ascii-%E2%80%94=5F=E2=80=94=5F=C3=A9=5F?=")
}
