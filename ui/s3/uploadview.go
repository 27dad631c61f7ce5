package s3

import (
	"fmt"
	"path"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// tally is a number of files and their bytes.
type tally struct {
	files int
	bytes int64
}

// count adds up the files in a state.
func (p *uploadPage) count(state component.StatusKind) tally {
	var t tally
	for _, f := range p.files {
		if f.state == state {
			t.files++
			t.bytes += f.size
		}
	}
	return t
}

// total adds up all files that can be uploaded.
func (p *uploadPage) total() tally {
	var t tally
	for _, f := range p.files {
		if f.problem == "" {
			t.files++
			t.bytes += f.size
		}
	}
	return t
}

func (p *uploadPage) columns() []component.Column {
	const others, least = 80, 30
	return []component.Column{{Title: "Name"}, {Title: "Folder"}, {Title: "Type"}, {Title: "Size", Right: true}, {Title: "Status", Width: max(least, p.width-others)}}
}

// fileRows is the files of an upload as the rows of its table.
type fileRows struct{ *uploadPage }

// Len is the number of files.
func (p fileRows) Len() int { return len(p.files) }

// Row is a file as it is now.
func (p fileRows) Row(i int) ([]component.Cell, bool) {
	f := p.files[i]
	status := component.Cell{Text: "Ready", Style: theme.Faint}
	switch {
	case p.started:
		status = component.StatusCell(f.state, component.Clean(f.note))
	case f.problem != "":
		status = component.StatusCell(component.StatusError, component.Clean(f.problem))
	}
	return []component.Cell{
		{Text: component.Clean(path.Base(f.chosen.name))}, {Text: component.Clean(f.folder())}, {Text: component.Clean(kindOf(f.chosen.name))},
		{Text: component.Bytes(f.size)}, status,
	}, true
}

// View draws the page: the picker, or the list of files.
func (p *uploadPage) View(width, height int) component.Block {
	p.arrange()
	p.width = width
	title := component.Text(width, theme.Title.Render("Upload")+theme.Faint.Render("  to "+component.Clean(objectURI(p.bucket, p.prefix))))
	if p.picking {
		foot := component.Row(width, 1, p.Show(p.addFolder, p.closePicker)...)
		p.picker.Height = max(6, height-2-foot.Height())
		return component.Stack(width, title, p.Ring.View(p.picker, width), component.Blank(width, 1), foot).Fit(width, height)
	}
	head := component.Stack(width, title, p.banner(width), p.heading(width))
	foot := component.Stack(width, p.failure(width), component.Row(width, 1, p.Show(p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)...)...))
	p.table.Empty = []string{"No files or folders", "Add files, or drop them on the terminal: it pastes their paths."}
	p.table.Loading = p.looking
	p.table.Height = max(3, height-head.Height()-foot.Height())
	return component.Stack(width, head, p.Ring.View(p.table, width), foot).Fit(width, height)
}

// failure tells all of why the current file failed.
func (p *uploadPage) failure(width int) component.Block {
	at := p.table.Current()
	if at < 0 || at >= len(p.files) || p.files[at].state != component.StatusError {
		return component.Block{Width: width}
	}
	f := p.files[at]
	return page.Styled(width, theme.Danger, "✗ "+component.Clean(f.chosen.name+": "+f.note))
}

// heading is the heading of the list, with its buttons.
func (p *uploadPage) heading(width int) component.Block {
	all := p.total()
	text := fmt.Sprintf("Files and folders (%s, %s)", page.Counted(all.files, "file"), component.Bytes(all.bytes))
	return p.Heading(width, text, p.ButtonsOf(p.Bindings(), keys.RemoveRow, keys.AddRow))
}

// banner tells how the upload stands: what to do, what is on its way, or how it ended.
func (p *uploadPage) banner(width int) component.Block {
	inner := width - component.ContainerSides
	switch {
	case p.refused != "":
		return page.Styled(width, theme.Danger, "✗ Not all was added. "+component.Clean(p.refused))
	case !p.started:
		return page.Styled(width, theme.Faint, "Choose files, then Upload. A file replaces an object of the same name.")
	}
	done, failed, all := p.count(component.StatusSuccess), p.count(component.StatusError), p.total()
	summary := component.KeyValues(inner, max(1, min(3, width/26)),
		component.Pair{Label: "Destination", Value: component.Clean(objectURI(p.bucket, p.prefix))},
		component.Pair{Label: "Succeeded", Value: share(done, all), Style: theme.Success},
		component.Pair{Label: "Failed", Value: share(failed, all), Style: failedStyle(failed)})
	if !p.sending() {
		return component.Container(width, p.result(done, failed), nil, summary)
	}
	rows := make([]component.Transfer, 0, mostMoving)
	for _, f := range p.files {
		if f.moving() {
			rows = append(rows, f.row(p.Env.Now()))
		}
	}
	return component.Container(width, "Uploading", nil, component.Stack(inner, summary, component.Transfers(inner, rows...)))
}

// share is a tally and its part of all.
func share(t, all tally) string {
	percent := 0.0
	if all.bytes > 0 {
		percent = float64(t.bytes) / float64(all.bytes) * 100
	} else if all.files > 0 {
		percent = float64(t.files) / float64(all.files) * 100
	}
	return fmt.Sprintf("%s, %s (%.2f%%)", page.Counted(t.files, "file"), component.Bytes(t.bytes), min(100, percent))
}

func failedStyle(failed tally) theme.Style {
	if failed.files > 0 {
		return theme.Danger
	}
	return theme.Plain
}

// result is how the upload ended, in AWS's words.
func (p *uploadPage) result(done, failed tally) string {
	switch {
	case failed.files > 0:
		return "✗ Upload failed"
	case done.files < len(p.files):
		return "– Upload canceled"
	}
	return "✓ Upload succeeded"
}
