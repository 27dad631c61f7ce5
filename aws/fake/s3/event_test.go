package s3

import (
	"context"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/chain"
)

const functionName = "arn:aws:lambda:us-west-2:000000000000:function:"

// notify sets the notifications of a bucket.
func (s *sandbox) notify(t *testing.T, bucket string, list ...aws.LambdaFunctionConfiguration) {
	t.Helper()
	must(t, s.PutBucketNotificationConfiguration, aws.PutBucketNotificationConfigurationInput{Bucket: bucket,
		NotificationConfiguration: aws.NotificationConfiguration{LambdaFunctionConfigurations: list}})
}

func configuration(id, function string, event aws.EventType, rules ...aws.FilterRule) aws.LambdaFunctionConfiguration {
	return aws.LambdaFunctionConfiguration{ID: id, LambdaFunctionArn: functionName + function, Events: []aws.EventType{event},
		Filter: &aws.NotificationFilter{Key: aws.KeyFilter{FilterRules: rules}}}
}

// created is an event record as AWS writes it, but for what is random.
const created = `{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-west-2","eventTime":"2026-11-22T13:43:15.484Z",` +
	`"eventName":"ObjectCreated:Put","userIdentity":{"principalId":"AWS:AIDALEARNERSANDBOX000"},"requestParameters":{"sourceIPAddress":"127.0.0.1"},` +
	`"responseElements":{"x-amz-request-id":"ID","x-amz-id-2":"HOST"},"s3":{"s3SchemaVersion":"1.0","configurationId":"all",` +
	`"bucket":{"name":"image-abcdef","ownerIdentity":{"principalId":"OWNER"},"arn":"arn:aws:s3:::image-abcdef"},` +
	`"object":{"key":"a/Happy+Face%40%2B%C3%A9.jpg","size":7,"eTag":"9a0364b9e99bb480dd25e1f0284c8555","sequencer":"SEQUENCER"}}}]}`

// removed is what the record of a removed object has at its end.
const removed = `"object":{"key":"a/Happy+Face%40%2B%C3%A9.jpg","sequencer":"SEQUENCER"}}}]}`

// blanked replaces what is random in an event record.
func blanked(payload string) string {
	for _, c := range []struct{ pattern, blank string }{
		{`"x-amz-request-id":"[0-9A-V]{16}"`, `"x-amz-request-id":"ID"`},
		{`"x-amz-id-2":"[A-Za-z0-9+/]{75}="`, `"x-amz-id-2":"HOST"`},
		{`"principalId":"A[0-9A-F]{13}"`, `"principalId":"OWNER"`},
		{`"sequencer":"00[0-9A-F]{16}"`, `"sequencer":"SEQUENCER"`},
	} {
		payload = regexp.MustCompile(c.pattern).ReplaceAllLiteralString(payload, c.blank)
	}
	return payload
}

func TestEventRecord(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	s.notify(t, "image-abcdef", configuration("all", "f", aws.EventObjectCreated), configuration("gone", "g", aws.EventObjectRemovedDelete))
	const key = "a/Happy Face@+é.jpg"
	s.put(t, "image-abcdef", key, "content")
	if got := s.queue(t, functionName+"f"); len(got) != 1 || blanked(got[0]) != created {
		t.Errorf("record is\n%s\nwant\n%s", got, created)
	}
	for range 2 { // the second time, there is nothing to remove
		must(t, s.DeleteObject, aws.DeleteObjectInput{Bucket: "image-abcdef", Key: key})
	}
	if got := s.queue(t, functionName+"g"); len(got) != 1 || !strings.HasSuffix(blanked(got[0]), removed) || !strings.Contains(got[0], `"ObjectRemoved:Delete"`) {
		t.Errorf("record is\n%s\nwant one that ends\n%s", got, removed)
	}
	if s.functions.awake != 2 {
		t.Errorf("Lambda was woken %d times, want 2", s.functions.awake)
	}
}

// eventNames are the names of the events enqueued for a function, with their keys.
func (s *sandbox) eventNames(t *testing.T, function string) (names []string) {
	t.Helper()
	for _, payload := range s.queue(t, functionName+function) {
		var e eventRecords
		if err := json.Unmarshal([]byte(payload), &e); err != nil {
			t.Fatal(err)
		}
		for _, r := range e.Records {
			names = append(names, r.EventName+" "+r.S3.Object.Key)
		}
	}
	slices.Sort(names)
	return names
}

