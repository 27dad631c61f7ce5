package python

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// photo is a picture with something to see everywhere.
func photo(width, height int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / width), uint8(y * 255 / height), uint8((x ^ y) & 0xff), 0xff})
		}
	}
	return m
}

func encoded(t *testing.T, write func(*bytes.Buffer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func jpegOf(t *testing.T, m image.Image) []byte {
	t.Helper()
	return encoded(t, func(out *bytes.Buffer) error { return jpeg.Encode(out, m, nil) })
}

// turned puts EXIF data into a JPEG that call it turned by 90 degrees.
func turned(file []byte) []byte {
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(append(bytes.Clone(file[:2]), segment...), exif...), file[2:]...)
}

// bomb is a PNG that claims 20000×20000 pixels.
func bomb() []byte {
	head := []byte("IHDR\x00\x00\x4e\x20\x00\x00\x4e\x20\x08\x02\x00\x00\x00")
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
	return append(out, "\x00\x00\x00\x00IEND\xaeB`\x82"...)
}

// pictures are the files that testdata/pil.py works on.
func pictures(t *testing.T) map[string][]byte {
	t.Helper()
	m := photo(301, 200)
	gray := image.NewGray(image.Rect(0, 0, 100, 80))
	alpha := image.NewNRGBA(image.Rect(0, 0, 90, 60))
	for i := range alpha.Pix {
		alpha.Pix[i] = uint8(i)
	}
	paletted := image.NewPaletted(image.Rect(0, 0, 80, 50), palette.Plan9)
	for i := range paletted.Pix {
		paletted.Pix[i] = uint8(i)
	}
	return map[string][]byte{
		"photo.jpg":   jpegOf(t, m),
		"gray.jpg":    jpegOf(t, gray),
		"turned.jpg":  turned(jpegOf(t, m)),
		"alpha.png":   encoded(t, func(out *bytes.Buffer) error { return png.Encode(out, alpha) }),
		"palette.png": encoded(t, func(out *bytes.Buffer) error { return png.Encode(out, paletted) }),
		"gray.png":    encoded(t, func(out *bytes.Buffer) error { return png.Encode(out, gray) }),
		"still.gif":   encoded(t, func(out *bytes.Buffer) error { return gif.Encode(out, paletted, nil) }),
		"text.jpg":    []byte("not a picture"),
		"empty.jpg":   nil,
		"bomb.png":    bomb(),
	}
}

func picturesFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for name, data := range pictures(t) {
		if err := os.WriteFile(filepath.Join(folder, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// pillow runs testdata/pil.py.
func pillow(t *testing.T, command []string, env ...string) string {
	t.Helper()
	script, err := filepath.Abs(filepath.Join("testdata", "pil.py"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), command[0], append(command[1:], script)...)
	cmd.Env = append([]string{"PICTURES=" + picturesFolder(t), "SYSTEMROOT=" + os.Getenv("SYSTEMROOT")}, env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, stdout.String(), stderr.String())
	}
	return strings.ReplaceAll(stdout.String(), "\r\n", "\n")
}

func TestPILSaysWhatPillowSays(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(Pictures())
	defer server.Close()
	got := pillow(t, []string{interpreter.executable(), "-P", "-s", "-B"},
		"PYTHONPATH="+filepath.Join(interpreter.home, "library"),
		"AWS_LAMBDA_RUNTIME_API="+strings.TrimPrefix(server.URL, "http://"))
	golden(t, "pil.txt", got)
}

func TestRealPillowSaysTheSame(t *testing.T) {
	t.Parallel()
	const python = "/usr/bin/python3"
	if exec.CommandContext(t.Context(), python, "-c", "import PIL.Image").Run() != nil {
		t.Skip("no real Pillow is installed")
	}
	golden(t, "pil.txt", pillow(t, []string{python}))
}
