package file_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"awslab/ui/file"
)

func TestReplace(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "made", "state.json")
	for _, text := range []string{"one", "two, which is longer", ""} {
		if err := file.Replace(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != text {
			t.Errorf("%q, %v", got, err)
		}
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("left over: %v, %v", entries, err)
	}
}

// TestReplaceAtOnce: of many writers at once one wins, whole.
func TestReplaceAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "state.json")
	var wait sync.WaitGroup
	written := make([]string, 8)
	for i := range written {
		written[i] = fmt.Sprintf("%d %0*d", i, 1000*(i+1), 0)
		wait.Go(func() {
			if err := file.Replace(path, []byte(written[i])); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range written {
		if string(got) == text {
			return
		}
	}
	t.Errorf("nobody wrote the %d bytes that are there", len(got))
}

func TestReplaceLeavesTheOldFileWhenItFails(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(folder, []byte("a file, no folder"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := file.Replace(filepath.Join(folder, "state.json"), nil); err == nil {
		t.Error("a file was written below a file")
	}
	if got, err := os.ReadFile(folder); err != nil || string(got) != "a file, no folder" {
		t.Errorf("%q, %v", got, err)
	}
}
