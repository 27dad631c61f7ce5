package endpoint

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"awslab/aws"
)

// wrongArgument refuses a member of the query; what else is told of it follows its
// name.
func wrongArgument(message, name string, also ...aws.ErrorDetail) error {
	err := fault(http.StatusBadRequest, "InvalidArgument", message)
	err.Details = append(details{{Name: "ArgumentName", Value: name}}, also...)
	return err
}

func (c call) wrongValue(message, name string) error {
	return wrongArgument(message, name, aws.ErrorDetail{Name: "ArgumentValue", Value: c.query.Get(name)})
}

// number reads a whole number of the query, if there is one.
func (c call) number(name string) (aws.Option[int], error) {
	text := c.query.Get(name)
	if text == "" {
		return aws.Option[int]{}, nil
	}
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		return aws.Option[int]{}, c.wrongValue("Provided "+name+" not an integer or within integer range", name)
	}
	return aws.Some(int(n)), nil
}

// limit reads how many a page of a listing may hold, and sees that the way to encode
// names is one that there is.
func (c call) limit(name string) (aws.Option[int], error) {
	if kind := "encoding-type"; c.query.Has(kind) && !strings.EqualFold(c.query.Get(kind), "url") {
		return aws.Option[int]{}, c.wrongValue("Invalid Encoding Method specified in Request", kind)
	}
	return c.number(name)
}

// text is a name of a listing as the client asked for it: control characters have no
// place in XML.
func (c call) text(name string) string {
	if c.query.Get("encoding-type") == "" {
		return name
	}
	return asInForms.Replace(url.QueryEscape(name))
}

// asInForms makes of Go's form of a query S3's, which is that of HTML's forms, but for
// slashes.
var asInForms = strings.NewReplacer("%2F", "/", "%2A", "*", "~", "%7E")

// row writes an object of a listing. A page has up to 1,000 of them, for each of which
// encoding/xml would take as long as the sandbox does to find it.
func row(out *bytes.Buffer, text func(string) string, o aws.Object) {
	out.WriteString("<Contents>")
	element(out, "Key", text(o.Key))
	element(out, "LastModified", stamp(o.LastModified))
	element(out, "ETag", o.ETag)
	element(out, "Size", strconv.FormatInt(o.Size, 10))
	element(out, "StorageClass", o.StorageClass)
	if o.Owner != nil {
		out.WriteString("<Owner>")
		element(out, "ID", o.Owner.ID)
		if o.Owner.DisplayName != "" {
			element(out, "DisplayName", o.Owner.DisplayName)
		}
		out.WriteString("</Owner>")
	}
	for _, algorithm := range o.ChecksumAlgorithm {
		element(out, "ChecksumAlgorithm", algorithm)
	}
	if o.ChecksumType != "" {
		element(out, "ChecksumType", o.ChecksumType)
	}
	out.WriteString("</Contents>")
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
	Contents              []byte `xml:",innerxml"`
	CommonPrefixes        []prefixXML
}

// notV1 and notV2 are what each listing has not, in the words in which it says so.
var (
	notV1 = [][2]string{
		{"continuation-token", "continuation-token only supported in REST.GET.BUCKET with list-type=2"},
		{"start-after", "startAfter only supported in REST.GET.BUCKET with list-type=2"},
	}
	notV2 = [][2]string{{"marker", "Marker unsupported with REST.GET.BUCKET in list-type=2"}}
)

func (c call) without(members [][2]string) error {
	for _, m := range members {
		if c.query.Has(m[0]) {
			return wrongArgument(m[1], m[0])
		}
	}
	return nil
}

// listObjects is the newer listing. Types of lists that there are not are the older.
func listObjects(c call, w http.ResponseWriter) error {
	if c.query.Get("list-type") != "2" {
		return listObjectsV1(c, w)
	}
	if err := c.without(notV2); err != nil {
		return err
	}
	if token := "continuation-token"; c.query.Has(token) && c.query.Get(token) == "" {
		return wrongArgument("The continuation token provided is incorrect", token)
	}
	out, document, err := c.listing(aws.ListObjectsV2Input{
		ContinuationToken: c.query.Get("continuation-token"), StartAfter: c.query.Get("start-after"),
		FetchOwner: c.query.Get("fetch-owner") == "true",
	})
	if err != nil {
		return err
	}
	document.KeyCount = &out.KeyCount
	document.StartAfter = c.text(out.StartAfter)
	document.ContinuationToken, document.NextContinuationToken = out.ContinuationToken, out.NextContinuationToken
	writeXML(w, http.StatusOK, document)
	return nil
}

// listObjectsV1 is the older listing, which goes on from a key.
func listObjectsV1(c call, w http.ResponseWriter) error {
	if err := c.without(notV1); err != nil {
		return err
	}
	marker := c.query.Get("marker")
	out, document, err := c.listing(aws.ListObjectsV2Input{StartAfter: marker, FetchOwner: true})
	if err != nil {
		return err
	}
	marker = c.text(marker)
	document.Marker = &marker
	if out.IsTruncated && out.Delimiter != "" {
		document.NextMarker = c.text(lastOf(out))
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
	limit, err := c.limit("max-keys")
	if err != nil {
		return aws.ListObjectsV2Output{}, listingXML{}, err
	}
	in.Bucket, in.Prefix, in.Delimiter, in.MaxKeys = c.bucket, c.query.Get("prefix"), c.query.Get("delimiter"), limit
	out, err := c.s3.ListObjectsV2(c.request.Context(), in)
	if err != nil {
		return out, listingXML{}, err
	}
	text := c.text
	document := listingXML{
		Name: out.Name, Prefix: text(out.Prefix), Delimiter: text(out.Delimiter), EncodingType: c.query.Get("encoding-type"),
		MaxKeys: out.MaxKeys, IsTruncated: out.IsTruncated,
	}
	var rows bytes.Buffer
	rows.Grow(len(out.Contents) * 320) // about what a row takes
	for _, o := range out.Contents {
		row(&rows, text, o)
	}
	document.Contents = rows.Bytes()
	for _, p := range out.CommonPrefixes {
		document.CommonPrefixes = append(document.CommonPrefixes, prefixXML{text(p.Prefix)})
	}
	return out, document, nil
}
