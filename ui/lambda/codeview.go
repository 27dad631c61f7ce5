package lambda

import (
	"errors"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// The measures of the code source, in cells and lines.
const (
	treeWidth  = 28 // of the tree, where it stands beside the editor
	besideFrom = 60 // from this width on it does
	treeHeight = 6  // of the tree, where it stands above
	leastCode  = 9  // of tree and editor together
	roomyCode  = 15 // of them, where they leave room for what is under them
)

// Controls lists what can have the focus.
func (t *codeTab) Controls() []component.Control {
	out := []component.Control{t.table}
	if t.tabbed() {
		out = append(out, t.openTabs)
	}
	if c := t.current(); c != nil && c.editor != nil {
		out = append(out, c.editor)
	}
	if t.naming != nil {
		out = append(out, t.naming.controls()...)
	}
	out = append(out, t.fileButtons()...)
	out = append(out, t.sourceButtons()...)
	return append(out, t.f.ButtonsOf(t.Bindings(), keys.Edit)...)
}

// tabbed reports whether the open files have tabs: one file has its name above
// it anyway.
func (t *codeTab) tabbed() bool {
	c := t.current()
	return len(t.open) > 1 || c != nil && c.editor == nil
}

// sourceButtons are for the code as a whole.
func (t *codeTab) sourceButtons() []component.Control {
	if t.dirty() {
		return t.f.ButtonsOf(t.Bindings(), keys.Upload, keys.Reset, keys.Save)
	}
	return t.f.ButtonsOf(t.Bindings(), keys.Upload, keys.Save)
}

// fileButtons are for the files.
func (t *codeTab) fileButtons() []component.Control {
	if t.naming != nil {
		return nil
	}
	t.rename.Disabled = t.noFile()
	if c := t.chosen(); c != nil && !plainPath(c.name) && t.rename.Disabled == "" {
		t.rename.Disabled = "Its path is none within the package."
	}
	out := t.f.ButtonsOf(t.Bindings(), keys.AddRow, keys.Delete, keys.Editor)
	out = append(out, t.rename)
	if len(t.open) > 0 {
		out = append(out, t.closeFile)
	}
	return out
}

// View draws the code source, and what is known of the package.
func (t *codeTab) View(width, height int) component.Block {
	inner := max(0, width-component.ContainerSides)
	head := t.status(inner)
	foot := component.Row(inner, 1, t.f.Show(t.fileButtons()...)...)
	if t.naming != nil {
		foot = component.Stack(inner, t.f.Ring.View(t.naming.field, inner),
			component.Row(inner, 1, t.f.Show(t.naming.accept, t.naming.cancel)...))
	}
	const borders = 2
	about := t.about(width)
	room := height - borders - head.Height() - foot.Height()
	if room-about.Height() >= roomyCode {
		room -= about.Height()
	}
	body := component.Stack(inner, head, t.source(inner, max(leastCode, room)), foot)
	return component.Stack(width, component.Container(width, "Code source", t.f.Show(t.sourceButtons()...), body), about)
}

// about draws what is known of the package, and how it is run.
func (t *codeTab) about(width int) component.Block {
	inner := max(0, width-component.ContainerSides)
	c := t.f.configuration
	return component.Stack(width,
		component.Container(width, "Code properties", nil, component.KeyValues(inner, 3,
			component.Pair{Label: "Package size", Value: component.Bytes(c.CodeSize)},
			component.Pair{Label: "SHA256 hash", Value: component.Clean(c.CodeSha256)},
			component.Pair{Label: "Last modified", Value: modified(c.LastModified)})),
		component.Container(width, "Runtime settings", t.f.Show(t.f.ButtonsOf(t.Bindings(), keys.Edit)...), component.KeyValues(inner, 3,
			component.Pair{Label: "Runtime", Value: component.Clean(runtimeLabel(c.Runtime))},
			component.Pair{Label: "Handler", Value: component.Clean(c.Handler)},
			component.Pair{Label: "Architecture", Value: architecture(c)})))
}

// status tells how the code here stands to the one deployed.
func (t *codeTab) status(width int) component.Block {
	var parts []component.Block
	say := func(kind component.StatusKind, text string) {
		parts = append(parts, component.Text(width, component.Status(kind, text)))
	}
	if t.refused != nil {
		parts = append(parts, page.Fault(width, "The code was not deployed; your changes are still here", t.refused))
	}
	switch {
	case t.deploying:
		say(component.StatusInProgress, "Deploying the code")
	case t.dirty():
		say(component.StatusWarning, "Changes not deployed")
		if t.f.configuration.CodeSha256 != t.pack.sha {
			parts = append(parts, page.Styled(width, theme.Warning,
				"  Other code was deployed since you began. Deploy puts yours in its place; Discard changes shows the other."))
		}
	case t.loading:
		say(component.StatusInProgress, "Loading the code")
	}
	return component.Stack(width, parts...)
}

// source draws the tree and the editor.
func (t *codeTab) source(width, height int) component.Block {
	if t.fault != nil {
		return t.unshown(width)
	}
	if width < besideFrom {
		t.table.Height = min(treeHeight, height/2)
		return component.Stack(width, t.f.Ring.View(t.table, width), t.file(width, height-t.table.Height))
	}
	t.table.Height = height
	tree := t.f.Ring.View(t.table, treeWidth)
	rule := make([]string, height)
	for i := range rule {
		rule[i] = theme.Border.Render("│") + " "
	}
	return component.Beside(height, tree, component.Text(2, rule...), t.file(width-treeWidth-2, height))
}

// unshown says why there is no code to be seen.
func (t *codeTab) unshown(width int) component.Block {
	if !errors.Is(t.fault, errPackageTooLarge) {
		return component.Stack(width, page.Fault(width, "The code could not be read", t.fault),
			page.Styled(width, theme.Plain, "  You can upload other code: Upload from."))
	}
	return page.Styled(width, theme.Info, "i The deployment package of your Lambda function “"+component.Clean(t.f.name)+
		"” is too large to enable inline code editing. However, you can still invoke your function, and upload other code: Upload from.")
}

// file draws the file in front.
func (t *codeTab) file(width, height int) component.Block {
	c := t.current()
	if c == nil {
		text := "Choose a file to see it."
		if t.opening != nil {
			text = "◌ Opening " + component.Clean(t.opening.name)
		}
		return page.Styled(width, theme.Faint, text).Fit(width, height)
	}
	t.entitle()
	head := component.Block{Width: width}
	if t.tabbed() {
		head = t.f.Ring.View(t.openTabs, width)
	}
	if c.editor == nil {
		name := component.Text(width, theme.Heading.Render(component.Clean(c.name)))
		return component.Stack(width, head, name, page.Styled(width, theme.Plain, component.Clean(whyNot(c.fault)))).Fit(width, height)
	}
	c.editor.Height = max(3, height-head.Height())
	return component.Stack(width, head, t.f.Ring.View(c.editor, width)).Fit(width, height)
}
