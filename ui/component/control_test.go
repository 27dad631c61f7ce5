package component

import (
	"strings"
	"testing"

	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// press makes the key press of a key's name, as Bubble Tea spells it, or of a
// typed character.
func press(name string) tea.KeyPressMsg {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp,
		"pgdown": tea.KeyPgDown, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete,
	}
	var msg tea.KeyPressMsg
	rest := name
	for _, m := range []struct {
		name string
		mod  tea.KeyMod
	}{{"ctrl+", tea.ModCtrl}, {"alt+", tea.ModAlt}, {"shift+", tea.ModShift}} {
		if after, ok := strings.CutPrefix(rest, m.name); ok && after != "" {
			msg.Mod |= m.mod
			rest = after
		}
	}
	switch code, ok := codes[rest]; {
	case ok:
		msg.Code = code
	case rest == "space":
		msg.Code, msg.Text = tea.KeySpace, " "
	case msg.Mod != 0:
		msg.Code = []rune(rest)[0]
	default:
		msg.Code, msg.Text = []rune(rest)[0], rest
	}
	return msg
}

// pressAll presses keys on a control and does what comes of them.
func pressAll(c Control, names ...string) (used bool) {
	for _, name := range names {
		var cmd tea.Cmd
		cmd, used = c.Key(press(name))
		do(cmd)
	}
	return used
}

// write types a text, letter by letter.
func write(c Control, text string) {
	for _, r := range text {
		c.Key(press(string(r)))
	}
}

// do runs a command, and lists the messages that come of it.
func do(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	if batch, ok := msg.(tea.BatchMsg); ok {
		var out []tea.Msg
		for _, c := range batch {
			out = append(out, do(c)...)
		}
		return out
	}
	return []tea.Msg{msg}
}

// shown is a block as it reads.
func shown(b Block) string {
	lines := make([]string, len(b.Lines))
	for i, line := range b.Lines {
		lines[i] = strings.TrimRight(ansi.Strip(line), " ")
	}
	return strings.Join(lines, "\n")
}

// zone finds a zone by role and label.
func zone(t *testing.T, b Block, role Role, label string) Zone {
	t.Helper()
	for _, z := range b.Zones {
		if z.Role == role && z.Label == label {
			return z
		}
	}
	t.Fatalf("no %s %q in:\n%s", role, label, shown(b))
	return Zone{}
}

// click clicks on a zone as a mouse does, at its first cell.
func click(t *testing.T, b Block, role Role, label string) []tea.Msg {
	t.Helper()
	z := zone(t, b, role, label)
	top, ok := b.At(z.X, z.Y, func(z Zone) bool { return z.Click != nil })
	if !ok {
		t.Fatalf("%s %q cannot be clicked", role, label)
	}
	return do(top.Click(0, 0))
}

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\ngot\n%s\nwant\n%s", what, got, want)
	}
}

