package drive_test

import (
	"strings"
	"testing"

	"awslab/ui/component"
	"awslab/ui/drive"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// notepad is a console with one editor, which keeps what it was asked to open.
type notepad struct {
	editor *component.Editor
	frame  component.Block
	opened []nav.Route
}

func newNotepad(text string) *notepad {
	n := &notepad{editor: component.NewEditor()}
	n.editor.Label, n.editor.Language = "Event JSON", "json"
	n.editor.SetValue(text)
	return n
}

func (n *notepad) Init() tea.Cmd          { return nil }
func (n *notepad) Frame() component.Block { return n.frame }
func (n *notepad) Busy() bool             { return false }

func (n *notepad) View() tea.View {
	n.frame = n.editor.View(60)
	return tea.NewView(n.frame.String())
}

func (n *notepad) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		cmd := n.editor.Focus()
		if z, ok := n.frame.At(msg.X, msg.Y, func(z component.Zone) bool { return z.Click != nil }); ok {
			return n, tea.Batch(cmd, z.Click(msg.X-z.X, msg.Y-z.Y))
		}
	case tea.KeyPressMsg:
		cmd, _ := n.editor.Key(msg)
		return n, cmd
	case tea.PasteMsg:
		return n, n.editor.Paste(msg.Content)
	case nav.Open:
		n.opened = append(n.opened, msg.Route)
	}
	return n, nil
}

func TestReplacesWithinAnEditor(t *testing.T) {
	t.Parallel()
	text := "{\n  \"name\": \"example-bucket\",\n\n  \"arn\": \"arn:aws:s3:::example-bucket\",\n" + strings.Repeat("  \"é日\": 1,\n", 30) + "  \"key\": \"test%2Fkey\"\n}"
	console := newNotepad(text)
	s := start(t, console)
	if err := s.Run(`
		replace "Event JSON" "example-bucket" "image-1"
		replace "Event JSON" example-bucket image-1
		replace "Event JSON" "test%2Fkey" "Happy Face.jpg"
		replace "Event JSON" "  \"é日\": 1" "x"
	`); err != nil {
		t.Fatal(err)
	}
	want := strings.NewReplacer("example-bucket", "image-1", "test%2Fkey", "Happy Face.jpg").Replace(text)
	want = strings.Replace(want, `  "é日": 1`, "x", 1)
	if got := console.editor.Value(); got != want {
		t.Errorf("it reads\n%s\nwant\n%s", got, want)
	}
	if err := s.Run(`replace "Event JSON" "nowhere" "x"`); err == nil || !strings.Contains(err.Error(), `the field "Event JSON" does not hold "nowhere"`) {
		t.Errorf("got %v", err)
	}
}

func TestFollowsALinkToAnObject(t *testing.T) {
	t.Parallel()
	console := newNotepad("")
	if err := start(t, console).Run(`follow "s3://image-1/my faces/HappyFace.jpg"`); err != nil {
		t.Fatal(err)
	}
	if want := (nav.Route{Page: drive.ObjectPage, Name: "image-1", Detail: "my faces/HappyFace.jpg"}); len(console.opened) != 1 || console.opened[0] != want {
		t.Errorf("opened %+v", console.opened)
	}
	for _, line := range []string{"follow image-1/key", "follow s3://image-1", "follow s3:///key", `follow "`, `replace "A" "b"`, "replace A"} {
		if _, err := drive.Parse(line); err == nil {
			t.Errorf("%q can be played", line)
		}
	}
}

// line is a console with one field.
type line struct {
	field *component.TextField
	frame component.Block
}

func (l *line) Init() tea.Cmd          { return nil }
func (l *line) Frame() component.Block { return l.frame }
func (l *line) Busy() bool             { return false }

func (l *line) View() tea.View {
	l.frame = l.field.View(60)
	return tea.NewView(l.frame.String())
}

func (l *line) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		return l, l.field.Focus()
	case tea.KeyPressMsg:
		cmd, _ := l.field.Key(msg)
		return l, cmd
	}
	return l, nil
}

func TestReplacesWithinAField(t *testing.T) {
	t.Parallel()
	console := &line{field: component.NewTextField("URL")}
	console.field.SetValue("http://127.0.0.1:4566/a/myDeployment/FAQ")
	if err := start(t, console).Run(`replace "URL" "/FAQ" "/nothing"`); err != nil {
		t.Fatal(err)
	}
	if got, want := console.field.Value(), "http://127.0.0.1:4566/a/myDeployment/nothing"; got != want {
		t.Errorf("it reads %s, want %s", got, want)
	}
}