func TestEventsByConfiguration(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	s.put(t, "image-abcdef", "before.jpg", "no event is made up for it")
	s.notify(t, "image-abcdef",
		configuration("1", "pictures", aws.EventObjectCreated, aws.FilterRule{Name: "prefix", Value: "in/"}, aws.FilterRule{Name: "suffix", Value: ".jpg"}),
		configuration("2", "pictures", aws.EventObjectCreatedCopy, aws.FilterRule{Name: "suffix", Value: ".png"}),
		configuration("3", "removed", aws.EventObjectRemoved))
	for _, key := range []string{"in/a.jpg", "in/a.png", "out/a.jpg", "in/.jpg"} {
		s.put(t, "image-abcdef", key, "content")
	}
	for _, key := range []string{"in/b.jpg", "c.png"} {
		must(t, s.CopyObject, aws.CopyObjectInput{Bucket: "image-abcdef", Key: key, CopySource: "image-abcdef/in/a.jpg"})
	}
	id := must(t, s.CreateMultipartUpload, aws.CreateMultipartUploadInput{Bucket: "image-abcdef", Key: "in/big.jpg"}).UploadID
	part := must(t, s.UploadPart, aws.UploadPartInput{Bucket: "image-abcdef", Key: "in/big.jpg", UploadID: id, PartNumber: 1, Body: strings.NewReader("big")})
	must(t, s.CompleteMultipartUpload, aws.CompleteMultipartUploadInput{Bucket: "image-abcdef", Key: "in/big.jpg", UploadID: id,
		MultipartUpload: aws.CompletedMultipartUpload{Parts: []aws.CompletedPart{{PartNumber: 1, ETag: part.ETag}}}})
	want := []string{"ObjectCreated:CompleteMultipartUpload in/big.jpg", "ObjectCreated:Copy c.png", "ObjectCreated:Copy in/b.jpg",
		"ObjectCreated:Put in/.jpg", "ObjectCreated:Put in/a.jpg"}
	if got := s.eventNames(t, "pictures"); !slices.Equal(got, want) {
		t.Errorf("events are %q, want %q", got, want)
	}
	must(t, s.DeleteObjects, aws.DeleteObjectsInput{Bucket: "image-abcdef", Delete: aws.ObjectsToDelete{
		Objects: []aws.ObjectIdentifier{{Key: "c.png"}, {Key: "missing"}, {Key: "in/a.png"}, {Key: "c.png"}}}})
	want = []string{"ObjectRemoved:Delete c.png", "ObjectRemoved:Delete in/a.png"}
	if got := s.eventNames(t, "removed"); !slices.Equal(got, want) {
		t.Errorf("events are %q, want %q", got, want)
	}
}

func TestNoEventWithoutObject(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	s.notify(t, "image-abcdef", configuration("1", "f", aws.EventObjectCreated))
	refused(t, s.PutObject, aws.PutObjectInput{Bucket: "image-abcdef", Key: "key", Body: strings.NewReader("x"), ContentLength: aws.Some[int64](2)}, "IncompleteBody")
	s.put(t, "image-abcdef", "key", "there")
	refused(t, s.PutObject, aws.PutObjectInput{Bucket: "image-abcdef", Key: "key", Body: strings.NewReader("x"), IfNoneMatch: "*"}, "PreconditionFailed")
	if got := s.eventNames(t, "f"); len(got) != 1 {
		t.Errorf("events are %q, want one", got)
	}
	refused(t, s.PutBucketNotificationConfiguration, aws.PutBucketNotificationConfigurationInput{Bucket: "image-abcdef",
		NotificationConfiguration: aws.NotificationConfiguration{LambdaFunctionConfigurations: []aws.LambdaFunctionConfiguration{configuration("1", "refused", aws.EventObjectCreated)}}},
		"InvalidArgument")
}

func TestChain(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir(), options{})
	s.bucketOf(t, "image-abcdef")
	s.notify(t, "image-abcdef", configuration("1", "f", aws.EventObjectCreated))
	for n := range 3 {
		_, err := s.PutObject(chain.With(context.Background(), n), aws.PutObjectInput{Bucket: "image-abcdef", Key: "key"})
		if err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(s.functions.chains, []int{0, 1, 2}) {
		t.Errorf("chains are %v", s.functions.chains)
	}
}

// TestSequencer writes one key while the clock goes back, and over a restart.
func TestSequencer(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var last string
	for range 2 {
		s, stop, err := start(dir, options{})
		if err != nil {
			t.Fatal(err)
		}
		if last == "" {
			s.bucketOf(t, "image-abcdef")
			s.notify(t, "image-abcdef", configuration("1", "f", aws.EventObjectCreated))
		}
		for _, by := range []time.Duration{0, -time.Hour, 2 * time.Hour, -3 * time.Hour} {
			s.clock.advance(by)
			s.put(t, "image-abcdef", "key", "content")
			all := sequencers(t, s)
			if newest := slices.Max(all); newest <= last || len(newest) != 18 {
				t.Errorf("sequencer %s comes after %s", newest, last)
			}
			last = slices.Max(all)
		}
		if err := stop(); err != nil {
			t.Fatal(err)
		}
	}
}

func sequencers(t *testing.T, s *sandbox) (all []string) {
	t.Helper()
	for _, payload := range s.queue(t, functionName+"f") {
		var e eventRecords
		if err := json.Unmarshal([]byte(payload), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e.Records[0].S3.Object.Sequencer)
	}
	slices.Sort(all)
	if len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Errorf("sequencers are not all different: %v", all)
	}
	return all
}

func FuzzFormKey(f *testing.F) {
	for _, key := range []string{"a/b c+d@é", "image-1.jpg", "%2F", "\x00~*!()'", "&=?#"} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		form := formKey(key)
		back, err := url.QueryUnescape(form)
		if err != nil || back != key {
			t.Errorf("%q is encoded as %q, which is %q, %v", key, form, back, err)
		}
		if strings.Count(form, "/") != strings.Count(key, "/") || strings.ContainsAny(form, " &=?#@\"\x00") {
			t.Errorf("%q is encoded as %q", key, form)
		}
	})
}
