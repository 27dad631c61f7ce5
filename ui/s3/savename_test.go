package s3

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestSaveNames(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"HappyFace.jpg":                "HappyFace.jpg",
		"trips/2025/alps.png":          "alps.png",
		"trips/":                       "trips",
		"../../etc/passwd":             "passwd",
		"..":                           "download",
		"/":                            "download",
		`C:\Windows\system.ini`:        "C__Windows_system.ini",
		"tab\there\x1b[2J":             "tab_here_[2J",
		"evil\u202egpj.exe":            "evil_gpj.exe",
		"con.txt":                      "_con.txt",
		"LPT1":                         "_LPT1",
		"name. ":                       "name",
		"für Elise.mp3":                "für Elise.mp3",
		strings.Repeat("é", 300):       strings.Repeat("é", 100),
		"." + strings.Repeat("x", 300): "." + strings.Repeat("x", 199),
	} {
		if got := saveName(key); got != want {
			t.Errorf("%q: %q, want %q", key, got, want)
		}
	}
}

// TestSaveNamesAreSafe: whatever the key, the file lands in the folder.
func TestSaveNamesAreSafe(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	rapid.Check(t, func(r *rapid.T) {
		name := saveName(rapid.String().Draw(r, "key"))
		if filepath.Dir(filepath.Join(folder, name)) != folder || len(name) > longestName+1 || strings.ContainsFunc(name, unicode.IsControl) {
			r.Fatalf("%q", name)
		}
	})
}

func FuzzSaveName(f *testing.F) {
	for _, key := range []string{"a/b.jpg", "..", "a.", ". .", "\x00", "con", strings.Repeat(".", 400)} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		name := saveName(key)
		if name == "" || name == "." || name == ".." || filepath.Base(name) != name || len(name) > longestName+1 {
			t.Errorf("%q: %q", key, name)
		}
	})
}

func TestSettleNeverReplaces(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for i, want := range []string{"a.txt", "a (1).txt", "a (2).txt"} {
		temporary := filepath.Join(folder, "part")
		local(t, folder, map[string]string{"part": strings.Repeat("x", i)})
		got, err := settle(temporary, folder, "a.txt")
		if err != nil || filepath.Base(got) != want {
			t.Errorf("%s, %v; want %s", got, err, want)
		}
		if data, err := os.ReadFile(got); err != nil || len(data) != i {
			t.Errorf("%s: %q, %v", got, data, err)
		}
	}
	if _, err := settle(filepath.Join(folder, "missing"), folder, "b.txt"); err == nil {
		t.Error("nothing was given a name")
	}
	if _, err := os.Stat(filepath.Join(folder, "b.txt")); err == nil {
		t.Error("an empty file stays behind")
	}
}
