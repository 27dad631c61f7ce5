package lambda_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"

	"awslab/aws"
	"awslab/aws/fake/lambda/runtime"
)

// files lists what lies under a folder of the code, by its last two names.
func files(t *testing.T, dir, pattern string) (names []string) {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "code", pattern))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		names = append(names, filepath.Base(f))
	}
	return names
}

// read reads a function's code.
func (w *world) read(t *testing.T, name string) []byte {
	t.Helper()
	out, err := w.GetFunction(t.Context(), aws.GetFunctionInput{FunctionName: name})
	if err != nil {
		t.Fatal(err)
	}
	body, err := out.Code.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(body)
	if err := errors.Join(err, body.Close()); err != nil {
		t.Fatal(err)
	}
	return data
}

func TestCodeIsKept(t *testing.T) {
	bubble(t, func(t *testing.T) {
		dir := t.TempDir()
		w := open(t, dir)
		in := describe("One")
		w.create(t, in)
		in.FunctionName = "Two"
		w.create(t, in)
		if zips, folders := files(t, dir, "zip/*"), files(t, dir, "run/*/*"); len(zips) != 1 || len(folders) != 1 {
			t.Errorf("two functions of one code make %q and %q", zips, folders)
		}
		w.shut(t)

		left := filepath.Join(dir, "code", "zip", "earlier-1.part")
		if err := os.WriteFile(left, []byte("half a zip"), 0o600); err != nil {
			t.Fatal(err)
		}
		again := open(t, dir)
		again.engines.handler = echo
		again.RunOn(again.engines)
		if !bytes.Equal(again.read(t, "One"), in.Code.ZipFile) {
			t.Error("the code is another after the restart")
		}
		again.invoke(t, aws.InvokeInput{FunctionName: "Two"})
		unpacked := again.engines.started()[0].Code
		if text, err := os.ReadFile(filepath.Join(unpacked, "lambda_function.py")); err != nil || !strings.Contains(string(text), "lambda_handler") {
			t.Errorf("the code unpacked is %q (%v)", text, err)
		}
		synctest.Wait()
		if _, err := os.Stat(left); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("what an earlier run left half-written is still there (%v)", err)
		}
		if runs := files(t, dir, "run/*"); len(runs) != 1 {
			t.Errorf("the runs are %q, want this one's folder only", runs)
		}
	})
}

func TestCodeIsSweptWhenNothingUsesIt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		dir := t.TempDir()
		w := open(t, dir)
		hold := make(chan struct{})
		w.engines.handler = func(e runtime.Event) runtime.Outcome {
			<-hold
			return echo(e)
		}
		w.RunOn(w.engines)
		w.create(t, describe("One"))
		done := make(chan error)
		go func() {
			_, err := w.Invoke(context.Background(), aws.InvokeInput{FunctionName: "One"})
			done <- err
		}()
		for _, text := range []string{"second", "third"} {
			if _, err := w.UpdateFunctionCode(t.Context(), aws.UpdateFunctionCodeInput{FunctionName: "One", ZipFile: code(text)}); err != nil {
				t.Fatal(err)
			}
			pass(delay)
		}
		// The first is running, the second may be until the third is there.
		if zips := files(t, dir, "zip/*"); len(zips) != 3 {
			t.Errorf("the zip files are %q, want three", zips)
		}
		close(hold)
		if err := <-done; err != nil {
			t.Error(err)
		}
		w.invoke(t, aws.InvokeInput{FunctionName: "One"}) // ends the first environment
		if _, err := w.UpdateFunctionCode(t.Context(), aws.UpdateFunctionCodeInput{FunctionName: "One", ZipFile: code("fourth")}); err != nil {
			t.Fatal(err)
		}
		if zips, folders := files(t, dir, "zip/*"), files(t, dir, "run/*/*"); len(zips) != 2 || len(folders) != 2 {
			t.Errorf("the code is %q and %q, want that of now and that of before", zips, folders)
		}
		if _, err := w.DeleteFunction(t.Context(), aws.DeleteFunctionInput{FunctionName: "One"}); err != nil {
			t.Fatal(err)
		}
		if zips := files(t, dir, "zip/*"); len(zips) != 0 {
			t.Errorf("the zip files are %q after the end", zips)
		}
	})
}

