// Package theme holds awslab's colours and text styles, drawn from one palette:
// the terminal's own sixteen colours, so that light, dark and custom schemes
// all stay readable. No style tells anything by colour alone, since NO_COLOR
// takes colours away and leaves bold, underline and reverse.
package theme

import (
	"image/color"
	"strings"

	"charm.land/lipgloss/v2"
)

// Style wraps text in a terminal style. It does not measure or pad; a style may
// not be nested in another. It is a Lip Gloss style reduced to the sequences
// that begin and end it, since a screen renders hundreds of them a frame.
type Style struct{ begin, end string }

// Render puts text in the style.
func (s Style) Render(text string) string {
	if s.begin == "" || text == "" {
		return text
	}
	return s.begin + text + s.end
}

// style takes the sequences of a Lip Gloss style.
func style(from lipgloss.Style) Style {
	const mark = "x"
	begin, end, _ := strings.Cut(from.Render(mark), mark)
	return Style{begin, end}
}

func bold() lipgloss.Style                 { return lipgloss.NewStyle().Bold(true) }
func reverse() lipgloss.Style              { return lipgloss.NewStyle().Reverse(true) }
func in(colour color.Color) lipgloss.Style { return lipgloss.NewStyle().Foreground(colour) }

// The palette. Colours follow the terminal's scheme.
var (
	red     = lipgloss.Red
	green   = lipgloss.Green
	yellow  = lipgloss.Yellow
	blue    = lipgloss.Blue
	magenta = lipgloss.Magenta
	cyan    = lipgloss.Cyan
	grey    = lipgloss.BrightBlack
)

// The styles, named by what they are for.
var (
	Plain    = Style{}
	Strong   = style(bold())
	Faint    = style(in(grey))
	Title    = style(in(yellow).Bold(true))
	Heading  = style(bold())
	Link     = style(in(cyan).Underline(true))
	Key      = style(in(cyan).Bold(true))
	Selected = style(reverse())
	Focused  = style(in(cyan).Bold(true))
	Button   = style(in(cyan))
	Primary  = style(in(yellow).Bold(true))
	Pressed  = style(reverse().Bold(true))
	Disabled = style(in(grey))
	Success  = style(in(green))
	Warning  = style(in(yellow))
	Danger   = style(in(red).Bold(true))
	Info     = style(in(blue))
	Border   = style(in(grey))
	TopBar   = style(reverse())

	// The parts of JSON and code.
	CodeName    = style(in(cyan))
	CodeString  = style(in(green))
	CodeNumber  = style(in(magenta))
	CodeWord    = style(in(yellow))
	CodeComment = style(in(grey).Italic(true))

	// The lines of a chart, in order.
	Series = [...]Style{style(in(blue)), style(in(yellow)), style(in(green)), style(in(magenta)), style(in(cyan)), style(in(red))}
)
