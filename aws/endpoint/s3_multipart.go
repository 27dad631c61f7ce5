package endpoint

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
)

func createUpload(c call, w http.ResponseWriter) error {
	h := c.request.Header
	out, err := c.s3.CreateMultipartUpload(c.request.Context(), aws.CreateMultipartUploadInput{
		Bucket: c.bucket, Key: c.key, ContentType: h.Get("Content-Type"), Metadata: metadata(h),
		CacheControl: h.Get("Cache-Control"), ContentDisposition: h.Get("Content-Disposition"),
		ContentEncoding: encoding(h), ContentLanguage: h.Get("Content-Language"),
	})
	if err != nil {
		return err
	}
	writeXML(w, http.StatusOK, struct {
		XMLName  xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ InitiateMultipartUploadResult"`
		Bucket   string
		Key      string
		UploadID string `xml:"UploadId"`
	}{Bucket: out.Bucket, Key: out.Key, UploadID: out.UploadID})
	return nil
}

func uploadPart(c call, w http.ResponseWriter) error {
	number, err := strconv.Atoi(c.query.Get("partNumber"))
	if err != nil {
		return fault(http.StatusBadRequest, "InvalidArgument", "Part number must be an integer between 1 and 10000, inclusive")
	}
	if source := c.request.Header.Get("X-Amz-Copy-Source"); source != "" {
		return copyPart(c, w, number, source)
	}
	body, length, err := c.body()
	if err != nil {
		return err
	}
	out, err := c.s3.UploadPart(c.request.Context(), aws.UploadPartInput{
		Bucket: c.bucket, Key: c.key, UploadID: c.query.Get("uploadId"), PartNumber: number,
		Body: body, ContentLength: length, ContentMD5: c.request.Header.Get("Content-Md5"),
	})
	if err != nil {
		return err
	}
	w.Header().Set("ETag", out.ETag)
	w.WriteHeader(http.StatusOK)
	return nil
}

// copyPart makes a part of what is in another object, or of a span of it. There is
// no operation for it: the object is read and the part uploaded.
func copyPart(c call, w http.ResponseWriter, number int, source string) error {
	h := c.request.Header
	bucket, key, found := strings.Cut(strings.TrimPrefix(source, "/"), "/")
	key, err := url.PathUnescape(key)
	if !found || err != nil {
		return fault(http.StatusBadRequest, "InvalidArgument", "Copy Source must mention the source bucket and key: sourcebucket/sourcekey")
	}
	from, err := c.s3.GetObject(c.request.Context(), aws.GetObjectInput{
		Bucket: bucket, Key: key, Range: h.Get("X-Amz-Copy-Source-Range"),
		IfMatch: h.Get("X-Amz-Copy-Source-If-Match"), IfNoneMatch: h.Get("X-Amz-Copy-Source-If-None-Match"),
	})
	if err != nil {
		return err
	}
	out, err := c.s3.UploadPart(c.request.Context(), aws.UploadPartInput{
		Bucket: c.bucket, Key: c.key, UploadID: c.query.Get("uploadId"), PartNumber: number,
		Body: from.Body, ContentLength: aws.Some(from.ContentLength),
	})
	if closed := from.Body.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	writeXML(w, http.StatusOK, struct {
		XMLName      xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ CopyPartResult"`
		LastModified string
		ETag         string
	}{LastModified: stamp(time.Now()), ETag: out.ETag})
	return nil
}

func completeUpload(c call, w http.ResponseWriter) error {
	var document struct {
		XMLName xml.Name `xml:"CompleteMultipartUpload"`
		Parts   []struct {
			PartNumber int
			ETag       string
		} `xml:"Part"`
	}
	if err := readXML(c, &document); err != nil {
		return err
	}
	in := aws.CompleteMultipartUploadInput{
		Bucket: c.bucket, Key: c.key, UploadID: c.query.Get("uploadId"), IfNoneMatch: c.request.Header.Get("If-None-Match"),
	}
	for _, p := range document.Parts {
		in.MultipartUpload.Parts = append(in.MultipartUpload.Parts, aws.CompletedPart{PartNumber: p.PartNumber, ETag: p.ETag})
	}
	out, err := c.s3.CompleteMultipartUpload(c.request.Context(), in)
	if err != nil {
		return err
	}
	writeXML(w, http.StatusOK, struct {
		XMLName  xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ CompleteMultipartUploadResult"`
		Location string
		Bucket   string
		Key      string
		ETag     string
	}{Location: out.Location, Bucket: out.Bucket, Key: out.Key, ETag: out.ETag})
	return nil
}

