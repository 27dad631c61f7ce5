// Package ui is the shell of the console: it routes between pages, draws the
// top bar, breadcrumbs, side navigation, notices and footer around them, holds
// the dialogs above them and the lab guide beside them, and carries out what a
// page asks for in nav messages. It holds no page's state and makes no service
// call of its own.
package ui

import (
	"context"
	"errors"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/component"
	"awslab/ui/lab"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// Config is what a console works with.
type Config struct {
	Trail *trail.Trail
	// Cloud is Trail's Cloud before it was wrapped: the guide's checks read it
	// without leaving a trace.
	Cloud aws.Cloud
	Labs  *lab.Library
	// Progress keeps how far the labs are.
	Progress *lab.Store
	// Memory keeps where the user was; nil to keep nothing.
	Memory *Memory
	// Lab is the lab to open at once; "" for none.
	Lab string
	// Warnings are shown when the console opens.
	Warnings []string
	// Now is the clock; time.Now unless given.
	Now func() time.Time
	// Tick makes the command that waits; tea.Tick unless given.
	Tick func(time.Duration, func(time.Time) tea.Msg) tea.Cmd
	// Clipboard is this computer's, beside the terminal's own way of copying.
	Clipboard Clipboard
	// Browse opens a URL in this computer's browser; nil where there is none.
	Browse func(url string) error
	// Editor is the user's editor, with its arguments; empty for none.
	Editor []string
	// Home is the user's home folder, and Folder where local files are picked
	// and saved at first.
	Home, Folder string
	// Gallery shows pictures as the terminal can; nil for half blocks.
	Gallery *component.Gallery
	// Keep keeps small things of the pages; nil to keep them only while the
	// console runs.
	Keep page.Keeper
	// Profile is the profile of an AWS account; "" for none. Profiles lists those
	// there are; nil for none.
	Profile  string
	Profiles func() ([]string, error)
	// Visits are the pages to open at once, instead of those that Memory has.
	Visits []nav.Route
	// Assets are the files that labs hand out, for an account; nil for none.
	Assets lab.Assets
	// Consent asks before the first change of an AWS account; nil asks nothing.
	Consent *Consent
	// Repaint redraws the whole screen after each change, for terminals that
	// lose parts of it (AWS CloudShell's).
	Repaint bool
}

// area is a part of the screen that can have the keyboard.
type area int

const (
	inPage area = iota
	inNav
	inGuide
)

// Console is the program: Bubble Tea's model, and the driver's.
type Console struct {
	cfg    Config
	ctx    context.Context
	cancel context.CancelFunc
	events *feed

	cloud         aws.Cloud // the pages'
	width, height int
	pages         pageTable
	visits        []visit // the page shown is the last; Back goes to the one before
	recent        []nav.Route
	focus         area
	side          sideNav
	guide         *lab.Guide
	guideCalls    *page.Calls
	guideShown    bool
	overlays      []overlay
	parting       tea.Cmd // of dialogs that were closed; Update returns it
	notices       notices
	tray          tray
	mouseOff      bool
	elsewhere     *Elsewhere      // where the user wants to go on; nil where he is
	doubts        []consentMsg    // calls that wait for the user's consent
	held          *component.Zone // what the mouse was pressed on and drags
	copied        string          // what was copied last
	repainting    bool            // a repaint is due
	playback      *playback
	layout        layout
	frame         component.Block
}

// visit is a page that is open.
type visit struct {
	route nav.Route
	entry page.Entry
	page  page.Page
	calls *page.Calls
}

// New makes a console that lives within ctx.
func New(ctx context.Context, cfg Config) *Console {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Tick == nil {
		cfg.Tick = tea.Tick
	}
	if cfg.Keep == nil {
		cfg.Keep = &shortMemory{}
	}
	ctx, cancel := context.WithCancel(ctx)
	c := &Console{cfg: cfg, ctx: ctx, cancel: cancel, events: newFeed(ctx, cfg.Trail)}
	c.cloud = lab.Tagging(cfg.Trail.Cloud(), cfg.Progress.Active)
	c.notices.tick = c.after
	c.guideCalls = c.newCalls()
	c.guide = lab.New(lab.Config{
		Cloud: cfg.Cloud, Trail: cfg.Trail, Labs: cfg.Labs, Store: cfg.Progress,
		Calls: c.guideCalls, Now: cfg.Now, Assets: cfg.Assets,
	})
	c.pages = newPageTable(c)
	return c
}

// Close ends what runs for the console, and keeps where the user is and how far
// the labs are; call it when the program has ended. Nothing is written once it
// has returned.
func (c *Console) Close() error {
	var err error
	if c.cfg.Memory != nil {
		err = c.cfg.Memory.close(c.place())
	}
	for _, v := range c.visits {
		v.calls.Close()
	}
	c.guideCalls.Close()
	c.guide.Close()
	c.events.close()
	c.cancel()
	return errors.Join(err, c.cfg.Progress.Close())
}

func (c *Console) newCalls() *page.Calls {
	calls := page.NewCalls(c.ctx)
	calls.Tick = c.cfg.Tick
	return calls
}

// after runs f in Update after a while.
func (c *Console) after(d time.Duration, f func() tea.Cmd) tea.Cmd {
	return c.cfg.Tick(d, func(time.Time) tea.Msg { return act(f) })
}

// act is a message that runs a function in Update.
type act func() tea.Cmd

// Init opens the first page.
func (c *Console) Init() tea.Cmd {
	first := nav.Route{Page: homePage}
	var kept []nav.Route
	guideShown := true
	if c.cfg.Memory != nil {
		kept, c.recent = c.cfg.Memory.visits(), c.cfg.Memory.recent()
		guideShown = c.cfg.Memory.guideShown()
	}
	cmds := []tea.Cmd{c.events.wait()}
	if c.cfg.Consent != nil {
		cmds = append(cmds, c.cfg.Consent.wait(c.ctx))
	}
	if c.cfg.Visits != nil {
		kept = c.cfg.Visits
	}
	c.open(first, false)
	for _, route := range kept {
		if route != first {
			c.open(route, false)
		}
	}
	if c.cfg.Lab != "" {
		cmds = append(cmds, c.guide.Start(c.cfg.Lab))
		guideShown, c.focus = true, inGuide
	}
	if _, _, of := c.guide.Active(); of > 0 && guideShown {
		c.guideShown = true
	}
	for _, text := range c.cfg.Warnings {
		cmds = append(cmds, c.notices.add(nav.Notify{Level: nav.Warning, Title: text}))
	}
	if c.cfg.Cloud.Place.Kind == aws.Account {
		c.introduce()
	}
	return tea.Batch(append(cmds, c.current().page.Init(), c.guide.CallFinished(), c.prepare())...)
}

// current is the page shown.
func (c *Console) current() *visit { return &c.visits[len(c.visits)-1] }

// Frame is the frame drawn last, with what can be used in it.
func (c *Console) Frame() component.Block { return c.frame }

// Busy reports whether an answer of a service is awaited.
func (c *Console) Busy() bool {
	return c.tray.running() > 0 || c.guideCalls.Busy() || len(c.visits) > 0 && c.current().calls.Busy()
}
