package command

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"awslab/aws"
	"awslab/ui"
	"awslab/ui/component"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
)

// errNoTerminal is a console that nobody could see.
var errNoTerminal = errors.New("the console needs a terminal for its input and output, and this is none; " +
	"`awslab check` and `awslab lab list` work without one")

// console runs the console, in a lab when one is named.
func (f *flags) console(ctx context.Context, labName string) error {
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) || os.Getenv("TERM") == "dumb" {
		return errNoTerminal
	}
	gallery, err := f.gallery()
	if err != nil {
		return err
	}
	log.SetOutput(io.Discard) // the screen is not for libraries to write on
	return f.travel(ctx, visit{lab: labName}, func(s *session, stay visit) (*departure, error) { return f.visit(ctx, s, gallery, stay) })
}

// travel runs one console after another, until the user quits or one fails. Where a
// place cannot be opened that the user wants to go to, he goes on where he was.
func (f *flags) travel(ctx context.Context, stay visit, run func(*session, visit) (*departure, error)) error {
	for {
		stay.consent = f.consent()
		s, err := f.open(ctx, Options{Functions: true, Listen: f.backend.Address}, stay.permit())
		switch {
		case err != nil && stay.before != nil:
			f.account, stay.before, stay.warning = *stay.before, nil, "The console stays where it was: "+err.Error()
			continue
		case err != nil:
			return err
		}
		next, err := run(s, stay)
		if err != nil || next == nil {
			return err
		}
		before := f.account
		stay = visit{before: &before, visits: next.visits}
		f.account.region = next.to.Region
		if next.to.Profile != "" {
			f.account.profile = next.to.Profile
		}
	}
}

// visit is what a console opens with.
type visit struct {
	lab     string
	visits  []nav.Route   // the pages to open; nil for those of the last time
	before  *accountFlags // where the user comes from; nil at first
	consent *ui.Consent   // nil where nothing is asked
	warning string
}

// permit is what is asked before each change; nil for nothing.
func (v visit) permit() func(context.Context, aws.Operation) error {
	if v.consent == nil {
		return nil
	}
	return v.consent.Permit
}

// departure is a console that ended for another to go on.
type departure struct {
	to     ui.Elsewhere
	visits []nav.Route
}

// visit runs one console, until the user quits or goes elsewhere, and closes what
// was opened for it.
func (f *flags) visit(ctx context.Context, s *session, gallery *component.Gallery, stay visit) (*departure, error) {
	if stay.lab != "" {
		found, err := s.labs.Find(stay.lab)
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		stay.lab = found.ID
	}
	if stay.warning != "" {
		s.warnings = append(s.warnings, stay.warning)
	}
	home, folder := folders()
	console := ui.New(ctx, ui.Config{
		Trail: s.Trail, Cloud: s.Cloud, Labs: s.labs, Progress: s.progress, Memory: s.memory,
		Lab: stay.lab, Visits: stay.visits, Warnings: s.warnings, Editor: editor(), Browse: desktopBrowser(os.Getenv),
		Clipboard: ui.Clipboard{Write: clipboard.WriteAll, Read: clipboard.ReadAll},
		Home:      home, Folder: folder, Gallery: gallery, Keep: ui.OpenFolder(filepath.Join(s.folder, keptFolder)),
		Assets:  f.backend.Assets(f.account.thumbnailZip),
		Profile: s.Profile, Profiles: f.backend.Profiles, Consent: stay.consent,
		Repaint: os.Getenv("AWS_EXECUTION_ENV") == "CloudShell",
	})
	_, err := tea.NewProgram(console, programOptions(ctx)...).Run()
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		err = nil // ended from outside: everything acknowledged is kept
	}
	var next *departure
	if to := console.Elsewhere(); to != nil {
		next = &departure{*to, console.Visits()}
	}
	return next, errors.Join(err, console.Close(), s.Close())
}

// gallery shows pictures as the flag says, or as the terminal can.
func (f *flags) gallery() (*component.Gallery, error) {
	if f.images == "auto" {
		return component.NewGallery(component.DetectGraphics(os.Getenv)), nil
	}
	graphics, err := component.ParseGraphics(f.images)
	if err != nil {
		return nil, fmt.Errorf("--images: %w", err)
	}
	return component.NewGallery(graphics), nil
}

// folders are the user's home and the folder awslab was started in; "" for one
// that the system does not tell.
func folders() (home, folder string) {
	home, _ = os.UserHomeDir()
	folder, _ = os.Getwd()
	return home, folder
}

// programOptions sets the terminal up. NO_COLOR counts whatever its value, as
// its convention says.
func programOptions(ctx context.Context) []tea.ProgramOption {
	options := []tea.ProgramOption{tea.WithContext(ctx)}
	if os.Getenv("NO_COLOR") != "" {
		options = append(options, tea.WithColorProfile(colorprofile.ASCII))
	}
	return options
}

// editor is the user's editor with its arguments.
func editor() []string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(os.Getenv(name)); len(words) > 0 {
			return words
		}
	}
	return nil
}
