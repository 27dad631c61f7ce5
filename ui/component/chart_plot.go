package component

import (
	"math"
	"strings"
	"time"

	"awslab/ui/theme"
)

// canvas is cells of Braille dots, two wide and four high each, or of marks.
type canvas struct {
	w, h  int
	cells []inked
}

// inked is a cell of a canvas.
type inked struct {
	dots   uint8
	mark   string // in the place of the dots
	series int8
}

// braille is the bits of a cell's dots.
var braille = [4][2]uint8{{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}}

func newCanvas(w, h int) *canvas { return &canvas{w, h, make([]inked, w*h)} }

func (c *canvas) dot(x, y, series int) {
	if x < 0 || y < 0 || x >= 2*c.w || y >= 4*c.h {
		return
	}
	cell := &c.cells[y/4*c.w+x/2]
	if cell.mark != "" {
		return
	}
	cell.dots |= braille[y%4][x%2]
	cell.series = int8(series) //nolint:gosec // few series
}

// dashes tells the series' lines apart without colours: how many dots are
// drawn, and how many left out.
var dashes = [...][2]int{{1, 0}, {4, 2}, {2, 2}, {1, 2}, {6, 2}, {1, 3}}

// line joins two dots.
func (c *canvas) line(x0, y0, x1, y1, series int) {
	dash := dashes[series%len(dashes)]
	n := max(1, x1-x0, y1-y0, y0-y1)
	for k := range n + 1 {
		x, y := x0+(x1-x0)*k/n, y0+(y1-y0)*k/n
		along := x
		if x1-x0 < max(y1-y0, y0-y1) {
			along = y // a steep line is dashed by its height
		}
		if along%(dash[0]+dash[1]) < dash[0] || k == 0 || k == n {
			c.dot(x, y, series)
		}
	}
}

// span is the ends of the time axis.
func (c *Chart) span(times []time.Time) (from, to time.Time) {
	from, to = c.From, c.To
	if from.IsZero() {
		from = times[0]
	}
	if to.IsZero() {
		to = last(times)
	}
	if !to.After(from) {
		from, to = from.Add(-time.Minute), from.Add(time.Minute)
	}
	return from, to
}

// plot draws the axes and the lines.
func (c *Chart) plot(width, rows int, times []time.Time) []string {
	low, high := 0.0, 0.0
	for _, s := range c.Series {
		for _, p := range s.Points {
			if finite(p.Value) && c.within(p.Time) {
				low, high = min(low, p.Value), max(high, p.Value)
			}
		}
	}
	y := scaleOf(c.Unit, low, high, max(1, rows/3))
	labels := y.rows(rows)
	margin := 0
	for _, l := range labels {
		margin = max(margin, len(l))
	}
	c.plotX = margin + 2
	c.plotW = max(1, width-c.plotX)
	from, to := c.span(times)
	drawn := newCanvas(c.plotW, rows)
	for i := range c.Series {
		c.draw(drawn, i, y, from, to)
	}
	cursor := -1
	if c.focused {
		cursor = column(c.at(times), from, to, 2*c.plotW) / 2
	}
	lines := make([]string, 0, rows+2)
	for row := range rows {
		label, tick := labels[row], "│"
		if label != "" {
			tick = "┤"
		}
		line := theme.Faint.Render(Spaces(margin+1-len(label)) + label)
		lines = append(lines, line+theme.Border.Render(tick)+c.row(drawn, row, cursor))
	}
	axis, under := c.timeAxis(from, to)
	return append(lines, Spaces(margin+1)+theme.Border.Render("└"+axis), Spaces(margin+2)+theme.Faint.Render(under))
}

// rows is the labels of the plot's lines; "" where there is no tick.
func (s scale) rows(rows int) []string {
	labels := make([]string, rows)
	if rows == 1 {
		labels[0] = s.label(s.high)
		return labels
	}
	for k := 0; k <= 4*rows; k++ {
		v := s.low + float64(k)*s.tick
		if v > s.high*(1+1e-9) && v > s.high+1e-9*s.tick {
			break
		}
		at := (4*rows - 1 - int(math.Round(s.share(v)*float64(4*rows-1)))) / 4
		labels[at] = s.label(v)
	}
	return labels
}

