package lab

import (
	"fmt"
	"strings"

	"awslab/ui/component"
	"awslab/ui/lab/prose"
	"awslab/ui/lab/spec"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// overview draws the list of labs, and above it what the last End lab did.
func (g *Guide) overview(width, height int) component.Block {
	inner := max(1, width-2*margin)
	var blocks []component.Block
	if g.ended != nil {
		blocks = append(blocks, component.Text(inner, g.endedView(inner)...))
	}
	for i, lab := range g.labs() {
		blocks = append(blocks, g.labEntry(inner, i, lab))
	}
	if len(g.labs()) == 0 {
		blocks = append(blocks, component.Text(inner, "There are no labs."))
	}
	content := component.Stack(inner, blocks...)
	content = component.Beside(content.Height(), component.Blank(margin, 1), content, component.Blank(margin, 1))
	head := component.Text(width, " "+theme.Title.Render("Labs"), theme.Border.Render(strings.Repeat("─", width)))
	buttons := g.buttons(width)
	view := g.scroll.View(content, max(0, height-head.Height()-buttons.Height()))
	return component.Stack(width, head, view, buttons)
}

// labEntry draws one lab of the list.
func (g *Guide) labEntry(width, i int, lab *spec.Lab) component.Block {
	mark, name := "  ", component.Clean(lab.Heading())
	if i == g.cursor {
		mark, name = theme.Key.Render("▸ "), theme.Strong.Render(name)
	}
	extent := g.cfg.Store.Of(lab)
	state := extent.String()
	if !extent.Started && !extent.Ended {
		state = fmt.Sprintf("about %d minutes", lab.Minutes)
	}
	lines := append([]string{mark + name + theme.Faint.Render("  "+state)}, hang("  ", "  ", prose.Wrap(lab.Title, width-2))...)
	for _, line := range hang("  ", "  ", prose.Wrap(lab.Summary, width-2)) {
		lines = append(lines, theme.Faint.Render(line))
	}
	if g.onAccount() && lab.Cost != "" {
		for _, line := range hang("  ", "  ", prose.Wrap(accountText(lab), width-2)) {
			lines = append(lines, theme.Warning.Render(line))
		}
	}
	block := component.Text(width, append(lines, "")...)
	return block.All(component.Zone{
		Role: component.RoleRow, Label: component.Clean(lab.Heading()), Value: lab.Title + "  " + state, Focused: i == g.cursor && g.focused,
		Click: func(int, int) tea.Cmd {
			if g.cursor != i {
				g.cursor = i
				return nil
			}
			return g.Start(lab.ID)
		},
	})
}

// endedView says what End lab did.
func (g *Guide) endedView(width int) []string {
	lines := []string{theme.Strong.Render(g.ended.lab.Heading() + " has ended.")}
	if g.lab != nil {
		lines = []string{theme.Strong.Render(g.ended.lab.Heading() + " has not ended altogether.")}
	}
	if len(g.ended.results) == 0 {
		lines = append(lines, "Nothing that it created was left.")
	}
	for _, r := range g.ended.results {
		lines = append(lines, hang("", "  ", prose.Wrap(r.String(), width-2))...)
	}
	return append(lines, "")
}

// summary is what stands after the last step.
func (g *Guide) summary(width int) []string {
	extent := g.cfg.Store.Of(g.lab)
	progress := g.cfg.Store.Progress(g.lab.ID)
	lines := []string{theme.Heading.Render("You are through"), ""}
	if extent.Done == extent.Steps {
		lines = append(lines, prose.Wrap(fmt.Sprintf("All %d steps are done.", extent.Steps), width)...)
	} else {
		lines = append(lines, prose.Wrap(fmt.Sprintf("%d of %d steps are done; the others are marked ○ above.", extent.Done, extent.Steps), width)...)
	}
	skipped := 0
	for _, did := range progress.Done {
		if did.Skipped {
			skipped++
		}
	}
	if skipped > 0 {
		lines = append(lines, prose.Wrap(fmt.Sprintf("%d of them the console did for you.", skipped), width)...)
	}
	lines = append(lines, "", theme.Heading.Render("What the lab has created"))
	if len(progress.Resources) == 0 {
		lines = append(lines, "Nothing that is written down.")
	}
	for _, r := range progress.Resources {
		lines = append(lines, hang("• ", "  ", prose.Wrap(r.String(), width-2))...)
	}
	lines = append(lines, "")
	lines = append(lines, prose.Wrap("End lab deletes what of it is still there, and nothing else.", width)...)
	return lines
}