// anyControl makes a control full of wild text.
func anyControl(t *rapid.T) Control {
	text := wild()
	options := rapid.Custom(func(t *rapid.T) Option {
		return Option{text.Draw(t, "value"), text.Draw(t, "label"), text.Draw(t, "detail"), rapid.SampledFrom([]string{"", "", "not now\x1b[2J"}).Draw(t, "disabled")}
	})
	label, more := text.Draw(t, "label"), text.Draw(t, "more")
	disabled := rapid.SampledFrom([]string{"", "", "", "because\x1b]0;x\a"}).Draw(t, "disabled")
	switch rapid.IntRange(0, 14).Draw(t, "control") {
	case 0:
		return &Button{Label: label, Shortcut: more, Disabled: disabled, Primary: true}
	case 1:
		return NewLink(label, nil)
	case 2:
		return &Checkbox{Label: label, Detail: more, Disabled: disabled}
	case 3:
		return &Radio{Label: label, Options: rapid.SliceOfN(options, 0, 4).Draw(t, "options"), Disabled: disabled}
	case 4:
		return &Select{Label: label, Hint: more, Error: text.Draw(t, "error"), Disabled: disabled, Options: rapid.SliceOfN(options, 0, 12).Draw(t, "options")}
	case 5:
		return &Tabs{Titles: rapid.SliceOfN(text, 0, 6).Draw(t, "titles")}
	case 6:
		return NewSection(label)
	case 7:
		return anyTable(t)
	case 8:
		e := NewEditor()
		e.Label, e.Height, e.Language = label, rapid.IntRange(-1, 12).Draw(t, "height"), rapid.SampledFrom([]string{"", "json", "python", "javascript"}).Draw(t, "language")
		e.SetValue(strings.Join(rapid.SliceOfN(text, 0, 12).Draw(t, "lines"), "\n"))
		if rapid.Bool().Draw(t, "fault") {
			e.MarkError(rapid.IntRange(-1, 20).Draw(t, "line"), rapid.IntRange(-1, 20).Draw(t, "column"), more)
		}
		return e
	case 9:
		return anyFilePicker(t)
	case 10:
		return anyChart(t)
	case 11:
		return anyLogList(t)
	case 12:
		v := NewTextView(label)
		v.Height = rapid.IntRange(-1, 12).Draw(t, "height")
		v.Show(Read(strings.Join(rapid.SliceOfN(text, 0, 12).Draw(t, "lines"), "\n")))
		return v
	}
	f := &TextField{Label: label, Hint: more, Placeholder: text.Draw(t, "placeholder"), Disabled: disabled, Error: text.Draw(t, "error")}
	f.SetValue(text.Draw(t, "value"))
	return f
}

func anyTable(t *rapid.T) *Table {
	text := wild()
	list := NewList()
	columns := make([]Column, rapid.IntRange(0, 5).Draw(t, "columns"))
	for i := range columns {
		columns[i] = Column{text.Draw(t, "title"), rapid.IntRange(0, 12).Draw(t, "width"), rapid.Bool().Draw(t, "right")}
	}
	rows := make([]ListRow, 0, 12)
	for range rapid.IntRange(0, cap(rows)).Draw(t, "rows") {
		row := ListRow{Key: text.Draw(t, "key")}
		for range rapid.IntRange(0, len(columns)+1).Draw(t, "cells") {
			row.Cells = append(row.Cells, Cell{Text: text.Draw(t, "cell")})
		}
		rows = append(rows, row)
	}
	list.Set(rows)
	table := NewTable(list, func() []Column { return columns })
	table.Height, table.Empty = rapid.IntRange(-1, 10).Draw(t, "height"), []string{text.Draw(t, "empty")}
	table.Loading, table.Markable, table.Sortable = rapid.Bool().Draw(t, "loading"), rapid.Bool().Draw(t, "markable"), true
	return table
}

// TestAnyControlAnyHow draws controls full of any text at any width, while keys,
// pastes, clicks and wheels come in any order.
func TestAnyControlAnyHow(t *testing.T) {
	t.Parallel()
	names := []string{
		"enter", "esc", "up", "down", "left", "right", "home", "end", "pgup", "pgdown", "backspace", "delete", "space", "a", "}", "日",
		"ctrl+left", "ctrl+right", "ctrl+w", "ctrl+u", "ctrl+z", "ctrl+y", "ctrl+f", "ctrl+home", "ctrl+end", "tab", "o", "f", "alt+d",
	}
	rapid.Check(t, func(t *rapid.T) {
		c := anyControl(t)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			width := rapid.OneOf(rapid.IntRange(0, 4), rapid.IntRange(1, 100)).Draw(t, "width")
			b := c.View(width)
			if b.Width > width {
				t.Fatalf("%T is %d cells wide at a width of %d", c, b.Width, width)
			}
			checkBlock(t, "control", b)
			switch rapid.IntRange(0, 7).Draw(t, "what") {
			case 0:
				c.Focus()
			case 1:
				c.Blur()
			case 2:
				c.Paste(wild().Draw(t, "paste"))
			case 3:
				if len(b.Zones) > 0 {
					z := b.Zones[rapid.IntRange(0, len(b.Zones)-1).Draw(t, "zone")]
					actOn(z, rapid.IntRange(0, max(0, z.W)).Draw(t, "x"), rapid.IntRange(0, max(0, z.H)).Draw(t, "y"))
				}
			default:
				c.Key(press(rapid.SampledFrom(names).Draw(t, "key")))
			}
		}
	})
}

