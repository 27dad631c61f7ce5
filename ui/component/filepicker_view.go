package component

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

func (p *FilePicker) columns() []Column {
	const size, modified, least = 10, 16, 12
	rest := p.table.margin() + size + modified + 2*columnGap + 1
	return []Column{{Title: "Name", Width: max(least, p.width-rest)}, {Title: "Size", Width: size, Right: true}, {Title: "Modified", Width: modified}}
}

// cells is an entry as a row: folders end in a slash, what cannot be chosen is faint.
func (p *FilePicker) cells(e FileEntry) []Cell {
	style, name, size := theme.Plain, e.Name, Bytes(e.Size)
	if e.Folder {
		name, size = name+"/", "–"
	}
	if e.Problem != "" || !e.Folder && p.refusal(e) != "" {
		style = theme.Disabled
	}
	modified := "–"
	if !e.Modified.IsZero() {
		zone := p.Location
		if zone == nil {
			zone = time.UTC
		}
		modified = e.Modified.In(zone).Format("2006-01-02 15:04")
	}
	return []Cell{{name, style}, {size, style}, {modified, style}}
}

// View draws the path, the filter, the folder's entries, and the button.
func (p *FilePicker) View(width int) Block {
	width = max(0, width)
	p.width = width
	p.path.Label = p.Label
	p.path.Width = max(mostCells, width-boxWidth)
	p.path.Placeholder = "a path, or drop a file here"
	p.table.Markable = p.Multiple
	p.table.Loading = p.loading && p.list.Total() == 0
	p.table.Empty = []string{p.nothing()}
	p.choose.Label = "Choose"
	if n := len(p.marked()); n > 0 {
		p.choose.Label = "Choose " + plural(n, "file")
	}
	head := Stack(width, p.ring.View(p.path, width),
		Row(width, 2, p.ring.View(p.filter, min(width, p.filter.Width+boxWidth)), p.ring.View(p.hidden, min(width, 24))))
	foot := Row(width, 2, p.ring.View(p.choose, width), Text(min(width, 60), theme.Faint.Render(p.help())))
	p.table.Height = max(3, p.Height-head.Height()-foot.Height())
	return Stack(width, head, p.ring.View(p.table, width), foot)
}

// nothing says why no entries are shown.
func (p *FilePicker) nothing() string {
	switch {
	case p.filter.Value() != "":
		return "No name contains " + p.filter.Value()
	case p.path.Error != "":
		return "The folder cannot be shown."
	}
	return "The folder is empty."
}

// help is what the keys do in the list.
func (p *FilePicker) help() string {
	if p.Multiple {
		return "enter open · space mark · backspace up · / filter"
	}
	return "enter open · backspace up · / filter"
}

// plural is a number and a word for so many.
func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// Focus gives the picker the focus: its list, at first.
func (p *FilePicker) Focus() tea.Cmd {
	if p.ring.focused != nil {
		return p.ring.focused.Focus()
	}
	return p.ring.Focus(p.table)
}

// Blur takes the focus away; the next time it begins with the list again.
func (p *FilePicker) Blur() {
	if c := p.ring.focused; c != nil {
		c.Blur()
		p.ring.focused = nil
	}
}

// Editing reports whether letters are typed into the path or the filter.
func (p *FilePicker) Editing() bool { return p.ring.Editing() }

// Key works in the part that has the focus.
func (p *FilePicker) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.table.Markable = p.Multiple
	key := msg.String()
	c := p.ring.focused
	switch {
	case key == "tab" && c == p.choose, key == "shift+tab" && c == p.path:
		return nil, false
	case c == p.table && key == "backspace":
		return p.up(), true
	case c == p.table && key == "/":
		return p.ring.Focus(p.filter), true
	case c == p.filter && key == "enter" && p.list.Len() == 0 && strings.Contains(p.filter.Value(), "/"):
		// A path was typed in the list, and its first stroke took it here.
		return p.Open("/" + p.filter.Value()), true
	case c == p.filter && (key == "enter" || key == "down"), c == p.path && key == "down":
		return p.ring.Focus(p.table), true
	case c == p.filter && key == "esc":
		p.filter.SetValue("")
		p.list.Filter("")
		return p.ring.Focus(p.table), true
	}
	return p.ring.Key(msg)
}

// Paste takes paths, and text for the field that has the focus.
func (p *FilePicker) Paste(text string) tea.Cmd {
	paths := ParseDropped(text)
	whole := len(paths) > 0 && !slices.ContainsFunc(paths, func(path string) bool { return !rooted(path) })
	switch {
	case p.ring.focused == p.filter, p.ring.focused == p.path && !whole:
		return p.ring.Paste(text)
	case len(paths) == 0:
		return nil
	}
	for i, path := range paths {
		paths[i] = strings.TrimRight(path, "\r")
	}
	return p.drop(paths)
}
