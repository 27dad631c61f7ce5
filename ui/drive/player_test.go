package drive_test

import (
	"testing"

	"awslab/ui/component"
	"awslab/ui/drive"

	tea "charm.land/bubbletea/v2"
)

func parse(t *testing.T, text string) drive.Script {
	t.Helper()
	script, err := drive.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return script
}

func TestPlayerGivesUpAfterItsPatience(t *testing.T) {
	t.Parallel()
	p := drive.NewPlayer(parse(t, `press "Run"`))
	p.Patience = 3
	blank := component.Blank(20, 5)
	for look := range 3 {
		if m := p.Next(blank, false); len(m.Msgs) != 0 || m.Err != nil {
			t.Fatalf("look %d: %+v", look, m)
		}
	}
	if m := p.Next(blank, false); !has(m.Err, `no button "Run" here`) {
		t.Errorf("%+v", m)
	}
}

func TestPlayerTypesAsAPersonDoes(t *testing.T) {
	t.Parallel()
	console := newShop()
	console.form, console.width, console.height = true, 80, 30
	p := drive.NewPlayer(parse(t, "say Now the artist.\ntype \"Artist\" Psy"))
	var texts []string
	for range 20 {
		console.View()
		m := p.Next(console.Frame(), false)
		if m.Done {
			break
		}
		if m.Caption != "" {
			texts = append(texts, m.Caption)
		}
		for _, msg := range m.Msgs {
			if key, ok := msg.(tea.KeyPressMsg); ok {
				texts = append(texts, key.Text)
			}
			console.Update(msg)
		}
		if m.Pause <= 0 {
			t.Errorf("no pause after %v", m.Msgs)
		}
	}
	if len(texts) != 4 || texts[0] != "Now the artist." || texts[3] != "y" {
		t.Errorf("it went %q", texts)
	}
	if console.fields["Artist"] != "Psy" {
		t.Errorf("the field holds %q", console.fields["Artist"])
	}
}

// A field that alters what is typed is told, not passed over.
func TestPlayerSeesWhatTheFieldHolds(t *testing.T) {
	t.Parallel()
	field := component.Text(20, "Year: ").All(component.Zone{Role: component.RoleField, Label: "Year", Focused: true})
	p := drive.NewPlayer(parse(t, `type "Year" 1973`))
	p.Fast, p.Patience = true, 2
	if m := p.Next(field, false); len(m.Msgs) == 0 || len(m.Msgs) != 4 {
		t.Fatalf("%+v", m)
	}
	var last drive.Move
	for range 4 {
		last = p.Next(field, false)
	}
	if !has(last.Err, `the field "Year" holds "" after typing "1973"`) {
		t.Error(last.Err)
	}
}

func TestCoveredTargetsAreNotClicked(t *testing.T) {
	t.Parallel()
	nothing := func(int, int) tea.Cmd { return nil }
	frame := component.Blank(20, 3).
		Zone(component.Zone{X: 2, Y: 1, W: 6, H: 1, Role: component.RoleButton, Label: "Run", Click: nothing}).
		Zone(component.Zone{X: 4, Y: 0, W: 10, H: 3, Role: component.RoleScroll, Label: "box", Click: nothing})
	p := drive.NewPlayer(parse(t, `press "Run"`))
	m := p.Next(frame, false)
	if len(m.Msgs) == 0 {
		t.Fatalf("%+v", m)
	}
	if at, ok := m.Msgs[0].(tea.MouseClickMsg); !ok || at.X < 2 || at.X > 3 || at.Y != 1 {
		t.Errorf("clicked at %d,%d: not a cell of Run in sight", at.X, at.Y)
	}
	frame.Zones[1].X, frame.Zones[1].W = 0, 20
	p = drive.NewPlayer(parse(t, `press "Run"`))
	p.Patience = 1
	p.Next(frame, false)
	if m := p.Next(frame, false); !has(m.Err, "something covers it") {
		t.Errorf("%+v", m)
	}
}
