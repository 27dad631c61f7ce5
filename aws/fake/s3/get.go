package s3

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// GetObject reads an object, or a range of it. What it gives stays as it is,
// whatever becomes of the object, until Body is closed.
func (s *Service) GetObject(ctx context.Context, in aws.GetObjectInput) (aws.GetObjectOutput, error) {
	return answer(ctx, s, "GetObject", func() (out aws.GetObjectOutput, err error) {
		var part span
		var given bool
		content, o, err := s.reading(ctx, identity{in.Bucket, in.Key, in.VersionID}, func() (o *object, _ span, err error) {
			if o, part, given, err = s.find(in); err == nil && o.archived() {
				err = invalidState.about("StorageClass", o.class)
			}
			return o, part, err
		})
		if err != nil {
			return out, err
		}
		about := describe(in, o, part, given)
		return aws.GetObjectOutput{
			Body: answered{content}, ContentLength: about.ContentLength, ContentRange: about.ContentRange,
			ObjectAttributes: about.ObjectAttributes, Checksums: about.Checksums, ChecksumType: about.ChecksumType,
		}, nil
	})
}

// reading begins to read a part of an object; find finds both, again if the object is
// replaced meanwhile.
func (s *Service) reading(ctx context.Context, which identity, find func() (*object, span, error)) (*body, *object, error) {
	for {
		o, part, err := find()
		if err != nil {
			return nil, nil, err
		}
		content, err := s.openBody(ctx, o, part)
		if errors.Is(err, errReplaced) || errors.Is(err, fs.ErrNotExist) && s.replaced(which, o) {
			continue // between the look and the opening
		}
		return content, o, err
	}
}

// HeadObject tells about an object.
func (s *Service) HeadObject(ctx context.Context, in aws.HeadObjectInput) (aws.HeadObjectOutput, error) {
	return headAnswer(ctx, s, "HeadObject", func() (out aws.HeadObjectOutput, err error) {
		o, part, given, err := s.find(aws.GetObjectInput(in))
		if err != nil {
			return out, err
		}
		return describe(aws.GetObjectInput(in), o, part, given), nil
	})
}

// describe tells about an object of which a part was asked for. A checksum is told
// only of what it is of.
func describe(in aws.GetObjectInput, o *object, asked span, given bool) aws.HeadObjectOutput {
	out := aws.HeadObjectOutput{ContentLength: asked.length, ObjectAttributes: o.attributes()}
	if given {
		out.ContentRange = asked.contentRange(o.size)
	}
	if in.PartNumber > 0 {
		out.PartsCount = o.parts
	}
	switch n, sum := o.partAt(in.PartNumber), o.checksum; {
	case in.ChecksumMode != checksumMode:
	case n >= 0 && sum.composite:
		out.Checksums, out.ChecksumType = checksum{algorithm: sum.algorithm, value: o.split[n].checksum}.out(0), sum.kind()
	case asked.length == o.size:
		out.Checksums, out.ChecksumType = sum.out(o.parts), sum.kind()
	}
	return out
}

// checksumMode asks for checksums.
const checksumMode = "ENABLED"

// find reads what is stored of an object, and which part of it is asked for.
func (s *Service) find(in aws.GetObjectInput) (o *object, part span, given bool, err error) {
	err = s.store.View(func(r *store.Reader) error {
		var b *bucket
		o, b, err = s.stored(r, identity{in.Bucket, in.Key, in.VersionID})
		if err == nil {
			o.told = b.toldVersion(o)
		}
		return err
	})
	if err == nil {
		err = readConditions(in).read(o, s.now())
	}
	switch {
	case err != nil:
	case in.PartNumber == 0:
		part, given, err = parseRange(in.Range, o.size)
	case in.Range != "":
		err = invalidRequest("Cannot specify both Range header and partNumber query parameter")
	default:
		part, given, err = o.partSpan(in.PartNumber)
	}
	return o, part, given, err
}

// partAt finds a part of an object by its number; -1 when there is none.
func (o *object) partAt(number int) int {
	return slices.IndexFunc(o.split, func(p part) bool { return p.number == number })
}

// partSpan is where a part of an object is. One that was sent at once is its own
// first part.
func (o *object) partSpan(number int) (at span, given bool, err error) {
	if number < 1 || number > mostParts {
		return at, false, wrongPart(number)
	}
	if o.parts == 0 && number == 1 {
		return span{0, o.size}, o.size > 0, nil
	}
	n := o.partAt(number)
	if n < 0 {
		return at, false, invalidPartNumber.about("PartNumberRequested", strconv.Itoa(number), "ActualPartCount", strconv.Itoa(max(1, o.parts)))
	}
	for _, before := range o.split[:n] {
		at.from += before.size
	}
	at.length = o.split[n].size
	return at, at.length > 0, nil
}

// replaced reports whether an object's blobs are no longer those it had.
func (s *Service) replaced(which identity, before *object) bool {
	var now *object
	err := s.store.View(func(r *store.Reader) (err error) {
		now, _, err = s.stored(r, which)
		return err
	})
	return err != nil || len(now.pieces) == 0 || now.pieces[0].id != before.pieces[0].id
}
