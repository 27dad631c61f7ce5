package js

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPrinterKeepsOrder wants each file to hold all that was written to it, as it was written, after a flush.
func TestPrinterKeepsOrder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		files := make([]*os.File, 2)
		wanted := make([]strings.Builder, len(files))
		for i := range files {
			file, err := os.Create(filepath.Join(dir, string(rune('a'+i))))
			if err != nil {
				t.Fatal(err)
			}
			files[i] = file
		}
		text := rapid.OneOf(rapid.StringN(0, 8, -1), rapid.Just(strings.Repeat("long ", flushAt/10)), rapid.Just(strings.Repeat("longer", flushAt)))
		var p printer
		for range rapid.IntRange(0, 30).Draw(t, "writes") {
			to, what := rapid.IntRange(0, len(files)-1).Draw(t, "file"), text.Draw(t, "text")
			wanted[to].WriteString(what)
			if err := p.write(files[to], what); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.flush(); err != nil {
			t.Fatal(err)
		}
		for i, file := range files {
			got, err := os.ReadFile(file.Name())
			if err != nil || string(got) != wanted[i].String() {
				t.Fatalf("file %d holds %d bytes, want %d (%v)", i, len(got), wanted[i].Len(), err)
			}
			if err := file.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// TestPrinterDoesNotWait wants text to come out though nobody writes more or flushes, again and again.
func TestPrinterDoesNotWait(t *testing.T) {
	t.Parallel()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	var p printer
	buffer := make([]byte, 16)
	for _, want := range []string{"first", "second", "third"} {
		if err := p.write(w, want); err != nil {
			t.Fatal(err)
		}
		if n, err := r.Read(buffer); err != nil || string(buffer[:n]) != want {
			t.Fatalf("%q (%v), want %q", buffer[:n], err, want)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.write(w, strings.Repeat("x", flushAt)); err == nil {
		t.Error("a closed file takes text")
	}
	if err := p.flush(); err == nil {
		t.Error("what could not be written is forgotten")
	}
}

// TestOutputOfBusyFunction wants what was printed before an endless loop to be read while it runs.
func TestOutputOfBusyFunction(t *testing.T) {
	t.Parallel()
	f := start(t, "quickjs", map[string]string{"index.mjs": `export const handler = async () => { console.log('before'); for (;;); };`})
	f.server.events <- "{}"
	<-f.out.came
	if got := f.out.all(); len(got) != 1 || !strings.HasSuffix(got[0], "\tbefore") {
		t.Errorf("it logged %q", got)
	}
}
