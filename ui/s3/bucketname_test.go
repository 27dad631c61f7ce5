package s3

import (
	"errors"
	"strings"
	"testing"

	"awslab/aws"

	"pgregory.net/rapid"
)

func TestBucketNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"image-123456":               "",
		"image-123456-resized":       "",
		"a.b-c":                      "",
		"123":                        "",
		strings.Repeat("a", 63):      "",
		"":                           "Enter a name",
		"ab":                         "at least 3",
		strings.Repeat("a", 64):      "at most 63",
		"Images":                     "capital",
		"my_images":                  "only lower-case",
		"bilder-für":                 "only lower-case",
		"my images":                  "only lower-case",
		"-images":                    "begin with",
		".images":                    "begin with",
		"images-":                    "end with",
		"my..images":                 "side by side",
		"192.168.5.4":                "IP address",
		"999.999.999.999":            "IP address",
		"xn--images":                 "xn--",
		"sthree-images":              "sthree-",
		"amzn-s3-demo-images":        "amzn-s3-demo-",
		"images-s3alias":             "-s3alias",
		"images--ol-s3":              "--ol-s3",
		"images.mrap":                ".mrap",
		"images--x-s3":               "--x-s3",
		"images--table-s3":           "--table-s3",
		"images-an":                  "-an",
		"an-images-s3alias-and-more": "",
	} {
		if got := bucketNameFault(name); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// TestBucketNameRulesAreTheServices: what the form lets pass, the service takes,
// and the other way round.
func TestBucketNameRulesAreTheServices(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.StringMatching(`(xn--|amzn-s3-demo-)?[a-zA0-9.\-_]{0,6}[a-z0-9.\-]{0,60}(-an|\.mrap|--x-s3)?`).Draw(r, "name")
		_, err := cloud.S3.CreateBucket(t.Context(), newBucket(name, cloud.Place.Region))
		var failed *aws.Error
		refused := errors.As(err, &failed) && failed.Code == "InvalidBucketName"
		if (bucketNameFault(name) != "") != refused {
			r.Fatalf("%q: the form says %q, the service %v", name, bucketNameFault(name), err)
		}
	})
}
