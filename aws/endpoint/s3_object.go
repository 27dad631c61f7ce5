package endpoint

import (
	"cmp"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
)

func putObject(c call, w http.ResponseWriter) error {
	if err := c.storable(); err != nil {
		return err
	}
	body, length, err := c.body()
	if err != nil {
		return err
	}
	sums, trailed, err := c.promised()
	if err != nil {
		return err
	}
	h := c.request.Header
	out, err := c.s3.PutObject(c.request.Context(), aws.PutObjectInput{
		Bucket: c.bucket, Key: c.key, Body: body, ContentLength: length, ContentMD5: h.Get("Content-Md5"),
		ObjectHeaders: c.kept(), StorageClass: c.amz("Storage-Class"), ServerSideEncryption: c.amz("Server-Side-Encryption"), ACL: c.amz("Acl"),
		IfMatch: h.Get("If-Match"), IfNoneMatch: h.Get("If-None-Match"),
		Tagging: c.amz("Tagging"), ChecksumAlgorithm: trailed, Checksums: sums,
	})
	if err != nil {
		return err
	}
	w.Header().Set("ETag", out.ETag)
	tellChecksums(w.Header(), out.Checksums, out.ChecksumType)
	tellVersion(w.Header(), out.VersionID)
	tellEncryption(w.Header(), out.ServerSideEncryption)
	w.WriteHeader(http.StatusOK)
	return nil
}

// headerTime reads a date of a conditional header; one that is none counts as
// not given, as HTTP has it.
func headerTime(h http.Header, name string) time.Time {
	t, err := http.ParseTime(h.Get(name))
	if err != nil {
		return time.Time{}
	}
	return t
}

