package drive_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"awslab/ui/component"
	"awslab/ui/drive"

	tea "charm.land/bubbletea/v2"
)

// shop is a small console with one of everything that a script can meet: a
// services menu, a page with rows, a form with fields, a drop-down, choices and
// an answer that takes a while, a dialog, and a guide beside it.
type shop struct {
	width, height int
	frame         component.Block
	busy          int

	menu, form, dialog bool
	page               string
	row                int
	rows               []string
	marked             []string
	focus              string
	fields             map[string]string
	options            []string // of the open drop-down
	condition          string
	query              bool
	log                []string
	below              bool // the Save button is out of sight
	narrow, nav        bool // the side navigation is shown when it is asked for
	answer             chan string
}

func newShop() *shop {
	return &shop{
		row: 0, rows: []string{"Pink Floyd", "Psy", "John Lennon"}, below: true,
		fields: map[string]string{"Artist": "", "Value#1": "old", "Value#2": "new", "word": ""},
		answer: make(chan string, 1),
	}
}

type (
	opened  struct{ page string }
	saved   struct{ text string }
	ordered struct{ n int }
)

func (s *shop) Init() tea.Cmd { return nil }

func (s *shop) Frame() component.Block { return s.frame }

func (s *shop) Busy() bool { return s.busy > 0 }

func (s *shop) View() tea.View {
	s.frame = s.draw().Fit(s.width, s.height)
	return tea.NewView(s.frame.String())
}

func (s *shop) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		s.width, s.height = msg.Width, msg.Height
	case tea.MouseClickMsg:
		if z, ok := s.frame.At(msg.X, msg.Y, func(z component.Zone) bool { return z.Click != nil }); ok {
			return s, z.Click(msg.X, msg.Y)
		}
	case tea.KeyPressMsg:
		return s, s.key(msg)
	case tea.PasteMsg:
		s.fields[s.focus] += msg.Content
	case opened:
		s.page, s.menu = msg.page, false
	case ordered:
		s.log = append(s.log, fmt.Sprint("ordered ", msg.n))
	case saved:
		s.busy--
		s.log = append(s.log, msg.text)
	}
	return s, nil
}

func (s *shop) key(msg tea.KeyPressMsg) tea.Cmd {
	text, typing := s.fields[s.focus]
	switch key := msg.String(); {
	case key == "ctrl+q":
		return tea.Quit
	case key == "ctrl+b":
		s.nav = !s.nav
	case key == "ctrl+o":
		order := func(n int) tea.Cmd { return func() tea.Msg { return ordered{n} } }
		return tea.Sequence(order(1), tea.Batch(order(2), order(2)), order(3))
	case !typing && key == "enter" && s.page == "Tables":
		s.log = append(s.log, "open "+s.rows[s.row])
		return func() tea.Msg { return opened{s.rows[s.row]} }
	case !typing && key == "space":
		s.marked = append(s.marked, s.rows[s.row])
	case typing && key == "backspace" && text != "":
		s.fields[s.focus] = text[:len(text)-1]
	case typing && msg.Text != "":
		s.fields[s.focus] = text + msg.Text
	}
	return nil
}

// save is a call that takes until someone answers.
func (s *shop) save() tea.Cmd {
	s.busy++
	return func() tea.Msg { return saved{"saved " + <-s.answer} }
}

func (s *shop) button(label string, press func() tea.Cmd) component.Block {
	text := "[ " + label + " ]"
	return component.Text(len([]rune(text)), text).All(component.Zone{Role: component.RoleButton, Label: label,
		Click: func(int, int) tea.Cmd { return press() }})
}

func (s *shop) field(label, name string) component.Block {
	text := label + ": " + s.fields[name]
	return component.Text(30, text).All(component.Zone{
		Role: component.RoleField, Label: label, Value: s.fields[name], Focused: s.focus == name,
		Click: func(int, int) tea.Cmd { s.focus = name; return nil },
	})
}

