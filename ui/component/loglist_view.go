package component

import (
	"time"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// logTimes is how times are shown: whole, or without the date where it is narrow.
const (
	logTime   = "2006-01-02T15:04:05.000Z07:00"
	shortTime = "15:04:05.000"
	wideLog   = 72 // cells from which on times are whole
)

// View draws the header and the events in sight, Height lines in all.
func (l *LogList) View(width int) Block {
	width = max(0, width)
	if body := width - bodyIndent - 1; body != l.width {
		l.width = body
		clear(l.bodies)
	}
	l.settle()
	height := max(0, l.Height)
	out := Block{Width: width}.Fit(width, height)
	if height == 0 {
		return out
	}
	out = out.All(Zone{Role: RoleScroll, Wheel: l.wheel})
	layout := l.layout(width)
	cells := len(noonIn(l.zone()).Format(layout))
	out.Lines[0] = spans(width, span{pad("    Time", cells+6, false), theme.Heading}, span{"Message", theme.Heading})
	if l.len() == 0 {
		l.drawEmpty(&out)
		return out.inside()
	}
	l.drawEvents(&out, layout, cells)
	return out.inside()
}

// noonIn is a time to measure how wide times are.
func noonIn(zone *time.Location) time.Time { return time.Date(2000, 1, 1, 12, 0, 0, 0, zone) }

func (l *LogList) layout(width int) string {
	if width < wideLog {
		return shortTime
	}
	return logTime
}

func (l *LogList) zone() *time.Location {
	if l.Location == nil {
		return time.UTC
	}
	return l.Location
}

func (l *LogList) drawEmpty(out *Block) {
	lines := l.Empty
	if l.Loading {
		lines = []string{Spinner(l.Frame) + " Loading…"}
	}
	for i, text := range lines {
		if i+2 >= len(out.Lines) {
			return
		}
		indent := max(0, (out.Width-cellsOf(text, out.Width))/2)
		out.Lines[i+2] = spans(out.Width, span{Spaces(indent), theme.Plain}, span{text, theme.Faint})
	}
}

// drawEvents draws the events in sight, and adds their zones.
func (l *LogList) drawEvents(out *Block, layout string, cells int) {
	height := len(out.Lines) - 1
	total, above := l.extent()
	bar := scrollbar(height, above, total)
	width := max(0, out.Width-1)
	p := l.top
	l.zonesAround(out, layout, l.top.row-nearby, l.top.row)
	for y := 1; y <= height; {
		if p.row >= l.len() {
			break
		}
		from := y
		for high := l.high(p.row); p.line < high && y <= height; p.line++ {
			line := ""
			if p.line == 0 {
				line = l.headLine(p.row, width, layout, cells)
			} else {
				line = l.bodyLine(p.row, p.line-1, width)
			}
			if out.Width > 0 {
				edge := " "
				if total > height {
					edge = theme.Border.Render(bar[y-1])
				}
				line += edge
			}
			out.Lines[y] = line
			y++
		}
		l.addZone(out, layout, p.row, from, y-from)
		p = place{row: p.row + 1}
	}
	l.zonesAround(out, layout, p.row, p.row+nearby)
}

// extent is the lines of all events, and of those above the view: of messages
// out of sight that are shown, only those count that have been in sight.
func (l *LogList) extent() (total, above int) {
	total, above = l.len(), l.top.row+l.top.line
	for i, body := range l.bodies {
		total += len(body)
		if i < l.top.row {
			above += len(body)
		}
	}
	return total, above
}

// headLine is an event's own line: its time, and how its message begins.
func (l *LogList) headLine(i, width int, layout string, cells int) string {
	e, ok := l.Rows.Event(i)
	sign, text, when := "+ ", firstLine(e.Message), e.Time.In(l.zone()).Format(layout)
	switch {
	case !ok:
		sign, text, when = "  ", "loading…", ""
	case l.Expanded(i):
		sign, text = "- ", ""
	}
	start := "  "
	if i == l.current {
		start = "▸ "
	}
	if i == l.current && l.focused {
		return spans(width, span{pad(start+sign+pad(when, cells, false)+"  "+text, width, false), theme.Selected})
	}
	return spans(width, span{start, theme.Plain}, span{sign, theme.Faint}, span{pad(when, cells, false) + "  ", theme.Faint}, span{text, theme.Plain})
}

// addZone adds the zone of an event that is in sight.
func (l *LogList) addZone(out *Block, layout string, i, y, h int) {
	z := l.eventZone(layout, i)
	z.Y, z.W, z.H = y, max(0, out.Width-1), h
	z.Click = func(_, row int) tea.Cmd { return l.click(i, row) }
	out.Zones = append(out.Zones, z)
}

// zonesAround adds the zones of events out of sight.
func (l *LogList) zonesAround(out *Block, layout string, from, to int) {
	for i := max(0, from); i < min(to, l.len()); i++ {
		z := l.eventZone(layout, i)
		z.Reveal = func() tea.Cmd {
			was := l.Follow()
			l.SetCurrent(i)
			return l.moved(was)
		}
		out.Zones = append(out.Zones, z)
	}
}

func (l *LogList) eventZone(layout string, i int) Zone {
	const most = 512 // cells of a message
	e, _ := l.Rows.Event(i)
	when := e.Time.In(l.zone()).Format(layout)
	message, _ := elide(e.Message, most)
	return Zone{Role: RoleRow, Label: when, Value: when + "  " + message, Focused: l.focused && i == l.current}
}

// click makes an event current; on its own line, it shows or hides the message.
func (l *LogList) click(i, row int) tea.Cmd {
	if i >= l.len() {
		return nil
	}
	was := l.Follow()
	head := row == 0 && (i != l.top.row || l.top.line == 0)
	l.pause()
	l.current = i
	if head {
		l.Toggle(i)
	}
	return l.told(was)
}

func (l *LogList) wheel(_, dy int) tea.Cmd {
	if l.len() == 0 || dy == 0 {
		return nil
	}
	was := l.Follow()
	l.settle()
	l.scroll(dy)
	return l.moved(was)
}
