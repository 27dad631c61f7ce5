package endpoint

import (
	"encoding/xml"
	"net/http"

	"awslab/aws"
)

// tagXML is a tag of a request's document: one without a key or a value is no tag.
type tagXML struct{ Key, Value *string }

func tagsOf(list []tagXML) ([]aws.Tag, error) {
	var tags []aws.Tag
	for _, t := range list {
		if t.Key == nil || t.Value == nil {
			return nil, malformed
		}
		tags = append(tags, aws.Tag{Key: *t.Key, Value: *t.Value})
	}
	return tags, nil
}

func readTagging(c call) (out aws.Tagging, err error) {
	var document struct {
		XMLName xml.Name `xml:"Tagging"`
		TagSet  *struct {
			Tags []tagXML `xml:"Tag"`
		}
	}
	if err := readXML(c, &document); err != nil {
		return out, err
	}
	if document.TagSet == nil {
		return out, malformed
	}
	out.TagSet, err = tagsOf(document.TagSet.Tags)
	return out, err
}

// tagSetXML is tags in an answer's document: the list is there if it is empty too.
type tagSetXML struct {
	Tags []aws.Tag `xml:"Tag"`
}

func writeTagging(w http.ResponseWriter, tags []aws.Tag) {
	writeXML(w, http.StatusOK, struct {
		XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ Tagging"`
		TagSet  tagSetXML
	}{TagSet: tagSetXML{tags}})
}

func putBucketTagging(c call, w http.ResponseWriter) error {
	tagging, err := readTagging(c)
	if err == nil {
		_, err = c.s3.PutBucketTagging(c.request.Context(), aws.PutBucketTaggingInput{Bucket: c.bucket, Tagging: tagging})
	}
	return done(w, http.StatusNoContent, err)
}

func getBucketTagging(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetBucketTagging(c.request.Context(), aws.GetBucketTaggingInput{Bucket: c.bucket})
	if err == nil {
		writeTagging(w, out.TagSet)
	}
	return err
}

func deleteBucketTagging(c call, w http.ResponseWriter) error {
	_, err := c.s3.DeleteBucketTagging(c.request.Context(), aws.DeleteBucketTaggingInput{Bucket: c.bucket})
	return done(w, http.StatusNoContent, err)
}

func putObjectTagging(c call, w http.ResponseWriter) error {
	tagging, err := readTagging(c)
	if err != nil {
		return err
	}
	out, err := c.s3.PutObjectTagging(c.request.Context(), aws.PutObjectTaggingInput{
		Bucket: c.bucket, Key: c.key, VersionID: c.version(), Tagging: tagging,
	})
	tellVersion(w.Header(), out.VersionID)
	return done(w, http.StatusOK, err)
}

func getObjectTagging(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetObjectTagging(c.request.Context(), aws.GetObjectTaggingInput{Bucket: c.bucket, Key: c.key, VersionID: c.version()})
	if err != nil {
		return err
	}
	tellVersion(w.Header(), out.VersionID)
	writeTagging(w, out.TagSet)
	return nil
}

func deleteObjectTagging(c call, w http.ResponseWriter) error {
	out, err := c.s3.DeleteObjectTagging(c.request.Context(), aws.DeleteObjectTaggingInput{Bucket: c.bucket, Key: c.key, VersionID: c.version()})
	tellVersion(w.Header(), out.VersionID)
	return done(w, http.StatusNoContent, err)
}
