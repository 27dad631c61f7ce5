package s3

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func objectRoute(id, key string) nav.Route { return nav.Route{Page: id, Name: "images", Detail: key} }

func TestObjectOverview(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	in := aws.PutObjectInput{Bucket: "images", Key: "trips/map.txt", Body: strings.NewReader("here"), StorageClass: "STANDARD_IA", ObjectHeaders: aws.ObjectHeaders{
		ContentType: "text/plain", Expires: "Wed, 21 Oct 2026 07:28:00 GMT", Metadata: map[string]string{"made-by": "hand"},
	}}
	if _, err := cloud.S3.PutObject(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, cloud).Open(objectRoute(objectID, "trips/map.txt"))
	b.Shows("4 B", "txt", "Standard-IA", "us-west-2", "Wed, 21 Oct 2026 07:28:00 GMT", "trips/map.txt", "s3://images/trips/map.txt", "arn:aws:s3:::images/trips/map.txt",
		"6c92285fa6d3e827b198d120ea3ac674", "http://127.0.0.1:4566/images/trips/map.txt", "text/plain", "x-amz-meta-made-by", "hand", "AES256")
	b.Keys("y")
	if got := pagetest.Asked[nav.Copy](b).Text; got != "s3://images/trips/map.txt" {
		t.Errorf("copied %q", got)
	}
	b.Press("Delete")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != permanently {
		t.Errorf("%+v", ask)
	}
	b.Confirm()
	if to := pagetest.Asked[nav.Replace](b).Route; to != bucketRoute("images", "objects:trips/") {
		t.Errorf("%+v", to)
	}
	b.Open(objectRoute(objectID, "trips/map.txt")).Shows("The object could not be read")
}

func TestShareWithAPresignedURL(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	put(t, cloud, "images", "map.txt", "here")
	b := newBench(t, cloud).Open(objectRoute(objectID, "map.txt")).Press("Share with a presigned URL")
	b.TypeIn("Number of minutes", "721").Press("Create presigned URL").Shows("from 1 to 720")
	b.Press("Hours").TypeIn("Number of hours", "13").Press("Create presigned URL").Shows("from 1 to 12")
	b.TypeIn("Number of hours", "2").Press("Create presigned URL").Shows("is valid until")
	if url := pagetest.Asked[nav.Copy](b).Text; !strings.HasPrefix(url, "http://127.0.0.1:4566/images/map.txt?") || !strings.Contains(url, "X-Amz-Expires=7200") {
		t.Errorf("the URL is %s", url)
	}
	b.Keys("esc").Lacks("is valid until")

	cloud.Presign = nil
	b = newBench(t, cloud).Open(objectRoute(objectID, "map.txt")).Press("Share with a presigned URL")
	if told := pagetest.Asked[nav.Notify](b); !strings.Contains(told.Text, "needs an address") {
		t.Errorf("%+v", told)
	}
}

// pictures are a picture of 24 × 10 pixels in each format.
func pictures(t testing.TB) map[string]string {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, 24, 10), color.Palette{color.White, color.RGBA{R: 255, A: 255}})
	var j, p, g bytes.Buffer
	if err := errors.Join(jpeg.Encode(&j, img, nil), png.Encode(&p, img), gif.Encode(&g, img, nil)); err != nil {
		t.Fatal(err)
	}
	return map[string]string{"JPEG": j.String(), "PNG": p.String(), "GIF": g.String()}
}

func TestOpenPictures(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	for format, data := range pictures(t) {
		put(t, cloud, "images", "picture of any name", data)
		b := newBench(t, cloud).Open(objectRoute(viewID, "picture of any name")).Shows("24 × 10 px · "+format+" · ", " B", "▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀")
		put(t, cloud, "images", "picture of any name", data[:len(data)/2])
		b.Keys("r").Shows("⚠ The picture is broken", "Download saves it")
	}
}

