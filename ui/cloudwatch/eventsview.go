package cloudwatch

import (
	"errors"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// View draws the page.
func (p *eventsPage) View(width, height int) component.Block {
	p.arrange()
	p.drawn = true
	head := component.Stack(width, p.Heading(width, "Log events", p.buttons()), p.fields(width))
	if p.problem != "" {
		head = component.Stack(width, head, page.Styled(width, theme.Danger, "✗ "+p.problem))
	}
	if p.fault != nil && p.groupIsMissing() {
		return component.Stack(width, head, missingGroup(width, p.group)).Fit(width, height)
	}
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The log events could not be read", p.fault))
	}
	head = component.Stack(width, head, p.state(width))
	p.list.Empty = p.nothing()
	p.list.Height = max(3, height-head.Height())
	return component.Stack(width, head, p.Ring.View(p.list, width)).Fit(width, height)
}

// groupIsMissing tells a missing group from a missing stream, which have the
// same code.
func (p *eventsPage) groupIsMissing() bool {
	var failed *aws.Error
	return errors.As(p.fault, &failed) && errors.Is(failed, aws.ErrNotFound) && strings.Contains(failed.Message, "log group")
}

// fields draws the form: side by side, as far as there is room.
func (p *eventsPage) fields(width int) component.Block {
	const spanWidth, zoneWidth, timeWidth, gap = 23, 23, 27, 1
	room := width - spanWidth - zoneWidth - 2*gap
	if p.times.custom() && width >= 150 {
		room -= 2 * (timeWidth + gap)
	}
	if room < 24 {
		room = width
	}
	p.pattern.Width = max(8, min(60, room-6))
	blocks := []component.Block{p.Ring.View(p.pattern, min(room, 66)), p.Ring.View(p.times.span, spanWidth)}
	if p.times.custom() {
		blocks = append(blocks, p.Ring.View(p.times.from, timeWidth), p.Ring.View(p.times.to, timeWidth))
	}
	fields := component.Row(width, gap, append(blocks, p.Ring.View(p.times.zone, zoneWidth))...)
	if p.Ring.Focused() != p.pattern {
		return fields
	}
	return component.Stack(width, fields, page.Styled(width, theme.Faint, patternHint))
}

// state says what of the log is shown, and whether new events are followed.
func (p *eventsPage) state(width int) component.Block {
	lines := component.Text(width, p.stateLine())
	if p.link.Label == "" {
		return lines
	}
	return component.Stack(width, lines, linkLine(&p.Panel, width, "Log stream:", p.link))
}

func (p *eventsPage) stateLine() string {
	if !p.loaded && !p.reading {
		return ""
	}
	parts := []string{page.Counted(p.window.Len(), "event")}
	if p.list.Follow() {
		parts = append(parts, theme.Success.Render("● Following")+" every 2 s, moving up pauses")
	}
	switch {
	case p.reading && p.asked.searches() && !p.window.end:
		parts = append(parts, theme.Info.Render("◌ Searching"))
	case p.reading && p.way != newer:
		parts = append(parts, theme.Info.Render("◌ Loading"))
	case p.stopped:
		parts = append(parts, theme.Warning.Render("⚠ Stopped: the search did not get to the end. r goes on"))
	case p.window.start && p.window.end:
		parts = append(parts, "no older or newer events at this moment")
	case p.asked.searches() && !p.window.start:
		parts = append(parts, "home searches from the oldest again")
	case p.window.end:
		parts = append(parts, "older ones come when you move up, home is the oldest")
	case p.window.start:
		parts = append(parts, "newer ones come when you move down")
	default:
		parts = append(parts, "older and newer ones come as you move")
	}
	return strings.Join(parts, " · ")
}

// nothing says why there are no events.
func (p *eventsPage) nothing() []string {
	switch {
	case !p.loaded || p.fault != nil:
		return nil
	case p.stopped:
		return []string{"Nothing was found before the search was stopped.", "r goes on."}
	case p.asked.pattern != "":
		return []string{"No events match the filter pattern in this time range."}
	case p.asked.from.IsZero() && p.asked.to.IsZero():
		return []string{"There are no log events yet.", "f follows: new ones show by themselves."}
	}
	return []string{"There are no log events in this time range.", "Choose All as the time range to see the others."}
}
