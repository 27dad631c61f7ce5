package s3event

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"log"
	"net/url"
	"slices"
	"strings"
	"testing"

	"awslab/thumbnail"
	"awslab/thumbnail/s3"
)

// memory is a Storage without a network. Its objects are by "bucket/key".
type memory struct {
	objects map[string]object
	refuse  map[string]*s3.Error // by "Get bucket" or "Put bucket"
	open    int
}

type object struct {
	contentType string
	body        []byte
}

func (m *memory) Get(_ context.Context, bucket, key string) (io.ReadCloser, error) {
	if refused := m.refuse["Get "+bucket]; refused != nil {
		return nil, refused
	}
	found, ok := m.objects[bucket+"/"+key]
	if !ok {
		return nil, &s3.Error{Operation: "GetObject", Bucket: bucket, Key: key, Status: 404, Code: "NoSuchKey", Message: "The specified key does not exist."}
	}
	m.open++
	return &body{bytes.NewReader(found.body), m}, nil
}

func (m *memory) Put(_ context.Context, bucket, key, contentType string, body []byte) error {
	if refused := m.refuse["Put "+bucket]; refused != nil {
		return refused
	}
	m.objects[bucket+"/"+key] = object{contentType, slices.Clone(body)}
	return nil
}

type body struct {
	io.Reader
	of *memory
}

func (b *body) Close() error {
	b.of.open--
	return nil
}

