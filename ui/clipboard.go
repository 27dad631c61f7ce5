package ui

import (
	"errors"

	"awslab/ui/keys"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// Clipboard is this computer's clipboard; the functions it has not are nil.
type Clipboard struct {
	Write func(string) error
	Read  func() (string, error)
}

// copy puts text on the clipboard, through the terminal and natively.
func (c *Console) copy(msg nav.Copy) tea.Cmd {
	c.copied = msg.Text
	native := func() tea.Msg {
		if c.cfg.Clipboard.Write != nil {
			// The terminal has been asked as well, so a missing native
			// clipboard (over ssh, in a container) is no failure.
			if err := c.cfg.Clipboard.Write(msg.Text); err != nil {
				return nav.Notify{Level: nav.Success, Title: "Copied " + msg.What + " to the terminal's clipboard"}
			}
		}
		return nav.Notify{Level: nav.Success, Title: "Copied " + msg.What}
	}
	return tea.Batch(tea.SetClipboard(msg.Text), native)
}

// pasteCopied pastes what was copied last: what this computer's clipboard has,
// or where none is to be had (over ssh, in a container) what the console copied.
func (c *Console) pasteCopied() tea.Cmd {
	text := c.copied
	return func() tea.Msg {
		if c.cfg.Clipboard.Read != nil {
			if native, err := c.cfg.Clipboard.Read(); err == nil && native != "" {
				text = native
			}
		}
		return act(func() tea.Cmd {
			if text == "" {
				return c.notices.add(nav.Notify{Level: nav.Information, Title: "Nothing was copied yet"})
			}
			return c.paste(text)
		})
	}
}

// pastes reports whether a key pastes, where text can be typed.
func (c *Console) pastes(msg tea.KeyPressMsg) bool {
	return c.editing() && keys.Bind(keys.Paste, nil).Match(msg)
}

var errNoBrowser = errors.New("this computer has no browser to open: copy the URL, and open it where there is one")

// browse opens a URL in this computer's browser.
func (c *Console) browse(msg nav.Browse) tea.Cmd {
	if c.cfg.Browse == nil {
		return nav.Failed("The URL was not opened", errNoBrowser)
	}
	return func() tea.Msg {
		if err := c.cfg.Browse(msg.URL); err != nil {
			return nav.Notify{Level: nav.Failure, Title: "The URL was not opened", Err: err}
		}
		return nav.Notify{Level: nav.Success, Title: "Opened " + msg.URL + " in the browser"}
	}
}