// wanted reads which object, or which part of it, a request is for.
func (c call) wanted() (aws.GetObjectInput, error) {
	part, err := c.number("partNumber")
	if _, given := part.Get(); err == nil && given && part.Or(0) < 1 {
		err = fault(http.StatusBadRequest, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive")
	}
	if err == nil {
		err = c.readable()
	}
	h := c.request.Header
	return aws.GetObjectInput{
		Bucket: c.bucket, Key: c.key, VersionID: c.version(), PartNumber: part.Or(0),
		ChecksumMode: strings.ToUpper(h.Get("X-Amz-Checksum-Mode")),
		Range:        h.Get("Range"), IfMatch: h.Get("If-Match"), IfNoneMatch: h.Get("If-None-Match"),
		IfModifiedSince: headerTime(h, "If-Modified-Since"), IfUnmodifiedSince: headerTime(h, "If-Unmodified-Since"),
	}, err
}

func getObject(c call, w http.ResponseWriter) error {
	in, err := c.wanted()
	if err != nil {
		return err
	}
	out, err := c.s3.GetObject(c.request.Context(), in)
	if err != nil {
		return err
	}
	tellChecksums(w.Header(), out.Checksums, out.ChecksumType)
	status := tellObject(c, w.Header(), out.ObjectAttributes, out.ContentLength, out.ContentRange)
	w.WriteHeader(status)
	err = pour(w, out.Body, c.pieces)
	if closed := out.Body.Close(); err == nil {
		err = closed
	}
	if err != nil {
		// Too late for an error document: the length promised is not met, and
		// the client sees that.
		panic(http.ErrAbortHandler)
	}
	return nil
}

func headObject(c call, w http.ResponseWriter) error {
	in, err := c.wanted()
	if err != nil {
		return err
	}
	out, err := c.s3.HeadObject(c.request.Context(), aws.HeadObjectInput(in))
	if err != nil {
		return err
	}
	tellChecksums(w.Header(), out.Checksums, out.ChecksumType)
	w.WriteHeader(tellObject(c, w.Header(), out.ObjectAttributes, out.ContentLength, out.ContentRange))
	return nil
}

// tellObject tells about an object in a response's headers, and gives its status.
func tellObject(c call, h http.Header, a aws.ObjectAttributes, length int64, span string) int {
	set := func(name, value string) {
		if value != "" {
			h.Set(name, value)
		}
	}
	set("ETag", a.ETag)
	set("Last-Modified", a.LastModified.UTC().Format(http.TimeFormat))
	c.tellKept(h, a.ObjectHeaders)
	set("x-amz-storage-class", a.StorageClass)
	tellEncryption(h, a.ServerSideEncryption)
	set("Accept-Ranges", "bytes")
	set("Content-Length", strconv.FormatInt(length, 10))
	tellVersion(h, a.VersionID)
	if a.PartsCount > 0 {
		set("x-amz-mp-parts-count", strconv.Itoa(a.PartsCount))
	}
	if a.TagCount > 0 {
		set("x-amz-tagging-count", strconv.Itoa(a.TagCount))
	}
	if span != "" {
		set("Content-Range", span)
		return http.StatusPartialContent
	}
	return http.StatusOK
}

func copyObject(c call, w http.ResponseWriter) error {
	if err := cmp.Or(c.unheeded(copying...), c.storable()); err != nil {
		return err
	}
	h := c.request.Header
	out, err := c.s3.CopyObject(c.request.Context(), aws.CopyObjectInput{
		Bucket: c.bucket, Key: c.key, CopySource: strings.TrimPrefix(h.Get("X-Amz-Copy-Source"), "/"),
		MetadataDirective: c.amz("Metadata-Directive"), ObjectHeaders: c.kept(), StorageClass: c.amz("Storage-Class"), ServerSideEncryption: c.amz("Server-Side-Encryption"), ACL: c.amz("Acl"),
		TaggingDirective: c.amz("Tagging-Directive"), Tagging: c.amz("Tagging"), ChecksumAlgorithm: h.Get("X-Amz-Checksum-Algorithm"),
		CopySourceIfMatch: h.Get(copyIf + "Match"), CopySourceIfNoneMatch: h.Get(copyIf + "None-Match"),
		CopySourceIfModifiedSince: headerTime(h, copyIf+"Modified-Since"), CopySourceIfUnmodifiedSince: headerTime(h, copyIf+"Unmodified-Since"),
		IfMatch: h.Get("If-Match"), IfNoneMatch: h.Get("If-None-Match"),
	})
	if err != nil {
		return err
	}
	tellVersion(w.Header(), out.VersionID)
	tellSource(w.Header(), out.CopySourceVersionID)
	tellEncryption(w.Header(), out.ServerSideEncryption)
	writeXML(w, http.StatusOK, struct {
		XMLName      xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ CopyObjectResult"`
		LastModified string
		ETag         string
		checksumsXML
		ChecksumType string `xml:",omitempty"`
	}{
		LastModified: stamp(out.CopyObjectResult.LastModified), ETag: out.CopyObjectResult.ETag,
		checksumsXML: checksumsXML(out.CopyObjectResult.Checksums), ChecksumType: out.CopyObjectResult.ChecksumType,
	})
	return nil
}

func deleteObject(c call, w http.ResponseWriter) error {
	if err := c.unheeded(deleting...); err != nil {
		return err
	}
	out, err := c.s3.DeleteObject(c.request.Context(), aws.DeleteObjectInput{
		Bucket: c.bucket, Key: c.key, VersionID: c.version(), IfMatch: c.request.Header.Get("If-Match"),
	})
	tellVersion(w.Header(), out.VersionID)
	if out.DeleteMarker {
		w.Header().Set("x-amz-delete-marker", "true")
	}
	return done(w, http.StatusNoContent, err)
}

func deleteObjects(c call, w http.ResponseWriter) error {
	var document struct {
		XMLName xml.Name `xml:"Delete"`
		Quiet   bool
		Objects []struct {
			Key       string
			VersionID string `xml:"VersionId"`
			ETag      string

			LastModifiedTime, Size string // conditions that are not here
		} `xml:"Object"`
	}
	if err := readXML(c, &document); err != nil {
		return err
	}
	in := aws.DeleteObjectsInput{Bucket: c.bucket, Delete: aws.ObjectsToDelete{Quiet: document.Quiet}}
	for _, o := range document.Objects {
		if o.LastModifiedTime+o.Size != "" {
			return lacking("a condition of DeleteObjects")
		}
		in.Delete.Objects = append(in.Delete.Objects, aws.ObjectIdentifier{Key: o.Key, VersionID: o.VersionID, ETag: o.ETag})
	}
	out, err := c.s3.DeleteObjects(c.request.Context(), in)
	if err != nil {
		return err
	}
	answer := deletedXML{}
	for _, d := range out.Deleted {
		answer.Deleted = append(answer.Deleted, objectDeletedXML(d))
	}
	for _, e := range out.Errors {
		answer.Errors = append(answer.Errors, deleteErrorXML(e))
	}
	writeXML(w, http.StatusOK, answer)
	return nil
}

// deletedXML is the document of what became of objects.
type deletedXML struct {
	XMLName xml.Name           `xml:"http://s3.amazonaws.com/doc/2006-03-01/ DeleteResult"`
	Deleted []objectDeletedXML `xml:"Deleted"`
	Errors  []deleteErrorXML   `xml:"Error"`
}

type objectDeletedXML struct {
	Key                   string
	VersionID             string `xml:"VersionId,omitempty"`
	DeleteMarker          bool   `xml:",omitempty"`
	DeleteMarkerVersionID string `xml:"DeleteMarkerVersionId,omitempty"`
}

type deleteErrorXML struct {
	Key, Code, Message string
	VersionID          string `xml:"VersionId,omitempty"`
}
