package component

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyChart is a chart of any values at any times.
func anyChart(t *rapid.T) Control {
	c := NewChart(wild().Draw(t, "title"), Unit(rapid.IntRange(-1, 6).Draw(t, "unit")))
	c.Height, c.Empty = rapid.IntRange(-1, 24).Draw(t, "height"), wild().Draw(t, "empty")
	at := rapid.Int64Range(-1<<40, 1<<40)
	for range rapid.IntRange(0, 8).Draw(t, "series") {
		s := Series{Label: wild().Draw(t, "label")}
		for range rapid.IntRange(0, 8).Draw(t, "points") {
			value := rapid.OneOf(rapid.Float64(), rapid.SampledFrom([]float64{0, 1, math.NaN(), math.Inf(1), math.MaxFloat64})).Draw(t, "value")
			s.Points = append(s.Points, Sample{time.Unix(at.Draw(t, "at"), 0), value})
		}
		slices.SortFunc(s.Points, func(a, b Sample) int { return a.Time.Compare(b.Time) })
		c.Series = append(c.Series, s)
	}
	if rapid.Bool().Draw(t, "ends") {
		c.From, c.To = time.Unix(at.Draw(t, "from"), 0), time.Unix(at.Draw(t, "to"), 0)
	}
	return c
}

// minutes is a value a minute from noon on; those below 0 are left out.
func minutes(values ...float64) []Sample {
	var out []Sample
	for i, v := range values {
		if v >= 0 {
			out = append(out, Sample{noon.Add(time.Duration(i) * time.Minute), v})
		}
	}
	return out
}

func TestChartDraws(t *testing.T) {
	t.Parallel()
	c := NewChart("Duration", UnitMilliseconds)
	c.Height = 10
	c.Series = []Series{{Label: "Minimum", Points: minutes(10, 20, 30, 40, 50, 60)}, {Label: "Maximum", Points: minutes(80, 80, -1, -1, 80, 80)}}
	expect(t, "chart", shown(c.View(40)), strings.TrimPrefix(`
  Duration  Milliseconds
 100 ms┤
       │○⠒ ⠒⠒ ○                  ○ ⠒⠒ ⠒○
  50 ms┤                           ⢀⣀⡠⠤●
       │                ⣀⣀⣀●⠤⠤⠒⠒⠒●⠉⠁
       │    ⢀⣀●⠤⠤⠔⠒⠒●⠉⠉⠉
   0 ms┤●⠒⠊⠉⠁
       └┬───────────┬────────────┬──────
        12:00     12:02        12:04
  ● Minimum  ○ Maximum`, "\n"))
}

func TestChartWithoutPoints(t *testing.T) {
	t.Parallel()
	c := NewChart("Errors", UnitCount)
	c.Series = []Series{{Label: "Sum", Points: minutes(math.NaN())}}
	if got := shown(c.View(60)); !strings.Contains(got, "No data available") {
		t.Errorf("it shows\n%s", got)
	}
	if _, used := c.Key(press("left")); used {
		t.Error("there is no value to go to")
	}
	c.Loading = true
	if got := shown(c.View(60)); !strings.Contains(got, "Loading") {
		t.Errorf("it shows\n%s", got)
	}
}

// TestLonePointsAreSeen, and points are joined only with those a period away.
func TestLonePointsAreSeen(t *testing.T) {
	t.Parallel()
	c := NewChart("Invocations", UnitCount)
	c.Series = []Series{{Label: "Sum", Points: minutes(1, 2, -1, -1, -1, 3)}}
	c.From, c.To = noon.Add(-time.Hour), noon.Add(time.Hour)
	got := shown(c.View(80))
	if n := strings.Count(got, "●"); n != 3 { // one on the line, the lone one, the legend's
		t.Errorf("%d points are seen:\n%s", n, got)
	}
	c.Period = time.Hour
	if joined := shown(c.View(80)); strings.Count(joined, "●") != 2 {
		t.Errorf("within the period they are not joined:\n%s", joined)
	}
}

