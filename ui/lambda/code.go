package lambda

import (
	"context"
	"errors"
	"slices"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// codeTab shows a function's code and lets it be edited: the files as a tree,
// those that are open in editors, and what is deployed.
type codeTab struct {
	f       *functionPage
	pack    codePackage // as it was read, or deployed from here
	files   []*codeFile // as they are packed, new ones at the end
	removed int         // files of the package that are not among them any more

	tree      *codeTree
	table     *component.Table
	open      []*codeFile
	openTabs  *component.Tabs
	naming    *naming // a name is asked for; nil when not
	rename    *component.Button
	closeFile *component.Button

	loading   bool
	fault     error // the code could not be read
	opening   *codeFile
	deploying bool
	refused   error // the last Deploy
}

func newCodeTab(f *functionPage) tab {
	t := &codeTab{f: f, tree: &codeTree{}, openTabs: component.NewTabs()}
	t.table = component.NewTable(t.tree, func() []component.Column { return []component.Column{{Title: "Files", Width: treeWidth - 4}} })
	t.table.Empty = []string{"No files"}
	t.table.Open = t.openRow
	t.openTabs.Changed = func(int) tea.Cmd { f.arrange(); return nil }
	t.rename = component.NewButton("Rename file", t.startRename)
	t.closeFile = component.NewButton("Close file", t.closeCurrent)
	return t
}

// Init reads the code, unless it is here already. What was edited and not
// deployed stays.
func (t *codeTab) Init() tea.Cmd {
	sha := t.f.configuration.CodeSha256
	if t.loading || t.deploying || sha == t.pack.sha || t.dirty() {
		return nil
	}
	return t.load()
}

// load reads the code anew, and forgets what is here.
func (t *codeTab) load() tea.Cmd {
	t.loading, t.fault = true, nil
	cloud, name := t.f.Env.Cloud.Lambda, t.f.name
	return page.Latest(t.f.Env.Calls, "code",
		func(ctx context.Context) (codePackage, error) { return fetchPackage(ctx, cloud, name) },
		func(p codePackage, err error) tea.Cmd {
			t.loading, t.fault = false, err
			if t.pack = p; err != nil && !errors.Is(err, errPackageTooLarge) {
				t.pack.sha = "" // so that a refresh tries again
			}
			return t.start()
		})
}

// start shows the files of the package, and opens the handler's.
func (t *codeTab) start() tea.Cmd {
	t.f.Env.Calls.Cancel("file")
	t.files, t.open, t.removed, t.naming, t.opening, t.refused = nil, nil, 0, nil, nil, nil
	t.tree.open = nil
	if t.pack.zip != nil {
		t.files = codeFiles(t.pack.zip)
	}
	t.tree.set(t.files)
	t.f.arrange()
	if first := firstShown(t.files, t.f.configuration.Handler); first != nil {
		return t.openFile(first, false)
	}
	return nil
}

// openRow opens a file, and opens or closes a folder.
func (t *codeTab) openRow(row int) tea.Cmd {
	r := t.tree.rows[row]
	if r.file != nil {
		return t.openFile(r.file, true)
	}
	t.tree.toggle(r.path)
	return nil
}

// openFile shows a file in an editor, reading it first where needed; enter says
// that the editor gets the focus.
func (t *codeTab) openFile(c *codeFile, enter bool) tea.Cmd {
	if c.editor != nil || c.fault != nil {
		return t.front(c, enter)
	}
	t.opening = c
	packed := c.packed
	return page.Latest(t.f.Env.Calls, "file",
		func(context.Context) (string, error) {
			if !plainPath(packed.Name) {
				return "", errors.New("its path is none within the package")
			}
			return zipText(packed)
		},
		func(text string, err error) tea.Cmd {
			t.opening = nil
			if err != nil {
				c.fault = err
			} else {
				c.show(text)
			}
			return t.front(c, enter)
		})
}

// front brings an open file to the front.
func (t *codeTab) front(c *codeFile, enter bool) tea.Cmd {
	at := slices.Index(t.open, c)
	if at < 0 {
		at = len(t.open)
		t.open = append(t.open, c)
	}
	if plainPath(c.name) {
		t.tree.reveal(c.name)
		t.tree.arrange()
	}
	if row, ok := t.tree.Index(c.name); ok {
		t.table.SetCurrent(row)
	}
	t.entitle()
	t.openTabs.SetActive(at)
	t.f.arrange()
	if !enter {
		return nil
	}
	if c.editor == nil {
		return t.f.focus(t, t.openTabs)
	}
	return t.f.focus(t, c.editor)
}

// focus gives a control of a tab the focus, unless another tab has come to the
// front meanwhile.
func (p *functionPage) focus(of tab, c component.Control) tea.Cmd {
	if p.tab() != of {
		return nil
	}
	return p.Ring.Focus(c)
}

// entitle names the tabs of the open files, with a mark where they were changed.
func (t *codeTab) entitle() {
	t.openTabs.Titles = t.openTabs.Titles[:0]
	for _, c := range t.open {
		title := c.name
		if c.changed() {
			title += " ●"
		}
		t.openTabs.Titles = append(t.openTabs.Titles, title)
	}
}

// current is the file in front; nil when none is open.
func (t *codeTab) current() *codeFile {
	if at := t.openTabs.Active(); at < len(t.open) {
		return t.open[at]
	}
	return nil
}

// closeCurrent takes the file in front away; what was changed in it stays.
func (t *codeTab) closeCurrent() tea.Cmd {
	at := t.openTabs.Active()
	if at < len(t.open) {
		t.open = slices.Delete(t.open, at, at+1)
	}
	t.entitle()
	t.openTabs.SetActive(max(0, at-1))
	t.f.arrange()
	return t.f.Ring.Focus(t.table)
}

// dirty reports whether there is something that is not deployed.
func (t *codeTab) dirty() bool {
	return t.removed > 0 || slices.ContainsFunc(t.files, (*codeFile).changed)
}

// Unsaved says what would be lost.
func (t *codeTab) Unsaved() string {
	if !t.dirty() {
		return ""
	}
	return "Your changes to the code of " + t.f.name + " have not been deployed."
}

// Key offers a key to the field that asks for a name.
func (t *codeTab) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if t.naming == nil || msg.String() != "esc" {
		return nil, false
	}
	return t.stopNaming(), true
}

