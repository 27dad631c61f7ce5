package s3

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// local writes files into a folder.
func local(t testing.TB, folder string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func kindStored(t testing.TB, cloud aws.Cloud, bucket, key string) string {
	t.Helper()
	out, err := cloud.S3.HeadObject(t.Context(), aws.HeadObjectInput{Bucket: bucket, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	return out.ContentType
}

// TestUploadAsInTheLab: a file is chosen by its path and uploaded.
func TestUploadAsInTheLab(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "image-123456")
	b := newBench(t, cloud)
	local(t, b.Env.Folder, map[string]string{"HappyFace.jpg": "\xff\xd8\xff a face"})
	b.Open(bucketRoute("image-123456", "")).Press("Upload").Follow().Shows("No files or folders")
	b.Press("Add files").Shows("HappyFace.jpg", "Add this folder")
	b.TypeIn("Files to add", filepath.Join(b.Env.Folder, "HappyFace.jpg")).Keys("enter")
	b.Shows("Files and folders (1 file, 10 B)", "HappyFace.jpg", "jpg", "Ready")
	if b.Page.Unsaved() == "" {
		t.Error("chosen files can be left without a word")
	}
	b.Press("Upload").Shows("✓ Upload succeeded", "1 file, 10 B (100.00%)", "✓ Succeeded", "s3://image-123456/")
	if done := pagetest.Asked[nav.Notify](b); done.Level != nav.Success || done.Title != "Upload succeeded" {
		t.Errorf("%+v", done)
	}
	if got, _ := get(t, cloud, "image-123456", "HappyFace.jpg"); got != "\xff\xd8\xff a face" {
		t.Errorf("uploaded %q", got)
	}
	if kind := kindStored(t, cloud, "image-123456", "HappyFace.jpg"); kind != "image/jpeg" {
		t.Errorf("its type is %s", kind)
	}
	b.Press("Close")
	pagetest.Asked[nav.Back](b)
}

// TestUploadDroppedFilesAndFolders: what is dropped is taken with all below it.
func TestUploadDroppedFilesAndFolders(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	b := newBench(t, cloud)
	local(t, b.Env.Folder, map[string]string{"one file.txt": "one", "trips/map": "plain text", "trips/2025/alps.json": "{}"})
	b.Open(nav.Route{Page: uploadID, Name: "images", Detail: "docs/"})
	b.Do(b.Page.Paste("'" + filepath.Join(b.Env.Folder, "one file.txt") + "' " + filepath.Join(b.Env.Folder, "trips")))
	b.Shows("Files and folders (3 files, 15 B)", "trips/2025/")
	b.Do(b.Page.Paste("some words"))
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Information {
		t.Errorf("%+v", told)
	}
	b.Press("Upload").Shows("✓ Upload succeeded")
	for key, want := range map[string]string{"docs/one file.txt": "one", "docs/trips/map": "plain text", "docs/trips/2025/alps.json": "{}"} {
		if got, _ := get(t, cloud, "images", key); got != want {
			t.Errorf("%s: %q", key, got)
		}
	}
	if kind := kindStored(t, cloud, "images", "docs/trips/map"); kind != "text/plain; charset=utf-8" {
		t.Errorf("the type that is not in the name is %s", kind)
	}
}

func TestRemoveAndAddAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t, sandbox(t, "images"))
	local(t, b.Env.Folder, map[string]string{"a.txt": "a", "b.txt": "b"})
	b.Open(nav.Route{Page: uploadID, Name: "images"}).Press("Add files").Press("Add this folder")
	b.Shows("Files and folders (2 files, 2 B)")
	b.Press("Remove").Shows("Files and folders (1 file, 1 B)").Lacks("a.txt")
	b.Press("Add files").Press("Add this folder").Shows("Files and folders (2 files, 2 B)")
	b.Press("Add files").Keys("esc").Shows("Files and folders (2 files, 2 B)")
}