// picture makes a file of 300×200 pixels.
func picture(t *testing.T, format thumbnail.Format) []byte {
	t.Helper()
	m := image.NewPaletted(image.Rect(0, 0, 300, 200), color.Palette{color.White, color.Black})
	var out bytes.Buffer
	var err error
	switch format {
	case thumbnail.JPEG:
		err = jpeg.Encode(&out, m, nil)
	case thumbnail.PNG:
		err = png.Encode(&out, m)
	case thumbnail.GIF:
		err = gif.Encode(&out, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// handler gives one on a fresh memory, and what it logs.
func handler() (*Handler, *memory, *bytes.Buffer) {
	storage := &memory{objects: map[string]object{}, refuse: map[string]*s3.Error{}}
	var lines bytes.Buffer
	return &Handler{Storage: storage, Log: log.New(&lines, "", 0)}, storage, &lines
}

// record is one as S3 sends it, of a version of the event's structure.
func record(version, name, bucket, quotedKey string) string {
	return fmt.Sprintf(`{"eventVersion":%q,"eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-11-22T13:43:15.484Z",`+
		`"eventName":%q,"userIdentity":{"principalId":"AWS:AIDA"},"requestParameters":{"sourceIPAddress":"127.0.0.1"},`+
		`"responseElements":{"x-amz-request-id":"C3D13FE58DE4C810","x-amz-id-2":"FMyUVURIY8"},"s3":{"s3SchemaVersion":"1.0",`+
		`"configurationId":"cfg","bucket":{"name":%q,"ownerIdentity":{"principalId":"A3NL"},"arn":"arn:aws:s3:::%[3]s"},`+
		`"object":{"key":%q,"size":1024,"eTag":"d41d8cd98f00b204e9800998ecf8427e","sequencer":"0055AED6DCD90281E5"}}}`,
		version, name, bucket, quotedKey)
}

func eventOf(records ...string) json.RawMessage {
	return json.RawMessage(`{"Records":[` + strings.Join(records, ",") + `]}`)
}

func TestKeysAndVersions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ version, name, quoted, key string }{
		{"2.0", "ObjectCreated:Put", "test%2Fkey", "test/key"}, // the console's template
		{"2.1", "ObjectCreated:Put", "HappyFace.jpg", "HappyFace.jpg"},
		{"2.5", "ObjectCreated:CompleteMultipartUpload", "my+face.jpg", "my face.jpg"},
		{"2.6", "ObjectCreated:Copy", "1%2B1+%25.jpg", "1+1 %.jpg"},
		{"2.1", "ObjectCreated:Post", "a/b//%C3%A9%F0%9F%98%80.jpg", "a/b//é😀.jpg"},
	} {
		h, storage, lines := handler()
		storage.objects["image-1/"+c.key] = object{"", picture(t, thumbnail.JPEG)}
		if err := h.Handle(t.Context(), eventOf(record(c.version, c.name, "image-1", c.quoted))); err != nil {
			t.Error(err)
			continue
		}
		made := storage.objects["image-1-resized/"+c.key]
		m, err := jpeg.DecodeConfig(bytes.NewReader(made.body))
		if err != nil || m.Width != 128 || m.Height != 85 || made.contentType != "image/jpeg" {
			t.Errorf("%s: %v, %v, %s", c.key, m, err, made.contentType)
		}
		want := fmt.Sprintf("s3://image-1/%s (JPEG, 300×200) → s3://image-1-resized/%[1]s (128×85, %d bytes)\n", c.key, len(made.body))
		if lines.String() != want || storage.open != 0 {
			t.Errorf("log %q, want %q; %d objects open", lines, want, storage.open)
		}
	}
}

// TestContentType takes it from the picture, not from a name that lies.
func TestContentType(t *testing.T) {
	t.Parallel()
	for format, want := range map[thumbnail.Format]string{thumbnail.JPEG: "image/jpeg", thumbnail.PNG: "image/png", thumbnail.GIF: "image/gif"} {
		h, storage, _ := handler()
		storage.objects["b/notes.txt"] = object{"text/plain", picture(t, format)}
		if err := h.Handle(t.Context(), eventOf(record("2.1", "ObjectCreated:Put", "b", "notes.txt"))); err != nil {
			t.Error(err)
		}
		if got := storage.objects["b-resized/notes.txt"].contentType; got != want {
			t.Errorf("%s: %q", format, got)
		}
	}
}

func TestPassedOver(t *testing.T) {
	t.Parallel()
	sns := strings.Replace(record("2.1", "ObjectCreated:Put", "b", "k"), "aws:s3", "aws:sns", 1)
	for name, event := range map[string]json.RawMessage{
		"removed":    eventOf(record("2.1", "ObjectRemoved:Delete", "b", "k")),
		"restored":   eventOf(record("2.1", "ObjectRestore:Completed", "b", "k")),
		"not S3's":   eventOf(sns),
		"no records": eventOf(),
		"a test":     json.RawMessage(`{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-11-22T13:43:15.484Z","Bucket":"b","RequestId":"1","HostId":"2"}`),
	} {
		h, storage, lines := handler()
		storage.objects["b/k"] = object{"", picture(t, thumbnail.PNG)}
		if err := h.Handle(t.Context(), event); err != nil || len(storage.objects) != 1 {
			t.Errorf("%s: %v, %d objects", name, err, len(storage.objects))
		}
		if name != "no records" && lines.Len() == 0 {
			t.Errorf("%s: nothing in the log", name)
		}
	}
}

func TestNotAnEvent(t *testing.T) {
	t.Parallel()
	for _, payload := range []string{
		`{"key1":"value1","key2":"value2","key3":"value3"}`, `"hello"`, `[]`, `null`, `{"Records":7}`,
		string(eventOf(record("2.1", "ObjectCreated:Put", "b", "100% me.jpg"))),
	} {
		h, _, _ := handler()
		err := h.Handle(t.Context(), json.RawMessage(payload))
		var wrong *EventError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), "Amazon S3 Put") {
			t.Errorf("%s: %v", payload, err)
		}
	}
}