// Bindings lists what can be done.
func (t *codeTab) Bindings() []keys.Binding {
	busy := t.busy()
	deploy, clean := busy, ""
	if !t.dirty() {
		clean = "Nothing was changed."
	}
	if deploy == "" {
		deploy = clean
	}
	if deploy == "" {
		deploy = t.f.busyReason()
	}
	editor := "No file is open."
	if c := t.current(); c != nil && c.editor != nil {
		editor = ""
	}
	return []keys.Binding{
		keys.Bind(keys.Save, t.deploy).As("Deploy").Unless(deploy).Main(),
		keys.Bind(keys.Upload, t.chooseUpload).As("Upload from").Unless(t.f.busyReason()),
		keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(editRuntimeID, t.f.name, "") }),
		keys.Bind(keys.AddRow, t.startNew).As("New file").Unless(t.closed()),
		keys.Bind(keys.Delete, t.remove).As("Delete file").Unless(t.noFile()),
		keys.Bind(keys.Editor, t.editElsewhere).Unless(editor),
		keys.Bind(keys.Reset, t.discard).As("Discard changes").Unless(clean),
	}
}

// busy says why nothing can be changed now; "" when it can.
func (t *codeTab) busy() string {
	switch {
	case t.loading:
		return "The code is being loaded."
	case t.deploying:
		return "The code is being deployed."
	}
	return ""
}

// closed says why files cannot be added; "" when they can.
func (t *codeTab) closed() string {
	if busy := t.busy(); busy != "" || t.pack.zip != nil {
		return busy
	}
	return "The code is not shown here; upload a package instead."
}

