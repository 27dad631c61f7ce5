package python

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io/fs"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// Two processes may prepare the same folder: the second finds at its end that
// the folder is there.
func TestInstallWhereAnotherProcessWasFaster(t *testing.T) {
	t.Parallel()
	list, err := readManifest(embedded)
	if err != nil {
		t.Fatal(err)
	}
	var last, total int64
	err = interpreter.install(t.Context(), list.Files, func(done, all int64) {
		if done < last || done > all {
			t.Errorf("progress goes from %d to %d of %d", last, done, all)
		}
		last, total = done, all
	})
	if err != nil || last != total {
		t.Errorf("error %v; progress ends at %d of %d", err, last, total)
	}
	if entries, err := os.ReadDir(filepath.Dir(interpreter.home)); err != nil || len(entries) != 1 {
		t.Errorf("the cache holds %v, %v", entries, err)
	}
	output, err := exec.CommandContext(t.Context(), interpreter.executable(), "-c", "print(1 + 1)").CombinedOutput()
	if err != nil || strings.TrimSpace(string(output)) != "2" {
		t.Errorf("%v: %s", err, output)
	}
}

func TestPrepareAgainUnpacksNothing(t *testing.T) {
	t.Parallel()
	again, err := Prepare(t.Context(), filepath.Dir(interpreter.home), func(int64, int64) { t.Error("something is unpacked") })
	if err != nil || *again != *interpreter {
		t.Errorf("%v, %v", again, err)
	}
}

func TestPrepareIsCancelled(t *testing.T) {
	t.Parallel()
	for name, percent := range map[string]int64{"while it unpacks": 5, "while it compiles": 50} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cache := t.TempDir()
			ctx, cancel := context.WithCancel(t.Context())
			_, err := Prepare(ctx, cache, func(done, total int64) {
				if done >= total*percent/100 {
					cancel()
				}
			})
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error: %v", err)
			}
			if entries, err := os.ReadDir(cache); err != nil || len(entries) != 0 {
				t.Errorf("left behind: %v, %v", entries, err)
			}
		})
	}
}

func TestPrepareWhereNothingCanBeWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var failed *fs.PathError
	if _, err := Prepare(t.Context(), filepath.Join(file, "cache"), nil); !errors.As(err, &failed) {
		t.Errorf("error: %v", err)
	}
}

