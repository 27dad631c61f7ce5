package command

import (
	"fmt"
	"io"
	"net/url"
	"runtime"

	"github.com/cli/browser"
)

// desktopBrowser opens a URL in the desktop's browser; nil where there is no
// desktop to have one.
func desktopBrowser(getenv func(string) string) func(string) error {
	switch runtime.GOOS {
	case "darwin", "windows":
	default:
		if getenv("DISPLAY") == "" && getenv("WAYLAND_DISPLAY") == "" && getenv("WSL_DISTRO_NAME") == "" {
			return nil
		}
	}
	return openURL
}

func openURL(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" {
		return fmt.Errorf("%q is no web address", address)
	}
	// The screen is the console's: what the browser's starter says would spoil it.
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	if err := browser.OpenURL(u.String()); err != nil {
		return fmt.Errorf("the browser could not be started (%w): copy the URL instead", err)
	}
	return nil
}
