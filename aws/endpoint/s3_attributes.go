package endpoint

import (
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"

	"awslab/aws"
)

type objectChecksumXML struct {
	checksumsXML
	ChecksumType string
}

type objectPartXML struct {
	PartNumber int
	Size       int64
	checksumsXML
}

type objectPartsXML struct {
	PartsCount           int
	PartNumberMarker     *int
	NextPartNumberMarker *int
	MaxParts             *int
	IsTruncated          *bool
	Parts                []objectPartXML `xml:"Part"`
}

// attributesXML is the document of an object's attributes.
type attributesXML struct {
	XMLName      xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ GetObjectAttributesResponse"`
	ETag         string   `xml:",omitempty"`
	Checksum     *objectChecksumXML
	ObjectParts  *objectPartsXML
	StorageClass string `xml:",omitempty"`
	ObjectSize   *int64
}

// headerNumber reads a whole number of the headers, if it is there.
func (c call) headerNumber(name string) (aws.Option[int], error) {
	text := c.request.Header.Get(name)
	if text == "" {
		return aws.Option[int]{}, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return aws.Option[int]{}, fault(http.StatusBadRequest, "InvalidArgument", "Provided "+name+" not an integer or within integer range")
	}
	return aws.Some(n), nil
}

func getAttributes(c call, w http.ResponseWriter) error {
	in := aws.GetObjectAttributesInput{Bucket: c.bucket, Key: c.key, VersionID: c.version()}
	for name := range strings.SplitSeq(strings.Join(c.request.Header.Values("X-Amz-Object-Attributes"), ","), ",") {
		if name = strings.TrimSpace(name); name != "" {
			in.ObjectAttributes = append(in.ObjectAttributes, name)
		}
	}
	var err error
	if in.MaxParts, err = c.headerNumber("x-amz-max-parts"); err != nil {
		return err
	}
	marker, err := c.headerNumber("x-amz-part-number-marker")
	if err != nil {
		return err
	}
	in.PartNumberMarker = marker.Or(0)
	out, err := c.s3.GetObjectAttributes(c.request.Context(), in)
	if err != nil {
		return err
	}
	w.Header().Set("Last-Modified", out.LastModified.UTC().Format(http.TimeFormat))
	tellVersion(w.Header(), out.VersionID)
	document := attributesXML{ETag: out.ETag, StorageClass: out.StorageClass, ObjectParts: objectPartsOf(out.ObjectParts)}
	if out.Checksum != nil {
		document.Checksum = &objectChecksumXML{checksumsXML(out.Checksum.Checksums), out.Checksum.ChecksumType}
	}
	if size, given := out.ObjectSize.Get(); given {
		document.ObjectSize = &size
	}
	writeXML(w, http.StatusOK, document)
	return nil
}

// objectPartsOf is an object's parts as the document has them: how they are paged is
// told only where they are listed.
func objectPartsOf(parts *aws.ObjectParts) *objectPartsXML {
	if parts == nil {
		return nil
	}
	out := &objectPartsXML{PartsCount: parts.TotalPartsCount}
	if parts.MaxParts == 0 {
		return out
	}
	out.PartNumberMarker, out.NextPartNumberMarker = &parts.PartNumberMarker, &parts.NextPartNumberMarker
	out.MaxParts, out.IsTruncated = &parts.MaxParts, &parts.IsTruncated
	for _, p := range parts.Parts {
		out.Parts = append(out.Parts, objectPartXML{p.PartNumber, p.Size, checksumsXML(p.Checksums)})
	}
	return out
}
