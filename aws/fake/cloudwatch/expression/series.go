// Package expression evaluates CloudWatch's metric math: numbers, the ids of other
// queries, + - * / ^, parentheses, lists in brackets, and the functions MAX,
// MIN, SUM, AVG, ABS, CEIL, FLOOR, FILL, PERIOD and METRICS.
//
// Two series meet where both have a point. Functions over a list take at each
// time what there is; over one series they give one number.
package expression

import "fmt"

// Series is a metric over time: values by the start of their period, in seconds
// since 1970.
type Series struct {
	Period int64 // seconds
	Points map[int64]float64
}

// Span is a span of time in seconds since 1970, From inclusive, To exclusive.
type Span struct{ From, To int64 }

// Fault is what is wrong with an expression.
type Fault struct{ ID, What string }

// Error says what is wrong, and with which expression.
func (f *Fault) Error() string { return fmt.Sprintf("expression %s: %s", f.ID, f.What) }

// Floor is the start of the period that a time is in.
func Floor(time, period int64) int64 {
	start := time - time%period
	if start > time {
		start -= period
	}
	return start
}

// each gives a series of a function of the values.
func (s Series) each(f func(float64) float64) Series {
	out := Series{s.Period, make(map[int64]float64, len(s.Points))}
	for t, v := range s.Points {
		out.set(t, f(v))
	}
	return out
}

// set keeps a value; what is no number (as after a division by 0) is no point.
func (s Series) set(t int64, v float64) {
	if finite(v) {
		s.Points[t] = v
	}
}

// meet gives a series of a function of two series, where both have a point.
func meet(a, b Series, f func(x, y float64) float64) Series {
	out := Series{max(a.Period, b.Period), make(map[int64]float64)}
	for t, x := range a.Points {
		if y, ok := b.Points[t]; ok {
			out.set(t, f(x, y))
		}
	}
	return out
}

// across gives a series of a function of the values that several series have at
// each time.
func across(list []Series, f func([]float64) float64) Series {
	values := make(map[int64][]float64)
	out := Series{Points: make(map[int64]float64)}
	for _, s := range list {
		out.Period = max(out.Period, s.Period)
		for t, v := range s.Points {
			values[t] = append(values[t], v)
		}
	}
	for t, v := range values {
		out.set(t, f(v))
	}
	return out
}
