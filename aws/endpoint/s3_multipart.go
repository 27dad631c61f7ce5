package endpoint

import (
	"encoding/xml"
	"net/http"
	"strconv"

	"awslab/aws"
)

func createUpload(c call, w http.ResponseWriter) error {
	if err := c.storable(); err != nil {
		return err
	}
	h := c.request.Header
	out, err := c.s3.CreateMultipartUpload(c.request.Context(), aws.CreateMultipartUploadInput{
		Bucket: c.bucket, Key: c.key, ObjectHeaders: c.kept(), StorageClass: c.amz("Storage-Class"), ServerSideEncryption: c.amz("Server-Side-Encryption"), ACL: c.amz("Acl"), Tagging: c.amz("Tagging"),
		ChecksumAlgorithm: h.Get("X-Amz-Checksum-Algorithm"), ChecksumType: h.Get("X-Amz-Checksum-Type"),
	})
	if err != nil {
		return err
	}
	tellEncryption(w.Header(), out.ServerSideEncryption)
	if out.ChecksumAlgorithm != "" {
		w.Header().Set("x-amz-checksum-algorithm", out.ChecksumAlgorithm)
		w.Header().Set("x-amz-checksum-type", out.ChecksumType)
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
	if c.request.Header.Get("X-Amz-Copy-Source") != "" {
		return copyPart(c, w, number)
	}
	body, length, err := c.body()
	if err != nil {
		return err
	}
	sums, trailed, err := c.promised()
	if err != nil {
		return err
	}
	out, err := c.s3.UploadPart(c.request.Context(), aws.UploadPartInput{
		Bucket: c.bucket, Key: c.key, UploadID: c.query.Get("uploadId"), PartNumber: number,
		Body: body, ContentLength: length, ContentMD5: c.request.Header.Get("Content-Md5"),
		ChecksumAlgorithm: trailed, Checksums: sums,
	})
	if err != nil {
		return err
	}
	w.Header().Set("ETag", out.ETag)
	tellChecksums(w.Header(), out.Checksums, "")
	tellEncryption(w.Header(), out.ServerSideEncryption)
	w.WriteHeader(http.StatusOK)
	return nil
}

func copyPart(c call, w http.ResponseWriter, number int) error {
	if err := c.unheeded(copying...); err != nil {
		return err
	}
	h := c.request.Header
	out, err := c.s3.UploadPartCopy(c.request.Context(), aws.UploadPartCopyInput{
		Bucket: c.bucket, Key: c.key, UploadID: c.query.Get("uploadId"), PartNumber: number,
		CopySource: h.Get("X-Amz-Copy-Source"), CopySourceRange: h.Get("X-Amz-Copy-Source-Range"),
		CopySourceIfMatch: h.Get(copyIf + "Match"), CopySourceIfNoneMatch: h.Get(copyIf + "None-Match"),
		CopySourceIfModifiedSince: headerTime(h, copyIf+"Modified-Since"), CopySourceIfUnmodifiedSince: headerTime(h, copyIf+"Unmodified-Since"),
	})
	if err != nil {
		return err
	}
	tellSource(w.Header(), out.CopySourceVersionID)
	tellEncryption(w.Header(), out.ServerSideEncryption)
	writeXML(w, http.StatusOK, struct {
		XMLName      xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ CopyPartResult"`
		LastModified string
		ETag         string
		checksumsXML
	}{
		LastModified: stamp(out.CopyPartResult.LastModified), ETag: out.CopyPartResult.ETag,
		checksumsXML: checksumsXML(out.CopyPartResult.Checksums),
	})
	return nil
}

func completeUpload(c call, w http.ResponseWriter) error {
	var document struct {
		XMLName xml.Name `xml:"CompleteMultipartUpload"`
		Parts   []struct {
			PartNumber int
			ETag       string
			checksumsXML
		} `xml:"Part"`
	}
	body, _, err := c.body()
	if err != nil {
		return err
	}
	text, err := readWhole(body)
	if err == nil {
		err = parseXML(text, &document)
	}
	if err != nil {
		return err
	}
	h := c.request.Header
	in := aws.CompleteMultipartUploadInput{
		Bucket: c.bucket, Key: c.key, UploadID: c.query.Get("uploadId"), IfMatch: h.Get("If-Match"), IfNoneMatch: h.Get("If-None-Match"), ChecksumType: h.Get("X-Amz-Checksum-Type"),
	}
	if in.Checksums, err = c.checksums(); err != nil { // of the whole object
		return err
	}
	if size, err := strconv.ParseInt(h.Get("X-Amz-Mp-Object-Size"), 10, 64); err == nil {
		in.MpuObjectSize = aws.Some(size)
	}
	for _, p := range document.Parts {
		in.MultipartUpload.Parts = append(in.MultipartUpload.Parts, aws.CompletedPart{PartNumber: p.PartNumber, ETag: p.ETag, Checksums: aws.Checksums(p.checksumsXML)})
	}
	out, err := c.s3.CompleteMultipartUpload(c.request.Context(), in)
	if err != nil {
		return err
	}
	tellVersion(w.Header(), out.VersionID)
	tellEncryption(w.Header(), out.ServerSideEncryption)
	writeXML(w, http.StatusOK, struct {
		XMLName  xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ CompleteMultipartUploadResult"`
		Location string
		Bucket   string
		Key      string
		ETag     string
		checksumsXML
		ChecksumType string `xml:",omitempty"`
	}{
		Location: out.Location, Bucket: out.Bucket, Key: out.Key, ETag: out.ETag,
		checksumsXML: checksumsXML(out.Checksums), ChecksumType: out.ChecksumType,
	})
	return nil
}

func abortUpload(c call, w http.ResponseWriter) error {
	if err := c.unheeded(deleting...); err != nil {
		return err
	}
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
		checksumsXML
	}
	document := struct {
		XMLName              xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListPartsResult"`
		Bucket, Key          string
		UploadID             string `xml:"UploadId"`
		Initiator            ownerXML
		Owner                ownerXML
		StorageClass         string
		PartNumberMarker     int
		NextPartNumberMarker int
		MaxParts             int
		IsTruncated          bool
		ChecksumAlgorithm    string    `xml:",omitempty"`
		ChecksumType         string    `xml:",omitempty"`
		Parts                []partXML `xml:"Part"`
	}{
		Bucket: out.Bucket, Key: out.Key, UploadID: out.UploadID, Initiator: ownerXML(out.Initiator), Owner: ownerXML(out.Owner),
		StorageClass: out.StorageClass, PartNumberMarker: out.PartNumberMarker, NextPartNumberMarker: out.NextPartNumberMarker,
		MaxParts: out.MaxParts, IsTruncated: out.IsTruncated, ChecksumAlgorithm: out.ChecksumAlgorithm, ChecksumType: out.ChecksumType,
	}
	for _, p := range out.Parts {
		document.Parts = append(document.Parts, partXML{p.PartNumber, stamp(p.LastModified), p.ETag, p.Size, checksumsXML(p.Checksums)})
	}
	writeXML(w, http.StatusOK, document)
	return nil
}

