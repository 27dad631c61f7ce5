package s3

import (
	"context"
	"fmt"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// mostKeys is the limit of a page.
const mostKeys = 1000

// ListObjectsV2 lists objects by key. More than 1,000 keys may be asked for, but
// are not given.
func (s *Service) ListObjectsV2(ctx context.Context, in aws.ListObjectsV2Input) (aws.ListObjectsV2Output, error) {
	return answer(ctx, s, "ListObjectsV2", func() (aws.ListObjectsV2Output, error) {
		out := aws.ListObjectsV2Output{
			Name: in.Bucket, Prefix: in.Prefix, Delimiter: in.Delimiter,
			StartAfter: in.StartAfter, ContinuationToken: in.ContinuationToken,
		}
		limit, err := pageSize(in.MaxKeys, "maxKeys")
		if err != nil {
			return out, err
		}
		after, err := readToken(in.ContinuationToken)
		if err != nil {
			return out, err
		}
		if in.ContinuationToken == "" {
			after = in.StartAfter
		}
		out.MaxKeys = limit
		err = s.store.View(func(r *store.Reader) error {
			b, err := s.bucket(r, in.Bucket)
			if err != nil {
				return err
			}
			p := page{cursor: r.Cursor(b.Number.objects()), bucket: b.name, prefix: in.Prefix, delimiter: in.Delimiter, after: after, out: &out}
			if in.FetchOwner {
				owner := s.owner()
				p.owner = &owner
			}
			return p.list()
		})
		return out, err
	})
}

// pageSize is how many a page holds at most, of those a request asks for.
func pageSize(asked aws.Option[int], argument string) (int, error) {
	n := asked.Or(mostKeys)
	if n < 0 || n > 1<<31-1 {
		return 0, invalidArgument("Argument " + argument + " must be an integer between 0 and 2147483647")
	}
	return min(n, mostKeys), nil
}

// page is one page of a list while it is made.
type page struct {
	cursor                           store.Cursor
	bucket, prefix, delimiter, after string
	owner                            *aws.Owner
	out                              *aws.ListObjectsV2Output
}

// list fills the page. A common prefix is one entry: the cursor then seeks past
// all keys that have it.
func (p page) list() error {
	if p.out.MaxKeys == 0 {
		return nil
	}
	key, raw := p.cursor.Seek([]byte(max(p.prefix, p.after)))
	last := ""
	for key != nil && strings.HasPrefix(string(key), p.prefix) {
		common, rolled := p.common(string(key))
		switch {
		// A page that ended with a common prefix goes on after its keys; so does
		// one that is to start after a key in it.
		case rolled && strings.HasPrefix(p.after, common):
			if key, raw = p.pass(common); key == nil {
				return nil
			}
			continue
		case !rolled && string(key) == p.after:
			key, raw = p.cursor.Next()
			continue
		case p.out.KeyCount == p.out.MaxKeys:
			p.out.IsTruncated, p.out.NextContinuationToken = true, token(last)
			return nil
		}
		p.out.KeyCount++
		if rolled {
			last = common
			p.out.CommonPrefixes = append(p.out.CommonPrefixes, aws.CommonPrefix{Prefix: common})
			key, raw = p.pass(common)
			continue
		}
		last = string(key)
		if err := p.add(last, raw); err != nil {
			return err
		}
		key, raw = p.cursor.Next()
	}
	return nil
}

// common is what a key is rolled up to, if it is.
func (p page) common(key string) (string, bool) {
	if p.delimiter == "" {
		return "", false
	}
	at := strings.Index(key[len(p.prefix):], p.delimiter)
	if at < 0 {
		return "", false
	}
	return key[:len(p.prefix)+at+len(p.delimiter)], true
}

// pass moves past all keys with a prefix.
func (p page) pass(common string) ([]byte, []byte) {
	next := past(common)
	if next == "" {
		return nil, nil
	}
	return p.cursor.Seek([]byte(next))
}

func (p page) add(key string, raw []byte) error {
	o, err := decodeHead(raw)
	if err != nil {
		return fmt.Errorf("%w: %s/%s", err, p.bucket, key)
	}
	p.out.Contents = append(p.out.Contents, aws.Object{
		Key: key, LastModified: o.lastModified(), ETag: o.etag(), Size: o.size, StorageClass: "STANDARD", Owner: p.owner,
	})
	return nil
}
