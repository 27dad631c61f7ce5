package lab

import (
	"fmt"
	"strings"

	"awslab/ui/component"
	"awslab/ui/drive"
	"awslab/ui/keys"
	"awslab/ui/lab/check"
	"awslab/ui/lab/prose"
	"awslab/ui/lab/spec"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// drawn keeps the text of a step as it was drawn last: Markdown is rendered once
// for each width.
type drawn struct {
	lab    *spec.Lab
	key    string
	lines  []string
	follow bool // bring the end of the text into sight at the next look
}

// View draws the guide, exactly width by height.
func (g *Guide) View(width, height int) component.Block {
	width, height = max(0, width), max(0, height)
	if width == 0 || height == 0 {
		return component.Blank(width, height)
	}
	var out component.Block
	if g.lab == nil {
		out = g.overview(width, height)
	} else {
		out = g.labView(width, height)
	}
	out = out.Fit(width, height)
	aside := component.Zone{W: width, H: height, Role: drive.Aside, Label: "Lab guide"}
	out.Zones = append([]component.Zone{aside}, out.Zones...)
	return out
}

// labView draws a lab: its title, its steps, the text of the step, how the
// checks stand, and what can be done.
func (g *Guide) labView(width, height int) component.Block {
	head := g.title(width)
	buttons := g.buttons(width)
	state := component.Text(width, g.state(width)...)
	rule := component.Text(width, theme.Border.Render(strings.Repeat("─", width)))
	room := height - head.Height() - buttons.Height() - state.Height() - 2*rule.Height()
	steps := g.stepList(width, stepRoom(room, len(g.lab.Steps)))
	text := g.text(width)
	view := g.scroll.View(text, max(0, room-steps.Height()))
	if g.drawn.follow {
		g.drawn.follow = false
		g.scroll.By(text.Height())
		view = g.scroll.View(text, max(0, room-steps.Height()))
	}
	return component.Stack(width, head, steps, rule, view, rule, state, buttons)
}

// title is the lab's name and the step's number.
func (g *Guide) title(width int) component.Block {
	heading, step, of := g.Active()
	at := fmt.Sprintf("step %d of %d ", step, of)
	if g.current() == nil {
		at = "done "
	}
	left := max(0, width-component.Width(at))
	line := component.FitLine(" "+theme.Title.Render(heading), left) + theme.Faint.Render(at)
	return component.Text(width, line, theme.Border.Render(strings.Repeat("─", width)))
}

// stepRoom is how many lines the list of steps gets: all it needs when there is
// plenty, a third of the place at most, three at least.
func stepRoom(room, steps int) int { return min(steps, max(3, room/3)) }

// stepList draws the steps around the one that is shown.
func (g *Guide) stepList(width, lines int) component.Block {
	steps := g.lab.Steps
	top := max(0, min(g.step-lines/2, len(steps)-lines))
	out := make([]component.Block, 0, lines)
	for i := top; i < min(top+lines, len(steps)); i++ {
		out = append(out, g.stepLine(width, i))
	}
	return component.Stack(width, out...)
}

func (g *Guide) stepLine(width, i int) component.Block {
	step := g.lab.Steps[i]
	mark := theme.Faint.Render("○")
	_, done := g.isDone(step)
	if done {
		mark = theme.Success.Render("✓")
	}
	title := component.Clean(step.Title)
	switch {
	case i == g.step && done:
		title = theme.Strong.Render(title)
	case i == g.step:
		mark, title = theme.Key.Render("●"), theme.Strong.Render(title)
	case done:
		title = theme.Faint.Render(title)
	}
	here := " "
	if i == g.step {
		here = theme.Key.Render("▸")
	}
	line := component.Text(width, here+mark+" "+title)
	return line.All(component.Zone{
		Role: component.RoleLink, Label: component.Clean(step.Title), Value: map[bool]string{true: "done"}[done],
		Click: func(int, int) tea.Cmd { return g.goTo(i) },
	})
}

// margin is the cells at each side of the text.
const margin = 1

// text is all there is to read of the step, or the summary.
func (g *Guide) text(width int) component.Block {
	inner := max(1, width-2*margin-1) // the last column is the scrollbar's
	s := g.current()
	var lines []string
	if g.ended != nil {
		lines = g.endedView(inner)
	}
	if s == nil {
		lines = append(lines, g.summary(inner)...)
	} else {
		lines = append(lines, g.warning(inner)...)
		lines = append(lines, g.prose(*s, inner)...)
		lines = append(lines, g.account(inner)...)
		lines = append(lines, g.findings(*s, inner)...)
	}
	block := component.Text(inner, lines...)
	return component.Beside(block.Height(), component.Blank(margin, 1), block, component.Blank(width-inner-margin, 1))
}

// prose draws a step's title, its parts, and the hints shown so far.
func (g *Guide) prose(s spec.Step, width int) []string {
	hints := g.hints(s)
	key := fmt.Sprint(s.ID, "\x00", width, "\x00", hints)
	if g.drawn.lab == g.lab && g.drawn.key == key {
		return g.drawn.lines
	}
	lines := []string{theme.Heading.Render(component.Clean(s.Title))}
	for _, part := range s.Parts {
		lines = append(lines, "")
		switch part.Kind {
		case spec.KindWhy:
			lines = append(lines, theme.Heading.Render("Why"))
			lines = append(lines, prose.Render(part.Text, width)...)
		case spec.KindNote:
			lines = append(lines, hang(theme.Faint.Render("│ "), theme.Faint.Render("│ "), prose.Render(part.Text, width-2))...)
		case spec.KindCode:
			lines = append(lines, codeLines(part, width)...)
		default:
			lines = append(lines, prose.Render(part.Text, width)...)
		}
	}
	for i, hint := range s.Hints[:hints] {
		lines = append(lines, "", theme.Heading.Render(fmt.Sprintf("Hint %d of %d", i+1, len(s.Hints))))
		lines = append(lines, prose.Render(hint, width)...)
	}
	lines = append(lines, "")
	g.drawn.lab, g.drawn.key, g.drawn.lines = g.lab, key, lines
	return lines
}

// hang puts a prefix before the first line and another before the others.
func hang(first, rest string, lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		out[i] = rest + line
		if i == 0 {
			out[i] = first + line
		}
	}
	return out
}

