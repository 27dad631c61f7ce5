package s3

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// uploadPage uploads local files to a folder of a bucket: first they are chosen,
// then sent, a few at a time; the list then tells what became of each.
type uploadPage struct {
	page.Panel
	watch
	bucket, prefix string
	picker         *component.FilePicker
	picking        bool // the picker is shown
	addFolder      *component.Button
	closePicker    *component.Button
	table          *component.Table // of the files

	files   []*upload
	looking bool   // at the files chosen
	refused string // why some of what was chosen was not taken
	started bool
	width   int  // as drawn last
	told    bool // how it ended was said
}

// upload is one file of the list.
type upload struct {
	chosen
	*transfer
}

// mostMoving is how many files are on their way at once.
const mostMoving = 3

func newUploadPage(env page.Env, route nav.Route) page.Page {
	p := &uploadPage{
		Panel: page.NewPanel(env), watch: watch{env: env}, bucket: route.Name, prefix: route.Detail,
		picker: page.NewFilePicker(env),
	}
	p.busy = p.sending
	p.picker.Multiple, p.picker.Label = true, "Files to add"
	p.picker.Picked = p.add
	p.addFolder = component.NewButton("Add this folder", func() tea.Cmd { return p.add([]string{p.picker.Dir()}) })
	p.closePicker = component.NewButton("Close", func() tea.Cmd { return p.pick(false) })
	p.table = component.NewTable(fileRows{p}, p.columns)
	p.table.Markable = true
	p.arrange()
	p.Ring.Focus(p.buttons()[0])
	return p
}

// Title is the page's crumb.
func (p *uploadPage) Title() string { return "Upload" }

// Init lists the folder again while the picker is shown.
func (p *uploadPage) Init() tea.Cmd {
	if p.picking {
		return p.picker.Open(p.picker.Dir())
	}
	return nil
}

// Unsaved says what would be lost.
func (p *uploadPage) Unsaved() string {
	switch {
	case p.sending():
		return "Files are being uploaded; leaving the page cancels those that are not complete."
	case len(p.files) > 0 && !p.started:
		return "The files have been chosen, but not uploaded."
	}
	return ""
}

// sending reports whether a file is on its way, or waits for its turn.
func (p *uploadPage) sending() bool {
	return p.started && slices.ContainsFunc(p.files, func(f *upload) bool {
		return f.waits()
	})
}

// pick shows the picker, or hides it.
func (p *uploadPage) pick(show bool) tea.Cmd {
	p.picking = show
	p.arrange()
	if !show {
		return p.Ring.Focus(p.table)
	}
	return tea.Batch(p.Ring.Focus(p.picker), p.Init())
}

// add takes files, and all that is in folders, to the list.
func (p *uploadPage) add(paths []string) tea.Cmd {
	if p.started {
		return nil
	}
	p.looking, p.refused = true, ""
	return page.Do(p.Env.Calls,
		func(ctx context.Context) ([]chosen, error) { return choose(ctx, paths) },
		func(found []chosen, err error) tea.Cmd {
			p.looking = false
			if err != nil {
				p.refused = reason(err)
			}
			p.take(found)
			cmd := p.pick(false)
			if buttons := p.buttons(); len(p.files) > 0 {
				cmd = p.Ring.Focus(buttons[len(buttons)-1])
			}
			return cmd
		})
}

// take adds what was found to the list; the same object twice is the newer one.
func (p *uploadPage) take(found []chosen) {
	at := make(map[string]int, len(p.files))
	for i, f := range p.files {
		at[f.chosen.name] = i
	}
	for _, c := range found {
		f := &upload{c, newTransfer(c.name, c.size)}
		if i, again := at[c.name]; again {
			p.files[i] = f
			continue
		}
		at[c.name] = len(p.files)
		p.files = append(p.files, f)
	}
}

// remove takes the marked files, or else the current one, off the list.
func (p *uploadPage) remove() tea.Cmd {
	rows := p.table.Marked()
	if current := p.table.Current(); len(rows) == 0 && current >= 0 {
		rows = []int{current}
	}
	gone := make(map[string]bool, len(rows))
	for _, row := range rows {
		gone[p.files[row].chosen.name] = true
	}
	p.files = slices.DeleteFunc(p.files, func(f *upload) bool { return gone[f.chosen.name] })
	p.table.ClearMarks()
	return nil
}

// start uploads the files of the list.
func (p *uploadPage) start() tea.Cmd {
	p.started = true
	p.table.ClearMarks()
	p.table.Markable = false
	for _, f := range p.files {
		if f.problem != "" {
			f.state, f.note = component.StatusError, "Failed: "+f.problem
		}
	}
	return p.next()
}

