package s3

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// The buckets of the store that are not objects or uploads.
const (
	bucketsBucket = "s3/buckets" // name → record, as JSON
	numbersBucket = "s3/numbers" // "bucket" → the last number given to a bucket, "sequencer" → the last of an event
)

// number tells the buckets that were ever made apart. Numbers are never used
// again, so that what is dropped cannot reappear under a name that is.
type number uint64

func (n number) objects() string { return "s3/objects/" + strconv.FormatUint(uint64(n), 16) }
func (n number) uploads() string { return "s3/uploads/" + strconv.FormatUint(uint64(n), 16) }

// record is what is stored of a bucket.
type record struct {
	Number       number
	Created      time.Time
	Region       string
	Policy       string                        `json:",omitempty"`
	Notification aws.NotificationConfiguration `json:",omitzero"`
	Tags         []aws.Tag                     `json:",omitempty"`
	Versioning   string                        `json:",omitempty"`
	Ownership    string                        `json:",omitempty"` // of objects; "" is BucketOwnerEnforced
}

// bucket is a bucket as read.
type bucket struct {
	name string
	record
}

func bucketARN(name string) string { return "arn:aws:s3:::" + name }

var errBucket = errors.New("a stored bucket cannot be read")

func decodeBucket(name string, raw []byte) (*bucket, error) {
	b := &bucket{name: name}
	if err := json.Unmarshal(raw, &b.record); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", errBucket, name, err)
	}
	return b, nil
}

// save stages the bucket's record.
func (b *bucket) save(w *store.Writer) error {
	raw, err := json.Marshal(b.record)
	if err != nil {
		return err
	}
	w.Put(bucketsBucket, []byte(b.name), raw)
	return nil
}