// TestFilesThatCannotBeUploaded are told one by one; the others go on.
func TestFilesThatCannotBeUploaded(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "images"))
	b := newBench(t, cloud.Cloud)
	local(t, b.Env.Folder, map[string]string{"a-gone": "x", "b-grows": "x", "c-stays": "x", "d-refused": "x"})
	b.Open(nav.Route{Page: uploadID, Name: "images"})
	in := func(name string) string { return filepath.Join(b.Env.Folder, name) }
	b.Do(pagetest.PageOf[*uploadPage](b).add([]string{in("a-gone"), in("b-grows"), in("c-stays"), in("d-refused"), in("never-there")}))
	b.Shows("never-there", "no such file")
	if err := os.Remove(in("a-gone")); err != nil {
		t.Fatal(err)
	}
	cloud.Fail(func(operation string, arg any) error {
		put, ok := arg.(aws.PutObjectInput)
		switch {
		case ok && put.Key == "b-grows": // after it was opened
			local(t, b.Env.Folder, map[string]string{"b-grows": "longer than it was"})
		case ok && put.Key == "d-refused":
			return &aws.Error{Operation: operation, Code: "AccessDenied", Message: "Access Denied"}
		}
		return nil
	})
	b.Width = 170
	b.Press("Upload").Shows("✗ Upload failed", "Failed: open: no such file or directory", "the file changed while it was uploaded", "AccessDenied: Access Denied", "✓ Succeeded", "1 file, 1 B")
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Failure || told.Title != "Upload failed for 4 files" {
		t.Errorf("%+v", told)
	}
	if _, there := get(t, cloud.Cloud, "images", "b-grows"); there {
		t.Error("a file that changed was stored")
	}
	if got, _ := get(t, cloud.Cloud, "images", "c-stays"); got != "x" {
		t.Errorf("the good file is %q", got)
	}
}

func TestUnreadableFilesAreTold(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("this user may read all files")
	}
	folder := t.TempDir()
	local(t, folder, map[string]string{"secret": "x", "closed/inside": "x"})
	for name, mode := range map[string]fs.FileMode{"secret": 0, "closed": 0} {
		if err := os.Chmod(filepath.Join(folder, name), mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(folder, "closed"), 0o700) })
	found, err := choose(t.Context(), []string{folder})
	if err != nil || len(found) != 2 || !strings.Contains(found[0].problem, "permission denied") {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestLinksAndTooMany(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	local(t, folder, map[string]string{"real/file": "x"})
	for link, to := range map[string]string{"real/round": "..", "real/same": "file", "real/nowhere": "missing"} {
		if err := os.Symlink(to, filepath.Join(folder, filepath.FromSlash(link))); err != nil {
			t.Skip("no links here:", err)
		}
	}
	found, err := choose(t.Context(), []string{filepath.Join(folder, "real")})
	if err != nil {
		t.Fatal(err)
	}
	problems := map[string]bool{}
	for _, c := range found {
		problems[c.name] = c.problem != ""
	}
	if want := map[string]bool{"real/file": false, "real/same": false, "real/round": true, "real/nowhere": true}; len(problems) != 4 || problems["real/file"] || problems["real/same"] || !problems["real/round"] || !problems["real/nowhere"] {
		t.Errorf("%v, want %v", problems, want)
	}
	many := slices.Repeat([]string{filepath.Join(folder, "real", "file")}, mostChosen+1)
	if got, err := choose(t.Context(), many); err == nil || len(got) != mostChosen {
		t.Errorf("%d files, %v", len(got), err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := choose(ended, many); err == nil {
		t.Error("looking at files goes on after the page has gone")
	}
}

// TestCancelOneAndAll: a file on its way is stopped, nothing of it is stored, and
// then those that wait.
func TestCancelOneAndAll(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "images"))
	b := newBench(t, cloud.Cloud)
	local(t, b.Env.Folder, map[string]string{"a": "x", "b": "x", "c": "x", "d": "x", "e": "x"})
	b.Open(nav.Route{Page: uploadID, Name: "images"})
	p := pagetest.PageOf[*uploadPage](b)
	b.Do(p.add([]string{b.Env.Folder}))
	folder := filepath.Base(b.Env.Folder)
	cloud.Fail(func(operation string, arg any) error {
		put, ok := arg.(aws.PutObjectInput)
		switch {
		case operation != "PutObject" || !ok:
		case put.Key == folder+"/a":
			b.Shows("Uploading", "Cancel").Keys("down").Press("Cancel this file").Press("Cancel " + folder + "/a")
		case put.Key == folder+"/e": // the bench ends what follows from a before it goes on to b
			b.Press("Cancel all")
		}
		return nil
	})
	b.Press("Upload").Shows("– Upload canceled", "– Canceled", "✓ Succeeded")
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Warning {
		t.Errorf("%+v", told)
	}
	stored := ""
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		if _, there := get(t, cloud.Cloud, "images", folder+"/"+name); there {
			stored += name
		}
	}
	if stored != "d" {
		t.Errorf("stored: %q", stored)
	}
	if b.Page.Unsaved() != "" {
		t.Errorf("it is over, and yet: %s", b.Page.Unsaved())
	}
}

