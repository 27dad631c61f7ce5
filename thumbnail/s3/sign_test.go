package s3

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestSign holds the examples of AWS's own description of the signature.
func TestSign(t *testing.T) {
	t.Parallel()
	config := Config{
		Region:          "us-east-1",
		AccessKeyID:     "AKIAIOSFODNN7EXAMPLE",
		SecretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
	}
	now := time.Date(2013, time.May, 24, 0, 0, 0, 0, time.UTC)
	const scope = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
	for _, c := range []struct {
		method, address, body string
		headers               map[string]string
		want                  string
	}{
		{
			"GET", "https://examplebucket.s3.amazonaws.com/test.txt", "", map[string]string{"Range": "bytes=0-9"},
			scope + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date," +
				"Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
		},
		{
			"PUT", "https://examplebucket.s3.amazonaws.com/" + escape("test$file.text"), "Welcome to Amazon S3.",
			map[string]string{"Date": "Fri, 24 May 2013 00:00:00 GMT", "X-Amz-Storage-Class": "REDUCED_REDUNDANCY"},
			scope + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class," +
				"Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
		},
	} {
		request, err := http.NewRequestWithContext(t.Context(), c.method, c.address, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range c.headers {
			request.Header.Set(name, value)
		}
		sign(request, []byte(c.body), config, now.In(time.FixedZone("", 7200)))
		if got := request.Header.Get("Authorization"); got != c.want {
			t.Errorf("%s %s:\n%s, want\n%s", c.method, c.address, got, c.want)
		}
	}
}

func TestEscape(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"HappyFace.jpg": "HappyFace.jpg",
		"a b+c.jpg":     "a%20b%2Bc.jpg",
		"a/b//c~_-":     "a/b//c~_-",
		"é😀":            "%C3%A9%F0%9F%98%80",
		"100%?#&=\x00":  "100%25%3F%23%26%3D%00",
	} {
		if got := escape(key); got != want {
			t.Errorf("%q: %s, want %s", key, got, want)
		}
	}
}
