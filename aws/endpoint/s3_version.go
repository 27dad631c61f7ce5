package endpoint

import (
	"encoding/xml"
	"net/http"

	"awslab/aws"
)

// version is the version of an object that a request is about; "" for the latest.
func (c call) version() string { return c.query.Get("versionId") }

// tellVersion tells an object's version in an answer's headers, if it has one.
func tellVersion(h http.Header, version string) {
	if version != "" {
		h.Set("x-amz-version-id", version)
	}
}

// tellSource tells the version of what was copied, if it has one.
func tellSource(h http.Header, version string) {
	if version != "" {
		h.Set("x-amz-copy-source-version-id", version)
	}
}

func getVersioning(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetBucketVersioning(c.request.Context(), aws.GetBucketVersioningInput{Bucket: c.bucket})
	if err != nil {
		return err
	}
	writeXML(w, http.StatusOK, struct {
		XMLName   xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ VersioningConfiguration"`
		Status    string   `xml:",omitempty"`
		MFADelete string   `xml:"MfaDelete,omitempty"`
	}{Status: out.Status, MFADelete: out.MFADelete})
	return nil
}

func putVersioning(c call, w http.ResponseWriter) error {
	var document struct {
		XMLName   xml.Name `xml:"VersioningConfiguration"`
		Status    string
		MFADelete string `xml:"MfaDelete"`
	}
	if err := readXML(c, &document); err != nil {
		return err
	}
	if document.MFADelete == "Enabled" {
		return lacking("MfaDelete")
	}
	_, err := c.s3.PutBucketVersioning(c.request.Context(), aws.PutBucketVersioningInput{
		Bucket: c.bucket, VersioningConfiguration: aws.VersioningConfiguration{Status: document.Status},
	})
	return done(w, http.StatusOK, err)
}

type versionXML struct {
	Key               string
	VersionID         string `xml:"VersionId"`
	IsLatest          bool
	LastModified      string
	ETag              string
	ChecksumAlgorithm []string
	ChecksumType      string `xml:",omitempty"`
	Size              int64
	StorageClass      string
	Owner             *ownerXML
}

type markerXML struct {
	Key          string
	VersionID    string `xml:"VersionId"`
	IsLatest     bool
	LastModified string
	Owner        *ownerXML
}

// versionsXML is the document of a list of versions.
type versionsXML struct {
	XMLName             xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListVersionsResult"`
	Name                string
	Prefix              string
	KeyMarker           string
	VersionIDMarker     string `xml:"VersionIdMarker"`
	NextKeyMarker       string `xml:",omitempty"`
	NextVersionIDMarker string `xml:"NextVersionIdMarker,omitempty"`
	MaxKeys             int
	Delimiter           string `xml:",omitempty"`
	EncodingType        string `xml:",omitempty"`
	IsTruncated         bool
	Versions            []versionXML `xml:"Version"`
	DeleteMarkers       []markerXML  `xml:"DeleteMarker"`
	CommonPrefixes      []prefixXML
}

func listVersions(c call, w http.ResponseWriter) error {
	limit, err := c.limit("max-keys")
	if err != nil {
		return err
	}
	out, err := c.s3.ListObjectVersions(c.request.Context(), aws.ListObjectVersionsInput{
		Bucket: c.bucket, Prefix: c.query.Get("prefix"), Delimiter: c.query.Get("delimiter"),
		KeyMarker: c.query.Get("key-marker"), VersionIDMarker: c.query.Get("version-id-marker"), MaxKeys: limit,
	})
	if err != nil {
		return err
	}
	text := c.text
	document := versionsXML{
		Name: out.Name, Prefix: text(out.Prefix), Delimiter: text(out.Delimiter), EncodingType: c.query.Get("encoding-type"),
		KeyMarker: text(out.KeyMarker), VersionIDMarker: out.VersionIDMarker, MaxKeys: out.MaxKeys, IsTruncated: out.IsTruncated,
		NextKeyMarker: text(out.NextKeyMarker), NextVersionIDMarker: out.NextVersionIDMarker,
	}
	for _, v := range out.Versions {
		document.Versions = append(document.Versions, versionXML{
			text(v.Key), v.VersionID, v.IsLatest, stamp(v.LastModified), v.ETag, v.ChecksumAlgorithm, v.ChecksumType, v.Size, v.StorageClass, ownerOf(v.Owner),
		})
	}
	for _, m := range out.DeleteMarkers {
		document.DeleteMarkers = append(document.DeleteMarkers, markerXML{text(m.Key), m.VersionID, m.IsLatest, stamp(m.LastModified), ownerOf(m.Owner)})
	}
	for _, p := range out.CommonPrefixes {
		document.CommonPrefixes = append(document.CommonPrefixes, prefixXML{text(p.Prefix)})
	}
	writeXML(w, http.StatusOK, document)
	return nil
}

// ownerOf is an owner as documents have it; nil for none.
func ownerOf(owner *aws.Owner) *ownerXML {
	if owner == nil {
		return nil
	}
	return &ownerXML{owner.ID, owner.DisplayName}
}