// findings draws what the last check found, with what to do about it.
func (g *Guide) findings(s spec.Step, width int) []string {
	results := g.results[s.ID]
	did, done := g.isDone(s)
	if done && !allOK(results) && results == nil {
		how := "Done"
		if did.Skipped {
			how = "Done by the console"
		}
		return []string{theme.Success.Render("✓ ") + how + " on " + did.At.Local().Format("2 Jan, 15:04")}
	}
	var lines []string
	for _, r := range results {
		for _, f := range r.Findings {
			lines = append(lines, finding(f, s, width)...)
		}
	}
	return lines
}

func finding(f check.Finding, s spec.Step, width int) []string {
	mark := theme.Success.Render("✓ ")
	switch {
	case f.OK:
	case f.Passing():
		mark = theme.Info.Render("◌ ")
	default:
		mark = theme.Danger.Render("✗ ")
	}
	lines := hang(mark, "  ", prose.Wrap(f.String(), width-2))
	if f.Advice != "" {
		lines = append(lines, hang("  ", "  ", prose.Wrap(f.Advice, width-2))...)
	}
	if advice := s.Advice(f.Cause); advice != "" && !f.OK {
		lines = append(lines, hang("  ", "  ", prose.Render(advice, width-2))...)
	}
	return lines
}

// state says in a line or two how the step stands.
func (g *Guide) state(width int) []string {
	switch {
	case g.closing == g.lab.ID:
		return []string{" " + theme.Info.Render("◌ ") + "It is being ended: that can take a minute."}
	case g.prepares() && g.preparing.busy:
		return []string{" " + theme.Info.Render("◌ ") + "The account is being prepared."}
	}
	s := g.current()
	if s == nil {
		return nil
	}
	if _, done := g.isDone(*s); done {
		next := theme.Key.Render(keys.Lookup(keys.GuideNext).Keys[0])
		if !g.focused {
			next = theme.Key.Render(keys.Name(keys.Lookup(keys.GuidePane).Keys[0])) + " " + next
		}
		return []string{" " + theme.Success.Render("✓ Step done") + theme.Faint.Render(" — ") + next + theme.Faint.Render(" goes on")}
	}
	if s.Read() {
		return nil
	}
	if g.looking {
		return []string{" " + theme.Info.Render("◌ ") + "Looking how it stands …"}
	}
	for _, r := range g.results[s.ID] {
		for _, f := range r.Findings {
			if f.OK {
				continue
			}
			lines := prose.Wrap(f.String(), max(1, width-4))
			lines = lines[:min(2, len(lines))]
			if f.Passing() {
				return hang(" "+theme.Info.Render("◌ "), "   ", lines)
			}
			return hang(" "+theme.Danger.Render("✗ "), "   ", lines)
		}
	}
	return []string{theme.Faint.Render(" ○ not done yet")}
}

// buttons draws what can be done, with its keys, in as many lines as it takes.
func (g *Guide) buttons(width int) component.Block {
	var out []component.Block
	if !g.focused {
		pane := keys.Lookup(keys.GuidePane)
		hint := theme.Faint.Render(keys.Name(pane.Keys[0]) + ", then")
		out = append(out, component.Text(component.Width(hint), hint))
	}
	for _, b := range g.Bindings() {
		out = append(out, button(b))
	}
	row := component.Row(max(1, width-margin), 2, out...)
	return component.Beside(row.Height(), component.Blank(margin, 1), row).Fit(width, row.Height())
}

func button(b keys.Binding) component.Block {
	key, label := theme.Key.Render(keys.Name(b.Keys[0])), component.Clean(b.Label)
	switch {
	case b.Disabled != "":
		key, label = theme.Disabled.Render(keys.Name(b.Keys[0])), theme.Disabled.Render(label)
	case b.Primary:
		label = theme.Primary.Render(label)
	}
	line := key + " " + label
	return component.Text(component.Width(line), line).All(component.Zone{
		Role: component.RoleButton, Label: component.Clean(b.Label), Disabled: b.Disabled,
		Click: func(int, int) tea.Cmd { return press(b) },
	})
}
