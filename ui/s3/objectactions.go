package s3

import (
	"fmt"
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// current is the entry whose row is marked ▸; false when there is none.
func (t *objectsTab) current() (entry, bool) {
	at := t.table.Current()
	return t.listing.at(at), at >= 0 && at < t.listing.Len()
}

// selected is the entries that are marked, or else the current one.
func (t *objectsTab) selected() []entry {
	var out []entry
	for _, row := range t.table.Marked() {
		out = append(out, t.listing.at(row))
	}
	if e, ok := t.current(); ok && len(out) == 0 {
		out = append(out, e)
	}
	return out
}

// details opens the current folder, or the page about the current object.
func (t *objectsTab) details() tea.Cmd { return t.visit(objectID) }

// open opens the current folder, or shows what is in the current object.
func (t *objectsTab) open() tea.Cmd { return t.visit(viewID) }

func (t *objectsTab) visit(id string) tea.Cmd {
	e, ok := t.current()
	switch {
	case !ok:
		return nil
	case e.folder:
		return nav.Send(nav.Open{Route: folderRoute(t.bucket, e.key)})
	}
	return nav.Go(id, t.bucket, e.key)
}

// download saves the selected objects.
func (t *objectsTab) download() tea.Cmd {
	var cmds []tea.Cmd
	for _, e := range t.selected() {
		if !e.folder {
			cmds = append(cmds, t.downloads.add(e.key))
		}
	}
	t.table.ClearMarks()
	return tea.Batch(cmds...)
}

// delete asks, and deletes the selected objects, and all that is in selected folders.
func (t *objectsTab) delete() tea.Cmd {
	const named = 5 // of the names, the rest is counted
	var these targets
	names := []string{}
	for _, e := range t.selected() {
		if e.folder {
			these.prefixes = append(these.prefixes, e.key)
		} else {
			these.keys = append(these.keys, e.key)
		}
		if len(names) < named {
			names = append(names, component.Clean(strings.TrimPrefix(e.key, t.prefix)))
		}
	}
	n := len(these.keys) + len(these.prefixes)
	if n == 0 {
		return nil
	}
	list := strings.Join(names, ", ")
	if n > named {
		list += fmt.Sprintf(" and %d more", n-named)
	}
	says := deletionOf(t.versioning)
	text := []string{says.begins + list + "."}
	if len(these.prefixes) > 0 {
		text = append(text, "With a folder, all objects in it are deleted, those added meanwhile as well.")
	}
	return nav.Send(nav.Confirm{
		Title: "Delete objects?", Text: append(text, says.ends),
		Word: says.word, Action: "Delete objects",
		Do: func() tea.Cmd {
			t.table.ClearMarks()
			return t.removal.start(t.bucket, "The bucket "+t.bucket, these, t.load)
		},
	})
}

// bindings lists what can be done with the objects.
func (t *objectsTab) bindings() []keys.Binding {
	e, ok := t.current()
	none, object, busy := "", "", ""
	switch {
	case !ok:
		none = "There is no object here."
		object, busy = none, none
	case e.folder:
		object = "This is a folder: open it."
	}
	if t.removal.running() {
		busy = "Objects are being deleted: wait, or cancel that."
	}
	load := object
	for _, e := range t.selected() {
		if !e.folder {
			load = ""
		}
	}
	if t.env.Folder == "" {
		load = "There is no local folder to save to."
	}
	region, endpoint := t.env.Cloud.Place.Region, t.env.Cloud.Place.Endpoint
	all := []keys.Binding{
		keys.Bind(keys.Upload, func() tea.Cmd { return nav.Go(uploadID, t.bucket, t.prefix) }).Main(),
		keys.Bind(keys.Create, func() tea.Cmd { return nav.Go(createFolderID, t.bucket, t.prefix) }).As("Create folder"),
		keys.Bind(keys.Open, t.details).As("details").Unless(none),
		keys.Bind(keys.Explore, t.open).As("Open").Unless(none),
		keys.Bind(keys.Download, t.download).Unless(load),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: objectURI(t.bucket, e.key), What: "the S3 URI"})
		}).As("Copy S3 URI").Unless(none),
		keys.Bind(keys.Duplicate, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: objectURL(endpoint, region, t.bucket, e.key), What: "the object's URL"})
		}).As("Copy URL").Unless(object),
		keys.Bind(keys.Delete, t.delete).Unless(busy),
		keys.Bind(keys.Filter, func() tea.Cmd { return t.panel.Ring.Focus(t.filter) }),
	}
	if t.removal.running() {
		all = append(all, keys.Bind(keys.Cancel, t.removal.stop).As("Cancel deleting"))
	}
	return all
}

// chooseAction lists what can be done with the objects.
func (t *objectsTab) chooseAction() tea.Cmd {
	ask := nav.Choose{Title: "Actions"}
	bindings := t.bindings()
	for _, id := range []keys.ID{keys.Explore, keys.Open, keys.Download, keys.Copy, keys.Duplicate, keys.Delete, keys.Create, keys.Upload} {
		for _, b := range bindings {
			if b.ID != id {
				continue
			}
			choice := nav.Choice{Label: b.Label, Disabled: b.Disabled, Do: b.Run}
			if id == keys.Open {
				choice.Label = "View details"
			}
			if n := len(t.table.Marked()); n > 0 && (id == keys.Delete || id == keys.Download) {
				choice.Detail = page.Counted(n, "selected row")
			}
			ask.Options = append(ask.Options, choice)
		}
	}
	return nav.Send(ask)
}