// bucket reads a bucket.
func (s *Service) bucket(r *store.Reader, name string) (*bucket, error) {
	raw := r.Get(bucketsBucket, []byte(name))
	if raw == nil {
		if err := checkBucketName(name); err != nil {
			return nil, err
		}
		return nil, noSuchBucket.about("BucketName", name)
	}
	b, err := decodeBucket(name, raw)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// look reads a bucket in a transaction of its own.
func (s *Service) look(name string) (b *bucket, err error) {
	err = s.store.View(func(r *store.Reader) error {
		b, err = s.bucket(r, name)
		return err
	})
	return b, err
}

// CreateBucket makes a bucket. In us-east-1, making one's own again is no error.
func (s *Service) CreateBucket(ctx context.Context, in aws.CreateBucketInput) (aws.CreateBucketOutput, error) {
	return answer(ctx, s, "CreateBucket", func() (out aws.CreateBucketOutput, err error) {
		if err := checkBucketName(in.Bucket); err != nil {
			return out, err
		}
		var asked aws.CreateBucketConfiguration
		if in.CreateBucketConfiguration != nil {
			asked = *in.CreateBucketConfiguration
		}
		region, err := s.checkLocation(asked.LocationConstraint)
		if err != nil {
			return out, err
		}
		if err := checkNewBucketTags(asked.Tags); err != nil {
			return out, err
		}
		ownership, err := newOwnership(in)
		if err != nil {
			return out, err
		}
		out.BucketArn = bucketARN(in.Bucket)
		out.Location = "http://" + in.Bucket + ".s3.amazonaws.com/"
		if region == firstRegion {
			out.Location = "/" + in.Bucket
		}
		return out, s.change(ctx, func(c *change) error {
			return s.makeBucket(c.w, &bucket{name: in.Bucket, record: record{Region: region, Tags: asked.Tags, Ownership: ownership}})
		})
	})
}

// makeBucket stages a new bucket.
func (s *Service) makeBucket(w *store.Writer, b *bucket) error {
	if raw := w.Get(bucketsBucket, []byte(b.name)); raw != nil {
		there, err := decodeBucket(b.name, raw)
		switch {
		case err != nil:
			return err
		case b.Region == firstRegion && there.Region == firstRegion && len(b.Tags) == 0:
			return nil
		}
		return bucketAlreadyOwned.about("BucketName", b.name)
	}
	b.Number = number(nextNumber(w, "bucket", 1))
	b.Created = s.now()
	return b.save(w)
}

// nextNumber stages the next number of a kind: one more than the last, or least
// if that is more.
func nextNumber(w *store.Writer, kind string, least uint64) uint64 {
	last, _ := binary.Uvarint(w.Get(numbersBucket, []byte(kind)))
	next := max(last+1, least)
	w.Put(numbersBucket, []byte(kind), binary.AppendUvarint(nil, next))
	return next
}

// DeleteBucket deletes a bucket that holds no objects. Uploads under way are
// forgotten.
func (s *Service) DeleteBucket(ctx context.Context, in aws.DeleteBucketInput) (out aws.DeleteBucketOutput, err error) {
	return answer(ctx, s, "DeleteBucket", func() (aws.DeleteBucketOutput, error) {
		return out, s.change(ctx, func(c *change) error {
			b, err := s.bucket(&c.w.Reader, in.Bucket)
			if err != nil {
				return err
			}
			if key, _ := newWalker(&c.w.Reader, b).Seek(nil); key != nil {
				return b.notEmpty()
			}
			if err := c.dropUploads(b); err != nil {
				return err
			}
			c.w.Drop(b.Number.objects())
			c.w.Drop(b.Number.versions())
			c.w.Delete(bucketsBucket, []byte(in.Bucket))
			return nil
		})
	})
}

// notEmpty is why a bucket cannot be deleted.
func (b *bucket) notEmpty() error {
	if b.Versioning == "" {
		return bucketNotEmpty.about("BucketName", b.name)
	}
	return fault{bucketNotEmpty.code, bucketNotEmpty.message + ". You must delete all versions in the bucket."}.about("BucketName", b.name)
}

// HeadBucket tells where a bucket is.
func (s *Service) HeadBucket(ctx context.Context, in aws.HeadBucketInput) (aws.HeadBucketOutput, error) {
	return headAnswer(ctx, s, "HeadBucket", func() (out aws.HeadBucketOutput, err error) {
		b, err := s.look(in.Bucket)
		if err == nil {
			out.BucketArn, out.BucketRegion = bucketARN(b.name), b.Region
		}
		return out, err
	})
}

// GetBucketLocation tells a bucket's region, "" for us-east-1.
func (s *Service) GetBucketLocation(ctx context.Context, in aws.GetBucketLocationInput) (aws.GetBucketLocationOutput, error) {
	return answer(ctx, s, "GetBucketLocation", func() (out aws.GetBucketLocationOutput, err error) {
		b, err := s.look(in.Bucket)
		if err == nil && b.Region != firstRegion {
			out.LocationConstraint = b.Region
		}
		return out, err
	})
}

// mostBuckets is the limit of a page of buckets.
const mostBuckets = 10_000

// ListBuckets lists the account's buckets by name.
func (s *Service) ListBuckets(ctx context.Context, in aws.ListBucketsInput) (aws.ListBucketsOutput, error) {
	return answer(ctx, s, "ListBuckets", func() (out aws.ListBucketsOutput, err error) {
		limit := in.MaxBuckets.Or(mostBuckets)
		if limit < 1 || limit > mostBuckets {
			return out, invalidArgument("Argument max-buckets must be an integer between 1 and 10000")
		}
		after, err := readToken(in.ContinuationToken)
		if err != nil {
			return out, err
		}
		out.Owner, out.Buckets = s.owner(), []aws.Bucket{}
		err = s.store.View(func(r *store.Reader) error {
			return s.listBuckets(r, in.Prefix, in.BucketRegion, after, limit, &out)
		})
		return out, err
	})
}

func (s *Service) listBuckets(r *store.Reader, prefix, region, after string, limit int, out *aws.ListBucketsOutput) error {
	for name, raw := range between(r.Cursor(bucketsBucket), prefix, after) {
		b, err := decodeBucket(string(name), raw)
		if err != nil {
			return err
		}
		if region != "" && b.Region != region {
			continue
		}
		if len(out.Buckets) == limit {
			out.ContinuationToken = token(out.Buckets[limit-1].Name)
			return nil
		}
		out.Buckets = append(out.Buckets, aws.Bucket{Name: b.name, CreationDate: b.Created, BucketRegion: b.Region, BucketArn: bucketARN(b.name)})
	}
	return nil
}
