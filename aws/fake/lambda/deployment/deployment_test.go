package deployment_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"awslab/aws/fake/lambda/deployment"
)

// entry is a file of a zip to make; a mode of 0 is a plain file.
type entry struct {
	name, body string
	mode       fs.FileMode
}

func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.mode != 0 {
			header.SetMode(e.mode)
		}
		f, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, e.body); err != nil && !strings.HasSuffix(e.name, "/") {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// unpack opens and unpacks a zip file into a folder of its own.
func unpack(t testing.TB, data []byte) (string, error) {
	t.Helper()
	dir := t.TempDir()
	t.Cleanup(func() {
		if err := deployment.Remove(dir); err != nil {
			t.Error(err)
		}
	})
	p, err := deployment.Open(bytes.NewReader(data), int64(len(data)))
	if err == nil {
		err = p.Unpack(dir)
	}
	return dir, err
}

func TestUnpack(t *testing.T) {
	t.Parallel()
	dir, err := unpack(t, archive(t,
		entry{"index.mjs", "export const x = 1", 0},
		entry{"lib/", "", fs.ModeDir | 0o755},
		entry{"lib/deep/er/a.txt", "a", 0},
		entry{"lib/b.txt", "", 0},
		entry{"bootstrap", "#!/bin/sh\n", 0o755},
		entry{"./dotted.txt", "d", 0},
	))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"index.mjs": "export const x = 1", "lib/deep/er/a.txt": "a", "lib/b.txt": "", "bootstrap": "#!/bin/sh\n", "dotted.txt": "d",
	} {
		got, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || string(got) != want {
			t.Errorf("%s is %q (%v), want %q", name, got, err, want)
		}
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm()&0o222 != 0 {
			t.Errorf("%s can be written: %v (%v)", name, info.Mode(), err)
		}
	}
	if info, err := os.Stat(filepath.Join(dir, "bootstrap")); err != nil || info.Mode()&0o100 == 0 && os.PathSeparator == '/' {
		t.Errorf("bootstrap has mode %v (%v), want a program", info.Mode(), err)
	}
	if err := deployment.Remove(dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is still there (%v)", err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	good := archive(t, entry{"a.py", strings.Repeat("print(1)\n", 1000), 0})
	flipped := bytes.Clone(good)
	flipped[60] ^= 0xff // in the data
	encrypted := bytes.Clone(good)
	encrypted[bytes.LastIndex(encrypted, []byte("PK\x01\x02"))+8] |= 1
	for name, c := range map[string]struct {
		zip  []byte
		want error
	}{
		"nothing":            {nil, deployment.ErrBroken},
		"text":               {[]byte("def handler(event, context): pass"), deployment.ErrBroken},
		"a torn file":        {good[:len(good)-10], deployment.ErrBroken},
		"damaged data":       {flipped, deployment.ErrBroken},
		"a path up":          {archive(t, entry{"../evil.py", "x", 0}), deployment.ErrUnsafe},
		"a path up inside":   {archive(t, entry{"a/../../evil.py", "x", 0}), deployment.ErrUnsafe},
		"a path not clean":   {archive(t, entry{"a/../evil.py", "x", 0}), deployment.ErrUnsafe},
		"an absolute path":   {archive(t, entry{"/etc/evil", "x", 0}), deployment.ErrUnsafe},
		"an empty name":      {archive(t, entry{"", "x", 0}), deployment.ErrUnsafe},
		"a NUL":              {archive(t, entry{"a\x00b", "x", 0}), deployment.ErrUnsafe},
		"a long name":        {archive(t, entry{strings.Repeat("n", 300), "x", 0}), deployment.ErrUnsafe},
		"a long path":        {archive(t, entry{strings.Repeat("n/", 600) + "a", "x", 0}), deployment.ErrUnsafe},
		"a link":             {archive(t, entry{"l", "/etc/passwd", fs.ModeSymlink | 0o777}), deployment.ErrUnsafe},
		"a device":           {archive(t, entry{"d", "", fs.ModeDevice | 0o600}), deployment.ErrUnsafe},
		"a name twice":       {archive(t, entry{"a", "1", 0}, entry{"a", "2", 0}), deployment.ErrUnsafe},
		"a file as a folder": {archive(t, entry{"a", "1", 0}, entry{"a/b", "2", 0}), deployment.ErrUnsafe},
		"a folder as a file": {archive(t, entry{"a/b", "1", 0}, entry{"a", "2", 0}), deployment.ErrUnsafe},
		"an encrypted entry": {encrypted, deployment.ErrUnsafe},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := unpack(t, c.zip)
			if !errors.Is(err, c.want) {
				t.Errorf("error is %v, want %v", err, c.want)
			}
			if errors.Is(c.want, deployment.ErrUnsafe) && deployment.Reason(err) == "" {
				t.Errorf("%v gives no reason", err)
			}
		})
	}
}

// claiming is a zip of one file of n zero bytes, whose directory says size.
func claiming(t testing.TB, n int, size uint32) []byte {
	t.Helper()
	data := archive(t, entry{"zeros", strings.Repeat("\x00", n), 0})
	binary.LittleEndian.PutUint32(data[bytes.LastIndex(data, []byte("PK\x01\x02"))+24:], size)
	return data
}

func TestBombs(t *testing.T) {
	t.Parallel()
	honest := claiming(t, 10, deployment.MaxUnzipped)
	if _, err := deployment.Open(bytes.NewReader(honest), int64(len(honest))); !errors.Is(err, deployment.ErrTooBig) {
		t.Errorf("the honest one: error is %v, want ErrTooBig", err)
	}
	dir, err := unpack(t, claiming(t, 64<<20, 10))
	if !errors.Is(err, deployment.ErrBroken) {
		t.Errorf("the liar: error is %v, want ErrBroken", err)
	}
	if info, err := os.Stat(filepath.Join(dir, "zeros")); err == nil && info.Size() > 1<<20 {
		t.Errorf("%d bytes of the liar were written", info.Size())
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add(archive(f, entry{"index.mjs", "export const x = 1", 0}, entry{"lib/deep/a", "a", 0}))
	f.Add(archive(f, entry{"../evil", "x", 0}, entry{"l", "/etc/passwd", fs.ModeSymlink | 0o777}))
	f.Add(archive(f, entry{"a", "1", 0}, entry{"a/b", "2", 0}))
	f.Fuzz(func(t *testing.T, data []byte) {
		outer := t.TempDir()
		dir := filepath.Join(outer, "in")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		p, err := deployment.Open(bytes.NewReader(data), int64(len(data)))
		if err == nil {
			err = p.Unpack(dir)
		}
		if err != nil && !errors.Is(err, deployment.ErrBroken) && !errors.Is(err, deployment.ErrUnsafe) && !errors.Is(err, deployment.ErrTooBig) {
			t.Errorf("%v is of no class", err)
		}
		if left, err := os.ReadDir(outer); err != nil || len(left) != 1 {
			t.Errorf("%v lie beside the folder (%v)", left, err)
		}
		if err := deployment.Remove(dir); err != nil {
			t.Error(err)
		}
	})
}
