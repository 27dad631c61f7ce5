package lab_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/trail"
	"awslab/ui/component"
	"awslab/ui/drive"
	"awslab/ui/lab"
	"awslab/ui/lab/spec"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// musicLab is a small lab for the tests: read, create a table, read.
const musicLab = `---
id: music
number: 7
title: A lab about music
topic: Music
summary: Learn to sing.
service: dynamodb
minutes: 5
---

## Welcome

Hello, **you**.

## Create the table

Make it now.

` + "```why\nBecause it is fun.\n```" + `
` + "```check\ntable(\"Music\", {Artist: \"String\"})\n```" + `
` + "```do\npress \"Create table\"\n```" + `
` + "```hint\nThe first hint.\n```\n```hint\nThe second hint.\n```" + `
` + "```slip table-name\nMind the **name**.\n```" + `

## Bye

That was it.
`

func parseLab(t *testing.T, source string) *spec.Lab {
	t.Helper()
	parsed, err := spec.Parse("music.md", []byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// world is a sandbox with a trail, and what a lab keeps.
type world struct {
	t     *testing.T
	below aws.Cloud
	trail *trail.Trail
	store *lab.Store
	dir   string
}

func newWorld(t *testing.T, delay time.Duration) *world {
	t.Helper()
	dir := t.TempDir()
	sandbox, err := fake.Open(dir, fake.Options{Delay: aws.Some(delay)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	})
	return &world{t: t, below: sandbox.Cloud(), trail: trail.New(sandbox.Cloud(), trail.Options{}), store: openStore(t, dir), dir: dir}
}

func createTable(ctx context.Context, cloud aws.Cloud, name string) error {
	_, err := cloud.DynamoDB.CreateTable(ctx, aws.CreateTableInput{
		TableName: name, BillingMode: aws.BillingPayPerRequest,
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "Artist", KeyType: aws.KeyHash}},
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "Artist", AttributeType: aws.TypeS}},
	})
	return err
}

// create creates a table as a learner does, through the trail.
func (w *world) create(name string) {
	w.t.Helper()
	if err := createTable(w.t.Context(), w.trail.Cloud(), name); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) deleteTable(name string) {
	w.t.Helper()
	if _, err := w.below.DynamoDB.DeleteTable(w.t.Context(), aws.DeleteTableInput{TableName: name}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) tables() string {
	w.t.Helper()
	out, err := w.below.DynamoDB.ListTables(w.t.Context(), aws.ListTablesInput{})
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.Join(out.TableNames, " ")
}

// desk is the smallest console that a guide can stand beside: one button that
// creates a table, a dialog that is confirmed with a key, and messages.
type desk struct {
	*world
	guide  *lab.Guide
	calls  *page.Calls
	frame  component.Block
	width  int
	height int
	table  string // that the button creates
	asked  *nav.Confirm
	said   []string
	opened []nav.Route
	copied nav.Copy
	player *drive.Player
	play   lab.Play
}

func newDesk(t *testing.T, w *world, labs *lab.Library) *desk {
	t.Helper()
	d := &desk{world: w, calls: page.NewCalls(t.Context()), table: "Music"}
	d.guide = lab.New(lab.Config{Cloud: w.below, Trail: w.trail, Labs: labs, Store: w.store, Calls: d.calls, Assets: smallFiles{}})
	d.guide.SetFocused(true)
	t.Cleanup(func() {
		d.guide.Close()
		d.calls.Close()
	})
	return d
}

func (d *desk) Init() tea.Cmd { return d.guide.CallFinished() }

func (d *desk) Frame() component.Block { return d.frame }

func (d *desk) Busy() bool { return d.calls.Busy() || d.player != nil }

const buttonWidth = 60

func (d *desk) View() tea.View {
	const label = "Create table"
	button := component.Text(buttonWidth, label).All(component.Zone{
		Role: component.RoleButton, Label: label, Click: func(int, int) tea.Cmd { return d.press() },
	})
	messages := component.Text(buttonWidth, d.said...)
	left := component.Stack(buttonWidth, button, messages)
	d.frame = component.Beside(d.height, left, d.guide.View(max(0, d.width-buttonWidth), d.height))
	return tea.NewView(d.frame.String())
}

func (d *desk) press() tea.Cmd {
	return page.Do(d.calls,
		func(ctx context.Context) (struct{}, error) {
			return struct{}{}, createTable(ctx, d.trail.Cloud(), d.table)
		},
		func(_ struct{}, err error) tea.Cmd {
			if err != nil {
				d.said = append(d.said, err.Error())
			}
			return d.guide.CallFinished()
		})
}

func (d *desk) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		d.width, d.height = msg.Width, msg.Height
	case tea.MouseClickMsg:
		if z, ok := d.frame.At(msg.X, msg.Y, func(z component.Zone) bool { return z.Click != nil }); ok {
			return d, z.Click(msg.X-z.X, msg.Y-z.Y)
		}
	case tea.KeyPressMsg:
		return d, d.key(msg)
	case page.Answer:
		return d, msg.Apply()
	case nav.Notify:
		text := msg.Title + " " + msg.Text
		if msg.Err != nil {
			text += " " + msg.Err.Error()
		}
		d.said = append(d.said, text)
	case nav.Open:
		d.opened = append(d.opened, msg.Route)
	case nav.Copy:
		d.copied = msg
	case nav.Confirm:
		d.asked = &msg
	case lab.Play:
		d.play, d.player = msg, drive.NewPlayer(msg.Script)
		d.player.Fast = msg.Fast
		return d, nav.Send(playOn{})
	case playOn:
		return d, d.playing()
	}
	return d, nil
}

type playOn struct{}

// playing plays on as fast as it goes.
func (d *desk) playing() tea.Cmd {
	move := d.player.Next(d.frame, d.calls.Busy())
	if move.Done || move.Err != nil {
		d.player = nil
		return d.play.Done(move.Err)
	}
	cmds := []tea.Cmd{tea.Tick(time.Millisecond, func(time.Time) tea.Msg { return playOn{} })}
	for _, msg := range move.Msgs {
		_, cmd := d.Update(msg)
		cmds = append(cmds, cmd)
	}
	return tea.Batch(cmds...)
}

func (d *desk) key(msg tea.KeyPressMsg) tea.Cmd {
	if d.asked != nil && msg.String() == "y" {
		do := d.asked.Do
		d.asked = nil
		return do()
	}
	for _, b := range d.guide.Bindings() {
		if b.Match(msg) {
			if b.Disabled != "" {
				d.said = append(d.said, b.Disabled)
				return nil
			}
			return b.Run()
		}
	}
	return d.guide.Key(msg)
}
