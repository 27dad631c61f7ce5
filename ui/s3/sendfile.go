package s3

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"awslab/aws"
)

// Files from bigFile on are uploaded in parts of partSize, as AWS's tools do: a
// part that is lost is not the whole.
const (
	bigFile   = 16 << 20
	partSize  = 8 << 20
	mostParts = 10_000
)

// abortWithin is how long a cancelled upload may take to be forgotten.
const abortWithin = 30 * time.Second

// errChanged tells that a file is not what it was when it was opened.
var errChanged = errors.New("the file changed while it was uploaded")

// source is a local file that is being uploaded.
type source struct {
	ctx  context.Context
	file *os.File
	info fs.FileInfo // as it was when the upload began
	done *atomic.Int64
}

// send uploads a file as an object, streaming it from the disk. Nothing is
// written unless the whole file, as it was at the start, has gone.
func send(ctx context.Context, service aws.S3, bucket, key, path string, done *atomic.Int64) (err error) {
	f, err := os.Open(path) // #nosec G304 -- the file is the user's choice
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "open", Path: path, Err: errors.New("it is no file")}
	}
	kind, err := contentType(f, path)
	if err != nil {
		return err
	}
	s := source{ctx, f, info, done}
	if info.Size() >= bigFile {
		return s.inParts(service, bucket, key, kind)
	}
	_, err = service.PutObject(ctx, aws.PutObjectInput{
		Bucket: bucket, Key: key, ObjectHeaders: aws.ObjectHeaders{ContentType: kind}, ContentLength: aws.Some(info.Size()),
		Body: s.part(0, info.Size()),
	})
	return err
}

// part is some bytes of the file. Before the last of them is given away, the file
// must still be as it was.
func (s source) part(from, size int64) io.Reader {
	return &counting{ctx: s.ctx, body: io.NewSectionReader(s.file, from, size), size: size, done: s.done, last: s.unchanged}
}

// unchanged says whether the file is as it was.
func (s source) unchanged() error {
	now, err := s.file.Stat()
	if err != nil {
		return err
	}
	if now.Size() != s.info.Size() || !now.ModTime().Equal(s.info.ModTime()) {
		return errChanged
	}
	return nil
}

// inParts uploads the file in parts. When that fails, or is cancelled, the parts
// that were sent are deleted.
func (s source) inParts(service aws.S3, bucket, key, kind string) error {
	begun, err := service.CreateMultipartUpload(s.ctx, aws.CreateMultipartUploadInput{Bucket: bucket, Key: key, ObjectHeaders: aws.ObjectHeaders{ContentType: kind}})
	if err != nil {
		return err
	}
	in := aws.CompleteMultipartUploadInput{Bucket: bucket, Key: key, UploadID: begun.UploadID}
	if in.MultipartUpload.Parts, err = s.parts(service, in, begun.ChecksumAlgorithm != ""); err == nil {
		_, err = service.CompleteMultipartUpload(s.ctx, in)
	}
	if err == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), abortWithin)
	defer cancel()
	_, abort := service.AbortMultipartUpload(ctx, aws.AbortMultipartUploadInput{Bucket: bucket, Key: key, UploadID: begun.UploadID})
	if errors.Is(abort, aws.ErrNotFound) {
		abort = nil // it is forgotten already
	}
	return errors.Join(err, abort)
}

// parts sends the parts, one after the other. An upload that was begun with checksums
// is completed with those of its parts.
func (s source) parts(service aws.S3, to aws.CompleteMultipartUploadInput, summed bool) ([]aws.CompletedPart, error) {
	size, each := s.info.Size(), partOf(s.info.Size())
	var out []aws.CompletedPart
	for from := int64(0); from < size; from += each {
		n := min(each, size-from)
		number := len(out) + 1
		part, err := service.UploadPart(s.ctx, aws.UploadPartInput{
			Bucket: to.Bucket, Key: to.Key, UploadID: to.UploadID, PartNumber: number,
			Body: s.part(from, n), ContentLength: aws.Some(n),
		})
		if err != nil {
			return nil, err
		}
		sent := aws.CompletedPart{PartNumber: number, ETag: part.ETag}
		if summed {
			sent.Checksums = part.Checksums
		}
		out = append(out, sent)
	}
	return out, nil
}

// partOf is the size of the parts of a file: larger than usual only when there
// would be too many.
func partOf(size int64) int64 {
	const step = 1 << 20
	least := (size + mostParts - 1) / mostParts
	return max(partSize, (least+step-1)/step*step)
}

// contentType tells what a file holds, by the ending of its name or else by how
// it begins.
func contentType(f *os.File, path string) (string, error) {
	if kind := mime.TypeByExtension(filepath.Ext(path)); kind != "" {
		return kind, nil
	}
	start := make([]byte, 512)
	n, err := f.ReadAt(start, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return http.DetectContentType(start[:n]), nil
}
