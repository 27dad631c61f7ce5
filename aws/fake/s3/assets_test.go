package s3

import (
	"testing"

	"awslab/aws"
	"awslab/aws/fake/assets"
)

func TestAssets(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	for range 2 {
		if err := s.SeedAssets(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.get(t, AssetsBucket, assets.HappyFaceName); got != string(assets.HappyFace()) {
		t.Error("the picture is another")
	}
	head := must(t, s.HeadObject, aws.HeadObjectInput{Bucket: AssetsBucket, Key: assets.CreateThumbnailName})
	if head.ContentType != "application/zip" || head.ContentLength != int64(len(assets.CreateThumbnail())) {
		t.Errorf("the code is %+v", head)
	}
	if list := must(t, s.ListObjectsV2, aws.ListObjectsV2Input{Bucket: AssetsBucket}); list.KeyCount != 2 {
		t.Errorf("there are %d files, want 2", list.KeyCount)
	}
	for action, want := range map[string]bool{"s3:GetObject": true, "s3:PutObject": false, "s3:DeleteObject": false} {
		if got := s.Anonymous(AssetsBucket, action, "HappyFace.jpg"); got != want {
			t.Errorf("everybody may %s: %v", action, got)
		}
	}
	if !s.Anonymous(AssetsBucket, "s3:ListBucket", "") || s.Anonymous("no-such-bucket", "s3:GetObject", "key") {
		t.Error("everybody may not list the files, or may read where nothing is")
	}
	if own := must(t, s.ListBuckets, aws.ListBucketsInput{}).Buckets; len(own) != 1 || own[0].Name != AssetsBucket {
		t.Errorf("the account's buckets are %+v", own)
	}
	s.bucketOf(t, "image-abcdef")
	must(t, s.CopyObject, aws.CopyObjectInput{Bucket: "image-abcdef", Key: "HappyFace.jpg", CopySource: AssetsBucket + "/HappyFace.jpg"})
}
