package lambda

import (
	"slices"
	"strings"

	"awslab/ui/component"
	"awslab/ui/theme"
)

// codeTree shows files as a tree, a row each: it is the Rows of a table.
type codeTree struct {
	files []*codeFile // in order
	rows  []treeRow
	open  map[string]bool // the folders that are open, by path
}

// treeRow is a file, or a folder, which has none.
type treeRow struct {
	path  string // of a folder with a / at the end
	depth int
	file  *codeFile
}

// manyFiles is from how many files on the folders are closed at first.
const manyFiles = 30

// set shows files.
func (t *codeTree) set(files []*codeFile) {
	if t.open == nil {
		t.open = make(map[string]bool)
		for _, c := range files {
			if len(files) < manyFiles && plainPath(c.name) {
				t.reveal(c.name)
			}
		}
	}
	t.files = inOrder(files)
	t.arrange()
}

// arrange makes the rows, of what is in open folders.
func (t *codeTree) arrange() {
	t.rows = t.rows[:0]
	var above []string // the folders of the row before
	for _, c := range t.files {
		if !plainPath(c.name) {
			above = nil
			t.rows = append(t.rows, treeRow{path: c.name, file: c})
			continue
		}
		parts := strings.Split(c.name, "/")
		above = t.folders(above, parts[:len(parts)-1])
		if !c.folder() && t.shown(c.name) {
			t.rows = append(t.rows, treeRow{c.name, len(parts) - 1, c})
		}
	}
}

// folders adds a row for each folder of a path that has none yet.
func (t *codeTree) folders(above, now []string) []string {
	same := 0
	for same < min(len(above), len(now)) && above[same] == now[same] {
		same++
	}
	for i := same; i < len(now); i++ {
		at := strings.Join(now[:i+1], "/") + "/"
		if !t.shown(at) {
			break
		}
		t.rows = append(t.rows, treeRow{path: at, depth: i})
	}
	return now
}

// shown reports whether all folders above a path are open.
func (t *codeTree) shown(name string) bool {
	for i, r := range strings.TrimSuffix(name, "/") {
		if r == '/' && !t.open[name[:i+1]] {
			return false
		}
	}
	return true
}

// toggle opens or closes a folder.
func (t *codeTree) toggle(folder string) {
	t.open[folder] = !t.open[folder]
	t.arrange()
}

// reveal opens the folders above a path.
func (t *codeTree) reveal(name string) {
	for i, r := range name {
		if r == '/' {
			t.open[name[:i+1]] = true
		}
	}
}

// Len is the number of rows.
func (t *codeTree) Len() int { return len(t.rows) }

// Row is the name of a file or folder, under its folders.
func (t *codeTree) Row(i int) ([]component.Cell, bool) {
	r := t.rows[i]
	indent := component.Spaces(2 * r.depth)
	if r.file == nil {
		name := strings.TrimSuffix(r.path, "/")
		mark := "▸ "
		if t.open[r.path] {
			mark = "▾ "
		}
		return []component.Cell{{Text: indent + mark + name[strings.LastIndexByte(name, '/')+1:] + "/", Style: theme.Heading}}, true
	}
	name, style := r.path, theme.Plain
	if plainPath(name) {
		name = name[strings.LastIndexByte(name, '/')+1:]
	} else {
		style = theme.Faint
	}
	if r.file.changed() {
		name, style = name+" ●", theme.Warning
	}
	return []component.Cell{{Text: indent + name, Style: style}}, true
}

// Key is a row's path; a folder's ends with a /.
func (t *codeTree) Key(i int) string { return t.rows[i].path }

// Index finds a path.
func (t *codeTree) Index(key string) (int, bool) {
	i := slices.IndexFunc(t.rows, func(r treeRow) bool { return r.path == key })
	return i, i >= 0
}
