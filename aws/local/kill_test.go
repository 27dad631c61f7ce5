package local_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/md5"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/local"
)

// This test program, run again with these set, is a console at work on a folder
// with a cache.
const (
	victimFolder = "AWSLAB_TEST_VICTIM_FOLDER"
	victimCache  = "AWSLAB_TEST_VICTIM_CACHE"
)

// content is that of the n-th object.
func content(n int) []byte { return bytes.Repeat(fmt.Appendf(nil, "%d ", n), 1000) }

// victim uploads objects, which start a function, and invokes another, over and
// over, until it is killed. It prints a line for each object that was acknowledged.
func victim(dir, cacheDir string) error {
	cache = cacheDir
	ctx := context.Background()
	s, err := local.Open(ctx, options(dir, filepath.Join(cacheDir, "empty")))
	if err != nil {
		return err
	}
	cloud := s.Trail.Cloud()
	go func() {
		for {
			if _, err := cloud.Lambda.Invoke(ctx, aws.InvokeInput{FunctionName: "Spin"}); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
	}()
	for n := range 100 {
		in := aws.PutObjectInput{Bucket: "kill", Key: fmt.Sprint(n), Body: bytes.NewReader(content(n))}
		if _, err := cloud.S3.PutObject(ctx, in); err != nil {
			return err
		}
		fmt.Println(n)
	}
	select {}
}

// A console that is killed leaves no function behind, and every object that it
// acknowledged; what it had not delivered is delivered by the next one.
func TestKill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	first := open(t, dir)
	first.bucket(t, "kill", "kill-resized")
	arn := first.python(t, "Copy", `
import boto3
s3 = boto3.client("s3")
def handler(event, context):
    s3.put_object(Bucket="kill-resized", Key=event["Records"][0]["s3"]["object"]["key"], Body=b"")
`)
	first.node(t, "Spin", "export const handler = async () => { for (;;); }")
	first.trigger(t, "kill", "Copy", arn)
	first.shut(t)

	var functions []process
	acknowledged := killAfter(t, dir, 40, func(pid int) {
		await(t, "functions that run", func() bool {
			functions = startedBy(t, pid)
			return len(functions) > 1 || runtime.GOOS != "linux"
		})
	})
	await(t, "the end of the functions", func() bool {
		alive := processes(t)
		return !slices.ContainsFunc(functions, func(p process) bool { return slices.Contains(alive, p) })
	})

	s := open(t, dir)
	for n := range acknowledged {
		got, object := s.get(t, "kill", fmt.Sprint(n))
		if want := fmt.Sprintf(`"%x"`, md5.Sum(content(n))); !bytes.Equal(got, content(n)) || object.ETag != want {
			t.Errorf("object %d has %d bytes, ETag %s", n, len(got), object.ETag)
		}
	}
	await(t, "what the function makes of each object", func() bool {
		made := s.keys(t, "kill-resized")
		for n := range acknowledged {
			if !slices.Contains(made, fmt.Sprint(n)) {
				return false
			}
		}
		return true
	})
}

// killAfter kills a console when it has acknowledged some objects, and tells how
// many it had.
func killAfter(t *testing.T, dir string, objects int, before func(pid int)) (acknowledged int) {
	t.Helper()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	console := exec.CommandContext(t.Context(), own)
	console.Env = append(os.Environ(), victimFolder+"="+dir, victimCache+"="+cache)
	var failure bytes.Buffer
	console.Stderr = &failure
	output, err := console.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := console.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(output); lines.Scan(); {
		if acknowledged++; acknowledged == objects {
			before(console.Process.Pid)
			if err := console.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := console.Wait(); !errors.As(err, &exit) || acknowledged < objects {
		t.Fatalf("the console ended after %d objects: %v\n%s", acknowledged, err, &failure)
	}
	return acknowledged
}

// process is a process of this computer.
type process struct{ pid, parent, begun string }

// processes lists those that have not ended, where the system tells.
func processes(t testing.TB) (all []process) {
	t.Helper()
	entries, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		line, _ := os.ReadFile(entry) // it may have ended
		_, after, _ := strings.Cut(string(line), ") ")
		const state, parent, begun = 0, 1, 19 // in proc(5), from the third on
		if fields := strings.Fields(after); len(fields) > begun && fields[state] != "Z" {
			all = append(all, process{filepath.Base(filepath.Dir(entry)), fields[parent], fields[begun]})
		}
	}
	return all
}

// startedBy lists the processes that a process has started, and those that they
// have started.
func startedBy(t testing.TB, pid int) (all []process) {
	t.Helper()
	left, families := processes(t), map[string]bool{fmt.Sprint(pid): true}
	for found := true; found; {
		found = false
		left = slices.DeleteFunc(left, func(p process) bool {
			if families[p.parent] {
				found, families[p.pid] = true, true
				all = append(all, p)
			}
			return families[p.parent]
		})
	}
	return all
}
