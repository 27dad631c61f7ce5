package endpoint

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"time"

	"awslab/aws"
)

// namespace is of all S3 documents.
const namespace = "http://s3.amazonaws.com/doc/2006-03-01/"

// maxDocument bounds a request's document, in bytes: 1,000 keys of 1 KB fit.
const maxDocument = 4 << 20

// stamp is a time as S3's documents write it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// readXML reads a request's document.
func readXML(c call, document any) error {
	body, err := readDocument(c)
	if err != nil {
		return err
	}
	return parseXML(body, document)
}

// malformed is what S3 says of a document that it cannot read.
var malformed = fault(http.StatusBadRequest, "MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")

func parseXML(body []byte, document any) error {
	if xml.Unmarshal(body, document) != nil {
		return malformed
	}
	return nil
}

// readDocument reads a request's document, and verifies it by the checksums of the
// headers.
func readDocument(c call) ([]byte, error) {
	body, _, err := c.body()
	if err == nil {
		body, err = c.verified(body)
	}
	if err != nil {
		return nil, err
	}
	return readWhole(body)
}

func readWhole(body io.Reader) ([]byte, error) {
	document, err := io.ReadAll(io.LimitReader(body, maxDocument+1))
	if err != nil {
		var failed *aws.Error
		if errors.As(err, &failed) {
			return nil, failed
		}
		return nil, fault(http.StatusBadRequest, "IncompleteBody", "The request body terminated unexpectedly")
	}
	if len(document) > maxDocument {
		return nil, fault(http.StatusBadRequest, "MaxMessageLengthExceeded", "Your request was too big.")
	}
	return document, nil
}

type ownerXML struct {
	ID          string
	DisplayName string `xml:",omitempty"`
}

type bucketXML struct {
	Name         string
	CreationDate string
	BucketRegion string `xml:",omitempty"`
	BucketArn    string `xml:",omitempty"`
}

func listBuckets(c call, w http.ResponseWriter) error {
	limit, err := c.number("max-buckets")
	if err != nil {
		return err
	}
	out, err := c.s3.ListBuckets(c.request.Context(), aws.ListBucketsInput{
		Prefix: c.query.Get("prefix"), BucketRegion: c.query.Get("bucket-region"), MaxBuckets: limit, ContinuationToken: c.query.Get("continuation-token"),
	})
	if err != nil {
		return err
	}
	document := struct {
		XMLName           xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ListAllMyBucketsResult"`
		Owner             ownerXML
		Buckets           []bucketXML `xml:"Buckets>Bucket"`
		ContinuationToken string      `xml:",omitempty"`
	}{Owner: ownerXML(out.Owner), ContinuationToken: out.ContinuationToken}
	for _, b := range out.Buckets {
		document.Buckets = append(document.Buckets, bucketXML{b.Name, stamp(b.CreationDate), b.BucketRegion, b.BucketArn})
	}
	writeXML(w, http.StatusOK, document)
	return nil
}

func createBucket(c call, w http.ResponseWriter) error {
	if err := c.creatable(); err != nil {
		return err
	}
	in := aws.CreateBucketInput{Bucket: c.bucket, ACL: c.amz("Acl"), ObjectOwnership: c.amz("Object-Ownership")}
	document, err := readDocument(c)
	if err != nil {
		return err
	}
	if len(document) > 0 {
		var configuration struct {
			XMLName            xml.Name `xml:"CreateBucketConfiguration"`
			LocationConstraint string
			Tags               []tagXML `xml:"Tags>Tag"`
		}
		if err := parseXML(document, &configuration); err != nil {
			return err
		}
		tags, err := tagsOf(configuration.Tags)
		if err != nil {
			return err
		}
		in.CreateBucketConfiguration = &aws.CreateBucketConfiguration{LocationConstraint: configuration.LocationConstraint, Tags: tags}
	}
	out, err := c.s3.CreateBucket(c.request.Context(), in)
	if err != nil {
		return err
	}
	w.Header().Set("Location", out.Location)
	w.Header().Set("x-amz-bucket-arn", out.BucketArn)
	w.WriteHeader(http.StatusOK)
	return nil
}

func headBucket(c call, w http.ResponseWriter) error {
	out, err := c.s3.HeadBucket(c.request.Context(), aws.HeadBucketInput{Bucket: c.bucket})
	if err != nil {
		return err
	}
	w.Header().Set("x-amz-bucket-region", out.BucketRegion)
	w.Header().Set("x-amz-bucket-arn", out.BucketArn)
	w.WriteHeader(http.StatusOK)
	return nil
}

func deleteBucket(c call, w http.ResponseWriter) error {
	_, err := c.s3.DeleteBucket(c.request.Context(), aws.DeleteBucketInput{Bucket: c.bucket})
	return done(w, http.StatusNoContent, err)
}

// done answers without a body, unless there is an error to tell.
func done(w http.ResponseWriter, status int, err error) error {
	if err == nil {
		w.WriteHeader(status)
	}
	return err
}

func getLocation(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetBucketLocation(c.request.Context(), aws.GetBucketLocationInput{Bucket: c.bucket})
	if err != nil {
		return err
	}
	writeXML(w, http.StatusOK, struct {
		XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ LocationConstraint"`
		Region  string   `xml:",chardata"`
	}{Region: out.LocationConstraint})
	return nil
}

func getPolicy(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetBucketPolicy(c.request.Context(), aws.GetBucketPolicyInput{Bucket: c.bucket})
	if err != nil {
		return err
	}
	writeDocument(w, http.StatusOK, "application/json", []byte(out.Policy))
	return nil
}

func putPolicy(c call, w http.ResponseWriter) error {
	policy, err := readDocument(c)
	if err != nil {
		return err
	}
	_, err = c.s3.PutBucketPolicy(c.request.Context(), aws.PutBucketPolicyInput{Bucket: c.bucket, Policy: string(policy)})
	return done(w, http.StatusNoContent, err)
}

func deletePolicy(c call, w http.ResponseWriter) error {
	_, err := c.s3.DeleteBucketPolicy(c.request.Context(), aws.DeleteBucketPolicyInput{Bucket: c.bucket})
	return done(w, http.StatusNoContent, err)
}
