package lambda

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// packedFile is a file to be packed.
type packedFile struct {
	name, data string
	mode       fs.FileMode
	stored     bool // not compressed
}

// packed makes a zip file.
func packed(t testing.TB, files ...packedFile) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC)}
		if f.stored {
			h.Method = zip.Store
		}
		h.SetMode(f.mode)
		to, err := w.CreateHeader(h)
		if err == nil && !strings.HasSuffix(f.name, "/") {
			_, err = io.WriteString(to, f.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// noise is so many bytes that do not compress.
func noise(n int) string {
	source := rand.NewChaCha8([32]byte{1})
	data := make([]byte, n)
	if _, err := source.Read(data); err != nil {
		panic(err) // it never fails
	}
	return string(data)
}

// raw is a file as it is packed.
func raw(t testing.TB, f *zip.File) string {
	t.Helper()
	r, err := f.OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestUntouchedFilesStayByteForByte: packing anew without a change gives the
// same files, however they were packed.
func TestUntouchedFilesStayByteForByte(t *testing.T) {
	t.Parallel()
	data := packed(t, append(helloFiles(), packedFile{name: "empty/", mode: fs.ModeDir | 0o755},
		packedFile{name: "größe.txt", data: "x", mode: 0o640}, packedFile{name: "stored", data: noise(5000), mode: 0o444, stored: true},
		packedFile{name: "../odd", data: "odd", mode: 0o644}, packedFile{name: "link", data: "/etc/passwd", mode: fs.ModeSymlink | 0o777})...)
	before, err := openZip(data)
	if err != nil {
		t.Fatal(err)
	}
	var drafts []draft
	for _, f := range before.File {
		drafts = append(drafts, draft{name: f.Name, packed: f})
	}
	built, err := buildPackage(drafts, "comment", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	after, err := openZip(built)
	if err != nil {
		t.Fatal(err)
	}
	if after.Comment != "comment" || len(after.File) != len(before.File) {
		t.Fatalf("comment %q, %d files", after.Comment, len(after.File))
	}
	for i, f := range after.File {
		was := before.File[i]
		if f.Name != was.Name || f.Mode() != was.Mode() || !f.Modified.Equal(was.Modified) || f.CRC32 != was.CRC32 || raw(t, f) != raw(t, was) {
			t.Errorf("%s became %+v, was %+v", was.Name, f.FileHeader, was.FileHeader)
		}
	}
}

// TestPackagesHoldWhatIsDrafted edits, renames and adds at random.
func TestPackagesHoldWhatIsDrafted(t *testing.T) {
	t.Parallel()
	before, err := openZip(packed(t, helloFiles()...))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		var drafts []draft
		var want []string
		for _, f := range before.File {
			d := draft{name: f.Name, packed: f}
			if rapid.Bool().Draw(rt, "renamed") {
				d.name = rapid.StringMatching(`[a-zé]{1,8}(/[a-z]{1,8})?\.py`).Draw(rt, "name")
			}
			holds := unpacked(t, f)
			if rapid.Bool().Draw(rt, "edited") {
				holds = rapid.String().Draw(rt, "text")
				d.text = &holds
			}
			drafts = append(drafts, d)
			want = append(want, d.name, f.Mode().String(), holds)
		}
		text := rapid.String().Draw(rt, "new text")
		drafts = append(drafts, draft{name: "new.py", text: &text})
		want = append(want, "new.py", "-rw-r--r--", text)
		data, err := buildPackage(drafts, "", time.Unix(1_700_000_000, 0))
		if err != nil {
			rt.Fatal(err)
		}
		after, err := openZip(data)
		if err != nil {
			rt.Fatal(err)
		}
		var got []string
		for _, f := range after.File {
			got = append(got, f.Name, f.Mode().String(), unpacked(t, f))
		}
		if strings.Join(got, "\x00") != strings.Join(want, "\x00") {
			rt.Fatalf("got %q, want %q", got, want)
		}
	})
}

func TestTextsOfZips(t *testing.T) {
	t.Parallel()
	r, err := openZip(packed(t,
		packedFile{name: "text", data: "größe\r\n", mode: 0o644}, packedFile{name: "binary", data: "a\x00b", mode: 0o644},
		packedFile{name: "latin", data: "gr\xf6\xdfe", mode: 0o644}, packedFile{name: "link", data: "text", mode: fs.ModeSymlink | 0o777},
		packedFile{name: "large", data: strings.Repeat(" ", mostCode+1), mode: 0o644}, packedFile{name: "most", data: strings.Repeat(" ", mostCode), mode: 0o644}))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []error{nil, errBinary, errBinary, nil, errFileTooLarge, nil} {
		text, err := zipText(r.File[i])
		switch name := r.File[i].Name; {
		case name == "link" && err == nil:
			t.Error("a link is read as text")
		case name != "link" && !errors.Is(err, want):
			t.Errorf("%s: %v", name, err)
		case name == "text" && text != "größe\r\n":
			t.Errorf("%s is %q", name, text)
		}
	}
	r.File[4].UncompressedSize64 = 10 // a directory that lies
	if _, err := zipText(r.File[4]); err == nil {
		t.Error("a lie about the size goes through")
	}
}

func TestPathsThatAreNone(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"a.py": true, "lib/a.py": true, "lib/": true, "größe": true, "..a": true,
		"": false, "/": false, "/etc/passwd": false, "../a": false, "a/../b": false, "a//b": false, "./a": false, `a\b`: false, ".": false,
		"a\x1b[2J": false, "a\x00": false, "\xff": false, strings.Repeat("a/", 40) + "b": false, strings.Repeat("a", 1025): false,
	} {
		if plainPath(name) != want {
			t.Errorf("plainPath(%q) is %v", name, !want)
		}
	}
}

// FuzzZip: no zip file does harm, and one that can be read can be packed again.
func FuzzZip(f *testing.F) {
	f.Add(packed(f, helloFiles()...))
	f.Add(packed(f, packedFile{name: "../../etc/passwd", data: "x"}, packedFile{name: "a"}, packedFile{name: "a/b"}, packedFile{name: "a"}))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := openZip(data)
		if err != nil {
			return
		}
		files := codeFiles(r)
		tree := &codeTree{}
		tree.set(files)
		for i := range tree.Len() {
			if _, ok := tree.Row(i); !ok {
				t.Fatal("a row that is none")
			}
		}
		firstShown(files, "lambda_function.lambda_handler")
		var drafts []draft
		for _, c := range files {
			if text, err := zipText(c.packed); err == nil {
				c.show(text)
			}
			if c.changed() {
				t.Fatalf("%q changed by being looked at", c.name)
			}
			drafts = append(drafts, c.draft())
		}
		built, err := buildPackage(drafts, "", time.Unix(1_700_000_000, 0))
		if err != nil {
			return // an entry that leads out of the file
		}
		if again, err := openZip(built); err != nil || len(again.File) != len(files) {
			t.Fatalf("packed again: %v", err)
		}
	})
}

