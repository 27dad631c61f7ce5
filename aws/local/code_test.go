package local_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"awslab/aws"
)

// hello is the code that the console gives new functions of a language.
func hello(t *testing.T, language string) []byte {
	t.Helper()
	dir := filepath.Join("..", "..", "ui", "lambda", "hello", language)
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(content)
	}
	return packed(t, files)
}

// The code that functions begin with answers.
func TestDefaultCode(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	for _, c := range []struct{ runtime, language, handler string }{
		{"python3.14", "python", "lambda_function.lambda_handler"},
		{"python3.13", "python", "lambda_function.lambda_handler"},
		{"nodejs22.x", "nodejs", "index.handler"},
		{"nodejs24.x", "nodejs", "index.handler"},
	} {
		t.Run(c.runtime, func(t *testing.T) {
			t.Parallel()
			name := strings.ReplaceAll(c.runtime, ".", "-")
			s.function(t, func(in *aws.CreateFunctionInput) {
				in.FunctionName, in.Runtime, in.Handler, in.Code.ZipFile = name, aws.Runtime(c.runtime), c.handler, hello(t, c.language)
			})
			out, tail := s.invoke(t, name, `{"key1": "value1"}`)
			var answer struct {
				StatusCode int
				Body       string
			}
			if err := json.Unmarshal(out.Payload, &answer); err != nil || answer.StatusCode != http.StatusOK || answer.Body != `"Hello from Lambda!"` {
				t.Errorf("it answers %s:\n%s", out.Payload, tail)
			}
		})
	}
}

// Code comes as a zip file, or from a bucket; new code serves the next event.
func TestNewCode(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.bucket(t, "code")
	of := func(answer string) []byte {
		return packed(t, map[string]string{"index.mjs": "export const handler = async () => " + answer})
	}
	must(t, s.S3.PutObject, aws.PutObjectInput{Bucket: "code", Key: "two + 2.zip", Body: bytes.NewReader(of("2"))})
	s.node(t, "Answer", "export const handler = async () => 1")
	var hashes []string
	for n, change := range []aws.UpdateFunctionCodeInput{
		{},
		{S3Bucket: "code", S3Key: "two + 2.zip"},
		{ZipFile: of("3")},
	} {
		want := []string{"1", "2", "3"}[n]
		if n > 0 {
			change.FunctionName = "Answer"
			must(t, s.Lambda.UpdateFunctionCode, change)
		}
		hash := must(t, s.Lambda.GetFunctionConfiguration, aws.GetFunctionConfigurationInput{FunctionName: "Answer"}).CodeSha256
		if out, tail := s.invoke(t, "Answer", "{}"); string(out.Payload) != want {
			t.Errorf("version %s answers %s:\n%s", want, out.Payload, tail)
		}
		for _, other := range hashes {
			if hash == other {
				t.Errorf("version %s has the hash of another: %s", want, hash)
			}
		}
		hashes = append(hashes, hash)
	}
	await(t, "a log stream for each version", func() bool {
		out, err := s.Logs.DescribeLogStreams(t.Context(), aws.DescribeLogStreamsInput{LogGroupName: "/aws/lambda/Answer"})
		return err == nil && len(out.LogStreams) == 3
	})
}

// Zip files that are none, and those that reach out of their folder, are refused.
func TestBadCode(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.node(t, "Answer", "export const handler = async () => 1")
	whole := packed(t, map[string]string{"index.mjs": "export const handler = async () => 2"})
	for name, zip := range map[string][]byte{
		"text":          []byte("no zip file"),
		"cut short":     whole[:len(whole)-10],
		"a way out":     packed(t, map[string]string{"index.mjs": "1", "../../out.mjs": "1"}),
		"absolute":      packed(t, map[string]string{"index.mjs": "1", "/etc/out": "1"}),
		"many too long": packed(t, map[string]string{"index.mjs": "1", strings.Repeat("x/", 3000) + "y": "1"}),
	} {
		if _, err := s.Lambda.UpdateFunctionCode(t.Context(), aws.UpdateFunctionCodeInput{FunctionName: "Answer", ZipFile: zip}); err == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
	if out, tail := s.invoke(t, "Answer", "{}"); string(out.Payload) != "1" {
		t.Errorf("afterwards it answers %s:\n%s", out.Payload, tail)
	}
}
