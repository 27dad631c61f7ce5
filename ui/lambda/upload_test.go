package lambda

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func uploadBench(t *testing.T, cloud *pagetest.Watched, folder, from string) *pagetest.Bench {
	t.Helper()
	b := pagetest.New(t, Pages(), cloud.Cloud)
	b.Env.Folder, b.Env.Home = folder, folder
	return b.Open(nav.Route{Page: uploadCodeID, Name: "Hello", Detail: from})
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestUploadOfALocalZip(t *testing.T) {
	t.Parallel()
	cloud, dir := withFunction(t, helloFiles()...), t.TempDir()
	write(t, filepath.Join(dir, "code.zip"), packed(t, packedFile{name: "index.py", data: "mine = 1\n", mode: 0o644}))
	write(t, filepath.Join(dir, "notes.txt"), []byte("no zip"))
	b := uploadBench(t, cloud, dir, fromZip)
	b.Shows("Upload a .zip file", "code.zip", "notes.txt").Press("Save").Shows("Choose a .zip file first")
	b.Press("notes.txt").Press("notes.txt")
	if says := pagetest.Asked[nav.Notify](b); !strings.Contains(says.Text, ".zip or a .jar") {
		t.Errorf("a text is refused by %+v", says)
	}
	b.Press("code.zip").Press("code.zip").Shows("Chosen file")
	if b.Page.Unsaved() == "" {
		t.Error("a chosen file can be left without a word")
	}
	b.Press("Choose another file").Shows("notes.txt").Press("code.zip").Press("Choose").Press("Save")
	pagetest.Asked[nav.Back](b)
	if b.Page.Unsaved() != "" {
		t.Error("what was saved counts as unsaved")
	}
	if got := codeNow(t, cloud.Cloud); len(got) != 1 || !strings.Contains(got["index.py"], "mine = 1") {
		t.Errorf("the function's code is %q", got)
	}
}

func TestUploadThatIsRefused(t *testing.T) {
	t.Parallel()
	cloud, dir := withFunction(t, helloFiles()...), t.TempDir()
	broken, large := filepath.Join(dir, "broken.zip"), filepath.Join(dir, "large.zip")
	write(t, broken, []byte("no zip"))
	write(t, large, nil)
	if err := os.Truncate(large, mostUpload); err != nil {
		t.Fatal(err)
	}
	b := uploadBench(t, cloud, dir, fromZip)
	b.Press("large.zip").Press("large.zip")
	if says := pagetest.Asked[nav.Notify](b); !strings.Contains(says.Text, "Zipped size must be smaller than 52428800 bytes") {
		t.Errorf("a large file is refused by %+v", says)
	}
	b.Press("broken.zip").Press("broken.zip").Press("Save").Shows("The code was not replaced", "Could not unzip uploaded file")
	if err := os.Remove(broken); err != nil {
		t.Fatal(err)
	}
	b.Press("Save").Shows("The code was not replaced", "no such")
	for _, path := range []string{large, dir, filepath.Join(dir, "none.zip")} {
		if _, err := readArchive(path); err == nil {
			t.Errorf("%s is read", path)
		}
	}
	if cloud.Count("UpdateFunctionCode") != 1 {
		t.Errorf("%d calls for one file that could be sent", cloud.Count("UpdateFunctionCode"))
	}
}

func TestUploadFromS3(t *testing.T) {
	t.Parallel()
	cloud := withFunction(t, helloFiles()...)
	ctx := context.Background()
	if _, err := cloud.S3.CreateBucket(ctx, aws.CreateBucketInput{
		Bucket: "code-of-mine", CreateBucketConfiguration: &aws.CreateBucketConfiguration{LocationConstraint: "us-west-2"},
	}); err != nil {
		t.Fatal(err)
	}
	_, err := cloud.S3.PutObject(ctx, aws.PutObjectInput{
		Bucket: "code-of-mine", Key: "a b.zip", Body: bytes.NewReader(packed(t, packedFile{name: "index.py", data: "mine = 1\n", mode: 0o644})),
	})
	if err != nil {
		t.Fatal(err)
	}
	b := uploadBench(t, cloud, t.TempDir(), fromS3)
	b.Shows("Upload a file from Amazon S3").Press("Save").Shows("Enter the URL of an object")
	b.TypeIn("Amazon S3 link URL", "https://none-of-mine.s3.us-west-2.amazonaws.com/a.zip").Press("Save")
	b.Shows("The code was not replaced", "NoSuchBucket", "The specified bucket does not exist")
	b.TypeIn("Amazon S3 link URL", "https://s3.us-west-2.amazonaws.com/code-of-mine/a%20b.zip").Lacks("NoSuchBucket").Keys("enter")
	pagetest.Asked[nav.Back](b)
	if got := codeNow(t, cloud.Cloud); len(got) != 1 || !strings.Contains(got["index.py"], "mine = 1") {
		t.Errorf("the function's code is %q", got)
	}
}
