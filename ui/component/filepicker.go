package component

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
)

// FileEntry is a file or a folder in a folder.
type FileEntry struct {
	Name     string
	Size     int64 // bytes; of files
	Modified time.Time
	Folder   bool
	Problem  string // why it cannot be chosen or opened; "" when it can
}

// ErrIsFile tells a FilePicker that the path it asked for is no folder but a
// file, which is chosen then.
var ErrIsFile = errors.New("this is a file")

// FilePicker chooses files: by a path that is typed, pasted or dropped, or from
// the list of a folder's entries. It reads no folder itself but asks its owner.
// In the list, enter opens a folder or chooses a file, backspace goes up, /
// filters. Tab moves among its parts, and leaves at its ends.
type FilePicker struct {
	Label    string         // of the path, "File"
	Height   int            // lines to draw in all; the page sets it before View
	Multiple bool           // several files can be chosen: space marks them
	Location *time.Location // of the times shown; nil for UTC

	// Accept says why a file cannot be chosen; "" when it can. Nil accepts all.
	Accept func(FileEntry) string
	// Read asks for what is in a folder: the answer goes to SetEntries.
	Read func(path string) tea.Cmd
	// Picked gets the paths of the files chosen.
	Picked func(paths []string) tea.Cmd

	home    string
	dir     string // the folder that is listed
	wanted  string // the path asked for
	loading bool
	entries []FileEntry // as set
	byName  map[string]FileEntry
	width   int // as drawn last
	column  int // what they are sorted by, and which way
	desc    bool

	ring   *Ring
	path   *TextField
	filter *TextField
	hidden *Checkbox
	list   *List
	table  *Table
	choose *Button
}

// parent names the row that goes up.
const parent = ".."

// NewFilePicker makes a picker that begins at the home folder, for which ~
// stands in paths; with none, at the top.
func NewFilePicker(home string) *FilePicker {
	home = filepath.Clean(cmp.Or(home, string(filepath.Separator)))
	p := &FilePicker{Label: "File", home: home, dir: home, list: NewList()}
	p.path = NewTextField("")
	p.path.SetValue(home)
	p.path.Submit = func() tea.Cmd { return p.Open(p.path.Value()) }
	p.filter = NewTextField("Filter files")
	p.filter.Bare, p.filter.Placeholder, p.filter.Width = true, "Filter files", 24
	p.filter.Changed = func() tea.Cmd { p.list.Filter(p.filter.Value()); return nil }
	p.hidden = NewCheckbox("Show hidden files")
	p.hidden.Changed = func() tea.Cmd { p.arrange(); return nil }
	p.table = NewTable(p.list, p.columns)
	p.table.Sortable = true
	p.table.SetSorted(0, false)
	p.table.Sorted = func(column int, desc bool) tea.Cmd {
		p.column, p.desc = column, desc
		p.arrange()
		return nil
	}
	p.table.CanMark = func(row int) bool { return p.refusal(p.at(row)) == "" }
	p.table.Open = p.enter
	p.choose = NewButton("Choose", p.pickCurrent)
	p.choose.Primary = true
	p.ring = NewRing(p.path, p.filter, p.hidden, p.table, p.choose)
	p.Blur()
	return p
}

// Dir is the folder that is listed.
func (p *FilePicker) Dir() string { return p.dir }

// SetDir says which folder to begin in, before the first Open.
func (p *FilePicker) SetDir(dir string) {
	if dir != "" {
		p.dir = p.absolute(dir)
		p.path.SetValue(p.dir)
	}
}

// Open goes to a path: the owner is asked for it. A path from ~ is one from
// home; one that does not begin at the top is below the folder listed.
func (p *FilePicker) Open(path string) tea.Cmd {
	p.wanted = p.absolute(path)
	p.path.Error = ""
	p.filter.SetValue("")
	p.list.Filter("")
	if p.Read == nil {
		return nil
	}
	p.loading = true
	return p.Read(p.wanted)
}

func (p *FilePicker) absolute(path string) string {
	rest, ok := strings.CutPrefix(path, "~")
	switch {
	case ok && (rest == "" || rest[0] == '/' || rest[0] == filepath.Separator):
		return filepath.Join(p.home, rest)
	case filepath.IsAbs(path):
		return filepath.Clean(path)
	}
	return filepath.Join(p.dir, path)
}

// SetEntries is the answer to Read: what is in a folder, or why that cannot be
// told. An answer that is not to the last question is dropped. With ErrIsFile
// the path is a file, and entries may hold what is known of it.
func (p *FilePicker) SetEntries(path string, entries []FileEntry, err error) tea.Cmd {
	if path != p.wanted {
		return nil
	}
	p.loading = false
	switch {
	case errors.Is(err, ErrIsFile):
		file := FileEntry{Name: filepath.Base(path)}
		if len(entries) == 1 {
			file = entries[0]
		}
		return p.pick(filepath.Dir(path), file)
	case err != nil:
		p.path.SetValue(path)
		p.path.Error = reason(err)
		return nil
	}
	if path != p.dir {
		from := filepath.Base(p.dir)
		p.table.ClearMarks()
		defer p.arrive(from)
	}
	p.dir, p.entries = path, entries
	p.byName = make(map[string]FileEntry, len(entries))
	for _, e := range entries {
		p.byName[e.Name] = e
	}
	p.path.SetValue(path)
	p.path.Error = ""
	p.arrange()
	return nil
}

