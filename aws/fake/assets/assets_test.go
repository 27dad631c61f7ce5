package assets_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"awslab/aws/fake/assets"
)

func TestHappyFace(t *testing.T) {
	t.Parallel()
	file := assets.HappyFace()
	m, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil || m.Bounds().Size() != image.Pt(800, 600) {
		t.Fatalf("%v, %v", m.Bounds(), err)
	}
	if len(file) > 100_000 {
		t.Errorf("%d bytes", len(file))
	}
	// A few places that make it a happy face.
	for name, c := range map[string]struct {
		at   image.Point
		like func(r, g, b uint32) bool
	}{
		"background": {image.Pt(20, 20), func(r, _, b uint32) bool { return b > r }},
		"cheek":      {image.Pt(400, 500), func(r, g, b uint32) bool { return r > 200 && g > 120 && b < 100 }},
		"left eye":   {image.Pt(318, 255), func(r, g, b uint32) bool { return r < 100 && g < 80 && b < 60 }},
		"right eye":  {image.Pt(482, 262), func(r, g, b uint32) bool { return r < 100 && g < 80 && b < 60 }},
		"teeth":      {image.Pt(400, 340), func(r, g, b uint32) bool { return min(r, g, b) > 200 }},
		"tongue":     {image.Pt(400, 415), func(r, g, b uint32) bool { return r > 180 && max(g, b) < 150 }},
	} {
		r, g, b, _ := m.At(c.at.X, c.at.Y).RGBA()
		if !c.like(r>>8, g>>8, b>>8) {
			t.Errorf("%s: %d, %d, %d", name, r>>8, g>>8, b>>8)
		}
	}
}

func TestSameEachTime(t *testing.T) {
	t.Parallel()
	for name, asset := range map[string]func() []byte{
		assets.HappyFaceName:       assets.HappyFace,
		assets.CreateThumbnailName: assets.CreateThumbnail,
	} {
		changed := asset()
		want := bytes.Clone(changed)
		clear(changed)
		if !bytes.Equal(asset(), want) {
			t.Errorf("%s differs from one time to the next", name)
		}
	}
}

// code unpacks the zip's only file.
func code(t *testing.T) string {
	t.Helper()
	file := assets.CreateThumbnail()
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.File) != 1 || archive.File[0].Name != "CreateThumbnail.py" {
		t.Fatalf("%v", archive.File)
	}
	// Lambda reads it as a user who does not own it.
	if mode := archive.File[0].Mode(); mode != 0o644 {
		t.Errorf("mode %v", mode)
	}
	entry, err := archive.File[0].Open()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(entry)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestCreateThumbnail(t *testing.T) {
	t.Parallel()
	text := code(t)
	for _, want := range []string{"def handler(event, context):", "import boto3\n", "from PIL import Image\n", "unquote_plus", `"-resized"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in the code", want)
		}
	}
	if strings.ContainsAny(text, "\r\t") {
		t.Error("the code is not in plain lines")
	}
}

// standIns are the two packages that the code needs, told what to say and
// telling what they were asked.
const standIns = `
import sys, types
class S3:
    def download_file(self, bucket, key, path):
        print("get", bucket, key)
        open(path, "w").write(key)
    def upload_file(self, path, bucket, key, ExtraArgs):
        print("put", bucket, key, ExtraArgs["ContentType"], open(path).read())
class Picture:
    format = "JPEG"
    def __init__(self, path): self.text = open(path).read()
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def thumbnail(self, size): self.text = "%dx%d of " % size + self.text
    def save(self, path, format): open(path, "w").write(format + " " + self.text)
sys.modules["boto3"] = types.SimpleNamespace(client=lambda name: S3() if name == "s3" else None)
sys.modules["PIL"] = types.SimpleNamespace(Image=types.SimpleNamespace(open=Picture))
import CreateThumbnail
keys = ["HappyFace.jpg", "a+b%2B%C3%A9.jpg", "deep/er/face.jpg"]
CreateThumbnail.handler({"Records": [{"s3": {"bucket": {"name": "image-1"}, "object": {"key": k}}} for k in keys]}, None)
`

func TestHandlerInPython(t *testing.T) {
	t.Parallel()
	python, err := exec.LookPath("python3")
	if err != nil {
		if python, err = exec.LookPath("/usr/bin/python3"); err != nil {
			t.Skip("no python3 on this machine")
		}
	}
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "CreateThumbnail.py"), []byte(code(t)), 0o600); err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), python, "-B", "-c", standIns)
	run.Dir = folder
	run.Env = append(os.Environ(), "PYTHONUTF8=1")
	out, err := run.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := strings.TrimPrefix(`
get image-1 HappyFace.jpg
put image-1-resized HappyFace.jpg image/jpeg JPEG 128x128 of HappyFace.jpg
image-1/HappyFace.jpg -> image-1-resized/HappyFace.jpg
get image-1 a b+é.jpg
put image-1-resized a b+é.jpg image/jpeg JPEG 128x128 of a b+é.jpg
image-1/a b+é.jpg -> image-1-resized/a b+é.jpg
get image-1 deep/er/face.jpg
put image-1-resized deep/er/face.jpg image/jpeg JPEG 128x128 of deep/er/face.jpg
image-1/deep/er/face.jpg -> image-1-resized/deep/er/face.jpg
`, "\n")
	if got := strings.ReplaceAll(string(out), "\r", ""); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
