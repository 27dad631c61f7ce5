package lambda

import (
	"path"
	"slices"

	"awslab/ui/component"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// naming asks for the name of a file: a new one, or one to rename.
type naming struct {
	file   *codeFile // nil for a new one
	field  *component.TextField
	accept *component.Button
	cancel *component.Button
}

func (n *naming) controls() []component.Control {
	return []component.Control{n.field, n.accept, n.cancel}
}

// baseName is a path's last part.
func baseName(name string) string { return path.Base("/" + name) }

func (t *codeTab) startNew() tea.Cmd { return t.ask(nil) }

func (t *codeTab) startRename() tea.Cmd { return t.ask(t.chosen()) }

// ask opens the field for a name.
func (t *codeTab) ask(c *codeFile) tea.Cmd {
	n := &naming{file: c, field: component.NewTextField("File name"), cancel: component.NewButton("Cancel", t.stopNaming)}
	others, label := t.files, "Create file"
	if c != nil {
		label = "Rename"
		n.field.SetValue(c.name)
		others = slices.DeleteFunc(slices.Clone(t.files), func(o *codeFile) bool { return o == c })
	}
	n.field.Hint = "A path within the package, lib/text.py for one in a folder"
	n.field.Check = func(name string) string { return fileNameFault(others, name) }
	n.field.Submit = t.name
	n.accept = component.NewButton(label, t.name)
	n.accept.Primary = true
	t.naming = n
	t.f.arrange()
	return t.f.Ring.Focus(n.field)
}

// name makes or renames the file.
func (t *codeTab) name() tea.Cmd {
	n := t.naming
	if n.field.Validate() != "" {
		return t.f.Ring.Focus(n.field)
	}
	t.naming = nil
	c := n.file
	if c == nil {
		c = &codeFile{name: n.field.Value()}
		c.show("")
		t.files = append(t.files, c)
	} else {
		c.rename(n.field.Value())
	}
	t.tree.set(t.files)
	if n.file == nil || slices.Contains(t.open, c) {
		return t.front(c, true)
	}
	t.f.arrange()
	return t.f.Ring.Focus(t.table)
}

func (t *codeTab) stopNaming() tea.Cmd {
	t.naming = nil
	t.f.arrange()
	return t.f.Ring.Focus(t.table)
}

// remove deletes the chosen file from the code in the editor, after asking.
func (t *codeTab) remove() tea.Cmd {
	c := t.chosen()
	return nav.Send(nav.Confirm{
		Title: "Delete " + c.name + "?", Action: "Delete file",
		Text: []string{"The file goes from the code in the editor. Deploy then takes it out of the function."},
		Do:   func() tea.Cmd { return t.take(c) },
	})
}

// take takes a file out of the code.
func (t *codeTab) take(c *codeFile) tea.Cmd {
	at := slices.Index(t.files, c)
	if at < 0 || t.deploying {
		return nil
	}
	t.files = slices.Delete(t.files, at, at+1)
	if c.packed != nil {
		t.removed++
	}
	if t.opening == c {
		t.f.Env.Calls.Cancel("file")
		t.opening = nil
	}
	t.tree.set(t.files)
	if i := slices.Index(t.open, c); i >= 0 {
		t.openTabs.SetActive(i)
		return t.closeCurrent()
	}
	t.f.arrange()
	return t.f.Ring.Focus(t.table)
}
