//go:build unix

package terminal_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// serving is `awslab serve --json` at work.
type serving struct {
	t       *testing.T
	command *exec.Cmd
	lines   *bufio.Scanner
	url     string
}

func serve(t *testing.T, args ...string) *serving {
	t.Helper()
	command := exec.CommandContext(t.Context(), binary, append([]string{"serve", "--json", "--sandbox", t.TempDir()}, args...)...)
	command.Env = []string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
	out, err := command.StdoutPipe()
	must(t, err)
	must(t, command.Start())
	t.Cleanup(func() {
		_ = command.Process.Kill() // it may have ended by itself
		_ = command.Wait()         // the end by a kill is an error, and meant
	})
	s := &serving{t: t, command: command, lines: bufio.NewScanner(out)}
	s.url, _ = s.line("ready")["endpoint"].(string)
	return s
}

// line reads the next line, which has to be of an event.
func (s *serving) line(event string) map[string]any {
	s.t.Helper()
	if !s.lines.Scan() {
		s.t.Fatalf("no line for %q: %v", event, s.lines.Err())
	}
	var line map[string]any
	if err := json.Unmarshal(s.lines.Bytes(), &line); err != nil || line["event"] != event {
		s.t.Fatalf("%s (%v), want the event %q", s.lines.Text(), err, event)
	}
	return line
}

func (s *serving) get(path string, headers ...string) int {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path, nil)
	must(s.t, err)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	must(s.t, err)
	must(s.t, response.Body.Close())
	return response.StatusCode
}

// TestServe answers programs without a screen, tells each call, and ends in good
// order when it is told to.
func TestServe(t *testing.T) {
	t.Parallel()
	s := serve(t, "--addr", "127.0.0.1:0")
	signed := "AWS4-HMAC-SHA256 Credential=K/20261122/us-west-2/s3/aws4_request, SignedHeaders=host, Signature=" + strings.Repeat("0", 64)
	if status := s.get("/", "Authorization", signed); status != http.StatusOK {
		t.Errorf("the list of buckets has the status %d", status)
	}
	if call := s.line("call"); call["operation"] != "ListBuckets" || call["service"] != "s3" || call["error"] != nil {
		t.Errorf("the call was told as %v", call)
	}
	if status := s.get("/_aws/execute-api/nothere/prod/FAQ"); status != http.StatusForbidden {
		t.Errorf("an unknown API has the status %d", status)
	}

	// Another one may not have the port that it was told to have.
	address := strings.TrimPrefix(s.url, "http://")
	second := exec.CommandContext(t.Context(), binary, "serve", "--sandbox", t.TempDir(), "--addr", address)
	out, err := second.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.Contains(string(out), "another program answers on "+address) {
		t.Errorf("the port is taken: %v, %s", err, out)
	}

	must(t, s.command.Process.Signal(syscall.SIGTERM))
	s.line("stopped")
	if err := s.command.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}