func TestTreeKeepsFoldersClosedInLargePackages(t *testing.T) {
	t.Parallel()
	var files []*codeFile
	for i := range manyFiles {
		files = append(files, &codeFile{name: "lib/" + strings.Repeat("a", i+1)})
	}
	files = append(files, &codeFile{name: "z.py"}, &codeFile{name: "lib/deep/x"}, &codeFile{name: "alone/"})
	tree := &codeTree{}
	tree.set(files)
	names := func() string {
		var out []string
		for i := range tree.Len() {
			out = append(out, tree.Key(i))
		}
		return strings.Join(out, " ")
	}
	if got := names(); got != "alone/ lib/ z.py" {
		t.Errorf("the tree is %q", got)
	}
	tree.toggle("lib/")
	if got := names(); !strings.HasPrefix(got, "alone/ lib/ lib/deep/ lib/a lib/aa ") || strings.Contains(got, "deep/x") {
		t.Errorf("the tree is %q", got)
	}
	tree.reveal("lib/deep/x")
	tree.arrange()
	if got := names(); !strings.Contains(got, "lib/deep/ lib/deep/x lib/a ") {
		t.Errorf("the tree is %q", got)
	}
}

func TestTheHandlersFileIsFound(t *testing.T) {
	t.Parallel()
	files := func(names ...string) (out []*codeFile) {
		for _, n := range names {
			out = append(out, &codeFile{name: n})
		}
		return out
	}
	for _, c := range []struct {
		handler, want string
		names         []string
	}{
		{"index.handler", "index.mjs", []string{"a.txt", "index.json5", "index.mjs"}},
		{"lib/app.run", "lib/app.py", []string{"a.py", "lib/app.py"}},
		{"lib.app.run", "lib/app.py", []string{"a.py", "lib/app.py"}},
		{"lambda_function.lambda_handler", "CreateThumbnail.py", []string{"PIL/Image.py", "CreateThumbnail.py"}},
		{"bootstrap", "", []string{"bin/bootstrap"}},
	} {
		got := ""
		if first := firstShown(files(c.names...), c.handler); first != nil {
			got = first.name
		}
		if got != c.want {
			t.Errorf("%s of %v: %q, want %q", c.handler, c.names, got, c.want)
		}
	}
}

func TestBrokenZipIsToldOf(t *testing.T) {
	t.Parallel()
	if _, err := openZip([]byte("no zip")); err == nil || !strings.Contains(err.Error(), "deployment package") {
		t.Errorf("got %v", err)
	}
	cloud := withFunction(t, helloFiles()...)
	if _, err := fetchPackage(context.Background(), cloud.Lambda, "None"); err == nil {
		t.Error("a function that is not there has code")
	}
}