// next sends the files that come next, and tells how it went after the last.
func (p *uploadPage) next() tea.Cmd {
	moving := 0
	var cmds []tea.Cmd
	for _, f := range p.files {
		switch {
		case f.moving():
			moving++
		case f.state == component.StatusPending && moving < mostMoving:
			moving++
			cmds = append(cmds, p.send(f))
		}
	}
	if moving == 0 && !p.told {
		p.told = true
		p.arrange()
		return tea.Batch(p.tell(), p.Ring.Focus(p.buttons()[0])) // Close
	}
	return tea.Batch(append(cmds, p.look())...)
}

// send uploads one file.
func (p *uploadPage) send(f *upload) tea.Cmd {
	f.begin(p.Env.Now(), "Uploading")
	service, bucket, key := p.Env.Cloud.S3, p.bucket, p.prefix+f.chosen.name
	return page.Do(p.Env.Calls,
		func(ctx context.Context) (struct{}, error) {
			ctx, cancel := f.brake.with(ctx)
			defer cancel()
			return struct{}{}, send(ctx, service, bucket, key, f.path, &f.done)
		},
		func(_ struct{}, err error) tea.Cmd {
			f.end(err)
			return p.next()
		})
}

// cancel stops all that is not complete.
func (p *uploadPage) cancel() tea.Cmd {
	for _, f := range p.files {
		if f.waits() {
			f.cancel()
		}
	}
	return p.next()
}

// cancelCurrent stops the file whose row is marked.
func (p *uploadPage) cancelCurrent() tea.Cmd {
	p.files[p.table.Current()].cancel()
	return p.next()
}

// noCancel says why the current file cannot be stopped; "" when it can.
func (p *uploadPage) noCancel() string {
	if at := p.table.Current(); at >= 0 && at < len(p.files) && p.files[at].waits() {
		return ""
	}
	return "This file is not on its way any more."
}

// tell says how the upload went.
func (p *uploadPage) tell() tea.Cmd {
	done, failed := p.count(component.StatusSuccess), p.count(component.StatusError)
	text := page.Counted(done.files, "file") + ", " + component.Bytes(done.bytes) + ", to " + component.Clean(objectURI(p.bucket, p.prefix))
	switch {
	case failed.files > 0:
		return nav.Send(nav.Notify{Level: nav.Failure, Title: "Upload failed for " + page.Counted(failed.files, "file"), Text: "The list tells why. Uploaded: " + text + "."})
	case done.files < len(p.files):
		return nav.Send(nav.Notify{Level: nav.Warning, Title: "Upload canceled", Text: "Uploaded before that: " + text + "."})
	}
	return nav.Send(nav.Notify{Level: nav.Success, Title: "Upload succeeded", Text: text + "."})
}

// Bindings lists what can be done.
func (p *uploadPage) Bindings() []keys.Binding {
	switch {
	case p.picking:
		return nil
	case p.sending():
		return []keys.Binding{
			keys.Bind(keys.Cancel, p.cancel).As("Cancel all"),
			keys.Bind(keys.RemoveRow, p.cancelCurrent).As("Cancel this file").Unless(p.noCancel()),
		}
	case p.started:
		return []keys.Binding{keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }).As("Close").Main()}
	}
	none := ""
	switch {
	case p.looking:
		none = "The files are being looked at."
	case len(p.files) == 0:
		none = "Add files first."
	}
	return []keys.Binding{
		keys.Bind(keys.AddRow, func() tea.Cmd { return p.pick(true) }).As("Add files"),
		keys.Bind(keys.Save, p.start).As("Upload").Unless(none).Main(),
		keys.Bind(keys.RemoveRow, p.remove).As("Remove").Unless(none),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

// Key offers a key to the focused control; esc closes the picker.
func (p *uploadPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	cmd, used := p.Panel.Key(msg)
	if !used && p.picking && msg.String() == "esc" {
		return p.pick(false), true
	}
	return cmd, used
}

// Paste takes the paths of files that are dropped on the terminal.
func (p *uploadPage) Paste(text string) tea.Cmd {
	if p.picking || p.started {
		return p.Panel.Paste(text)
	}
	var paths []string
	for _, path := range component.ParseDropped(text) {
		if rest, ok := strings.CutPrefix(path, "~/"); ok {
			path = filepath.Join(p.Env.Home, rest)
		}
		if filepath.IsAbs(path) {
			paths = append(paths, path)
		}
	}
	if len(paths) == 0 {
		return nav.Send(nav.Notify{Level: nav.Information, Title: "What was pasted is no file's whole path.", Text: "Drop files on the terminal, or choose Add files."})
	}
	return p.add(paths)
}

// buttons are the page's, in their order.
func (p *uploadPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.RemoveRow, keys.AddRow, keys.Cancel, keys.Save)
}

func (p *uploadPage) arrange() {
	if p.picking {
		p.Ring.Set(p.picker, p.addFolder, p.closePicker)
		return
	}
	p.Ring.Set(append([]component.Control{p.table}, p.buttons()...)...)
}
