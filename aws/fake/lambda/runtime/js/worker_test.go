package js

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"modernc.org/quickjs"
)

// asWorker makes the test binary the worker it starts.
const asWorker = "AWSLAB_JS_TEST_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(asWorker) != "" {
		Worker()
	}
	os.Exit(m.Run())
}

func TestEngineNameIsTheEngine(t *testing.T) {
	t.Parallel()
	if want := "QuickJS " + quickjs.Version(); EngineName != want {
		t.Errorf("EngineName is %q, the engine is %q", EngineName, want)
	}
}

// TestOutOfMemory wants a function that takes more than its memory to die as if killed, however it takes it.
func TestOutOfMemory(t *testing.T) {
	t.Parallel()
	hogs := map[string]string{
		"lists":          "const all = []; for (;;) all.push(new Array(1000).fill(1.5));",
		"buffers":        "const all = []; for (;;) all.push(Buffer.alloc(1 << 20, 1));",
		"text":           "const all = []; for (let i = 0; ; i++) all.push('x'.repeat(1000) + i);",
		"caught":         "const all = []; for (;;) { try { for (;;) all.push({ n: all.length }); } catch (e) { throw e; } }",
		"after an await": "await null; const all = []; for (;;) all.push([all.length]);",
	}
	for name, hog := range hogs {
		if raced && name != "buffers" && name != "after an await" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, "quickjs", map[string]string{"index.mjs": "export const handler = async () => { console.log('before'); " + hog + " };"}, "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=40")
			if a := f.invoke(t, "{}"); a != (answer{}) {
				t.Fatalf("it answered %v", a)
			}
			<-f.exited
			if state := f.cmd.ProcessState; state.Success() || (runtime.GOOS != "windows" && state.String() != "signal: killed") {
				t.Errorf("it ended with %v", state)
			}
			if got := f.out.all(); len(got) != 1 || !strings.HasSuffix(got[0], "\tbefore") {
				t.Errorf("it logged %q", got)
			}
		})
	}
}

// TestMemoryIsEnough wants most of the memory to be usable.
func TestMemoryIsEnough(t *testing.T) {
	t.Parallel()
	f := start(t, "quickjs", map[string]string{"index.mjs": "export const handler = async () => { const all = []; for (let i = 0; i < 80; i++) all.push(Buffer.alloc(1e6, 1)); return all.length; };"})
	if a := f.invoke(t, "{}"); a.Body != "80" {
		t.Errorf("it answered %v", a)
	}
}

// TestOutputIsMarked wants the END marks on both outputs, before the answer, and frames around text of several lines.
func TestOutputIsMarked(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"quickjs", "node"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			f := start(t, engine, map[string]string{"index.mjs": "export const handler = async () => { console.log('ü\\n2'); console.error('plain'); };"})
			f.invoke(t, "{}")
			f.stop()
			if got := strings.Join(f.out.all(), "|"); !strings.Contains(got, "ü\n2|") || !strings.HasSuffix(got, "ERROR\tplain") {
				t.Errorf("events %q", got)
			}
			mark := "\x00END " + requestID(1) + "\n"
			if got := f.out.stderr.String(); got != mark {
				t.Errorf("standard error has %q, want %q", got, mark)
			}
			if got := f.out.marks(); len(got) != 1 || got[0]+"\n" != mark {
				t.Errorf("standard output has the marks %q, want %q", got, mark)
			}
		})
	}
}

// TestFilesOutside wants nothing of the computer's to be seen or changed, by whatever path.
func TestFilesOutside(t *testing.T) {
	t.Parallel()
	outside := t.TempDir()
	secret := filepath.Join(outside, "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := start(t, "quickjs", map[string]string{"index.mjs": `import fs from 'node:fs';
export const handler = async (event) => event.map((p) => { const told = []; for (const f of ['readFileSync', 'readdirSync', 'statSync']) try { fs[f](p); told.push('seen'); } catch (e) { told.push(e.code); }
  try { fs.writeFileSync(p, 'x'); told.push('written'); } catch (e) { told.push(e.code); } return told.join(); });`})
	if err := os.Symlink(outside, filepath.Join(f.tmp, "link")); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	paths := []string{"/etc/passwd", "/tmp/../etc/passwd", filepath.ToSlash(secret), "/tmp/link/secret", "/var/task/../../etc/passwd", "/proc/self/environ", "../../etc/passwd"}
	a := f.invoke(t, mustJSON(t, paths))
	if strings.Contains(a.Body, "seen") || strings.Contains(a.Body, "written") || !strings.HasPrefix(a.Body, "[") {
		t.Errorf("of %q: %s", paths, a.Body)
	}
	a = f.invoke(t, `["/var/task/index.mjs"]`)
	if want := `["seen,ENOTDIR,seen,EROFS"]`; a.Body != want {
		t.Errorf("of its own file: %s, want %s", a.Body, want)
	}
}

func TestBadEnvironment(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, env := range [][]string{
		nil,
		{"AWS_LAMBDA_RUNTIME_API=127.0.0.1:1", "LAMBDA_TASK_ROOT=/nonexistent"},
		{"AWS_LAMBDA_RUNTIME_API=127.0.0.1:1", "LAMBDA_TASK_ROOT=" + t.TempDir(), "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=much"},
		{"AWS_LAMBDA_RUNTIME_API=127.0.0.1:1", "LAMBDA_TASK_ROOT=" + t.TempDir(), "_HANDLER=index.handler"}, // nobody answers
	} {
		cmd := exec.Command(self)
		cmd.Env = append([]string{asWorker + "=1"}, env...)
		out, err := cmd.CombinedOutput()
		if code := cmd.ProcessState.ExitCode(); err == nil || code <= 0 || len(out) == 0 {
			t.Errorf("with %q: exit status %d, %q", env, code, out)
		}
	}
}

func TestCache(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "made", "for", "it")
	if err := Cache(dir); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(files) != 1 {
		t.Fatalf("cache files %v (%v), want one", files, err)
	}
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	damages := map[string][]byte{
		"whole": whole, "empty": {}, "cut": whole[:len(whole)/2], "other": []byte("not a cache file at all, but long enough to have a sum"),
		"changed": append(append([]byte{}, whole[:len(whole)-1]...), whole[len(whole)-1]^1),
	}
	for name, content := range damages {
		if raced && name != "whole" && name != "changed" {
			continue
		}
		if err := os.WriteFile(files[0], content, 0o600); err != nil {
			t.Fatal(err)
		}
		f := start(t, "quickjs", map[string]string{"index.mjs": "export const handler = async () => [1, process.env.AWSLAB_JS_CACHE];"}, "AWSLAB_JS_CACHE="+dir)
		if a := f.invoke(t, "{}"); a.Body != "[1,null]" {
			t.Errorf("with a cache that is %s: %v", name, a)
		}
		f.stop()
		if after, err := os.ReadFile(files[0]); err != nil || !bytes.Equal(after, whole) {
			t.Errorf("a cache that is %s was not put right (%v)", name, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestCacheCannotBeWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Cache(filepath.Join(file, "below")); err == nil {
		t.Error("a cache below a file was made")
	}
	f := start(t, "quickjs", map[string]string{"index.mjs": "export const handler = async () => 1;"}, "AWSLAB_JS_CACHE="+filepath.Join(file, "below"))
	if a := f.invoke(t, "{}"); a.Body != "1" {
		t.Errorf("without a cache it answered %v", a)
	}
}
