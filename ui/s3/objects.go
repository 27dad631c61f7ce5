package s3

import (
	"context"
	"fmt"
	"strings"
	"time"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// objectsTab lists the objects and folders of a folder of a bucket.
type objectsTab struct {
	panel          *page.Panel
	env            page.Env
	bucket, prefix string
	listing        *listing
	table          *component.Table
	filter         *component.TextField
	crumbs         []*component.Link
	actions        *component.Button
	removal        *removal
	downloads      *downloads
	typed          int // counts edits of the filter
	loaded         bool
	fault          error

	versioning string // of the bucket
	asked      bool   // for it
}

func newObjectsTab(panel *page.Panel, bucket, prefix string) *objectsTab {
	t := &objectsTab{
		panel: panel, env: panel.Env, bucket: bucket, prefix: prefix, listing: newListing(prefix, ""),
		removal: newRemoval(panel.Env), downloads: newDownloads(panel.Env, bucket),
		filter: component.NewTextField("Find objects by prefix"),
	}
	t.table = component.NewTable(t.listing, objectColumns)
	t.table.Markable, t.table.Sortable = true, true
	t.table.Open = func(int) tea.Cmd { return t.details() }
	t.table.End = t.more
	t.table.Sorted = t.sort
	t.filter.Bare, t.filter.Placeholder = true, "Find objects by prefix  /"
	t.filter.Changed = t.find
	t.filter.Submit = func() tea.Cmd { return panel.Ring.Focus(t.table) }
	t.actions = component.NewButton("Actions ▾", t.chooseAction)
	for at := prefix; at != ""; at = above(at) {
		t.crumbs = append([]*component.Link{t.crumb(at)}, t.crumbs...)
	}
	t.crumbs = append([]*component.Link{t.crumb("")}, t.crumbs...)
	return t
}

// crumb leads to a folder above, or the top.
func (t *objectsTab) crumb(prefix string) *component.Link {
	label := t.bucket
	if prefix != "" {
		label = prefix[len(above(prefix)):]
	}
	return component.NewLink(label, func() tea.Cmd {
		if prefix == t.prefix {
			return nil
		}
		return nav.Send(nav.Open{Route: folderRoute(t.bucket, prefix)})
	})
}

// load reads the folder from its start to the row that is marked.
func (t *objectsTab) load() tea.Cmd {
	filter, rows := t.filter.Value(), t.table.Current()+1
	service, bucket, prefix := t.env.Cloud.S3, t.bucket, t.prefix
	return tea.Batch(t.askVersioning(), page.Latest(t.env.Calls, "objects",
		func(ctx context.Context) (chapter, error) {
			return readUpTo(ctx, service, bucket, prefix, filter, rows)
		},
		func(c chapter, err error) tea.Cmd {
			t.table.Loading = false
			if t.fault = err; err != nil {
				return nil
			}
			t.loaded = true
			t.listing = newListing(prefix, filter)
			t.listing.add(c)
			t.table.Rows = t.listing
			t.table.SetSorted(-1, false)
			return t.table.Check()
		}))
}

// askVersioning asks whether the bucket keeps versions, once until the page is loaded
// anew. Who may not know it is told what deleting does in most buckets.
func (t *objectsTab) askVersioning() tea.Cmd {
	if t.asked {
		return nil
	}
	t.asked = true
	service, bucket := t.env.Cloud.S3, t.bucket
	return page.Latest(t.env.Calls, "versioning",
		func(ctx context.Context) (string, error) {
			status, _, err := readVersioning(ctx, service, bucket)
			return status, err
		},
		func(status string, err error) tea.Cmd {
			if err == nil {
				t.versioning = status
			}
			return nil
		})
}

// more reads the page after the last.
func (t *objectsTab) more() tea.Cmd {
	l := t.listing
	if !t.loaded || l.done || t.fault != nil {
		return nil
	}
	t.table.Loading = true
	service, bucket, token := t.env.Cloud.S3, t.bucket, l.next
	return page.Latest(t.env.Calls, "objects",
		func(ctx context.Context) (chapter, error) {
			return readChapter(ctx, service, bucket, l.prefix, l.filter, token, onePage)
		},
		func(c chapter, err error) tea.Cmd {
			t.table.Loading = false
			if t.fault = err; err != nil {
				return nil
			}
			l.add(c)
			return t.table.Check()
		})
}

// findAfter is how long typing must rest before the objects are looked for.
const findAfter = 150 * time.Millisecond

// find looks for the objects whose names begin with the filter, when typing rests.
func (t *objectsTab) find() tea.Cmd {
	t.typed++
	edit := t.typed
	return t.env.Calls.After(findAfter, func() tea.Cmd {
		if edit != t.typed {
			return nil
		}
		t.table.SetCurrent(0)
		return t.load()
	})
}

// sort orders the objects, if all of them are there.
func (t *objectsTab) sort(column int, descending bool) tea.Cmd {
	if !t.listing.done {
		t.table.SetSorted(-1, false)
		return nav.Send(nav.Notify{
			Level: nav.Information, Title: "The objects stay in the order of their names.",
			Text: "S3 lists by name only. A folder can be sorted when all of it has been read: go to its end first, or find objects by prefix.",
		})
	}
	t.listing.sort(column, descending)
	return nil
}

// leaveFilter lets esc and ↓ lead from the filter to the table; esc empties it.
func (t *objectsTab) leaveFilter(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	if t.panel.Ring.Focused() != t.filter {
		return nil, false
	}
	switch msg.String() {
	case "esc":
		var cmd tea.Cmd
		if t.filter.Value() != "" {
			t.filter.SetValue("")
			t.typed++
			cmd = t.load()
		}
		return tea.Batch(t.panel.Ring.Focus(t.table), cmd), true
	case "down":
		return t.panel.Ring.Focus(t.table), true
	}
	return nil, false
}

func (t *objectsTab) unsaved() string {
	if lost := t.removal.unsaved(); lost != "" {
		return lost
	}
	return t.downloads.unsaved()
}

func (t *objectsTab) controls() []component.Control {
	all := make([]component.Control, 0, len(t.crumbs)+2)
	for _, c := range t.crumbs {
		all = append(all, c)
	}
	return append(all, t.filter, t.table)
}

// buttons are AWS's, in its order; where there is no room, most are in a list.
func (t *objectsTab) buttons(width int) []component.Control {
	const roomy = 150
	bindings := t.bindings()
	if width < roomy {
		return append([]component.Control{t.actions}, t.panel.ButtonsOf(bindings, keys.Explore, keys.Cancel, keys.Create, keys.Upload)...)
	}
	return append(t.panel.ButtonsOf(bindings, keys.Copy, keys.Duplicate, keys.Download, keys.Explore, keys.Cancel, keys.Delete),
		append([]component.Control{t.actions}, t.panel.ButtonsOf(bindings, keys.Create, keys.Upload)...)...)
}

func (t *objectsTab) view(width, height int) component.Block {
	head := []component.Block{t.title(width), t.removal.view(width), t.downloads.view(width), t.panel.Ring.View(t.filter, width)}
	if t.fault != nil {
		head = append(head, page.Fault(width, "The objects could not be read", t.fault))
	}
	top := component.Stack(width, head...)
	t.table.Empty = nil
	switch {
	case !t.loaded:
	case t.filter.Value() != "":
		t.table.Empty = []string{"No names here begin with " + component.Clean(t.filter.Value()) + ".", "esc in the field shows all objects again."}
	default:
		t.table.Empty = []string{"No objects", "You don't have any objects in this " + t.kind() + ".", "u uploads files: Upload."}
	}
	if !t.loaded && t.fault == nil {
		t.table.Loading = true
	}
	t.table.Height = max(3, height-top.Height())
	return component.Stack(width, top, t.panel.Ring.View(t.table, width))
}

// kind is what the page shows: the bucket itself or a folder.
func (t *objectsTab) kind() string {
	if t.prefix != "" {
		return "folder"
	}
	return "bucket"
}

// title is the number of objects, as far as it is known, and the folder's crumbs.
func (t *objectsTab) title(width int) component.Block {
	n := fmt.Sprint(t.listing.Len())
	if !t.listing.done {
		n += "+"
	}
	parts := []component.Block{component.Text(len(n)+11, theme.Heading.Render("Objects ("+n+")"))}
	if t.prefix != "" {
		for i, c := range t.crumbs {
			if i > 0 && !strings.HasSuffix(t.crumbs[i-1].Label, "/") {
				parts = append(parts, component.Text(1, "/"))
			}
			parts = append(parts, t.panel.Ring.View(c, max(1, width-4)))
		}
	}
	return component.Row(width, 1, parts...)
}
