package component

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

// anyFilePicker is a picker of files with any names.
func anyFilePicker(t *rapid.T) Control {
	p := NewFilePicker("/home/ann")
	p.Label, p.Height, p.Multiple = wild().Draw(t, "label"), rapid.IntRange(-1, 20).Draw(t, "height"), rapid.Bool().Draw(t, "multiple")
	entries := make([]FileEntry, rapid.IntRange(0, 12).Draw(t, "entries"))
	for i := range entries {
		entries[i] = FileEntry{Name: wild().Draw(t, "name"), Size: rapid.Int64().Draw(t, "size"), Folder: rapid.Bool().Draw(t, "folder"), Problem: wild().Draw(t, "problem")}
	}
	p.Open("/home/ann")
	p.SetEntries("/home/ann", entries, nil)
	if rapid.Bool().Draw(t, "unreadable") {
		p.Open("/nowhere")
		p.SetEntries("/nowhere", nil, errors.New(wild().Draw(t, "error")))
	}
	return p
}

// disk is folders to pick files from.
type disk struct {
	*FilePicker
	folders map[string][]FileEntry
	asked   []string
	picked  []string
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func newDisk() *disk {
	d := &disk{FilePicker: NewFilePicker("/home/ann"), folders: map[string][]FileEntry{
		"/home/ann": {
			{Name: "zoo.png", Size: 2048, Modified: noon}, {Name: "Cat.jpg", Size: 500, Modified: noon.Add(time.Hour)}, {Name: ".secret", Size: 1},
			{Name: "pictures", Folder: true, Modified: noon}, {Name: "locked", Folder: true, Problem: "permission denied"},
		},
		"/home/ann/pictures": {{Name: "a.png", Size: 3 << 20}, {Name: "b.png"}, {Name: "notes.txt"}},
		"/home":              {{Name: "ann", Folder: true}, {Name: "abe", Folder: true}},
	}}
	d.Height, d.Multiple = 16, true
	d.Picked = func(paths []string) tea.Cmd { d.picked = paths; return nil }
	d.Read = func(path string) tea.Cmd {
		d.asked = append(d.asked, path)
		entries, ok := d.folders[path]
		name := filepath.Base(path)
		i := slices.IndexFunc(d.folders[filepath.Dir(path)], func(e FileEntry) bool { return e.Name == name })
		switch {
		case ok:
			return d.SetEntries(path, entries, nil)
		case i >= 0:
			return d.SetEntries(path, nil, ErrIsFile)
		}
		return d.SetEntries(path, nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist})
	}
	d.Open(d.Dir())
	d.Focus()
	return d
}

func (d *disk) expectPicked(t *testing.T, want ...string) {
	t.Helper()
	if !slices.Equal(d.picked, want) {
		t.Errorf("picked %q, want %q", d.picked, want)
	}
}

func TestFilePickerDraws(t *testing.T) {
	t.Parallel()
	d := newDisk()
	d.Accept = func(e FileEntry) string {
		if strings.HasSuffix(e.Name, ".jpg") {
			return "Only PNG files."
		}
		return ""
	}
	d.arrange()
	d.Height = 12
	expect(t, "picker", shown(d.View(74)), strings.TrimPrefix(`
  File
  │ /home/ann                                                            │
  │ (Filter files)           │    [ ] Show hidden files
  [ ] Name ▲                                       Size  Modified
▸     ../
      locked/                                         –  –
      pictures/                                       –  2026-03-01 12:00
      Cat.jpg                                     500 B  2026-03-01 13:00
  [ ] zoo.png                                    2.0 KB  2026-03-01 12:00


[ Choose ]  enter open · space mark · backspace up · / filter`, "\n"))
}

func TestFilePickerWalks(t *testing.T) {
	t.Parallel()
	d := newDisk()
	pressAll(d, "down", "down", "enter")
	expect(t, "into a folder", d.Dir(), "/home/ann/pictures")
	pressAll(d, "down", "enter")
	d.expectPicked(t, "/home/ann/pictures/a.png")
	pressAll(d, "backspace")
	expect(t, "up", d.Dir(), "/home/ann")
	expect(t, "it stays where it was", d.list.At(d.table.Current()).Key, "pictures")
	pressAll(d, "home", "enter")
	expect(t, "up by the row", d.Dir(), "/home")
	pressAll(d, "backspace")
	expect(t, "a folder that cannot be read is not entered", d.Dir(), "/home")
	if got := shown(d.View(60)); !strings.Contains(got, "✗ file does not exist") || !strings.Contains(got, "ann/") {
		t.Errorf("it shows\n%s", got)
	}
}

func TestFilePickerMarks(t *testing.T) {
	t.Parallel()
	d := newDisk()
	d.folders["/home/ann"] = append(d.folders["/home/ann"], FileEntry{Name: "bad.bin", Problem: "unreadable"})
	d.Open("~")
	pressAll(d, "home", "space", "down", "space", "end", "space", "up", "space")
	if got := shown(d.View(60)); !strings.Contains(got, "[ Choose 2 files ]") {
		t.Errorf("it shows\n%s", got)
	}
	pressAll(d, "enter")
	d.expectPicked(t, "/home/ann/Cat.jpg", "/home/ann/zoo.png")
	click(t, d.View(60), RoleCheckbox, "Cat.jpg")
	click(t, d.View(60), RoleButton, "Choose 1 file")
	d.expectPicked(t, "/home/ann/zoo.png")
}

