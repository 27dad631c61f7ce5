package ui_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/trail"
	"awslab/ui"
	"awslab/ui/drive"
	"awslab/ui/lab"

	tea "charm.land/bubbletea/v2"
)

// bench is a console on a sandbox of its own, with a driver at the keyboard.
type bench struct {
	*drive.Session
	t       testing.TB
	cloud   aws.Cloud
	trail   *trail.Trail
	console *ui.Console
	counted *counting
}

func (b *bench) repaints() int { return b.counted.count }

type setup struct {
	dir           string
	width, height int
	readOnly      bool
	clipboard     ui.Clipboard
	browse        func(string) error
	account       bool // works on what looks like an AWS account
	profiles      []string
	editor        []string
	lab           string
	faster        time.Duration // divides every wait of the console
	repaint       bool
	engines       aws.Engines // nil for the sandbox's
}

// counting is a console whose repaints are counted.
type counting struct {
	*ui.Console
	count int
}

func (c *counting) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if msg == tea.ClearScreen() {
		c.count++
	}
	_, cmd := c.Console.Update(msg)
	return c, cmd
}

func open(t testing.TB, s setup) *bench {
	t.Helper()
	if s.dir == "" {
		s.dir = t.TempDir()
	}
	if s.width == 0 {
		s.width, s.height = 120, 40
	}
	sandbox, err := fake.Open(s.dir, fake.Options{Delay: aws.Some(time.Duration(0))})
	if err != nil {
		t.Fatal(err)
	}
	labs, err := lab.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	store, err := lab.OpenStore(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	memory, err := ui.OpenMemory(filepath.Join(s.dir, "console.json"))
	if err != nil {
		t.Fatal(err)
	}
	cloud, consent, profile := sandbox.Cloud(), (*ui.Consent)(nil), ""
	options := trail.Options{ReadOnly: s.readOnly}
	if s.account {
		cloud, consent, profile = account(cloud), ui.NewConsent(), "learn-profile"
		options.Permit = consent.Permit
	}
	tr := trail.New(cloud, options)
	tick := tea.Tick
	if s.faster > 1 {
		tick = func(d time.Duration, f func(time.Time) tea.Msg) tea.Cmd { return tea.Tick(d/s.faster, f) }
	}
	if s.engines != nil {
		cloud.Engines = s.engines
	}
	console := ui.New(t.Context(), ui.Config{
		Trail: tr, Cloud: cloud, Labs: labs, Progress: store, Memory: memory,
		Clipboard: s.clipboard, Browse: s.browse, Consent: consent, Profile: profile, Profiles: func() ([]string, error) { return s.profiles, nil },
		Editor: s.editor, Lab: s.lab, Tick: tick, Repaint: s.repaint,
	})
	counted := &counting{Console: console}
	session := drive.Start(t.Context(), counted, s.width, s.height)
	b := &bench{Session: session, t: t, cloud: sandbox.Cloud(), trail: tr, console: console, counted: counted}
	t.Cleanup(func() {
		session.Close()
		if err := errors.Join(console.Close(), sandbox.Close()); err != nil {
			t.Error(err)
		}
	})
	return b
}

func (b *bench) do(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("%v\n%s", err, b.Screen())
	}
}

func (b *bench) see(texts ...string) {
	b.t.Helper()
	for _, text := range texts {
		b.do(b.WaitFor(b.t.Context(), text))
	}
}

func (b *bench) gone(text string) {
	b.t.Helper()
	b.do(b.WaitGone(b.t.Context(), text))
}

// table makes a table below the console's trail.
func (b *bench) table(name string) {
	b.t.Helper()
	_, err := b.cloud.DynamoDB.CreateTable(b.t.Context(), aws.CreateTableInput{
		TableName: name, BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "id", AttributeType: aws.TypeS}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "id", KeyType: aws.KeyHash}},
	})
	b.do(err)
}