func actOn(z Zone, x, y int) {
	switch {
	case z.Reveal != nil:
		do(z.Reveal())
	case z.Click != nil:
		do(z.Click(x, y))
	}
	if z.Wheel != nil {
		do(z.Wheel(x, y-1))
	}
}

func TestButton(t *testing.T) {
	t.Parallel()
	pressed := 0
	b := NewButton("Run", func() tea.Cmd { pressed++; return nil })
	b.Shortcut = "ctrl+r"
	expect(t, "button", shown(b.View(40)), "[ Run ctrl+r ]")
	expect(t, "cut", shown(b.View(8)), "[ Run c…")
	if !pressAll(b, "enter", "space") || pressAll(b, "x") || pressed != 2 {
		t.Errorf("pressed %d times", pressed)
	}
	click(t, b.View(40), RoleButton, "Run")
	if pressed != 3 {
		t.Error("a click did not press")
	}
	b.Disabled = "Choose a table first"
	expect(t, "disabled", shown(b.View(40)), "( Run ctrl+r )")
	msgs := click(t, b.View(40), RoleButton, "Run")
	note, ok := msgs[0].(nav.Notify)
	if pressed != 3 || !ok || note.Level != nav.Information || note.Text != "Choose a table first" {
		t.Errorf("a disabled button was pressed, or said %v", msgs)
	}
}

func TestLink(t *testing.T) {
	t.Parallel()
	followed := 0
	l := NewLink("Music", func() tea.Cmd { followed++; return nil })
	pressAll(l, "enter")
	click(t, l.View(40), RoleLink, "Music")
	if followed != 2 || l.View(40).Width != 5 {
		t.Errorf("followed %d times, %d wide", followed, l.View(40).Width)
	}
}

func TestCheckbox(t *testing.T) {
	t.Parallel()
	c := NewCheckbox("Deletion protection")
	c.Detail = "The table cannot be deleted"
	changed := 0
	c.Changed = func() tea.Cmd { changed++; return nil }
	expect(t, "off", shown(c.View(40)), "  [ ] Deletion protection\n      The table cannot be deleted")
	c.Focus()
	pressAll(c, "space")
	expect(t, "on", shown(c.View(40)), "▸ [x] Deletion protection\n      The table cannot be deleted")
	if !c.On() || zone(t, c.View(40), RoleCheckbox, "Deletion protection").Value != "on" {
		t.Error("not on")
	}
	click(t, c.View(40), RoleCheckbox, "Deletion protection")
	if c.On() || changed != 2 {
		t.Error("a click did not toggle")
	}
	c.Disabled = "read-only"
	pressAll(c, "space")
	if c.On() {
		t.Error("a disabled box was ticked")
	}
}

func TestRadio(t *testing.T) {
	t.Parallel()
	r := NewRadio("", Option{Value: "scan", Label: "Scan"}, Option{Value: "query", Label: "Query"}, Option{Value: "x", Disabled: "not here"})
	changed := ""
	r.Changed = func() tea.Cmd { changed = r.Value(); return nil }
	expect(t, "first", shown(r.View(40)), "  ● Scan  ○ Query  ○ x\n                     not here")
	r.Focus()
	pressAll(r, "right", "right")
	expect(t, "second", shown(r.View(40)), "▸ ○ Scan  ● Query  ○ x\n                     not here")
	if changed != "query" {
		t.Errorf("changed to %q", changed)
	}
	click(t, r.View(40), RoleRadio, "Scan")
	if r.Value() != "scan" || zone(t, r.View(40), RoleRadio, "Scan").Value != "on" {
		t.Error("a click did not choose")
	}
	if msgs := click(t, r.View(40), RoleRadio, "x"); r.Value() != "scan" || len(msgs) != 1 {
		t.Error("a disabled option was chosen, or did not say why")
	}
	r.SetValue("unknown")
	if r.Value() != "scan" {
		t.Error("an unknown value was taken")
	}
}