func TestOtherVersionsAreRemoved(t *testing.T) {
	t.Parallel()
	cache := t.TempDir()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for name, age := range map[string]time.Duration{
		"python-3.13.1-aaaa": 25 * time.Hour, "python-unfinished-1": 25 * time.Hour,
		"python-3.14.6-bbbb": 23 * time.Hour, "python-3.14.6-keep": 1000 * time.Hour, "bytecode": 1000 * time.Hour,
	} {
		folder := filepath.Join(cache, name)
		if err := os.MkdirAll(filepath.Join(folder, "lib"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(folder, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	sweep(cache, "python-3.14.6-keep", now)
	entries, err := os.ReadDir(cache)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	same(t, "left", names, []string{"bytecode", "python-3.14.6-bbbb", "python-3.14.6-keep"})
}

func TestUnpackRefusesWhatIsDamaged(t *testing.T) {
	t.Parallel()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte("content")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	tree := fstest.MapFS{"plain": {Data: []byte("content")}, "packed.gz": {Data: packed.Bytes()}, "cut.gz": {Data: packed.Bytes()[:15]}}
	tests := map[string]struct {
		file file
		ok   bool
	}{
		"a plain file":  {file{Name: "plain", Size: 7, Mode: 0o644}, true},
		"a packed file": {file{Name: "packed", Size: 7, Mode: 0o755, Compressed: true}, true},
		"one cut short": {file{Name: "cut", Size: 7, Compressed: true}, false},
		"a longer one":  {file{Name: "packed", Size: 6, Compressed: true}, false},
		"a shorter one": {file{Name: "plain", Size: 8}, false},
		"a missing one": {file{Name: "missing", Size: 1}, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			err := unpack(t.Context(), tree, []file{test.file}, folder, func(int64) {})
			if (err == nil) != test.ok {
				t.Errorf("error: %v", err)
			}
			if data, err := os.ReadFile(filepath.Join(folder, test.file.Name)); test.ok && (err != nil || string(data) != "content") {
				t.Errorf("%q %v", data, err)
			}
		})
	}
}

func TestWhatIsUnpacked(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"bin/python3.14": true, "bin/python3.14-config": false, "bin/pip3": false, "lib/libpython3.14.so.1.0": false,
		"lib/python3.14/json/decoder.py": true, "lib/python3.14/tkinter/__init__.py": false, "python314.dll": true,
		"python3.dll": true, "python.exe": true, "pythonw.exe": false, "DLLs/_socket.pyd": true, "DLLs/tcl86t.dll": false,
		"lib/python3.14/threading.py": true, "lib/thread3.0.4/pkgIndex.tcl": false, "lib/python3.14/lib-dynload/_dbm.so": true,
		"lib/python3.14/config-3.14-darwin/Makefile": false, "lib/python3.14/unittest/case.py": true,
	} {
		if needed(name) != want {
			t.Errorf("%s: %v", name, !want)
		}
	}
}

func TestEveryModuleOfTheStandardLibraryCanBeImported(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("other systems lack other modules")
	}
	got := run(t, function{
		files: index(`import importlib, sys
LEFT_OUT = {'idlelib', 'tkinter', '_tkinter', 'turtle', 'turtledemo', 'ensurepip', 'pydoc_data', 'antigravity', 'this'}
def handler(event, context):
    failed = []
    for name in sorted(sys.stdlib_module_names - LEFT_OUT):
        try:
            importlib.import_module(name)
        except ImportError as e:
            failed.append(str(e))
    return failed
`),
		events: []string{"{}"},
	})
	for _, name := range []string{"_gdbm", "_overlapped", "_scproxy", "_winapi", "_wmi", "msvcrt", "nt", "winreg", "winsound"} {
		got.Answers[0].Body = strings.Replace(got.Answers[0].Body, `"No module named '`+name+`'", `, "", 1)
		got.Answers[0].Body = strings.Replace(got.Answers[0].Body, `, "No module named '`+name+`'"`, "", 1)
	}
	same(t, "modules that fail, beside those of other systems", got.Answers[0].Body, `["ObjC runtime library couldn't be loaded"]`)
}

// BenchmarkColdStart is a process from its start to its first question for an
// event, for functions that import nothing, and boto3 and PIL.
func BenchmarkColdStart(b *testing.B) {
	for name, source := range map[string]string{
		"plain": "def handler(event, context):\n    pass\n", "boto3 and PIL": createThumbnail,
	} {
		b.Run(name, func(b *testing.B) {
			folder := b.TempDir()
			if err := os.WriteFile(filepath.Join(folder, "index.py"), []byte(source), 0o600); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				coldStart(b, folder)
			}
		})
	}
}

func coldStart(b *testing.B, folder string) {
	ready := make(chan struct{})
	api := &runtimeAPI{idle: ready}
	server := httptest.NewServer(api)
	defer server.Close()
	ctx, stop := context.WithCancel(b.Context())
	command := interpreter.Command()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Env = []string{"AWS_LAMBDA_RUNTIME_API=" + strings.TrimPrefix(server.URL, "http://"), "_HANDLER=index.handler",
		"LAMBDA_TASK_ROOT=" + folder, "SYSTEMROOT=" + os.Getenv("SYSTEMROOT")}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	<-ready
	b.StopTimer()
	stop()
	_ = cmd.Wait() // it was stopped
	b.StartTimer()
}

// BenchmarkPrepare is the unpacking and compiling that a new version does once.
func BenchmarkPrepare(b *testing.B) {
	for b.Loop() {
		cache := b.TempDir()
		if _, err := Prepare(b.Context(), cache, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWarm is an invocation of a function that does nothing.
func BenchmarkWarm(b *testing.B) {
	events := make([]string, 2000)
	for n := range events {
		events[n] = "{}"
	}
	for b.Loop() {
		run(b, function{files: index("def handler(event, context):\n    pass\n"), events: events})
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(events)), "µs/invocation")
}
