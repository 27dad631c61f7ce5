//go:build unix

package terminal_test

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// account is a command line on what a server gives as an AWS account.
type account struct {
	t    *testing.T
	home string
	url  string
}

// run gives what a command prints, and its exit code.
func (a account) run(args ...string) (string, int) {
	a.t.Helper()
	command := exec.CommandContext(a.t.Context(), binary, append(args, "--aws", "--endpoint-url", a.url)...)
	command.Env = []string{
		"HOME=" + a.home, "XDG_DATA_HOME=" + a.home, "AWS_EC2_METADATA_DISABLED=true",
		"AWS_ACCESS_KEY_ID=x", "AWS_SECRET_ACCESS_KEY=x", "AWS_REGION=us-west-2",
	}
	out, err := command.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		a.t.Fatal(err)
	}
	return string(out), command.ProcessState.ExitCode()
}

// TestEndOnAccount ends a lab days later: on an AWS account it says first what that
// deletes, and deletes nothing until it is told to, and then nothing else.
func TestEndOnAccount(t *testing.T) {
	t.Parallel()
	a := account{t, t.TempDir(), serve(t, "--addr", "127.0.0.1:0").url}
	folder := filepath.Join(a.home, "awslab", "accounts", "000000000000 us-west-2")
	must(t, os.MkdirAll(folder, 0o700))
	asked := time.Now().UTC().Format(time.RFC3339)
	must(t, os.WriteFile(filepath.Join(folder, "labs.json"), []byte(`{"schema":1,"labs":{"lambda":{"resources":[`+
		`{"kind":"s3:bucket","name":"images-of-mine-1","asked":"`+asked+`"},`+
		`{"kind":"s3:bucket","name":"images-of-mine-2","asked":"`+asked+`"}]}}}`), 0o600))
	const here = "<CreateBucketConfiguration><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>"
	a.put("/images-of-mine-1", here)
	a.put("/images-of-mine-1/HappyFace.jpg", "a face")
	a.put("/images-of-others", here)

	out, code := a.run("lab", "end", "lambda")
	if code != 2 || !strings.Contains(out, "• S3 bucket images-of-mine-1, with all its objects (what costs: ") ||
		!strings.Contains(out, "say --yes to do it") || strings.Contains(out, "images-of-mine-2") || strings.Contains(out, "deleted") {
		t.Errorf("without --yes it ends with %d:\n%s", code, out)
	}
	if out, code = a.run("lab", "end", "lambda", "--yes"); code != 0 || out != "✓ S3 bucket images-of-mine-1: deleted\n" {
		t.Errorf("with --yes it ends with %d:\n%s", code, out)
	}
	if out, code = a.run("lab", "list"); code != 0 || strings.Count(out, ", ended)") != 1 {
		t.Errorf("the list ends with %d:\n%s", code, out)
	}
	if out, code = a.run("lab", "end", "lambda"); code != 0 || out != "Nothing that this lab made is left.\n" {
		t.Errorf("once more it ends with %d:\n%s", code, out)
	}
	a.put("/images-of-others/still-there", "")
}

// put sends a body, signed somehow, which has to be taken.
func (a account) put(path, body string) {
	a.t.Helper()
	r, err := http.NewRequestWithContext(a.t.Context(), http.MethodPut, a.url+path, strings.NewReader(body))
	must(a.t, err)
	r.Header.Set("Authorization", "AWS4-HMAC-SHA256 Credential=K/20261122/us-west-2/s3/aws4_request, SignedHeaders=host, Signature="+strings.Repeat("0", 64))
	response, err := http.DefaultClient.Do(r)
	must(a.t, err)
	must(a.t, response.Body.Close())
	if response.StatusCode != http.StatusOK {
		a.t.Errorf("%s answers %s", path, response.Status)
	}
}