func TestTabs(t *testing.T) {
	t.Parallel()
	tabs := NewTabs("Settings", "Indexes", "Items")
	shownTab := -1
	tabs.Changed = func(i int) tea.Cmd { shownTab = i; return nil }
	expect(t, "tabs", shown(tabs.View(36)), " Settings    Indexes    Items\n━━━━━━━━━━──────────────────────────")
	pressAll(tabs, "left", "right", "right")
	if shownTab != 2 {
		t.Errorf("tab %d", shownTab)
	}
	expect(t, "narrow", shown(tabs.View(20)), "‹  Indexes    Items\n─────────────━━━━━━━")
	do(zone(t, tabs.View(20), RoleTab, "Settings").Reveal())
	if tabs.Active() != 0 {
		t.Error("a tab out of sight cannot be reached")
	}
	click(t, tabs.View(36), RoleTab, "Indexes")
	if tabs.Active() != 1 {
		t.Error("a click did not switch")
	}
}

func TestSection(t *testing.T) {
	t.Parallel()
	s := NewSection("Filters – optional")
	expect(t, "closed", shown(s.View(30)), "▸ Filters – optional")
	pressAll(s, "enter")
	expect(t, "open", shown(s.View(30)), "▾ Filters – optional")
	click(t, s.View(30), RoleButton, "Filters – optional")
	if s.Open() {
		t.Error("a click did not close")
	}
}

func TestRing(t *testing.T) {
	t.Parallel()
	one, two, three := NewTextField("One"), NewTextField("Two"), NewTextField("Three")
	r := NewRing(one, two, three)
	tab, back := press("tab"), press("shift+tab")
	for _, want := range []Control{two, three, one} {
		if r.Key(tab); r.Focused() != want {
			t.Fatal("tab went elsewhere")
		}
	}
	if r.Key(back); r.Focused() != three {
		t.Fatal("shift+tab went elsewhere")
	}
	click(t, r.View(two, 30), RoleField, "Two")
	write(r.Focused(), "x")
	if two.Value() != "x" || !two.focused || three.focused {
		t.Error("a click did not take the focus along")
	}
	r.Set(one, three)
	if r.Focused() != three || two.focused {
		t.Error("the focus did not go to the next control when its own went")
	}
	r.Set(one)
	if r.Focused() != one {
		t.Error("the focus did not go to the one before when there was no next")
	}
	r.Set()
	if r.Key(tab); r.Focused() != nil || one.focused {
		t.Error("an empty ring has the focus")
	}
	r.Set(two)
	if r.Focused() != two {
		t.Error("the first control did not get the focus")
	}
}

func TestDownFromTabs(t *testing.T) {
	t.Parallel()
	tabs, find, table, other := NewTabs("One", "Two"), NewTextField("Find"), numberedTable(5, 5, 5), NewCheckbox("Other")
	r := NewRing(tabs, find, table, other)
	if r.Key(press("down")); r.Focused() != table || table.Current() != 1 {
		t.Errorf("it did not go on from the first row of the table: row %d", table.Current())
	}
	r = NewRing(tabs, other, table)
	if r.Key(press("down")); r.Focused() != other {
		t.Error("it passed over what the tab shows")
	}
	if _, used := r.Key(press("down")); used || r.Focused() != other {
		t.Error("it went on from what is no tab")
	}
}