// column is the dot of a time on an axis of so many.
func column(t, from, to time.Time, dots int) int {
	return int(math.Round(float64(t.Sub(from)) / float64(to.Sub(from)) * float64(dots-1)))
}

// draw draws a series: a line through points that follow each other, and marks.
func (c *Chart) draw(on *canvas, series int, y scale, from, to time.Time) {
	const apart = 6 // cells between marks on a line
	s := c.Series[series]
	limit := c.joined(s.Points)
	mark := chartMarks[series%len(chartMarks)]
	lastX, lastY, marked := -1, 0, -apart
	var before time.Time
	for i, p := range s.Points {
		if !finite(p.Value) || !c.within(p.Time) {
			lastX = -1
			continue
		}
		px := column(p.Time, from, to, 2*on.w)
		py := int(math.Round((1 - y.share(p.Value)) * float64(4*on.h-1)))
		follows := lastX >= 0 && p.Time.Sub(before) <= limit
		if follows {
			on.line(lastX, lastY, px, py, series)
		}
		alone := !follows && (i+1 >= len(s.Points) || !finite(s.Points[i+1].Value) || s.Points[i+1].Time.Sub(p.Time) > limit)
		if cell := px / 2; alone || cell-marked >= apart {
			on.cells[py/4*on.w+max(0, min(cell, on.w-1))] = inked{mark: mark, series: int8(series)} //nolint:gosec // few series
			marked = cell
		}
		lastX, lastY, before = px, py, p.Time
	}
}

// joined is the most time between points that a line joins.
func (c *Chart) joined(points []Sample) time.Duration {
	period := c.Period
	if period <= 0 {
		for i := 1; i < len(points); i++ {
			if d := points[i].Time.Sub(points[i-1].Time); d > 0 && (period <= 0 || d < period) {
				period = d
			}
		}
	}
	return period + period/2
}

// row is a line of the plot; the cursor is a line through its empty cells.
func (c *Chart) row(on *canvas, row, cursor int) string {
	var b strings.Builder
	var run strings.Builder
	style := theme.Plain
	flush := func() {
		b.WriteString(style.Render(run.String()))
		run.Reset()
	}
	for x := range on.w {
		cell := on.cells[row*on.w+x]
		text, now := " ", theme.Plain
		switch {
		case cell.mark != "":
			text, now = cell.mark, c.style(int(cell.series))
		case cell.dots != 0:
			text, now = string(0x2800+rune(cell.dots)), c.style(int(cell.series))
		case x == cursor:
			text, now = "│", theme.Focused
		}
		if now != style {
			flush()
			style = now
		}
		run.WriteString(text)
	}
	flush()
	return b.String()
}

// timeAxis is the ticks of the time axis, and the times under them.
func (c *Chart) timeAxis(from, to time.Time) (axis, under string) {
	tick, layout := timeTick(to.Sub(from), c.plotW)
	ticks := []rune(strings.Repeat("─", c.plotW))
	labels := []byte(Spaces(c.plotW))
	free := 0 // the first cell that a label may have
	_, offset := from.In(c.zone()).Zone()
	shift := time.Duration(offset) * time.Second
	for t := from.Add(shift).Truncate(tick).Add(-shift); !t.After(to); t = t.Add(tick) {
		if t.Before(from) {
			continue
		}
		x := min(column(t, from, to, 2*c.plotW)/2, c.plotW-1)
		ticks[x] = '┬'
		label := t.In(c.zone()).Format(layout)
		at := max(0, min(x-len(label)/2, c.plotW-len(label)))
		if at < free || len(label) > c.plotW {
			continue
		}
		copy(labels[at:], label)
		free = at + len(label) + 1
	}
	return string(ticks), string(labels)
}
