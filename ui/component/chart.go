package component

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Sample is a value at a time.
type Sample struct {
	Time  time.Time
	Value float64
}

// Series is one line of a chart.
type Series struct {
	Label  string
	Points []Sample    // in order of time; values that are no number are gaps
	Style  theme.Style // of the line; when it is zero, the series' place gives one
}

// Chart shows values over time as lines. Each line has marks of its own, so that
// they can be told apart without colours. With the focus, ← and → move a cursor
// under which the values can be read, and a click puts it somewhere.
type Chart struct {
	part
	Title    string
	Unit     Unit
	Series   []Series
	From, To time.Time      // the ends of the time axis; where zero, those of the points
	Period   time.Duration  // of the metric: points further apart are not joined; 0 for the least distance there is
	Location *time.Location // of the times shown; nil for UTC
	Height   int            // lines to draw; the page sets it before View
	Loading  bool           // without points, says that they are being loaded
	Empty    string         // shown when there are no points

	cursor time.Time // the time that is read; zero for the last one
	plotX  int       // the cell that the plot begins with, and its cells, as drawn last
	plotW  int
}

// NewChart makes a chart without points.
func NewChart(title string, unit Unit) *Chart {
	return &Chart{Title: title, Unit: unit, Height: 12, Empty: "No data available"}
}

// chartMarks are what points of the series look like, in order.
var chartMarks = [...]string{"●", "○", "■", "□", "▲", "▼"}

// The lines of a chart around its plot: title; axis, times, legend.
const (
	linesAbove = 1
	linesBelow = 3
)

// View draws the title, the plot with its axes, and the legend.
func (c *Chart) View(width int) Block {
	width = max(0, width)
	lines := []string{c.heading(width)}
	times := c.times()
	rows := max(1, c.Height-linesAbove-linesBelow)
	if len(times) == 0 {
		lines = append(lines, c.nothing(width, rows)...)
	} else {
		lines = append(lines, c.plot(width, rows, times)...)
		lines = append(lines, c.legend(width, times))
	}
	return Text(width, lines...).Fit(width, max(0, c.Height)).All(Zone{
		Role: RoleChart, Label: Clean(c.Title), Value: c.reading(times), Focused: c.focused,
		Click: func(x, _ int) tea.Cmd { c.point(x); return nil },
	})
}

func (c *Chart) heading(width int) string {
	style := theme.Heading
	if c.focused {
		style = theme.Focused
	}
	pieces := []span{gutter(c.focused), {c.Title, style}}
	if name := c.Unit.name(); name != "" {
		pieces = append(pieces, span{"  " + name, theme.Faint})
	}
	return spans(width, pieces...)
}

// nothing is the plot without points.
func (c *Chart) nothing(width, rows int) []string {
	text := c.Empty
	if c.Loading {
		text = "◌ Loading"
	}
	lines := make([]string, rows)
	for i := range lines {
		lines[i] = Spaces(width)
	}
	indent := max(0, (width-cellsOf(text, width))/2)
	lines[rows/2] = spans(width, span{Spaces(indent), theme.Plain}, span{text, theme.Faint})
	return lines
}

// times is when there are values, in order.
func (c *Chart) times() []time.Time {
	var out []time.Time
	for _, s := range c.Series {
		for _, p := range s.Points {
			if finite(p.Value) && c.within(p.Time) {
				out = append(out, p.Time)
			}
		}
	}
	if len(c.Series) > 1 {
		slices.SortFunc(out, time.Time.Compare)
	}
	return slices.CompactFunc(out, time.Time.Equal)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// within reports whether a time is on the axis.
func (c *Chart) within(t time.Time) bool {
	return (c.From.IsZero() || !t.Before(c.From)) && (c.To.IsZero() || !t.After(c.To))
}

// at is the time that is read.
func (c *Chart) at(times []time.Time) time.Time {
	if c.cursor.IsZero() || len(times) == 0 {
		return last(times)
	}
	return times[nearestTime(times, c.cursor)]
}

func last(times []time.Time) time.Time {
	if len(times) == 0 {
		return time.Time{}
	}
	return times[len(times)-1]
}

// nearestTime is the place of the time that is nearest to another.
func nearestTime(times []time.Time, t time.Time) int {
	i, _ := slices.BinarySearchFunc(times, t, time.Time.Compare)
	if i == len(times) || i > 0 && t.Sub(times[i-1]) <= times[i].Sub(t) {
		i--
	}
	return max(0, i)
}

// valueAt is a series' value at a time.
func (s Series) valueAt(t time.Time) (float64, bool) {
	i, ok := slices.BinarySearchFunc(s.Points, t, func(p Sample, t time.Time) int { return p.Time.Compare(t) })
	if !ok || !finite(s.Points[i].Value) {
		return 0, false
	}
	return s.Points[i].Value, true
}

// reading is the values at the time that is read, in words.
func (c *Chart) reading(times []time.Time) string {
	if len(times) == 0 {
		return ""
	}
	at := c.at(times)
	parts := []string{at.In(c.zone()).Format("2006-01-02 15:04:05")}
	for _, s := range c.Series {
		text := "–"
		if v, ok := s.valueAt(at); ok {
			text = c.Unit.exact(v)
		}
		parts = append(parts, Clean(s.Label)+" "+text)
	}
	return strings.Join(parts, "  ")
}

// legend names the series by their marks; with the focus, it tells their values
// at the cursor.
func (c *Chart) legend(width int, times []time.Time) string {
	at := c.at(times)
	pieces := []span{{"  ", theme.Plain}}
	if c.focused {
		pieces = append(pieces, span{at.In(c.zone()).Format("15:04:05") + "  ", theme.Strong})
	}
	for i, s := range c.Series {
		text := " " + s.Label
		if c.focused {
			value := "–"
			if v, ok := s.valueAt(at); ok {
				value = c.Unit.exact(v)
			}
			text += " " + value
		}
		pieces = append(pieces, span{chartMarks[i%len(chartMarks)], c.style(i)}, span{text + "  ", theme.Plain})
	}
	return spans(width, pieces...)
}

func (c *Chart) style(series int) theme.Style {
	return cmp.Or(c.Series[series].Style, theme.Series[series%len(theme.Series)])
}

func (c *Chart) zone() *time.Location {
	if c.Location == nil {
		return time.UTC
	}
	return c.Location
}

// Key moves the cursor.
func (c *Chart) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	times := c.times()
	if len(times) == 0 {
		return nil, false
	}
	i := nearestTime(times, c.at(times))
	switch msg.String() {
	case "left":
		i--
	case "right":
		i++
	case "home":
		i = 0
	case "end":
		i = len(times) - 1
	default:
		return nil, false
	}
	c.cursor = times[max(0, min(i, len(times)-1))]
	return nil, true
}

// point puts the cursor at a cell of the chart.
func (c *Chart) point(x int) {
	times := c.times()
	if len(times) == 0 || c.plotW < 2 {
		return
	}
	from, to := c.span(times)
	share := float64(max(0, min(x-c.plotX, c.plotW-1))) / float64(c.plotW-1)
	c.cursor = times[nearestTime(times, from.Add(time.Duration(share*float64(to.Sub(from)))))]
}