// hugePNG claims to be of some size and holds nothing.
func hugePNG(width, height uint32) string {
	var out bytes.Buffer
	out.WriteString("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, body []byte) {
		var n [4]byte
		binary.BigEndian.PutUint32(n[:], uint32(len(body)))
		out.Write(n[:])
		body = append([]byte(kind), body...)
		out.Write(body)
		binary.BigEndian.PutUint32(n[:], crc32.ChecksumIEEE(body))
		out.Write(n[:])
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	chunk("IHDR", append(head, 8, 2, 0, 0, 0))
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_ = w.Close()
	chunk("IDAT", z.Bytes())
	chunk("IEND", nil)
	return out.String()
}

func TestAPictureThatClaimsTooMuchIsNotDecoded(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	put(t, cloud, "images", "bomb.png", hugePNG(60000, 60000))
	newBench(t, cloud).Open(objectRoute(viewID, "bomb.png")).Shows("⚠ The picture claims 60000 × 60000 pixels", "40 million")
}

func TestOpenTexts(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	long := strings.Repeat("0123456789abcdé\n", mostText/16)
	for key, want := range map[string]struct{ body, shows string }{
		"a.json":    {`{"Artist": "Psy"}`, `{"Artist": "Psy"}`},
		"evil.txt":  {"before\x1b[2Jafter", "before"},
		"empty":     {"", "The object is empty."},
		"long.txt":  {long + "the end", "of which the first 1.0 MB show here"},
		"some.pdf":  {"%PDF-1.7\x00\xff\xfe", "text/plain · 11 B"},
		"latin.txt": {"gr\xfc\xdfe", "neither a picture (JPEG, PNG, GIF) nor a text"},
	} {
		put(t, cloud, "images", key, want.body)
		b := newBench(t, cloud).Open(objectRoute(viewID, key)).Shows(want.shows)
		if strings.Contains(b.View().String(), "\x1b[2J") {
			t.Errorf("%s: an escape sequence of the text reaches the terminal", key)
		}
	}
	in := aws.PutObjectInput{Bucket: "images", Key: "cold", StorageClass: "GLACIER"}
	if _, err := cloud.S3.PutObject(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	newBench(t, cloud).Open(objectRoute(viewID, "cold")).Shows("InvalidObjectState", "have it restored first")
	if b := newBench(t, cloud).Open(objectRoute(viewID, "none")); !strings.Contains(b.Text(), "NoSuchKey") {
		t.Error(b.Text())
	}
}

// TestDownload saves beside what is there, and leaves nothing when it fails.
func TestDownload(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	put(t, cloud, "images", "trips/map.txt", "here")
	b := newBench(t, cloud).Open(objectRoute(viewID, "trips/map.txt")).Press("Download").Press("Download")
	for name, want := range map[string]string{"map.txt": "here", "map (1).txt": "here"} {
		if got, err := os.ReadFile(filepath.Join(b.Env.Folder, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if told := pagetest.Asked[nav.Notify](b); told.Title != "Downloaded map.txt (4 B) to "+filepath.Join(b.Env.Folder, "map (1).txt") {
		t.Errorf("%+v", told)
	}

	cut := cloud
	cut.S3 = tearing{cloud.S3}
	b = newBench(t, cut).Open(objectRoute(objectID, "trips/map.txt")).Press("Download")
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Failure || !errors.Is(told.Err, io.ErrUnexpectedEOF) {
		t.Errorf("%+v", told)
	}
	if left, err := os.ReadDir(b.Env.Folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if b.Page.Unsaved() != "" {
		t.Error("the download goes on")
	}
}

// TestCancelADownload while it is on its way.
func TestCancelADownload(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "images"))
	put(t, cloud.Cloud, "images", "map.txt", "here")
	b := newBench(t, cloud.Cloud).Open(objectRoute(objectID, "map.txt"))
	cloud.Fail(func(operation string, _ any) error {
		if operation == "GetObject" {
			b.Shows("Downloading").Press("Cancel map.txt")
		}
		return nil
	})
	b.Press("Download").Lacks("Downloading")
	if told := pagetest.Asked[nav.Notify](b); told.Title != "The download of map.txt was canceled." {
		t.Errorf("%+v", told)
	}
	if left, err := os.ReadDir(b.Env.Folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, data := range pictures(f) {
		f.Add([]byte(data))
		f.Add([]byte(data[:len(data)/2]))
	}
	f.Add([]byte(hugePNG(1, 1)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if size, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil && size.Width*size.Height > 1<<20 {
			t.Skip("large pictures only take time")
		}
		if img, problem := decode(data); (img == nil) == (problem == "") {
			t.Errorf("%v, %q", img, problem)
		}
	})
}
