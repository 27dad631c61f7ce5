package ui

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"

	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// edit opens text in the user's own editor: it is written to a file, the
// editor takes the terminal, and what it saved comes back.
func (c *Console) edit(msg nav.EditText) tea.Cmd {
	if len(c.cfg.Editor) == 0 {
		return nav.Failed("There is no editor to open", errNoEditor)
	}
	write := func() tea.Msg {
		path, err := temporaryFile(msg.Name, msg.Text)
		if err != nil {
			return nav.Notify{Level: nav.Failure, Title: "The editor could not be opened", Err: err}
		}
		return act(func() tea.Cmd { return c.runEditor(path, msg.Done) })
	}
	return write
}

func (c *Console) runEditor(path string, done func(string) tea.Cmd) tea.Cmd {
	command := exec.CommandContext(c.ctx, c.cfg.Editor[0], append(c.cfg.Editor[1:len(c.cfg.Editor):len(c.cfg.Editor)], path)...) // #nosec G204 -- the user's own editor
	return tea.ExecProcess(command, func(err error) tea.Msg {
		text, readErr := os.ReadFile(path) // #nosec G304 -- our own temporary file
		removeErr := os.RemoveAll(filepath.Dir(path))
		if err = errors.Join(err, readErr, removeErr); err != nil {
			return nav.Notify{Level: nav.Failure, Title: "The editor's text was not taken over", Err: err}
		}
		return act(func() tea.Cmd { return done(string(text)) })
	})
}

// temporaryFile writes text to a file that only the user can read.
func temporaryFile(name, text string) (string, error) {
	dir, err := os.MkdirTemp("", "awslab-edit-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, filepath.Base(name))
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return path, nil
}