// arrive puts the place in a folder that was just opened: where it was gone
// from when that was further down, else at the top.
func (p *FilePicker) arrive(from string) {
	row, ok := p.list.Index(from)
	if !ok {
		row = 0
	}
	p.table.SetCurrent(row)
}

// reason is an error in short: the path is above it already.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return err.Error()
}

// arrange lists the entries: the way up, folders, files.
func (p *FilePicker) arrange() {
	shown := make([]FileEntry, 0, len(p.entries))
	for _, e := range p.entries {
		if p.hidden.On() || !strings.HasPrefix(e.Name, ".") {
			shown = append(shown, e)
		}
	}
	slices.SortStableFunc(shown, p.order)
	rows := make([]ListRow, 0, len(shown)+1)
	if filepath.Dir(p.dir) != p.dir {
		rows = append(rows, ListRow{parent, []Cell{{Text: parent + "/"}}})
	}
	for _, e := range shown {
		rows = append(rows, ListRow{e.Name, p.cells(e)})
	}
	p.list.Set(rows)
}

// order is folders before files, then by the column that was chosen.
func (p *FilePicker) order(a, b FileEntry) int {
	if a.Folder != b.Folder {
		if a.Folder {
			return -1
		}
		return 1
	}
	by := 0
	switch p.column {
	case 1:
		by = cmp.Compare(a.Size, b.Size)
	case 2:
		by = a.Modified.Compare(b.Modified)
	}
	by = cmp.Or(by, cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Name, b.Name))
	if p.desc {
		return -by
	}
	return by
}

// at is the entry of a row; the way up counts as a folder.
func (p *FilePicker) at(row int) FileEntry {
	name := p.list.At(row).Key
	if e, ok := p.byName[name]; ok {
		return e
	}
	return FileEntry{Name: name, Folder: true}
}

// refusal says why an entry cannot be chosen.
func (p *FilePicker) refusal(e FileEntry) string {
	switch {
	case e.Problem != "":
		return e.Problem
	case e.Folder:
		return "It is a folder."
	case p.Accept != nil:
		return p.Accept(e)
	}
	return ""
}

// enter opens the folder of a row, or chooses what is marked, or the row's file.
func (p *FilePicker) enter(row int) tea.Cmd {
	switch e := p.at(row); {
	case e.Name == "":
		return nil
	case e.Name == parent:
		return p.up()
	case e.Folder && e.Problem == "":
		return p.Open(filepath.Join(p.dir, e.Name))
	case e.Folder:
		return why(e.Name, e.Problem)
	}
	return p.pickCurrent()
}

// up opens the folder above.
func (p *FilePicker) up() tea.Cmd { return p.Open(filepath.Dir(p.dir)) }

// marked is the files that are marked.
func (p *FilePicker) marked() []FileEntry {
	var out []FileEntry
	for _, row := range p.table.Marked() {
		out = append(out, p.at(row))
	}
	return out
}

// pickCurrent chooses what is marked, or else the current row.
func (p *FilePicker) pickCurrent() tea.Cmd {
	if files := p.marked(); len(files) > 0 {
		return p.pick(p.dir, files...)
	}
	row := p.table.Current()
	if row < 0 {
		return why("Choose", "There is no file here.")
	}
	return p.pick(p.dir, p.at(row))
}

// pick chooses files, unless one of them cannot be.
func (p *FilePicker) pick(dir string, files ...FileEntry) tea.Cmd {
	paths := make([]string, len(files))
	for i, f := range files {
		if problem := p.refusal(f); problem != "" {
			return why(f.Name, problem)
		}
		paths[i] = filepath.Join(dir, f.Name)
	}
	if p.Picked == nil {
		return nil
	}
	return p.Picked(paths)
}

// drop takes paths that were dropped or pasted: one is gone to, several are
// chosen.
func (p *FilePicker) drop(paths []string) tea.Cmd {
	if len(paths) == 1 {
		p.path.SetValue(paths[0])
		return p.Open(paths[0])
	}
	if !p.Multiple {
		return why("Choosing several files", fmt.Sprintf("%d paths were pasted, and one file is wanted.", len(paths)))
	}
	out := make([]string, len(paths))
	for i, path := range paths {
		out[i] = p.absolute(path)
		f := FileEntry{Name: filepath.Base(out[i])}
		if problem := p.refusal(f); problem != "" {
			return why(f.Name, problem)
		}
	}
	if p.Picked == nil {
		return nil
	}
	return p.Picked(out)
}
