package lambda

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestS3URLs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]s3Object{
		"s3://bucket/code.zip":                                                     {"bucket", "code.zip"},
		"S3://bucket/a%20b?c#d":                                                    {"bucket", "a%20b?c#d"},
		"https://bucket.s3.us-west-2.amazonaws.com/code.zip\n":                     {"bucket", "code.zip"},
		"https://my.bucket.s3-us-west-2.amazonaws.com/a/b.zip":                     {"my.bucket", "a/b.zip"},
		"https://bucket.s3.amazonaws.com/code.zip":                                 {"bucket", "code.zip"},
		"https://s3.amazonaws.com/bucket/code.zip":                                 {"bucket", "code.zip"},
		"https://s3.us-west-2.amazonaws.com/bucket/a%20b+c.zip":                    {"bucket", "a b+c.zip"},
		"https://S3-us-gov-west-1.amazonaws.com/bucket/code.zip":                   {"bucket", "code.zip"},
		"https://bucket.s3.dualstack.eu-central-1.amazonaws.com/code.zip":          {"bucket", "code.zip"},
		"https://bucket.s3.cn-north-1.amazonaws.com.cn/code.zip":                   {"bucket", "code.zip"},
		"https://s3-us-west-2.amazonaws.com/us-west-2-aws-training/awsu-spl/C.zip": {"us-west-2-aws-training", "awsu-spl/C.zip"},
		"https://bucket.s3.us-west-2.amazonaws.com/c.zip?X-Amz-Signature=12":       {"bucket", "c.zip"},
		"http://127.0.0.1:4566/bucket/code.zip":                                    {"bucket", "code.zip"},
		"http://localhost:4566/bucket/code.zip":                                    {"bucket", "code.zip"},
		"http://[::1]:4566/bucket/code.zip":                                        {"bucket", "code.zip"},
	} {
		if got, err := parseS3URL(text); err != nil || got != want {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
	for text, says := range map[string]string{
		"": "Enter the URL", "code.zip": "Enter the URL", "https://example.com/bucket/code.zip": "Enter the URL",
		"https://s3.us-west-2.amazonaws.com.evil.com/b/k": "Enter the URL", "http://s3.us-west-2.amazonaws.com/bucket/k": "Enter the URL",
		"https://me:secret@s3.us-west-2.amazonaws.com/bucket/k": "Enter the URL", "http://192.168.1.1:4566/bucket/k": "Enter the URL",
		"ftp://bucket.s3.amazonaws.com/k": "Enter the URL", "https://s3.us-west-2.amazonaws.com/": "Enter the URL", "s3://": "Enter the URL",
		"s3://bucket": "no object in it", "s3://bucket/": "no object in it", "https://bucket.s3.us-west-2.amazonaws.com/": "no object in it",
		"s3://bucket/folder/": "no object in it", "s3://Bucket/k": "is no name of a bucket", "s3://b/k": "is no name of a bucket",
		"s3://bucket/" + strings.Repeat("k", 1025):                        "longer than 1024",
		"s3://bucket/\xff":                                                "no UTF-8",
		"https://bucket.s3.us-west-2.amazonaws.com/code.zip?versionId=ab": "names a version",
	} {
		if got, err := parseS3URL(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q is %+v, %v", text, got, err)
		}
	}
}

// FuzzS3URL: what is read is an object that can be, and its URI reads the same.
func FuzzS3URL(f *testing.F) {
	f.Add("s3://bucket/key")
	f.Add("https://bucket.s3.us-west-2.amazonaws.com/a%2Fb")
	f.Add("http://127.0.0.1:80/bucket/key?versionId")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := parseS3URL(text)
		if err != nil {
			if got != (s3Object{}) {
				t.Fatalf("%q: %v beside %+v", text, err, got)
			}
			return
		}
		if !s3Bucket.MatchString(got.Bucket) || got.Key == "" || !utf8.ValidString(got.Key) {
			t.Fatalf("%q is %+v", text, got)
		}
		uri := "s3://" + got.Bucket + "/" + got.Key
		if strings.TrimSpace(uri) != uri {
			return // a field's text ends with no space
		}
		if again, err := parseS3URL(uri); err != nil || again != got {
			t.Fatalf("%q is %+v, but %q %+v (%v)", text, got, uri, again, err)
		}
	})
}