func listUploads(c call, w http.ResponseWriter) error {
	limit, err := c.limit("max-uploads")
	if err != nil {
		return err
	}
	out, err := c.s3.ListMultipartUploads(c.request.Context(), aws.ListMultipartUploadsInput{
		Bucket: c.bucket, Prefix: c.query.Get("prefix"), Delimiter: c.query.Get("delimiter"), KeyMarker: c.query.Get("key-marker"),
		UploadIDMarker: c.query.Get("upload-id-marker"), MaxUploads: limit,
	})
	if err != nil {
		return err
	}
	type uploadXML struct {
		Key          string
		UploadID     string `xml:"UploadId"`
		Initiator    ownerXML
		Owner        ownerXML
		StorageClass string
		Initiated    string

		ChecksumAlgorithm string `xml:",omitempty"`
		ChecksumType      string `xml:",omitempty"`
	}
	text := c.text
	document := struct {
		XMLName            xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListMultipartUploadsResult"`
		Bucket             string
		KeyMarker          string
		UploadIDMarker     string `xml:"UploadIdMarker"`
		NextKeyMarker      string
		NextUploadIDMarker string `xml:"NextUploadIdMarker"`
		Delimiter          string `xml:",omitempty"`
		Prefix             string `xml:",omitempty"`
		MaxUploads         int
		EncodingType       string `xml:",omitempty"`
		IsTruncated        bool
		Uploads            []uploadXML `xml:"Upload"`
		CommonPrefixes     []prefixXML
	}{
		Bucket: out.Bucket, KeyMarker: text(out.KeyMarker), UploadIDMarker: out.UploadIDMarker,
		NextKeyMarker: text(out.NextKeyMarker), NextUploadIDMarker: out.NextUploadIDMarker, Delimiter: text(out.Delimiter), Prefix: text(out.Prefix),
		MaxUploads: out.MaxUploads, EncodingType: c.query.Get("encoding-type"), IsTruncated: out.IsTruncated,
	}
	for _, u := range out.Uploads {
		document.Uploads = append(document.Uploads, uploadXML{
			text(u.Key), u.UploadID, ownerXML(u.Initiator), ownerXML(u.Owner), u.StorageClass, stamp(u.Initiated), u.ChecksumAlgorithm, u.ChecksumType,
		})
	}
	for _, p := range out.CommonPrefixes {
		document.CommonPrefixes = append(document.CommonPrefixes, prefixXML{text(p.Prefix)})
	}
	writeXML(w, http.StatusOK, document)
	return nil
}
