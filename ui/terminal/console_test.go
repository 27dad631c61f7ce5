//go:build unix

package terminal_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/terminal"
)

// binary is the built program; TestMain sets it once, before any test.
var binary string

func TestMain(m *testing.M) {
	os.Exit(build(m))
}

func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "awslab-binary-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	defer func() { _ = os.RemoveAll(dir) }() // the system's temporary folder is cleaned anyway
	binary = filepath.Join(dir, "awslab")
	command := exec.CommandContext(context.Background(), "go", "build", "-o", binary, ".")
	command.Dir = filepath.Join("..", "..")
	if out, err := command.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "%s\n%v\n", out, err)
		return 2
	}
	return m.Run()
}

// start runs awslab on a terminal; it is ended with the test.
func start(t *testing.T, width, height int, sandbox string, args ...string) *terminal.Session {
	t.Helper()
	return startWith(t, width, height, nil, append([]string{"--sandbox", sandbox}, args...)...)
}

func startWith(t *testing.T, width, height int, env []string, args ...string) *terminal.Session {
	t.Helper()
	command := exec.CommandContext(t.Context(), binary, args...)
	command.Env = append([]string{"TERM=xterm-256color", "COLORTERM=truecolor", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, env...)
	s, err := terminal.Run(command, width, height)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.Kill() // it may have ended by itself
		_ = s.Wait() // the end by a kill is an error, and meant
	})
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestConsoleOpensAndQuits(t *testing.T) {
	t.Parallel()
	s := start(t, 100, 30, t.TempDir())
	must(t, s.WaitText("Welcome to awslab"))
	must(t, s.Send("q"))
	if err := s.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// TestMouse clicks through a page and back, on a real terminal.
func TestMouse(t *testing.T) {
	t.Parallel()
	s := start(t, 120, 36, t.TempDir())
	click := func(text string) {
		t.Helper()
		must(t, s.WaitText(text))
		x, y, ok := s.Find(text)
		if !ok {
			t.Fatalf("%q is gone", text)
		}
		must(t, s.Click(x+1, y))
	}
	click("≡ Services")
	click("DynamoDB  Tables of items")
	click("[ Create table")
	must(t, s.WaitText("Sort key - optional"))
	must(t, s.Send("Mouse"))
	must(t, s.WaitText("│ Mouse"))
}

// TestResize: a resize in the middle of a dialog keeps it open, and a terminal
// that is too small says so.
func TestResize(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, t.TempDir())
	must(t, s.WaitText("Welcome to awslab"))
	must(t, s.Send("\x0b")) // ctrl+k
	must(t, s.WaitText("type to find"))
	for _, size := range [][2]int{{41, 11}, {200, 60}, {30, 8}} {
		must(t, s.Resize(size[0], size[1]))
	}
	must(t, s.WaitText("at least 40×10"))
	must(t, s.Resize(80, 24))
	must(t, s.WaitText("type to find"))
	must(t, s.Send("\x1b"))
	must(t, s.WaitFor("the dialog gone", func(screen string) bool {
		return strings.Contains(screen, "Console home") && !strings.Contains(screen, "type to find")
	}))
}

// TestHugePaste pastes a megabyte into a field; the console stays alive.
func TestHugePaste(t *testing.T) {
	t.Parallel()
	s := start(t, 80, 24, t.TempDir())
	must(t, s.WaitText("Welcome to awslab"))
	must(t, s.Send("\x0b"))
	must(t, s.WaitText("type to find"))
	go func() {
		// The program reads while it is written to; the pipe holds far less.
		_ = s.Send("\x1b[200~" + strings.Repeat("paste \x01", 1<<20/7) + "\x1b[201~")
	}()
	must(t, s.WaitText("Nothing has this name"))
	must(t, s.Send("\x1b"))
	must(t, s.WaitText("Welcome to awslab"))
	must(t, s.Send("q"))
	if err := s.Wait(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// run runs awslab without a terminal.
func run(t *testing.T, env []string, args ...string) (code int, out, errOut string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), binary, args...)
	command.Env = append([]string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, env...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return command.ProcessState.ExitCode(), stdout.String(), stderr.String()
}

func TestWithoutATerminalItSaysSo(t *testing.T) {
	t.Parallel()
	code, out, errOut := run(t, nil, "--sandbox", t.TempDir())
	if code != 2 || out != "" || !strings.Contains(errOut, "needs a terminal") {
		t.Errorf("%d\n%s\n%s", code, out, errOut)
	}
}

// TestOpeningFaults: each way in which a sandbox cannot be opened is told in
// plain words, with what to do.
func TestOpeningFaults(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(file, []byte("x"), 0o600))
	letters := t.TempDir()
	must(t, os.WriteFile(filepath.Join(letters, "sandbox.db"), []byte("somebody's letters"), 0o600))
	for name, c := range map[string]struct{ dir, want string }{
		"a file":          {file, "file"},
		"below a file":    {filepath.Join(file, "sandbox"), "file"},
		"another content": {letters, "sandbox.db"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code, _, errOut := run(t, nil, "lab", "list", "--sandbox", c.dir)
			if code != 2 || !strings.Contains(errOut, c.want) || strings.Contains(errOut, "panic") {
				t.Errorf("%d\n%s", code, errOut)
			}
		})
	}
}