func TestChartReads(t *testing.T) {
	t.Parallel()
	c := NewChart("Duration", UnitMilliseconds)
	c.Series = []Series{{Label: "Average", Points: minutes(1.23456, 2, 3)}, {Label: "Maximum", Points: minutes(-1, 20, 30)}}
	c.Focus()
	value := func() string { return zone(t, c.View(80), RoleChart, "Duration").Value }
	expect(t, "the last", value(), "2026-03-01 12:02:00  Average 3 ms  Maximum 30 ms")
	pressAll(c, "left", "left", "left")
	expect(t, "the first", value(), "2026-03-01 12:00:00  Average 1.235 ms  Maximum –")
	if got := shown(c.View(80)); !strings.Contains(got, "12:00:00  ● Average 1.235 ms  ○ Maximum –") {
		t.Errorf("it shows\n%s", got)
	}
	pressAll(c, "end")
	expect(t, "the end", value(), "2026-03-01 12:02:00  Average 3 ms  Maximum 30 ms")
	z := zone(t, c.View(80), RoleChart, "Duration")
	z.Click(40, 3)
	expect(t, "clicked", value(), "2026-03-01 12:01:00  Average 2 ms  Maximum 20 ms")
}

func TestScales(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		unit      Unit
		low, high float64
		ticks     int
		want      string
	}{
		{UnitCount, 0, 0, 4, "0 1"},
		{UnitCount, 0, 3, 4, "0 1 2 3"},
		{UnitCount, 0, 7, 4, "0 2 4 6 8"},
		{UnitCount, 0, 123456, 4, "0K 50K 100K 150K"},
		{UnitNone, 0, 0.3, 4, "0.0 0.1 0.2 0.3"},
		{UnitNone, -1, 1, 4, "-1.0 -0.5 0.0 0.5 1.0"},
		{UnitMilliseconds, 0, 2.3, 3, "0 ms 1 ms 2 ms 3 ms"},
		{UnitMilliseconds, 0, 54_000, 4, "0 s 20 s 40 s 60 s"},
		{UnitPercent, 0, 3, 2, "0% 50% 100%"},
		{UnitBytes, 0, 3000, 3, "0 KB 1 KB 2 KB 3 KB"},
		{UnitNone, 0, math.MaxFloat64, 4, "0G 1G"},
	} {
		s := scaleOf(c.unit, c.low, c.high, c.ticks)
		var got []string
		for v := s.low; v <= s.high+s.tick/1000 && len(got) < 9; v += s.tick {
			got = append(got, s.label(v))
		}
		if c.high < 1e300 && strings.Join(got, " ") != c.want {
			t.Errorf("%v %v–%v: %v, want %s", c.unit, c.low, c.high, got, c.want)
		}
		if !finite(s.low) || !finite(s.high) || s.high <= s.low {
			t.Errorf("%v–%v has the ends %v, %v", c.low, c.high, s.low, s.high)
		}
	}
}

// TestScaleHoldsAllValues between its ends, and has few ticks.
func TestScaleHoldsAllValues(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		high := rapid.Float64Range(0, 1e15).Draw(t, "high")
		ticks := rapid.IntRange(1, 8).Draw(t, "ticks")
		s := scaleOf(Unit(rapid.IntRange(0, 4).Draw(t, "unit")), 0, high, ticks)
		if s.low > 0 || s.high < high*(1-1e-9) {
			t.Fatalf("%v is not between %v and %v", high, s.low, s.high)
		}
		if n := (s.high - s.low) / s.tick; n > float64(ticks)+1.01 {
			t.Fatalf("%v ticks, %d wanted", n, ticks)
		}
	})
}

func BenchmarkChart(b *testing.B) {
	for _, n := range []int{60, 1440} {
		c := NewChart("Duration", UnitMilliseconds)
		c.Height = 20
		for _, label := range []string{"Minimum", "Average", "Maximum"} {
			values := make([]float64, n)
			for i := range values {
				values[i] = 100 + 90*math.Sin(float64(i)/9)
			}
			c.Series = append(c.Series, Series{Label: label, Points: minutes(values...)})
		}
		c.Focus()
		b.Run(fmt.Sprintf("view/%d", n), func(b *testing.B) {
			for b.Loop() {
				c.View(120)
			}
		})
	}
}