func (s *shop) draw() component.Block {
	blocks := []component.Block{s.button("≡ Services", func() tea.Cmd { s.menu = true; return nil })}
	if s.menu {
		blocks = append(blocks, component.Text(10, "DynamoDB").All(component.Zone{Role: component.RoleOption, Label: "DynamoDB",
			Click: func(int, int) tea.Cmd { return func() tea.Msg { return opened{"DynamoDB"} } }}))
	}
	switch {
	case s.page == "DynamoDB" && (s.nav || !s.narrow):
		blocks = append(blocks, component.Text(10, "Tables").All(component.Zone{Role: component.RoleLink, Label: "Tables",
			Click: func(int, int) tea.Cmd { return func() tea.Msg { return opened{"Tables"} } }}))
	case s.page == "Tables":
		blocks = append(blocks, s.table()...)
	case s.page != "":
		blocks = append(blocks, component.Text(30, "This is "+s.page))
	}
	if s.form {
		blocks = append(blocks, s.formBlocks()...)
	}
	blocks = append(blocks, component.Text(60, s.log...))
	page := component.Stack(60, blocks...).Fit(60, 30)
	if s.dialog {
		box := component.Stack(30, component.Text(30, "Delete it?"), s.field("To confirm, type confirm", "word"),
			s.button("Cancel", func() tea.Cmd { s.dialog = false; return nil }), s.delete())
		page = box.Over(page, 5, 5, true)
	}
	return component.Beside(30, page, s.guide())
}

func (s *shop) delete() component.Block {
	b := s.button("Delete", func() tea.Cmd { s.dialog = false; s.log = append(s.log, "deleted"); return nil })
	if s.fields["word"] != "confirm" {
		b.Zones[0].Disabled = "type the word first"
	}
	return b
}

func (s *shop) table() []component.Block {
	blocks := make([]component.Block, 0, len(s.rows))
	for i, name := range s.rows {
		blocks = append(blocks, component.Text(40, name+"  song "+fmt.Sprint(i)).All(component.Zone{
			Role: component.RoleRow, Label: name, Value: name + "  song " + fmt.Sprint(i), Focused: i == s.row && s.focus == "",
			Click: func(int, int) tea.Cmd { s.row, s.focus = i, ""; return nil },
		}))
	}
	return blocks
}

func (s *shop) formBlocks() []component.Block {
	choice := component.Text(10, "Query").All(component.Zone{Role: component.RoleRadio, Label: "Query", Value: map[bool]string{true: "on"}[s.query],
		Click: func(int, int) tea.Cmd { s.query = !s.query; return nil }})
	drop := component.Text(20, "Condition: "+s.condition).All(component.Zone{Role: component.RoleSelect, Label: "Condition", Value: s.condition,
		Click: func(int, int) tea.Cmd { s.options = []string{"Equal to", "Less than"}; return nil }})
	blocks := []component.Block{s.field("Artist", "Artist"), s.field("Value", "Value#1"), s.field("Value", "Value#2"), choice, drop}
	for _, option := range s.options {
		blocks = append(blocks, component.Text(20, option).All(component.Zone{Role: component.RoleOption, Label: option,
			Click: func(int, int) tea.Cmd { s.condition, s.options = option, nil; return nil }}))
	}
	save := s.button("Save", s.save)
	if s.below {
		save = component.Text(0).Zone(component.Zone{Role: component.RoleButton, Label: "Save", Reveal: func() tea.Cmd { s.below = false; return nil }})
	}
	return append(blocks, save)
}

func (s *shop) guide() component.Block {
	next := s.button("Delete", func() tea.Cmd { s.log = append(s.log, "pressed beside"); return nil })
	return component.Stack(20, component.Text(20, "Guide: look for gold"), next).All(component.Zone{Role: drive.Aside, Label: "Lab guide"})
}

// timers is a console that is never without a timer under way.
type timers struct {
	*shop
	ticks int
}

type tick struct{}

func (c *timers) Init() tea.Cmd { return c.next() }

func (c *timers) next() tea.Cmd {
	return tea.Tick(time.Millisecond, func(time.Time) tea.Msg { return tick{} })
}

func (c *timers) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tick); ok {
		if c.ticks++; c.ticks == 30 {
			c.rows = append(c.rows, "Late row")
		}
		return c, c.next()
	}
	_, cmd := c.shop.Update(msg)
	return c, cmd
}

// has reports whether an error is one of a player and tells all of these.
func has(err error, parts ...string) bool {
	var e *drive.Error
	return errors.As(err, &e) && !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(err.Error(), p) })
}
