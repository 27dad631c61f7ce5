package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"awslab/ui"
	"awslab/ui/component"

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
	s, err := f.open(ctx, Options{Functions: true, Listen: f.backend.Address})
	if err != nil {
		return err
	}
	if labName != "" {
		found, err := s.labs.Find(labName)
		if err != nil {
			return errors.Join(err, s.Close())
		}
		labName = found.ID
	}
	home, folder := folders()
	console := ui.New(ctx, ui.Config{
		Trail: s.Trail, Cloud: s.Cloud, Labs: s.labs, Progress: s.progress, Memory: s.memory,
		Lab: labName, Warnings: s.warnings, Editor: editor(), Browse: desktopBrowser(os.Getenv),
		Clipboard: ui.Clipboard{Write: clipboard.WriteAll, Read: clipboard.ReadAll},
		Home:      home, Folder: folder, Gallery: gallery, Keep: ui.OpenFolder(filepath.Join(f.sandbox, keptFolder)),
		Repaint: os.Getenv("AWS_EXECUTION_ENV") == "CloudShell",
	})
	_, err = tea.NewProgram(console, programOptions(ctx)...).Run()
	if errors.Is(err, tea.ErrInterrupted) || errors.Is(err, tea.ErrProgramKilled) && ctx.Err() != nil {
		err = nil // ended from outside: everything acknowledged is kept
	}
	return errors.Join(err, console.Close(), s.Close())
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