func abortUpload(c call, w http.ResponseWriter) error {
	_, err := c.s3.AbortMultipartUpload(c.request.Context(), aws.AbortMultipartUploadInput{
		Bucket: c.bucket, Key: c.key, UploadID: c.query.Get("uploadId"),
	})
	return done(w, http.StatusNoContent, err)
}

func listParts(c call, w http.ResponseWriter) error {
	limit, err := c.number("max-parts")
	if err != nil {
		return err
	}
	marker, err := c.number("part-number-marker")
	if err != nil {
		return err
	}
	out, err := c.s3.ListParts(c.request.Context(), aws.ListPartsInput{
		Bucket: c.bucket, Key: c.key, UploadID: c.query.Get("uploadId"), MaxParts: limit, PartNumberMarker: marker.Or(0),
	})
	if err != nil {
		return err
	}
	type partXML struct {
		PartNumber   int
		LastModified string
		ETag         string
		Size         int64
	}
	document := struct {
		XMLName              xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListPartsResult"`
		Bucket, Key          string
		UploadID             string `xml:"UploadId"`
		PartNumberMarker     int
		NextPartNumberMarker int
		MaxParts             int
		IsTruncated          bool
		Parts                []partXML `xml:"Part"`
	}{
		Bucket: out.Bucket, Key: out.Key, UploadID: out.UploadID, PartNumberMarker: out.PartNumberMarker,
		NextPartNumberMarker: out.NextPartNumberMarker, MaxParts: out.MaxParts, IsTruncated: out.IsTruncated,
	}
	for _, p := range out.Parts {
		document.Parts = append(document.Parts, partXML{p.PartNumber, stamp(p.LastModified), p.ETag, p.Size})
	}
	writeXML(w, http.StatusOK, document)
	return nil
}

func listUploads(c call, w http.ResponseWriter) error {
	limit, err := c.number("max-uploads")
	if err != nil {
		return err
	}
	out, err := c.s3.ListMultipartUploads(c.request.Context(), aws.ListMultipartUploadsInput{
		Bucket: c.bucket, Prefix: c.query.Get("prefix"), KeyMarker: c.query.Get("key-marker"),
		UploadIDMarker: c.query.Get("upload-id-marker"), MaxUploads: limit,
	})
	if err != nil {
		return err
	}
	type uploadXML struct {
		Key       string
		UploadID  string `xml:"UploadId"`
		Initiated string
	}
	text := c.textEncoder()
	document := struct {
		XMLName            xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListMultipartUploadsResult"`
		Bucket             string
		Prefix             string
		KeyMarker          string
		UploadIDMarker     string `xml:"UploadIdMarker"`
		NextKeyMarker      string `xml:",omitempty"`
		NextUploadIDMarker string `xml:"NextUploadIdMarker,omitempty"`
		MaxUploads         int
		IsTruncated        bool
		EncodingType       string      `xml:",omitempty"`
		Uploads            []uploadXML `xml:"Upload"`
	}{
		Bucket: out.Bucket, Prefix: text(out.Prefix), KeyMarker: text(out.KeyMarker), UploadIDMarker: out.UploadIDMarker,
		NextKeyMarker: text(out.NextKeyMarker), NextUploadIDMarker: out.NextUploadIDMarker,
		MaxUploads: out.MaxUploads, IsTruncated: out.IsTruncated, EncodingType: c.query.Get("encoding-type"),
	}
	for _, u := range out.Uploads {
		document.Uploads = append(document.Uploads, uploadXML{text(u.Key), u.UploadID, stamp(u.Initiated)})
	}
	writeXML(w, http.StatusOK, document)
	return nil
}
