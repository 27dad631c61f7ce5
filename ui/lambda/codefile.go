package lambda

import (
	"archive/zip"
	"cmp"
	"errors"
	"path"
	"slices"
	"strings"

	"awslab/ui/component"

	tea "charm.land/bubbletea/v2"
)

// codeFile is a file of a function's code, as it is in the editor.
type codeFile struct {
	name   string
	packed *zip.File         // as it is deployed; nil for a new file
	editor *component.Editor // once the file was opened
	base   string            // the text that is deployed
	fault  error             // why the file cannot be shown

	edited bool // the editor's text is another than base
	stale  bool // edited is to be found out again
}

// folder reports whether the file is the entry of a folder.
func (c *codeFile) folder() bool { return strings.HasSuffix(c.name, "/") }

// show puts a text into an editor of the file's own.
func (c *codeFile) show(text string) {
	e := component.NewEditor()
	e.Label, e.Language = c.name, component.LanguageOf(c.name)
	e.SetValue(text)
	e.Changed = func() tea.Cmd { c.stale = true; return nil }
	c.editor, c.fault, c.base = e, nil, text
	c.stale = true
}

// rename gives the file another name.
func (c *codeFile) rename(name string) {
	c.name = name
	if c.editor != nil {
		c.editor.Label, c.editor.Language = name, component.LanguageOf(name)
	}
}

// written reports whether the text is another than the one deployed.
func (c *codeFile) written() bool {
	if c.stale {
		c.stale, c.edited = false, !c.editor.Holds(c.base)
	}
	return c.edited
}

// changed reports whether the file is not as it is deployed.
func (c *codeFile) changed() bool { return c.packed == nil || c.name != c.packed.Name || c.written() }

// draft is the file as it is now, for packing.
func (c *codeFile) draft() draft {
	d := draft{name: c.name, packed: c.packed}
	if c.packed == nil || c.written() {
		text := c.editor.Value()
		d.text = &text
	}
	return d
}

// codeFiles are the files of a package, folders before the files beside them.
func codeFiles(r *zip.Reader) []*codeFile {
	out := make([]*codeFile, len(r.File))
	for i, packed := range r.File {
		out[i] = &codeFile{name: packed.Name, packed: packed}
	}
	return out
}

// inOrder are files as a tree shows them; those with odd paths, which are no
// tree, come last.
func inOrder(files []*codeFile) []*codeFile {
	var plain, odd []*codeFile
	for _, c := range files {
		if plainPath(c.name) {
			plain = append(plain, c)
		} else {
			odd = append(odd, c)
		}
	}
	slices.SortStableFunc(plain, func(a, b *codeFile) int { return comparePaths(a.name, b.name) })
	return append(plain, odd...)
}

// comparePaths orders paths as a tree does: by parts, folders before files.
func comparePaths(a, b string) int {
	for {
		headA, restA, folderA := strings.Cut(a, "/")
		headB, restB, folderB := strings.Cut(b, "/")
		switch {
		case headA == headB && folderA && folderB:
			a, b = restA, restB
		case headA == headB && folderA == folderB:
			return 0
		case folderA != folderB && a != "" && b != "":
			if folderA {
				return -1
			}
			return 1
		default:
			return cmp.Or(cmp.Compare(strings.ToLower(headA), strings.ToLower(headB)), cmp.Compare(headA, headB))
		}
	}
}

// firstShown is the file that is opened at first: the handler's, else the first
// one at the top.
func firstShown(files []*codeFile, handler string) *codeFile {
	module := strings.TrimPrefix(handler, "./")
	if i := strings.LastIndexByte(module, '.'); i >= 0 {
		module = module[:i]
	}
	var first *codeFile
	for _, c := range inOrder(files) {
		if c.folder() || !plainPath(c.name) {
			continue
		}
		if component.LanguageOf(c.name) != "text" && (strings.TrimSuffix(c.name, path.Ext(c.name)) == module ||
			strings.ReplaceAll(strings.TrimSuffix(c.name, path.Ext(c.name)), "/", ".") == module) {
			return c
		}
		if first == nil && !strings.Contains(c.name, "/") {
			first = c
		}
	}
	return first
}

// whyNot says in words why a file is not shown.
func whyNot(err error) string {
	switch {
	case errors.Is(err, errBinary):
		return "The file is binary. It is not shown here, and stays as it is when the code is deployed."
	case errors.Is(err, errFileTooLarge):
		return "The file is too large for the editor (3 MB). It stays as it is when the code is deployed."
	}
	return "The file cannot be shown: " + err.Error() + ". It stays as it is when the code is deployed."
}

// fileNameFault says why a file cannot have a name; "" when it can.
func fileNameFault(files []*codeFile, name string) string {
	switch {
	case name == "":
		return "Enter a name"
	case !plainPath(name) || strings.HasSuffix(name, "/"):
		return `Enter a path within the package, such as index.mjs or lib/text.py, without "..", "\" or a "/" at either end`
	}
	for _, c := range files {
		other := strings.TrimSuffix(c.name, "/")
		switch {
		case other == name:
			return "There is a file or folder of that name already"
		case strings.HasPrefix(other, name+"/"):
			return "There is a folder of that name already"
		case !c.folder() && strings.HasPrefix(name, other+"/"):
			return other + " is a file; nothing can be in it"
		}
	}
	return ""
}
