package s3

import (
	"context"
	"fmt"
	"net/http"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// identity names an object; version is "" for the latest.
type identity struct{ bucket, key, version string }

// stored reads an object that must be there, and its bucket.
func (s *Service) stored(r *store.Reader, which identity) (*object, *bucket, error) {
	o, b, err := s.found(r, which)
	if err == nil && o.marker {
		return nil, nil, o.isMarker(which)
	}
	return o, b, err
}

// found reads an object, or a delete marker, that must be there, and its bucket.
func (s *Service) found(r *store.Reader, which identity) (*object, *bucket, error) {
	if err := checkKey(which.key); err != nil {
		return nil, nil, err
	}
	b, err := s.bucket(r, which.bucket)
	if err == nil {
		err = b.checkVersion(which.version)
	}
	if err != nil {
		return nil, nil, err
	}
	var o *object
	if which.version == "" {
		o, err = b.latest(r, which.key)
	} else {
		o, err = b.versionOf(r, which.key, which.version)
	}
	switch {
	case err != nil:
		return nil, nil, err
	case o == nil && which.version != "" && b.Versioning != "":
		return nil, nil, noSuchVersion.about("Key", which.key, "VersionId", which.version)
	case o == nil:
		return nil, nil, noSuchKey.about("Key", which.key)
	}
	return o, b, nil
}

// latest reads the latest version of an object, which may be a delete marker; nil when
// there is none.
func (b *bucket) latest(r *store.Reader, key string) (*object, error) {
	o, err := b.object(r, key)
	if err != nil || o != nil || b.Versioning == "" {
		return o, err
	}
	for _, raw := range between(r.Cursor(b.Number.versions()), uploadPrefix(key)+keyEnd, "") {
		return decodeObject(raw)
	}
	return nil, nil
}

// isMarker is the error of a delete marker: as if nothing were there, or, of who named
// it, that this cannot be done with it.
func (o *object) isMarker(which identity) error {
	headers := []string{"x-amz-delete-marker", "true", "x-amz-version-id", o.versionName()}
	if which.version == "" {
		err := noSuchKey.about("Key", which.key)
		err.Headers = pairs(headers)
		return err
	}
	err := markerNotAllowed.about("ResourceType", "DeleteMarker")
	err.Headers = pairs(append(headers, "Allow", http.MethodDelete, "Last-Modified", o.lastModified().Format(http.TimeFormat)))
	return err
}

// GetBucketVersioning tells whether a bucket keeps versions.
func (s *Service) GetBucketVersioning(ctx context.Context, in aws.GetBucketVersioningInput) (aws.GetBucketVersioningOutput, error) {
	return answer(ctx, s, "GetBucketVersioning", func() (out aws.GetBucketVersioningOutput, err error) {
		b, err := s.look(in.Bucket)
		if err == nil {
			out.Status = b.Versioning
		}
		return out, err
	})
}

// PutBucketVersioning has a bucket keep versions, or no longer.
func (s *Service) PutBucketVersioning(ctx context.Context, in aws.PutBucketVersioningInput) (out aws.PutBucketVersioningOutput, err error) {
	return answer(ctx, s, "PutBucketVersioning", func() (aws.PutBucketVersioningOutput, error) {
		return out, s.changeBucket(ctx, in.Bucket, func(_ *store.Writer, b *bucket) error {
			switch b.Versioning = in.VersioningConfiguration.Status; b.Versioning {
			case versioningEnabled, versioningSuspended:
				return nil
			case "":
				return fault{"IllegalVersioningConfigurationException", "The Versioning element must be specified"}.err()
			}
			return malformedXML.err()
		})
	})
}

// ListObjectVersions lists versions and delete markers.
func (s *Service) ListObjectVersions(ctx context.Context, in aws.ListObjectVersionsInput) (aws.ListObjectVersionsOutput, error) {
	return answer(ctx, s, "ListObjectVersions", func() (aws.ListObjectVersionsOutput, error) {
		out := aws.ListObjectVersionsOutput{
			Name: in.Bucket, Prefix: in.Prefix, Delimiter: in.Delimiter, KeyMarker: in.KeyMarker, VersionIDMarker: in.VersionIDMarker,
		}
		limit, err := pageSize(in.MaxKeys, "max-keys")
		if err != nil {
			return out, err
		}
		if in.VersionIDMarker != "" && in.KeyMarker == "" {
			return out, invalidArgument("A version-id marker cannot be specified without a key marker.")
		}
		out.MaxKeys = limit
		err = s.store.View(func(r *store.Reader) error {
			b, err := s.bucket(r, in.Bucket)
			if err != nil {
				return err
			}
			return s.listVersions(r, b, &out)
		})
		return out, err
	})
}

func (s *Service) listVersions(r *store.Reader, b *bucket, out *aws.ListObjectVersionsOutput) error {
	skip, err := b.skipTo(r, out.KeyMarker, out.VersionIDMarker)
	if err != nil {
		return err
	}
	owner, before := s.owner(), out.KeyMarker
	p := page{cursor: newWalker(r, b), prefix: out.Prefix, delimiter: out.Delimiter, after: out.KeyMarker, skip: skip, limit: out.MaxKeys}
	p.fold = func(common string) {
		out.CommonPrefixes = append(out.CommonPrefixes, aws.CommonPrefix{Prefix: common})
		out.NextVersionIDMarker = ""
	}
	p.add = func(key string, raw []byte) error {
		o, err := decodeHead(raw)
		if err != nil {
			return fmt.Errorf("%w: %s/%s", err, out.Name, key)
		}
		latest := key != before
		before, out.NextVersionIDMarker = key, o.versionName()
		if o.marker {
			out.DeleteMarkers = append(out.DeleteMarkers, aws.DeleteMarkerEntry{
				Key: key, VersionID: o.versionName(), IsLatest: latest, LastModified: o.lastModified(), Owner: &owner,
			})
			return nil
		}
		out.Versions = append(out.Versions, aws.ObjectVersion{
			Key: key, VersionID: o.versionName(), IsLatest: latest, LastModified: o.lastModified(), ETag: o.etag(), Size: o.size,
			StorageClass: o.storageClass(), ChecksumAlgorithm: o.checksum.names(), ChecksumType: o.checksum.kind(), Owner: &owner,
		})
		return nil
	}
	err = p.list()
	if out.IsTruncated = p.truncated; p.truncated {
		out.NextKeyMarker = p.last
	} else {
		out.NextVersionIDMarker = ""
	}
	return err
}

// skipTo tells what a page leaves out that goes on after a version, or after all those
// of a key. Versions that are there no more are as good as left out: who empties a
// bucket goes on after what was just deleted.
func (b *bucket) skipTo(r *store.Reader, key, version string) (func(string, []byte) bool, error) {
	if version == "" {
		return func(at string, _ []byte) bool { return at == key }, nil
	}
	if err := b.checkVersion(version); err != nil {
		return nil, err
	}
	last, real := parseVersion(version)
	if !real {
		null, err := b.versionOf(r, key, version)
		if err != nil {
			return nil, err
		}
		if null == nil {
			return func(string, []byte) bool { return false }, nil
		}
		last = null.order
	}
	return func(at string, raw []byte) bool {
		if at != key {
			return false
		}
		o, err := decodeHead(raw)
		return err == nil && o.order >= last
	}, nil
}
