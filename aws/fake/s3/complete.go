package s3

import (
	"cmp"
	"context"
	"crypto/md5" //nolint:gosec // an ETag is an MD5
	"encoding/hex"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// smallestPart is the least size of a part that is not the last, in bytes.
const smallestPart = 5 << 20

// CompleteMultipartUpload makes the object of the parts listed; the others are
// forgotten. No content moves: the object is its parts, one after the other.
func (s *Service) CompleteMultipartUpload(ctx context.Context, in aws.CompleteMultipartUploadInput) (aws.CompleteMultipartUploadOutput, error) {
	return answer(ctx, s, "CompleteMultipartUpload", func() (out aws.CompleteMultipartUploadOutput, err error) {
		if err := checkComplete(in); err != nil {
			return out, err
		}
		err = s.change(ctx, func(c *change) error {
			b, err := s.bucket(&c.w.Reader, in.Bucket)
			if err != nil {
				return err
			}
			before, err := b.completed(&c.w.Reader, in)
			if err != nil {
				return err
			}
			if before != nil {
				out = b.complete(in, before)
				return nil
			}
			made, err := s.assemble(&c.w.Reader, b, in)
			if err != nil {
				return err
			}
			if err := c.dropUpload(b, in.Key, in.UploadID); err != nil {
				return err
			}
			if err := c.put(b, in.Key, made); err != nil {
				return err
			}
			out = b.complete(in, made)
			return c.notify(b, aws.EventObjectCreatedComplete, in.Key, made)
		})
		return out, err
	})
}

// complete tells what an upload became.
func (b *bucket) complete(in aws.CompleteMultipartUploadInput, made *object) aws.CompleteMultipartUploadOutput {
	return aws.CompleteMultipartUploadOutput{
		Bucket: in.Bucket, Key: in.Key, ETag: made.etag(), VersionID: made.version, ServerSideEncryption: encryption,
		Checksums: made.checksum.out(made.parts), ChecksumType: made.checksum.kind(),
		Location: fmt.Sprintf("https://%s.s3.%s.amazonaws.com/%s", in.Bucket, b.Region, url.PathEscape(in.Key)),
	}
}

// completed is the object that an upload became before, of the same parts, as long as it
// is there: who asks again, since the answer was lost, is told the same again. It is nil
// otherwise.
func (b *bucket) completed(r *store.Reader, in aws.CompleteMultipartUploadInput) (*object, error) {
	o, err := b.object(r, in.Key)
	if err != nil || o == nil || o.upload != in.UploadID || o.md5 != joinedDigest(in.MultipartUpload.Parts) {
		return nil, err
	}
	return o, nil
}

// joinedDigest is what the ETag of an object of these parts is made of.
func joinedDigest(parts []aws.CompletedPart) (sum [md5.Size]byte) {
	digests := md5.New() //nolint:gosec // an ETag is an MD5
	for _, p := range parts {
		raw, _ := hex.DecodeString(strings.Trim(p.ETag, `"`)) // what is none gives another digest
		_, _ = digests.Write(raw)                             // a hash never fails
	}
	digests.Sum(sum[:0])
	return sum
}

func checkComplete(in aws.CompleteMultipartUploadInput) error {
	list := in.MultipartUpload.Parts
	if err := checkKey(in.Key); err != nil {
		return err
	}
	if len(list) == 0 || len(list) > mostParts {
		return malformedXML.err()
	}
	if err := (precondition{in.IfMatch, in.IfNoneMatch}).checkForm(); err != nil {
		return err
	}
	for n, p := range list {
		if p.PartNumber < 1 || p.PartNumber > mostParts {
			return lacking(in.UploadID, p)
		}
		if n > 0 && p.PartNumber <= list[n-1].PartNumber {
			return invalidPartOrder.about("UploadId", in.UploadID)
		}
	}
	return nil
}

// lacking is the error of a part that an upload has not.
func lacking(id string, p aws.CompletedPart) error {
	return invalidPart.about("UploadId", id, "PartNumber", strconv.Itoa(p.PartNumber), "ETag", strings.Trim(p.ETag, `"`))
}

// assemble describes the object that an upload's parts make.
func (s *Service) assemble(r *store.Reader, b *bucket, in aws.CompleteMultipartUploadInput) (*object, error) {
	u, err := b.upload(r, in.Key, in.UploadID)
	if err != nil {
		return nil, err
	}
	if err := (precondition{in.IfMatch, in.IfNoneMatch}).check(r, b, in.Key); err != nil {
		return nil, err
	}
	if in.ChecksumType != "" && in.ChecksumType != u.Input.ChecksumType {
		return nil, invalidRequest("The upload was created using the " + cmp.Or(u.Input.ChecksumType, "null") +
			" checksum mode. The complete request must use the same checksum mode.")
	}
	list := in.MultipartUpload.Parts
	made := &object{modified: s.now().Unix(), parts: len(list), upload: in.UploadID, md5: joinedDigest(list), ObjectHeaders: kept(u.Input.ObjectHeaders), class: keptClass(u.Input.StorageClass)}
	made.tags, err = parseTagging(u.Input.Tagging)
	if err != nil {
		return nil, err
	}
	sums := u.joint()
	for n, p := range list {
		raw := r.Get(partsBucket, partKey(in.UploadID, p.PartNumber))
		if raw == nil {
			return nil, lacking(in.UploadID, p)
		}
		sent, err := decodeObject(raw)
		switch {
		case err != nil:
			return nil, err
		case strings.Trim(p.ETag, `"`) != sent.tag():
			return nil, lacking(in.UploadID, p)
		}
		if err := u.checkPart(in.UploadID, p, sent.checksum); err != nil {
			return nil, err
		}
		if n < len(list)-1 && sent.size < smallestPart {
			return nil, entityTooSmall.about("ProposedSize", strconv.FormatInt(sent.size, 10), "MinSizeAllowed", strconv.Itoa(smallestPart),
				"PartNumber", strconv.Itoa(p.PartNumber), "ETag", sent.tag())
		}
		made.size += sent.size
		made.pieces = append(made.pieces, sent.pieces...)
		made.split = append(made.split, sums.add(p.PartNumber, sent))
	}
	made.checksum = sums.end()
	return made, u.checkWhole(in, made)
}
