package page_test

import (
	"context"
	"testing"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// note is a form of one field.
type note struct {
	text  *component.TextField
	there string // what a service has
}

func (n *note) Words() page.Words {
	return page.Words{Title: "Note", Action: "Save", Failed: "The note was not saved", Lost: "The note would be lost."}
}

func (n *note) Read(context.Context, aws.Cloud) (func(), error) {
	there := n.there
	return func() { n.text.SetValue(there) }, nil
}

func (n *note) Fields() []component.Control { return []component.Control{n.text} }
func (n *note) First() component.Control    { return n.text }
func (n *note) Fault() string               { return "" }
func (n *note) Values() string              { return n.text.Value() }

func (n *note) Saving() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	text := n.text.Value()
	return func(context.Context, aws.Cloud) (tea.Cmd, error) {
		n.there = text
		return nil, nil
	}
}

func (n *note) View(p *page.Panel, width int) component.Block { return p.Ring.View(n.text, width) }

// newNote is a form that was read.
func newNote(t *testing.T) (*note, *page.FormPage) {
	t.Helper()
	n := &note{text: component.NewTextField("Text"), there: "one"}
	p := page.NewForm(page.Env{Calls: page.NewCalls(t.Context()), Now: time.Now}, n)
	apply(t, p.Init())
	if n.text.Value() != "one" || p.Unsaved() != "" {
		t.Fatalf("the form says %q; unsaved %q", n.text.Value(), p.Unsaved())
	}
	return n, p
}

// TestAFormKeepsWhatIsTypedWhileItIsRead: an answer that comes late is no reason to
// type it again; one that comes in time is shown.
func TestAFormKeepsWhatIsTypedWhileItIsRead(t *testing.T) {
	t.Parallel()
	n, p := newNote(t)
	n.there = "two"
	apply(t, p.Init())
	if n.text.Value() != "two" {
		t.Errorf("read anew, it says %q", n.text.Value())
	}
	reading := p.Init()
	n.text.SetValue("mine")
	apply(t, reading)
	if n.text.Value() != "mine" || p.Unsaved() == "" {
		t.Errorf("it says %q; unsaved %q", n.text.Value(), p.Unsaved())
	}
}

// TestAFormKnowsWhatItHasSaved: what is typed while it is saved is not.
func TestAFormKnowsWhatItHasSaved(t *testing.T) {
	t.Parallel()
	n, p := newNote(t)
	save := func() tea.Cmd {
		for _, b := range p.Bindings() {
			if b.ID == keys.Save {
				return b.Run()
			}
		}
		return nil
	}
	n.text.SetValue("mine")
	saving := save()
	n.text.SetValue("mine, and more")
	apply(t, saving)
	if n.there != "mine" || p.Unsaved() == "" {
		t.Errorf("saved %q; unsaved %q", n.there, p.Unsaved())
	}
	apply(t, save())
	if n.there != "mine, and more" || p.Unsaved() != "" {
		t.Errorf("saved %q; unsaved %q", n.there, p.Unsaved())
	}
}