// big makes a file that is uploaded in parts.
func big(t testing.TB, folder string) string {
	t.Helper()
	path := filepath.Join(folder, "big.bin")
	if err := os.WriteFile(path, bytes.Repeat([]byte("0123456789abcdef"), (bigFile+partSize/2)/16), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestBigFilesGoInParts(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "images"))
	path := big(t, t.TempDir())
	var done atomic.Int64
	if err := send(t.Context(), cloud.S3, "images", "big", path, &done); err != nil {
		t.Fatal(err)
	}
	head, err := cloud.S3.HeadObject(t.Context(), aws.HeadObjectInput{Bucket: "images", Key: "big"})
	if err != nil || head.ContentLength != bigFile+partSize/2 || !strings.HasSuffix(strings.Trim(head.ETag, `"`), "-3") {
		t.Errorf("%+v, %v", head, err)
	}
	if done.Load() != head.ContentLength || cloud.Count("UploadPart") != 3 || cloud.Count("PutObject") != 0 {
		t.Errorf("%d bytes counted, %d parts", done.Load(), cloud.Count("UploadPart"))
	}
}

// TestBrokenOffPartsAreForgotten: whether the service fails, the file changes or
// the user cancels, nothing of a big file stays behind.
func TestBrokenOffPartsAreForgotten(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "images"))
	path := big(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	for name, breaks := range map[string]func() error{
		"refused":   func() error { return &aws.Error{Operation: "UploadPart", Code: "SlowDown", Message: "Slow down"} },
		"changed":   func() error { return os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)) },
		"cancelled": func() error { cancel(); return nil },
	} {
		with := t.Context()
		if name == "cancelled" {
			with = ctx
		}
		cloud.Fail(func(_ string, arg any) error {
			if part, ok := arg.(aws.UploadPartInput); ok && part.PartNumber == 2 {
				return breaks()
			}
			return nil
		})
		if err := send(with, cloud.S3, "images", name, path, new(atomic.Int64)); err == nil {
			t.Errorf("%s: it was uploaded", name)
		}
		cloud.Allow()
		list, err := cloud.S3.ListMultipartUploads(t.Context(), aws.ListMultipartUploadsInput{Bucket: "images"})
		if _, there := get(t, cloud.Cloud, "images", name); err != nil || there || len(list.Uploads) != 0 {
			t.Errorf("%s: stays behind: %v, %+v, %v", name, there, list.Uploads, err)
		}
	}
}

func TestPartSizes(t *testing.T) {
	t.Parallel()
	for size, want := range map[int64]int64{bigFile: partSize, partSize * mostParts: partSize, partSize*mostParts + 1: 9 << 20, 5 << 40: 525 << 20} {
		if got := partOf(size); got != want || (size+got-1)/got > mostParts {
			t.Errorf("%d bytes: parts of %d, want %d", size, got, want)
		}
	}
}

// TestProgressIsLookedAt: while files are on their way the page is drawn anew now
// and then, and no more after.
func TestProgressIsLookedAt(t *testing.T) {
	t.Parallel()
	b := newBench(t, sandbox(t, "images"))
	local(t, b.Env.Folder, map[string]string{"a": "x"})
	b.Open(nav.Route{Page: uploadID, Name: "images"})
	p := pagetest.PageOf[*uploadPage](b)
	b.Do(p.add([]string{filepath.Join(b.Env.Folder, "a")}))
	f := p.files[0]
	f.begin(b.Env.Now(), "Uploading")
	p.started = true
	b.Do(p.look())
	f.done.Store(1)
	b.Tick()
	if !p.on {
		t.Error("the page does not look any more")
	}
	f.end(nil)
	b.Tick()
	if p.on || f.state != component.StatusSuccess {
		t.Error("the page goes on looking")
	}
}
