package component

import (
	"math"
	"strconv"
	"time"
)

// Unit is what a chart's values are.
type Unit int

// The units.
const (
	UnitNone Unit = iota
	UnitCount
	UnitMilliseconds
	UnitPercent // from 0 to 100, which the scale always shows whole
	UnitBytes
)

// measures is how a unit's values are told on an axis: the first of its steps
// whose limit the largest value stays below.
var measures = [...]struct {
	name, suffix string
	steps        []magnitude
}{
	UnitNone:         {"", "", thousands},
	UnitCount:        {"Count", "", thousands},
	UnitMilliseconds: {"Milliseconds", " ms", []magnitude{{10_000, 1, " ms"}, {600_000, 1000, " s"}, {math.Inf(1), 60_000, " min"}}},
	UnitPercent:      {"Percent", "%", []magnitude{{math.Inf(1), 1, "%"}}},
	UnitBytes:        {"Bytes", " B", []magnitude{{1 << 10, 1, " B"}, {1 << 20, 1 << 10, " KB"}, {1 << 30, 1 << 20, " MB"}, {math.Inf(1), 1 << 30, " GB"}}},
}

var thousands = []magnitude{{10_000, 1, ""}, {10_000_000, 1e3, "K"}, {10_000_000_000, 1e6, "M"}, {math.Inf(1), 1e9, "G"}}

// magnitude is a multiple of a unit that values below a limit are told in.
type magnitude struct {
	limit, of float64
	suffix    string
}

func (u Unit) known() Unit {
	if u < 0 || int(u) >= len(measures) {
		return UnitNone
	}
	return u
}

func (u Unit) name() string { return measures[u.known()].name }

// exact is a value with its unit, to three decimals.
func (u Unit) exact(v float64) string {
	return strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64) + measures[u.known()].suffix
}

// scale is the values of an axis: its ends, and the round values between them.
type scale struct {
	low, high, tick float64
	of              magnitude
}

// scaleOf makes the scale for values between two, with about so many ticks.
func scaleOf(u Unit, low, high float64, ticks int) scale {
	if u == UnitPercent && low >= 0 && high <= 100 {
		low, high = 0, 100
	}
	low, high = min(0, low), max(0, high)
	if low == high {
		high = 1
	}
	s := scale{of: measures[u.known()].steps[0]}
	for _, of := range measures[u.known()].steps {
		if s.of = of; max(high, -low) < of.limit {
			break
		}
	}
	least := 0.0
	if u == UnitCount {
		least = 1
	}
	s.tick = max(least, nice((high/s.of.of-low/s.of.of)/float64(max(1, ticks)))*s.of.of)
	s.low, s.high = math.Floor(low/s.tick)*s.tick, math.Ceil(high/s.tick)*s.tick
	if u == UnitPercent && high == 100 {
		s.high = 100
	}
	if !finite(s.low) || !finite(s.high) || s.high <= s.low || s.tick <= 0 {
		return scale{high: 1, tick: 1, of: s.of} // values beyond all measure
	}
	return s
}

// nice is the least round number that is not below x: 1, 2, 2.5 or 5 and zeros.
func nice(x float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(x)))
	for _, m := range []float64{1, 2, 2.5, 5} {
		if x <= m*power*(1+1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// label is a tick's value as it is told.
func (s scale) label(v float64) string {
	tick := s.tick / s.of.of
	decimals := 0
	for decimals < 6 && math.Abs(tick-math.Round(tick)) > 1e-9*tick {
		tick *= 10
		decimals++
	}
	return strconv.FormatFloat(v/s.of.of, 'f', decimals, 64) + s.of.suffix
}

// share is where a value is between the ends, from 0 to 1.
func (s scale) share(v float64) float64 { return max(0, min(1, (v-s.low)/(s.high-s.low))) }

// timeTicks are the distances that ticks of a time axis can have.
var timeTicks = [...]time.Duration{
	time.Second, 5 * time.Second, 15 * time.Second, 30 * time.Second,
	time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 15 * time.Minute, 30 * time.Minute,
	time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	day, 2 * day, 7 * day, 14 * day, 28 * day, 91 * day, 364 * day,
}

const day = 24 * time.Hour

// timeTick is the distance of ticks that have room for their times on an axis of
// so many cells, and how a time is told.
func timeTick(span time.Duration, cells int) (tick time.Duration, layout string) {
	const gap = 3
	for _, tick = range timeTicks {
		switch {
		case tick < time.Minute:
			layout = "15:04:05"
		case tick < day:
			layout = "15:04"
		default:
			layout = "01-02"
		}
		if int(span/tick)*(len(layout)+gap) <= cells {
			break
		}
	}
	return tick, layout
}
