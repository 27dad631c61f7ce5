package local_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/aws"
)

// The lab's buckets and function.
const (
	pictures = "image-1"
	resized  = "image-1-resized"
	creator  = "Create-Thumbnail"
)

// lab makes the lab's buckets, its function and its trigger.
func (s sandbox) lab(t testing.TB, changes ...func(*aws.CreateFunctionInput)) {
	t.Helper()
	s.bucket(t, pictures, resized)
	arn := s.function(t, append([]func(*aws.CreateFunctionInput){func(in *aws.CreateFunctionInput) {
		in.FunctionName, in.Runtime, in.Handler = creator, "python3.14", "CreateThumbnail.handler"
		in.Code = aws.FunctionCode{S3Bucket: "awslab-assets", S3Key: "CreateThumbnail.zip"}
	}}, changes...)...)
	s.trigger(t, pictures, creator, arn)
}

// drawn is a picture of a size, in a format.
func drawn(t testing.TB, format string, width, height int) []byte {
	t.Helper()
	m := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.White, color.RGBA{200, 30, 30, 255}, color.RGBA{20, 40, 200, 255}})
	for n := range m.Pix {
		m.Pix[n] = uint8((n/width/8 + n%width/8) % 3)
	}
	var out bytes.Buffer
	encode := map[string]func(io.Writer, image.Image) error{
		"jpeg": func(w io.Writer, m image.Image) error { return jpeg.Encode(w, m, nil) },
		"png":  png.Encode,
		"gif":  func(w io.Writer, m image.Image) error { return gif.Encode(w, m, nil) },
	}[format]
	if err := encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// checkThumbnail checks what an upload has led to.
func (s sandbox) checkThumbnail(t *testing.T, key, format string, width, height int) {
	t.Helper()
	content, object := s.get(t, resized, key)
	got, kind, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || kind != format || got.Width != width || got.Height != height {
		t.Errorf("the thumbnail %q is a %s of %d×%d, %v; want a %s of %d×%d", key, kind, got.Width, got.Height, err, format, width, height)
	}
	if object.ContentType != "image/"+format {
		t.Errorf("the thumbnail %q has the type %s", key, object.ContentType)
	}
}

func TestUploadMakesThumbnail(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.lab(t)
	puts := s.writes(t)
	face, _ := s.get(t, "awslab-assets", "HappyFace.jpg")
	uploads := []struct {
		key, format   string
		content       []byte
		width, height int
	}{
		{"HappyFace.jpg", "jpeg", face, 128, 96},
		{"my happy face.jpg", "jpeg", drawn(t, "jpeg", 400, 200), 128, 64},
		{"1+1=2&3 %41%2F.jpg", "jpeg", drawn(t, "jpeg", 300, 600), 64, 128},
		{"Größe/日本/🙂 ~'(1)*!.png", "png", drawn(t, "png", 500, 400), 128, 102},
		{"a//b/./../c#d?e;f:g@h.gif", "gif", drawn(t, "gif", 129, 100), 128, 99},
		{"small.jpg", "jpeg", drawn(t, "jpeg", 20, 10), 20, 10},
		{"small.png", "png", drawn(t, "png", 128, 1), 128, 1},
		{"a PNG with another name.jpg", "png", drawn(t, "png", 256, 256), 128, 128},
	}
	for _, u := range uploads {
		s.put(t, pictures, u.key, u.content)
	}
	for range uploads {
		s.awaitWrite(t, puts, creator)
	}
	for _, u := range uploads {
		s.checkThumbnail(t, u.key, u.format, u.width, u.height)
	}
	log := s.awaitLog(t, creator, "REPORT RequestId", len(uploads))
	for _, u := range uploads {
		if !strings.Contains(log, pictures+"/"+u.key+" -> "+resized+"/"+u.key+"\n") {
			t.Errorf("the log does not tell of %q:\n%s", u.key, log)
		}
	}
}

