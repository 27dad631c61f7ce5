package s3

import (
	"context"
	"net/url"
	"strings"
	"unicode/utf8"

	"awslab/aws"
	"awslab/aws/fake/store"
	"awslab/aws/fake/tags"
)

// mostObjectTags is how many tags an object has at most; a bucket has as many as other
// resources.
const mostObjectTags = 10

// reservedTag begins the keys of AWS's own tags.
const reservedTag = "aws:"

func invalidTag(message string) error {
	return &aws.Error{Code: "InvalidTag", Message: message}
}

// checkTags checks tags one after the other, and then how many there are. S3 words
// it by what they are of: reserved is what it says of AWS's own tags.
func checkTags(given []aws.Tag, most int, reserved, tooMany string) error {
	seen := make(map[string]bool, len(given))
	for _, t := range given {
		switch {
		case seen[t.Key]:
			return invalidTag("Cannot provide multiple Tags with the same key")
		case strings.HasPrefix(t.Key, reservedTag):
			return invalidTag(reserved)
		case t.Key == "" || utf8.RuneCountInString(t.Key) > tags.LongestKey || !tags.Allowed(t.Key):
			return invalidTag("The TagKey you have provided is invalid")
		case utf8.RuneCountInString(t.Value) > tags.LongestValue || !tags.Allowed(t.Value):
			return invalidTag("The TagValue you have provided is invalid")
		}
		seen[t.Key] = true
	}
	if len(given) > most {
		return &aws.Error{Code: "BadRequest", Message: tooMany}
	}
	return nil
}

func checkBucketTags(given []aws.Tag) error {
	return checkTags(given, tags.Most, "System tags cannot be added/updated by requester", "Bucket tag count cannot be greater than 50")
}

func checkNewBucketTags(given []aws.Tag) error {
	return checkTags(given, tags.Most, `User-defined tag keys can't start with "aws:". This prefix is reserved for system tags. `+
		`Remove "aws:" from your tag keys and try again.`, "Bucket tag count cannot be greater than 50")
}

func checkObjectTags(given []aws.Tag) error {
	return checkTags(given, mostObjectTags, "Your TagKey cannot be prefixed with aws:", "Object tags cannot be greater than 10")
}

// parseTagging reads the tags that come with an object, as a URL's query.
func parseTagging(text string) ([]aws.Tag, error) {
	if text == "" {
		return nil, nil
	}
	malformed := invalidArgument("The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.")
	var given []aws.Tag
	seen := make(map[string]bool)
	for pair := range strings.SplitSeq(text, "&") {
		if pair == "" {
			continue
		}
		key, value, _ := strings.Cut(pair, "=")
		key, err := url.QueryUnescape(key)
		if err == nil {
			value, err = url.QueryUnescape(value)
		}
		if err != nil || !tags.Allowed(key) || !tags.Allowed(value) || seen[key] {
			return nil, malformed
		}
		seen[key] = true
		given = append(given, aws.Tag{Key: key, Value: value})
	}
	return given, checkObjectTags(given)
}

// PutBucketTagging replaces a bucket's tags.
func (s *Service) PutBucketTagging(ctx context.Context, in aws.PutBucketTaggingInput) (out aws.PutBucketTaggingOutput, err error) {
	return answer(ctx, s, "PutBucketTagging", func() (aws.PutBucketTaggingOutput, error) {
		return out, s.changeBucket(ctx, in.Bucket, func(_ *store.Writer, b *bucket) error {
			b.Tags = in.Tagging.TagSet
			return checkBucketTags(b.Tags)
		})
	})
}

// GetBucketTagging lists a bucket's tags.
func (s *Service) GetBucketTagging(ctx context.Context, in aws.GetBucketTaggingInput) (aws.GetBucketTaggingOutput, error) {
	return answer(ctx, s, "GetBucketTagging", func() (out aws.GetBucketTaggingOutput, err error) {
		b, err := s.look(in.Bucket)
		switch {
		case err != nil:
			return out, err
		case len(b.Tags) == 0:
			return out, noSuchTagSet.about("BucketName", in.Bucket)
		}
		return aws.GetBucketTaggingOutput{TagSet: b.Tags}, nil
	})
}

// DeleteBucketTagging removes a bucket's tags; having none is no error.
func (s *Service) DeleteBucketTagging(ctx context.Context, in aws.DeleteBucketTaggingInput) (out aws.DeleteBucketTaggingOutput, err error) {
	return answer(ctx, s, "DeleteBucketTagging", func() (aws.DeleteBucketTaggingOutput, error) {
		return out, s.changeBucket(ctx, in.Bucket, func(_ *store.Writer, b *bucket) error {
			b.Tags = nil
			return nil
		})
	})
}

// PutObjectTagging replaces an object's tags.
func (s *Service) PutObjectTagging(ctx context.Context, in aws.PutObjectTaggingInput) (out aws.PutObjectTaggingOutput, err error) {
	return answer(ctx, s, "PutObjectTagging", func() (aws.PutObjectTaggingOutput, error) {
		out.VersionID, err = s.retag(ctx, identity{in.Bucket, in.Key, in.VersionID}, in.Tagging.TagSet, aws.EventObjectTaggingPut)
		return out, err
	})
}

// GetObjectTagging lists an object's tags.
func (s *Service) GetObjectTagging(ctx context.Context, in aws.GetObjectTaggingInput) (aws.GetObjectTaggingOutput, error) {
	return answer(ctx, s, "GetObjectTagging", func() (out aws.GetObjectTaggingOutput, err error) {
		err = s.store.View(func(r *store.Reader) error {
			o, b, err := s.tagged(r, identity{in.Bucket, in.Key, in.VersionID})
			if err == nil {
				out.TagSet, out.VersionID = append([]aws.Tag{}, o.tags...), b.toldVersion(o)
			}
			return err
		})
		return out, err
	})
}

// DeleteObjectTagging removes an object's tags; having none is no error.
func (s *Service) DeleteObjectTagging(ctx context.Context, in aws.DeleteObjectTaggingInput) (out aws.DeleteObjectTaggingOutput, err error) {
	return answer(ctx, s, "DeleteObjectTagging", func() (aws.DeleteObjectTaggingOutput, error) {
		out.VersionID, err = s.retag(ctx, identity{in.Bucket, in.Key, in.VersionID}, nil, aws.EventObjectTaggingDelete)
		return out, err
	})
}

// tagged reads an object that must be there for its tags. Other than who reads it,
// whoever asks for a delete marker's is refused also when that is just the latest.
func (s *Service) tagged(r *store.Reader, which identity) (*object, *bucket, error) {
	o, b, err := s.found(r, which)
	if err == nil && o.marker {
		err = markerNotAllowed.about("ResourceType", "DeleteMarker")
	}
	return o, b, err
}

// retag replaces an object's tags, and tells which version was tagged.
func (s *Service) retag(ctx context.Context, which identity, given []aws.Tag, event aws.EventType) (version string, err error) {
	err = s.change(ctx, func(c *change) error {
		o, b, err := s.tagged(&c.w.Reader, which)
		if err == nil {
			err = checkObjectTags(given)
		}
		if err != nil {
			return err
		}
		o.tags, version = given, b.toldVersion(o)
		live, err := b.object(&c.w.Reader, which.key)
		if err != nil {
			return err
		}
		if live != nil && live.order == o.order {
			c.w.Put(b.Number.objects(), []byte(which.key), o.encode())
		} else {
			c.w.Put(b.Number.versions(), versionKey(which.key, o.order), o.encode())
		}
		return c.notify(b, event, which.key, o)
	})
	return version, err
}
