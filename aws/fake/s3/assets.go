package s3

import (
	"bytes"
	"context"
	"fmt"

	"awslab/aws/fake/assets"
	"awslab/aws/fake/store"
)

// AssetsBucket is the bucket of the labs' files, which anybody may read.
const AssetsBucket = "awslab-assets"

const assetsPolicy = `{"Version":"2012-10-17","Statement":[{"Sid":"Public","Effect":"Allow","Principal":"*",` +
	`"Action":["s3:GetObject","s3:ListBucket","s3:GetBucketLocation"],"Resource":["arn:aws:s3:::` + AssetsBucket + `","arn:aws:s3:::` + AssetsBucket + `/*"]}]}`

// SeedAssets makes the bucket of the labs' files with all its objects, when it
// is missing: a ready-made part of the account, as the labs' roles are.
func (s *Service) SeedAssets(ctx context.Context) error {
	missing := false
	err := s.store.View(func(r *store.Reader) error {
		missing = r.Get(bucketsBucket, []byte(AssetsBucket)) == nil
		return nil
	})
	if err != nil || !missing {
		return err
	}
	files := []struct {
		key, contentType string
		content          []byte
	}{
		{assets.HappyFaceName, "image/jpeg", assets.HappyFace()},
		{assets.CreateThumbnailName, "application/zip", assets.CreateThumbnail()},
	}
	b := &bucket{name: AssetsBucket, record: record{Region: s.config.Region, Policy: assetsPolicy}}
	objects := make(map[string]*object, len(files))
	for _, f := range files {
		content, err := s.receive(ctx, delivery{body: bytes.NewReader(f.content)})
		if err != nil {
			return fmt.Errorf("write the labs' files: %w", err)
		}
		// If the bucket is not made, its files are swept at the next start.
		defer content.blob.Release()
		objects[f.key] = content.object(s.now())
		objects[f.key].ContentType = f.contentType
	}
	return s.change(ctx, func(c *change) error {
		if err := s.makeBucket(c.w, b); err != nil {
			return err
		}
		for key, o := range objects {
			if err := c.put(b, key, o); err != nil {
				return err
			}
		}
		return nil
	})
}