func TestRecursion(t *testing.T) {
	t.Parallel()
	h, storage, _ := handler()
	storage.objects["image-1-resized/k"] = object{"", picture(t, thumbnail.PNG)}
	err := h.Handle(t.Context(), eventOf(record("2.1", "ObjectCreated:Put", "image-1-resized", "k")))
	var recursion *RecursionError
	if !errors.As(err, &recursion) || recursion.Bucket != "image-1-resized" || len(storage.objects) != 1 {
		t.Fatalf("%v, %d objects", err, len(storage.objects))
	}
	if want := "no thumbnail of s3://image-1-resized/k: the bucket image-1-resized is one for thumbnails; put the trigger on the bucket image-1 instead"; err.Error() != want {
		t.Errorf("%v", err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at   string
		err  s3.Error
		want string
	}{
		{
			"Get b", s3.Error{Operation: "GetObject", Bucket: "b", Key: "k", Status: 403, Code: "AccessDenied", Message: "no"},
			"no thumbnail of s3://b/k: GetObject s3://b/k: AccessDenied (403): no – the function's execution role needs a policy that allows s3:GetObject on arn:aws:s3:::b/*" +
				" (without s3:ListBucket on arn:aws:s3:::b, a missing object is refused so, too)",
		},
		{
			"Get b", s3.Error{Operation: "GetObject", Bucket: "b", Key: "k", Status: 404, Code: "NoSuchKey"},
			"no thumbnail of s3://b/k: GetObject s3://b/k: NoSuchKey (404) – upload the object to the bucket b first, or correct its key in the event",
		},
		{
			"Put b-resized", s3.Error{Operation: "PutObject", Bucket: "b-resized", Key: "k", Status: 404, Code: "NoSuchBucket"},
			"no thumbnail of s3://b/k: PutObject s3://b-resized/k: NoSuchBucket (404) – create the bucket b-resized, or correct its name in the event",
		},
		{
			"Put b-resized", s3.Error{Operation: "PutObject", Bucket: "b-resized", Key: "k", Status: 503, Code: "SlowDown"},
			"no thumbnail of s3://b/k: PutObject s3://b-resized/k: SlowDown (503)",
		},
	} {
		h, storage, lines := handler()
		storage.objects["b/k"] = object{"", picture(t, thumbnail.PNG)}
		storage.refuse[c.at] = &c.err
		err := h.Handle(t.Context(), eventOf(record("2.1", "ObjectCreated:Put", "b", "k")))
		var refused *s3.Error
		if !errors.As(err, &refused) || *refused != c.err || err.Error() != c.want {
			t.Errorf("%v, want\n%s", err, c.want)
		}
		// Lambda itself logs what a function returns.
		if lines.Len() != 0 {
			t.Errorf("log: %s", lines)
		}
	}
}

// TestSeveralRecords has three that fail among five; the others get their
// thumbnails.
func TestSeveralRecords(t *testing.T) {
	t.Parallel()
	h, storage, _ := handler()
	good := picture(t, thumbnail.JPEG)
	bomb := slices.Clone(good)
	at := bytes.Index(bomb, []byte{0xff, 0xc0})
	copy(bomb[at+5:], []byte{0xff, 0, 0xff, 0}) // height and width
	for key, file := range map[string][]byte{"first": good, "cut": good[:300], "bomb": bomb, "text": []byte("hello"), "last": good} {
		storage.objects["b/"+key] = object{"", file}
	}
	var records []string
	for _, key := range []string{"first", "cut", "bomb", "text", "last"} {
		records = append(records, record("2.1", "ObjectCreated:Put", "b", url.QueryEscape(key)))
	}
	err := h.Handle(t.Context(), eventOf(records...))
	var failed RecordErrors
	if !errors.As(err, &failed) || len(failed) != 3 {
		t.Fatal(err)
	}
	var broken *thumbnail.BrokenError
	var tooMany *thumbnail.TooManyPixelsError
	var unsupported *thumbnail.UnsupportedError
	if !errors.As(failed[0], &broken) || !errors.As(failed[1], &tooMany) || !errors.As(failed[2], &unsupported) || !errors.As(err, &tooMany) {
		t.Errorf("%v", err)
	}
	if n := strings.Count(err.Error(), "\n"); n != 2 || failed[2].Key != "text" {
		t.Errorf("%v", err)
	}
	if len(storage.objects) != 7 || storage.objects["b-resized/first"].body == nil || storage.objects["b-resized/last"].body == nil || storage.open != 0 {
		t.Errorf("%d objects, %d open", len(storage.objects), storage.open)
	}
}

func FuzzHandle(f *testing.F) {
	f.Add([]byte(eventOf(record("2.0", "ObjectCreated:Put", "example-bucket", "test%2Fkey"))))
	f.Add([]byte(`{"Event":"s3:TestEvent"}`))
	f.Add([]byte(`{"Records":[null,{}]}`))
	f.Fuzz(func(t *testing.T, payload []byte) {
		h, storage, _ := handler()
		err := h.Handle(t.Context(), payload)
		var wrong *EventError
		var one *RecordError
		if err != nil && !errors.As(err, &wrong) && !errors.As(err, &one) {
			t.Fatalf("an error of no type: %v", err)
		}
		if len(storage.objects) != 0 {
			t.Fatal("a thumbnail of nothing")
		}
	})
}