// noFile says why there is no file to rename or delete; "" when there is one.
func (t *codeTab) noFile() string {
	if reason := t.closed(); reason != "" {
		return reason
	}
	if t.chosen() == nil {
		return "Choose a file in the list."
	}
	return ""
}

// chosen is the file that the tree's current row is, or nil.
func (t *codeTab) chosen() *codeFile {
	if row := t.table.Current(); row >= 0 {
		return t.tree.rows[row].file
	}
	return nil
}

// editElsewhere opens the file in front in the user's own editor.
func (t *codeTab) editElsewhere() tea.Cmd {
	c := t.current()
	return nav.Send(nav.EditText{Text: c.editor.Value(), Name: baseName(c.name), Done: func(text string) tea.Cmd {
		if c.editor != nil {
			c.editor.SetValue(text)
			c.stale = true
		}
		return nil
	}})
}

// chooseUpload asks where new code comes from.
func (t *codeTab) chooseUpload() tea.Cmd {
	from := func(where string) func() tea.Cmd {
		return func() tea.Cmd { return nav.Go(uploadCodeID, t.f.name, where) }
	}
	return nav.Send(nav.Choose{Title: "Upload from", Options: []nav.Choice{
		{Label: ".zip file", Detail: "from this computer, up to 50 MB", Do: from(fromZip)},
		{Label: "Amazon S3 location", Detail: "an object's URL", Do: from(fromS3)},
	}})
}

// discard goes back to the code that is deployed, after asking.
func (t *codeTab) discard() tea.Cmd {
	return nav.Send(nav.Confirm{
		Title: "Discard changes?", Action: "Discard changes",
		Text: []string{"What you changed in the code of " + t.f.name + " and did not deploy will be lost."},
		Do:   t.load,
	})
}

// deployed is what a Deploy gave: the function, and the package it has now.
type deployed struct {
	configuration aws.FunctionConfiguration
	pack          codePackage
	faults        draftFaults
}

// deploy packs the code as it is in the editor, and makes it the function's: with
// its syntax errors, as AWS does, but they are told.
func (t *codeTab) deploy() tea.Cmd {
	drafts := make([]draft, len(t.files))
	for i, c := range t.files {
		drafts[i] = c.draft()
	}
	t.deploying, t.refused = true, nil
	cloud, name, comment, now := t.f.Env.Cloud.Lambda, t.f.name, t.pack.zip.Comment, t.f.Env.Now()
	engines, runtime := t.f.Env.Cloud.Engines, t.f.configuration.Runtime
	return page.Latest(t.f.Env.Calls, "deploy",
		func(ctx context.Context) (d deployed, err error) {
			data, err := buildPackage(drafts, comment, now)
			if err != nil {
				return d, err
			}
			if d.pack.zip, err = openZip(data); err != nil {
				return d, err
			}
			d.faults = checkDrafts(ctx, engines, runtime, drafts)
			out, err := cloud.UpdateFunctionCode(ctx, aws.UpdateFunctionCodeInput{FunctionName: name, ZipFile: data})
			d.configuration, d.pack.sha = out.FunctionConfiguration, out.CodeSha256
			return d, err
		},
		func(d deployed, err error) tea.Cmd {
			t.deploying, t.refused = false, err
			if err != nil {
				return nil
			}
			t.settle(d, drafts)
			if len(d.faults) > 0 {
				return tea.Batch(t.tellFaults(d.faults), t.f.reload())
			}
			return tea.Batch(nav.Done("Successfully updated the function "+name+"."), t.f.reload())
		})
}

// settle takes what was deployed as the base of the files; what was typed
// meanwhile counts as changed.
func (t *codeTab) settle(d deployed, drafts []draft) {
	t.pack, t.removed = d.pack, 0
	for i, c := range t.files {
		c.packed = d.pack.zip.File[i]
		if drafts[i].text != nil {
			c.base = *drafts[i].text
		}
		c.stale = c.editor != nil
	}
	t.tree.set(t.files)
	t.f.configuration = d.configuration
}