// Each of many uploads at once has its thumbnail, once, and the sandbox answers
// meanwhile.
func TestManyUploads(t *testing.T) {
	t.Parallel()
	const uploads = 200
	s := open(t, t.TempDir())
	s.lab(t)
	puts := s.writes(t)
	picture := drawn(t, "jpeg", 160, 120)
	var wait sync.WaitGroup
	for n := range uploads {
		wait.Go(func() {
			in := aws.PutObjectInput{Bucket: pictures, Key: fmt.Sprintf("%03d.jpg", n), Body: bytes.NewReader(picture)}
			if _, err := s.S3.PutObject(t.Context(), in); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	times := map[string]int{}
	for n := range uploads {
		times[s.awaitWrite(t, puts, creator).key]++
		if n%10 == 0 && n < uploads/2 { // while others are made
			must(t, s.Lambda.ListFunctions, aws.ListFunctionsInput{})
			must(t, s.S3.HeadObject, aws.HeadObjectInput{Bucket: pictures, Key: "000.jpg"})
		}
	}
	var seen bytes.Buffer
	await(t, "the metrics of all invocations", func() bool {
		return s.metric(t, creator, "Invocations", time.Now()) >= uploads
	})
	if n := s.metric(t, creator, "Invocations", time.Now()); n != uploads {
		t.Errorf("%g invocations", n)
	}
	if n := s.metric(t, creator, "Errors", time.Now()); n != 0 {
		t.Errorf("%g errors:\n%s", n, s.log(t, creator))
	}
	for key, n := range times {
		if n != 1 {
			fmt.Fprintf(&seen, "%s was written %d times\n", key, n)
		}
	}
	if keys := s.keys(t, resized); len(keys) != uploads || len(times) != uploads || seen.Len() > 0 || len(puts) > 0 {
		t.Errorf("%d thumbnails, %d written, %d more\n%s", len(keys), len(times), len(puts), &seen)
	}
}

// The thumbnail handler in Go, as a bootstrap, runs by the same trigger.
func TestThumbnailsByBootstrap(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it builds a program")
	}
	s := open(t, t.TempDir())
	s.lab(t, bootstrap(t))
	puts := s.writes(t)
	keys := []string{"one.jpg", "folder/two + three.jpg"}
	for _, key := range keys {
		s.put(t, pictures, key, drawn(t, "jpeg", 640, 480))
	}
	for range keys {
		s.awaitWrite(t, puts, creator)
	}
	for _, key := range keys {
		s.checkThumbnail(t, key, "jpeg", 128, 96)
	}
}

// program is the thumbnail handler, built once for all tests.
var program = sync.OnceValues(func() (string, error) {
	path := filepath.Join(cache, "bootstrap")
	build := exec.Command("go", "build", "-tags", "lambda.norpc", "-o", path, "awslab/thumbnail/lambda")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	out, err := build.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("build the handler: %w\n%s", err, out)
	}
	return path, err
})

// bootstrap is the thumbnail handler as a function on provided.al2023.
func bootstrap(t testing.TB) func(*aws.CreateFunctionInput) {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return func(in *aws.CreateFunctionInput) {
		in.Runtime, in.Handler, in.Code = "provided.al2023", "bootstrap", aws.FunctionCode{ZipFile: packed(t, map[string]string{"bootstrap": string(content)})}
		if runtime.GOARCH == "arm64" {
			in.Architectures = []string{"arm64"}
		}
	}
}

// A function that writes what starts it is stopped.
func TestRecursion(t *testing.T) {
	t.Parallel()
	const rounds = 16
	s := open(t, t.TempDir())
	s.bucket(t, "loop-resized")
	arn := s.python(t, "Loop", `
import boto3
def handler(event, context):
    s3 = event["Records"][0]["s3"]
    boto3.client("s3").put_object(Bucket=s3["bucket"]["name"], Key=s3["object"]["key"] + "x", Body=b"")
`)
	s.trigger(t, "loop-resized", "Loop", arn)
	s.put(t, "loop-resized", "x", nil)
	await(t, "the loop is stopped", func() bool { return s.metric(t, "Loop", "RecursiveInvocationsDropped", time.Now()) > 0 })
	await(t, "the metrics of all rounds", func() bool { return s.metric(t, "Loop", "Invocations", time.Now()) >= rounds })
	var want []string
	for n := range rounds + 1 {
		want = append(want, strings.Repeat("x", n+1))
	}
	if keys := s.keys(t, "loop-resized"); !slices.Equal(keys, want) {
		t.Errorf("the bucket has %d objects: %q", len(keys), keys)
	}
}