func TestUnsafeCodeIsRefused(t *testing.T) {
	bubble(t, func(t *testing.T) {
		dir := t.TempDir()
		w := open(t, dir)
		var climbing bytes.Buffer
		archive := zip.NewWriter(&climbing)
		if _, err := archive.Create("../../evil.py"); err != nil {
			t.Fatal(err)
		}
		if err := archive.Close(); err != nil {
			t.Fatal(err)
		}
		in := describe("Evil")
		in.Code.ZipFile = climbing.Bytes()
		_, err := w.CreateFunction(t.Context(), in)
		want := `Could not unzip uploaded file. Please check your file, then try to upload again. ("../../evil.py" is not a path within the package)`
		var failure *aws.Error
		if !errors.As(err, &failure) || failure.Code != "InvalidParameterValueException" || failure.Message != want {
			t.Errorf("error is %v", err)
		}
		if zips, folders := files(t, dir, "zip/*"), files(t, dir, "run/*/*"); len(zips)+len(folders) != 0 {
			t.Errorf("the refused code left %q and %q", zips, folders)
		}
	})
}

func TestCodeFromS3(t *testing.T) {
	t.Parallel()
	good := code("def lambda_handler(event, context): pass")
	denied := &aws.Error{Service: aws.ServiceS3, Code: "AccessDenied", Message: "Access Denied", Status: 403}
	moved := &aws.Error{Service: aws.ServiceS3, Code: "PermanentRedirect", Status: 301,
		Message: "The bucket is in this region: us-west-2. Please use this region to retry the request"}
	broken := errors.New("connection reset")
	for name, c := range map[string]struct {
		body          io.Reader
		length        int64
		err           error
		code, message string
	}{
		"good":   {bytes.NewReader(good), int64(len(good)), nil, "", ""},
		"no zip": {strings.NewReader("hello"), 5, nil, "InvalidParameterValueException", "Could not unzip uploaded file. Please check your file, then try to upload again."},
		"denied": {nil, 0, denied, "AccessDeniedException", "Your access has been denied by S3, please make sure your request credentials have permission to GetObject for b/k. " +
			"S3 Error Code: AccessDenied. S3 Error Message: Access Denied"},
		"elsewhere": {nil, 0, moved, "InvalidParameterValueException", "Error occurred while GetObject. S3 Error Code: PermanentRedirect. S3 Error Message: " + moved.Message},
		"too long":  {strings.NewReader(""), 262144001, nil, "InvalidParameterValueException", "Unzipped size must be smaller than 262144000 bytes"},
		"cut off": {io.MultiReader(bytes.NewReader(good[:50]), failing{broken}), 100, nil, aws.CodeStorage,
			"keep the function's code: connection reset"},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				w := openWith(t, t.TempDir(), func(_ context.Context, in aws.GetObjectInput) (out aws.GetObjectOutput, err error) {
					if in.Bucket != "b" || in.Key != "k" {
						return out, fmt.Errorf("asked for %s/%s", in.Bucket, in.Key)
					}
					out.Body, out.ContentLength = io.NopCloser(c.body), c.length
					return out, c.err
				})
				in := describe("FromS3")
				in.Code = aws.FunctionCode{S3Bucket: "b", S3Key: "k"}
				out, err := w.CreateFunction(t.Context(), in)
				if c.code == "" {
					sum := sha256.Sum256(good)
					if err != nil || out.CodeSha256 != base64.StdEncoding.EncodeToString(sum[:]) {
						t.Errorf("code is %s (%v)", out.CodeSha256, err)
					}
					return
				}
				var failure *aws.Error
				if !errors.As(err, &failure) || failure.Code != c.code || failure.Message != c.message {
					t.Errorf("error is %v, want %s: %s", err, c.code, c.message)
				}
			})
		})
	}
}

// failing fails to be read.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
