package s3

import (
	"context"
	"fmt"
	"strconv"
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
			ContinuationToken: in.ContinuationToken,
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
			after, out.StartAfter = in.StartAfter, in.StartAfter
		}
		out.MaxKeys = limit
		err = s.store.View(func(r *store.Reader) error {
			b, err := s.bucket(r, in.Bucket)
			if err != nil {
				return err
			}
			var owner *aws.Owner
			if in.FetchOwner {
				all := s.owner()
				owner = &all
			}
			return listObjects(r.Cursor(b.Number.objects()), after, owner, &out)
		})
		return out, err
	})
}

// pageSize is how many a page holds at most, of those a request asks for.
func pageSize(asked aws.Option[int], argument string) (int, error) {
	n := asked.Or(mostKeys)
	if n < 0 || n > 1<<31-1 {
		return 0, wrongArgument("Argument "+argument+" must be an integer between 0 and 2147483647", argument, strconv.Itoa(n))
	}
	return min(n, mostKeys), nil
}

func listObjects(c store.Cursor, after string, owner *aws.Owner, out *aws.ListObjectsV2Output) error {
	p := page{cursor: c, prefix: out.Prefix, delimiter: out.Delimiter, after: after, limit: out.MaxKeys}
	p.skip = func(key string, _ []byte) bool { return key == after }
	p.fold = func(common string) {
		out.CommonPrefixes = append(out.CommonPrefixes, aws.CommonPrefix{Prefix: common})
	}
	p.add = func(key string, raw []byte) error {
		o, err := decodeHead(raw)
		if err != nil {
			return fmt.Errorf("%w: %s/%s", err, out.Name, key)
		}
		out.Contents = append(out.Contents, aws.Object{
			Key: key, LastModified: o.lastModified(), ETag: o.etag(), Size: o.size, StorageClass: o.storageClass(),
			ChecksumAlgorithm: o.checksum.names(), ChecksumType: o.checksum.kind(), Owner: owner,
		})
		return nil
	}
	err := p.list()
	if out.KeyCount, out.IsTruncated = p.count, p.truncated; p.truncated {
		out.NextContinuationToken = token(p.last)
	}
	return err
}

// page is one page of a list of keys while it is made.
type page struct {
	cursor interface {
		Seek(key []byte) (found, value []byte)
		Next() (found, value []byte)
	}
	prefix, delimiter, after string
	limit                    int
	skip                     func(key string, raw []byte) bool  // leaves a key out
	add                      func(key string, raw []byte) error // takes a key
	fold                     func(common string)                // takes a common prefix

	count     int    // of keys and common prefixes
	last      string // of them
	truncated bool   // there are more
}

// list fills the page. A common prefix is one entry: the cursor then seeks past
// all keys that have it.
func (p *page) list() error {
	if p.limit == 0 {
		return nil
	}
	key, raw := p.cursor.Seek([]byte(max(p.prefix, p.after)))
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
		case !rolled && p.skip(string(key), raw):
			key, raw = p.cursor.Next()
			continue
		case p.count == p.limit:
			p.truncated = true
			return nil
		}
		p.count++
		if rolled {
			p.last = common
			p.fold(common)
			key, raw = p.pass(common)
			continue
		}
		p.last = string(key)
		if err := p.add(p.last, raw); err != nil {
			return err
		}
		key, raw = p.cursor.Next()
	}
	return nil
}

// common is what a key is rolled up to, if it is.
func (p *page) common(key string) (string, bool) {
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
func (p *page) pass(common string) ([]byte, []byte) {
	next := past(common)
	if next == "" {
		return nil, nil
	}
	return p.cursor.Seek([]byte(next))
}
