package component

import (
	"fmt"
	"math"
	"strings"

	"awslab/ui/theme"

	"charm.land/bubbles/v2/spinner"
)

// StatusKind says how something is.
type StatusKind int

// The kinds, each with a symbol of its own.
const (
	StatusSuccess StatusKind = iota
	StatusPending
	StatusInProgress
	StatusError
	StatusWarning
	StatusInfo
	StatusStopped
)

// looks is the kinds' symbols and styles.
var looks = [...]span{
	StatusSuccess:    {"✓", theme.Success},
	StatusPending:    {"○", theme.Faint},
	StatusInProgress: {"◌", theme.Info},
	StatusError:      {"✗", theme.Danger},
	StatusWarning:    {"⚠", theme.Warning},
	StatusInfo:       {"i", theme.Info},
	StatusStopped:    {"–", theme.Faint},
}

// StatusCell is a status as a cell of a table: "✓ Active".
func StatusCell(kind StatusKind, text string) Cell {
	if kind < 0 || int(kind) >= len(looks) {
		kind = StatusInfo
	}
	return Cell{Text: looks[kind].text + " " + Clean(text), Style: looks[kind].style}
}

// Status is a status as text: its symbol and its words.
func Status(kind StatusKind, text string) string {
	cell := StatusCell(kind, text)
	return cell.Style.Render(cell.Text)
}

// Spinner is the picture of something under way, for a count of frames.
func Spinner(frame int) string {
	pictures := spinner.MiniDot.Frames
	n := len(pictures)
	return pictures[(frame%n+n)%n]
}

// Progress is a bar for a fraction from 0 to 1, with the percentage when there
// is room for it.
func Progress(width int, fraction float64) string {
	if math.IsNaN(fraction) {
		fraction = 0
	}
	fraction = max(0, min(1, fraction))
	note := fmt.Sprintf(" %3.0f%%", math.Floor(100*fraction))
	if width < 2*len(note) {
		note = ""
	}
	cells := max(0, width-len(note))
	done := int(fraction * float64(cells))
	return theme.Info.Render(strings.Repeat("█", done)) + theme.Faint.Render(strings.Repeat("░", cells-done)) + note
}
