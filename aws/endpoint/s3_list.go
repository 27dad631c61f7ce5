package endpoint

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"awslab/aws"
)

// number reads a whole number of the query, if it is there.
func (c call) number(name string) (aws.Option[int], error) {
	if !c.query.Has(name) {
		return aws.Option[int]{}, nil
	}
	n, err := strconv.Atoi(c.query.Get(name))
	if err != nil {
		return aws.Option[int]{}, fault(http.StatusBadRequest, "InvalidArgument", "Provided "+name+" not an integer or within integer range")
	}
	return aws.Some(n), nil
}

// textEncoder encodes the names of a listing as the client asked: control
// characters have no place in XML.
func (c call) textEncoder() func(string) string {
	if c.query.Get("encoding-type") != "url" {
		return func(s string) string { return s }
	}
	return func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(url.QueryEscape(s), "+", "%20"), "%2F", "/")
	}
}

type objectXML struct {
	Key          string
	LastModified string
	ETag         string
	Size         int64
	StorageClass string
	Owner        *ownerXML

	ChecksumAlgorithm []string
	ChecksumType      string `xml:",omitempty"`
}

type prefixXML struct{ Prefix string }

// listingXML is the document of both listings; each uses what it has.
type listingXML struct {
	XMLName               xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListBucketResult"`
	Name                  string
	Prefix                string
	Marker                *string
	NextMarker            string `xml:",omitempty"`
	StartAfter            string `xml:",omitempty"`
	Delimiter             string `xml:",omitempty"`
	EncodingType          string `xml:",omitempty"`
	MaxKeys               int
	KeyCount              *int
	IsTruncated           bool
	ContinuationToken     string `xml:",omitempty"`
	NextContinuationToken string `xml:",omitempty"`
	Contents              []objectXML
	CommonPrefixes        []prefixXML
}

func listObjects(c call, w http.ResponseWriter) error {
	out, document, err := c.listing(aws.ListObjectsV2Input{
		ContinuationToken: c.query.Get("continuation-token"), StartAfter: c.query.Get("start-after"),
		FetchOwner: c.query.Get("fetch-owner") == "true",
	})
	if err != nil {
		return err
	}
	document.KeyCount = &out.KeyCount
	document.StartAfter = c.textEncoder()(out.StartAfter)
	document.ContinuationToken, document.NextContinuationToken = out.ContinuationToken, out.NextContinuationToken
	writeXML(w, http.StatusOK, document)
	return nil
}

// listObjectsV1 is the older listing, which goes on from a key.
func listObjectsV1(c call, w http.ResponseWriter) error {
	marker := c.query.Get("marker")
	out, document, err := c.listing(aws.ListObjectsV2Input{StartAfter: marker, FetchOwner: true})
	if err != nil {
		return err
	}
	document.Marker = &marker
	if out.IsTruncated && out.Delimiter != "" {
		document.NextMarker = c.textEncoder()(lastOf(out))
	}
	writeXML(w, http.StatusOK, document)
	return nil
}

// lastOf is the last key or common prefix of a page.
func lastOf(out aws.ListObjectsV2Output) string {
	last := ""
	if n := len(out.Contents); n > 0 {
		last = out.Contents[n-1].Key
	}
	if n := len(out.CommonPrefixes); n > 0 {
		last = max(last, out.CommonPrefixes[n-1].Prefix)
	}
	return last
}

func (c call) listing(in aws.ListObjectsV2Input) (aws.ListObjectsV2Output, listingXML, error) {
	limit, err := c.number("max-keys")
	if err != nil {
		return aws.ListObjectsV2Output{}, listingXML{}, err
	}
	in.Bucket, in.Prefix, in.Delimiter, in.MaxKeys = c.bucket, c.query.Get("prefix"), c.query.Get("delimiter"), limit
	out, err := c.s3.ListObjectsV2(c.request.Context(), in)
	if err != nil {
		return out, listingXML{}, err
	}
	text := c.textEncoder()
	document := listingXML{
		Name: out.Name, Prefix: text(out.Prefix), Delimiter: text(out.Delimiter), EncodingType: c.query.Get("encoding-type"),
		MaxKeys: out.MaxKeys, IsTruncated: out.IsTruncated,
	}
	for _, o := range out.Contents {
		document.Contents = append(document.Contents, objectXML{
			text(o.Key), stamp(o.LastModified), o.ETag, o.Size, o.StorageClass, ownerOf(o.Owner), o.ChecksumAlgorithm, o.ChecksumType,
		})
	}
	for _, p := range out.CommonPrefixes {
		document.CommonPrefixes = append(document.CommonPrefixes, prefixXML{text(p.Prefix)})
	}
	return out, document, nil
}
