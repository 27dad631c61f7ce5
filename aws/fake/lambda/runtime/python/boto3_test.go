package python

import (
	"bytes"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// program runs testdata/name against a fake S3, and gives what it prints.
func program(t *testing.T, s3 *fakeS3, command []string, name string, env ...string) string {
	t.Helper()
	server := httptest.NewServer(s3)
	defer server.Close()
	cmd := exec.CommandContext(t.Context(), command[0], append(command[1:], filepath.Join("testdata", name))...)
	cmd.Env = append([]string{
		"AWS_ENDPOINT_URL=" + server.URL, "AWS_ACCESS_KEY_ID=ASIAEXAMPLE", "AWS_SECRET_ACCESS_KEY=secret",
		"AWS_SESSION_TOKEN=token", "TMPDIR=" + t.TempDir(), "PYTHONUTF8=1", "AWS_MAX_ATTEMPTS=1",
		"SYSTEMROOT=" + os.Getenv("SYSTEMROOT"),
	}, env...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s\n%s", err, stdout.String(), stderr.String())
	}
	return strings.ReplaceAll(stdout.String(), "\r\n", "\n")
}

func standIn(t *testing.T, s3 *fakeS3, name string) string {
	t.Helper()
	return program(t, s3, []string{interpreter.executable(), "-P", "-s", "-B"}, name,
		"PYTHONPATH="+filepath.Join(interpreter.home, "library"))
}

func TestBoto3SaysWhatBoto3Says(t *testing.T) {
	t.Parallel()
	got := standIn(t, newFakeS3(t), "s3.py")
	golden(t, "s3.txt", got)
}

// golden compares with a file that holds what the real boto3 printed.
func golden(t *testing.T, name, got string) {
	t.Helper()
	want, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	compare(t, got, string(want))
}

func compare(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for n := range max(len(g), len(w)) {
		var a, b string
		if n < len(g) {
			a = g[n]
		}
		if n < len(w) {
			b = w[n]
		}
		if a != b {
			t.Errorf("line %d:\n%s\nwant:\n%s", n+1, a, b)
		}
	}
}

func TestRealBoto3SaysTheSame(t *testing.T) {
	t.Parallel()
	const python = "/usr/bin/python3"
	path := "PYTHONPATH=" + os.Getenv("PYTHONPATH")
	probe := exec.CommandContext(t.Context(), python, "-c", "import boto3")
	probe.Env = []string{path}
	if err := probe.Run(); err != nil {
		t.Skip("no real boto3 is installed")
	}
	golden(t, "s3.txt", program(t, newFakeS3(t), []string{python}, "s3.py", path))
}