// TestFilePickerRefuses what cannot be chosen, and says why.
func TestFilePickerRefuses(t *testing.T) {
	t.Parallel()
	d := newDisk()
	d.Accept = func(e FileEntry) string {
		if !strings.HasSuffix(e.Name, ".png") {
			return "Only PNG files."
		}
		return ""
	}
	said := func(what string, cmd tea.Cmd, want string) {
		t.Helper()
		for _, msg := range do(cmd) {
			if n, ok := msg.(nav.Notify); ok && n.Text == want {
				return
			}
		}
		t.Errorf("%s: nobody says %q", what, want)
	}
	said("a file of another kind", d.Open("/home/ann/Cat.jpg"), "Only PNG files.")
	said("several", d.Paste("/home/ann/a.png /home/ann/Cat.jpg"), "Only PNG files.")
	said("a folder", d.pickCurrent(), "It is a folder.")
	pressAll(d, "down")
	cmd, _ := d.Key(press("enter"))
	said("a locked folder", cmd, "permission denied")
	d.Multiple = false
	said("too many", d.Paste("/a.png /b.png"), "2 paths were pasted, and one file is wanted.")
	d.expectPicked(t)
}

func TestFilePickerTakesPaths(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, paste, dir string
		picked           []string
	}{
		{"a folder", "/home/ann/pictures\n", "/home/ann/pictures", nil},
		{"home", "~/pictures", "/home/ann/pictures", nil},
		{"a file", `'/home/ann/zoo.png'`, "/home/ann", []string{"/home/ann/zoo.png"}},
		{"a URL", "file:///home/ann/zoo.png", "/home/ann", []string{"/home/ann/zoo.png"}},
		{"several", `/x/a\ b.png /x/c.png`, "/home/ann", []string{"/x/a b.png", "/x/c.png"}},
	} {
		d := newDisk()
		d.Paste(c.paste)
		expect(t, c.name, d.Dir(), c.dir)
		d.expectPicked(t, c.picked...)
	}
	d := newDisk()
	pressAll(d, "shift+tab", "shift+tab", "shift+tab")
	if !d.Editing() {
		t.Fatal("the path has not the focus")
	}
	pressAll(d, "ctrl+u")
	write(d, "pictures/.")
	d.Paste("./..")
	pressAll(d, "enter")
	expect(t, "typed, below the folder listed", d.Dir(), "/home")
	expect(t, "the path field", d.path.Value(), "/home")
}

// TestFilePickerDropsLateAnswers: only the last question counts.
func TestFilePickerDropsLateAnswers(t *testing.T) {
	t.Parallel()
	p := NewFilePicker("/home")
	p.Read = func(string) tea.Cmd { return nil }
	p.Open("/home")
	p.Open("/other")
	p.SetEntries("/home", []FileEntry{{Name: "late"}}, nil)
	if p.list.Len() != 0 {
		t.Error("a late answer is shown")
	}
	p.SetEntries("/other", []FileEntry{{Name: "right"}}, nil)
	expect(t, "folder", p.Dir(), "/other")
}

func TestFilePickerFiltersSortsAndHides(t *testing.T) {
	t.Parallel()
	d := newDisk()
	names := func() string {
		var out []string
		for i := range d.list.Len() {
			out = append(out, d.list.At(i).Key)
		}
		return strings.Join(out, " ")
	}
	expect(t, "by name", names(), ".. locked pictures Cat.jpg zoo.png")
	pressAll(d, "o")
	expect(t, "downwards", names(), ".. pictures locked zoo.png Cat.jpg")
	pressAll(d, "o")
	expect(t, "by size", names(), ".. locked pictures Cat.jpg zoo.png")
	pressAll(d, "/", "z")
	expect(t, "filtered", names(), "zoo.png")
	pressAll(d, "esc")
	expect(t, "all again", names(), ".. locked pictures Cat.jpg zoo.png")
	pressAll(d, "/", "n", "o", "/", "w", "enter")
	if got := d.asked[len(d.asked)-1]; got != "/no/w" {
		t.Errorf("a path typed in the list leads to %q", got)
	}
	pressAll(d, "esc")
	expect(t, "the filter is gone", names(), ".. locked pictures Cat.jpg zoo.png")
	click(t, d.View(70), RoleCheckbox, "Show hidden files")
	expect(t, "hidden ones, too", names(), ".. locked pictures .secret Cat.jpg zoo.png")
}

// TestFilePickerTabs: tab goes through the parts and then leaves.
func TestFilePickerTabs(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]int{"tab": 1, "shift+tab": 3} {
		d := newDisk()
		n := 0
		for ; n < 9; n++ {
			if _, used := d.Key(press(key)); !used {
				break
			}
		}
		if n != want {
			t.Errorf("%s leaves after %d parts, want %d", key, n, want)
		}
	}
}

func TestBytes(t *testing.T) {
	t.Parallel()
	for n, want := range map[int64]string{
		-1: "–", 0: "0 B", 1023: "1023 B", 1024: "1.0 KB", 1536: "1.5 KB", 1<<20 - 1: "1.0 MB", 5 << 30: "5.0 GB", 1<<63 - 1: "8.0 EB",
	} {
		if got := Bytes(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func BenchmarkFilePicker(b *testing.B) {
	p := NewFilePicker("/home")
	p.Height, p.Multiple = 40, true
	entries := make([]FileEntry, 10_000)
	for i := range entries {
		entries[i] = FileEntry{Name: fmt.Sprintf("picture-%d.jpg", i*7919%10_000), Size: int64(i)}
	}
	p.Open("/home")
	b.Run("entries/10000", func(b *testing.B) {
		for b.Loop() {
			p.SetEntries("/home", entries, nil)
		}
	})
	b.Run("view/10000", func(b *testing.B) {
		for b.Loop() {
			p.View(120)
		}
	})
}
