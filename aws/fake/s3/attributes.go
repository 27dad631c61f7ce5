package s3

import (
	"context"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// attributeNames are what GetObjectAttributes may be asked for.
var attributeNames = []string{"ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"}

// GetObjectAttributes tells what is asked for of an object.
func (s *Service) GetObjectAttributes(ctx context.Context, in aws.GetObjectAttributesInput) (aws.GetObjectAttributesOutput, error) {
	return answer(ctx, s, "GetObjectAttributes", func() (out aws.GetObjectAttributesOutput, err error) {
		limit, err := pageSize(in.MaxParts, "max-parts")
		if err != nil {
			return out, err
		}
		if len(in.ObjectAttributes) == 0 || slices.ContainsFunc(in.ObjectAttributes, func(name string) bool { return !slices.Contains(attributeNames, name) }) {
			return out, invalidArgument("Invalid attribute name specified.")
		}
		var o *object
		err = s.store.View(func(r *store.Reader) error {
			var b *bucket
			o, b, err = s.stored(r, identity{in.Bucket, in.Key, in.VersionID})
			if err == nil {
				out.VersionID = b.toldVersion(o)
			}
			return err
		})
		if err != nil {
			return out, err
		}
		out.LastModified = o.lastModified()
		for _, name := range in.ObjectAttributes {
			switch name {
			case "ETag":
				out.ETag = o.tag()
			case "Checksum":
				out.Checksum = o.checksum.alone()
			case "ObjectParts":
				out.ObjectParts = o.listParts(in.PartNumberMarker, limit)
			case "StorageClass":
				out.StorageClass = o.storageClass()
			case "ObjectSize":
				out.ObjectSize = aws.Some(o.size)
			}
		}
		return out, nil
	})
}

// alone is the checksum without the number of parts that it is made of.
func (c checksum) alone() *aws.ObjectChecksum {
	if c.algorithm == noChecksum {
		return nil
	}
	return &aws.ObjectChecksum{Checksums: checksum{algorithm: c.algorithm, value: c.value}.out(0), ChecksumType: c.kind()}
}

// listParts tells of the parts after one, so many at most; nil of what was sent at
// once.
func (o *object) listParts(after, limit int) *aws.ObjectParts {
	if o.parts == 0 {
		return nil
	}
	out := &aws.ObjectParts{TotalPartsCount: o.parts}
	if !o.checksum.composite {
		return out
	}
	out.PartNumberMarker, out.MaxParts = after, limit
	for _, p := range o.split {
		if p.number <= after {
			continue
		}
		if len(out.Parts) == limit {
			out.IsTruncated = true
			break
		}
		sum := checksum{algorithm: o.checksum.algorithm, value: p.checksum}
		out.Parts = append(out.Parts, aws.ObjectPart{PartNumber: p.number, Size: p.size, Checksums: sum.out(0)})
		out.NextPartNumberMarker = p.number
	}
	return out
}