func TestSecondProcessOnOneSandbox(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := start(t, 80, 24, dir)
	must(t, s.WaitText("Welcome to awslab"))
	code, _, errOut := run(t, nil, "lab", "list", "--sandbox", dir)
	if code != 2 || !strings.Contains(errOut, "another") {
		t.Errorf("%d\n%s", code, errOut)
	}
}

func TestUnknownNamesAndFlags(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"lab", "nope"}, {"check", "nope"}, {"--nope"}, {"nope"}, {"lab", "test", "dynamodb", "--read-only"}, {"sandbox", "reset"},
	} {
		code, _, errOut := run(t, nil, append(args, "--sandbox", t.TempDir())...)
		if code != 2 || len(errOut) < 20 {
			t.Errorf("%v: %d %s", args, code, errOut)
		}
	}
}

// TestSandboxReset empties the sandbox, its labs' progress and the memory of
// where one was; anything else in the folder stays.
func TestSandboxReset(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, name := range []string{"labs.json", "console.json", "mine.txt"} {
		must(t, os.WriteFile(filepath.Join(dir, name), []byte("{}"), 0o600))
	}
	if code, _, errOut := run(t, nil, "lab", "list", "--sandbox", dir); code != 0 {
		t.Fatal(errOut)
	}
	if code, out, errOut := run(t, nil, "sandbox", "reset", "--yes", "--sandbox", dir); code != 0 || !strings.Contains(out, "empty") {
		t.Fatalf("%d %s %s", code, out, errOut)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	for _, path := range left {
		if name := filepath.Base(path); name != "mine.txt" && !strings.Contains(name, "damaged") {
			t.Errorf("%s is left", name)
		}
	}
	if err != nil || len(left) == 0 {
		t.Errorf("mine.txt went, too: %v, %v", left, err)
	}
}

// TestKilledConsoleKeepsWhatItShowed: what the screen has shown as done is
// there after kill -9, and the console opens where it was.
func TestKilledConsoleKeepsWhatItShowed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := start(t, 100, 30, dir)
	must(t, s.WaitText("Welcome to awslab"))
	must(t, s.Send("\x0b"))
	must(t, s.WaitText("type to find"))
	must(t, s.Send("create table"))
	must(t, s.WaitText("▸ Create a DynamoDB table"))
	must(t, s.Send("\r"))
	must(t, s.WaitText("Table details"))
	must(t, s.Send("Survivor\tid\x13"))
	must(t, s.WaitText("Creating the Survivor table"))
	must(t, s.WaitText("✓ Active")) // by now it is kept where the user is, too
	must(t, s.Kill())
	_ = s.Wait() // killed, as meant

	sandbox, err := fake.Open(dir, fake.Options{})
	must(t, err)
	out, err := sandbox.Cloud().DynamoDB.ListTables(t.Context(), aws.ListTablesInput{})
	if err != nil || len(out.TableNames) != 1 || out.TableNames[0] != "Survivor" {
		t.Errorf("%v, %v", out.TableNames, err)
	}
	must(t, sandbox.Close())

	again := start(t, 100, 30, dir)
	must(t, again.WaitText("Survivor"))
}

// TestNoColor: any value of NO_COLOR takes the colours away, and the screen
// still says where one is.
func TestNoColor(t *testing.T) {
	t.Parallel()
	s := startWith(t, 80, 24, []string{"NO_COLOR=yes"}, "--sandbox", t.TempDir())
	must(t, s.WaitText("Welcome to awslab"))
	if s.Coloured() {
		t.Error("there are colours")
	}
	coloured := startWith(t, 80, 24, nil, "--sandbox", t.TempDir())
	must(t, coloured.WaitText("Welcome to awslab"))
	if !coloured.Coloured() {
		t.Error("without NO_COLOR there are none either")
	}
}

// BenchmarkFirstFrame is the time from exec to the first frame on the screen,
// on a sandbox that is there already.
func BenchmarkFirstFrame(b *testing.B) {
	dir := b.TempDir()
	for b.Loop() {
		command := exec.CommandContext(b.Context(), binary, "--sandbox", dir)
		command.Env = []string{"TERM=xterm-256color", "HOME=" + b.TempDir()}
		s, err := terminal.Run(command, 120, 40)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.WaitText("Welcome to awslab"); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		if err := s.Send("q"); err != nil {
			b.Fatal(err)
		}
		if err := s.Wait(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}
