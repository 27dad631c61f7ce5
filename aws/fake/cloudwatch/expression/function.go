package expression

import (
	"maps"
	"math"
	"slices"
)

// aggregates make one number of several.
var aggregates = map[string]func([]float64) float64{
	"MAX": slices.Max[[]float64],
	"MIN": slices.Min[[]float64],
	"SUM": total,
	"AVG": func(v []float64) float64 { return total(v) / float64(len(v)) },
}

// pointwise make a value of a value.
var pointwise = map[string]func(float64) float64{"ABS": math.Abs, "CEIL": math.Ceil, "FLOOR": math.Floor}

// total adds in order, so that equal sets give equal sums.
func total(values []float64) float64 {
	sum := 0.0
	for _, v := range slices.Sorted(slices.Values(values)) {
		sum += v
	}
	return sum
}

// call reads the arguments of a function, and calls it.
func (p *parser) call(name string) (value, error) {
	arguments, err := p.arguments(name)
	if err != nil {
		return value{}, err
	}
	switch {
	case name == "METRICS" && len(arguments) == 0:
		list := value{isList: true, list: []Series{}}
		for _, id := range slices.Sorted(maps.Keys(p.metrics)) {
			list.list = append(list.list, p.metrics[id])
		}
		return list, nil
	case name == "FILL" && len(arguments) == 2:
		return p.fill(arguments[0], arguments[1])
	case len(arguments) != 1:
	case name == "PERIOD" && len(arguments[0].list) == 1:
		return value{number: float64(arguments[0].list[0].Period)}, nil
	case aggregates[name] != nil:
		return p.aggregate(arguments[0], aggregates[name])
	case pointwise[name] != nil:
		return p.combine(value{}, arguments[0], func(_, y float64) float64 { return pointwise[name](y) })
	}
	return value{}, p.fault("there is no function %s of %d such arguments", name, len(arguments))
}

func (p *parser) arguments(name string) ([]value, error) {
	if !p.take('(') {
		return nil, p.fault("%s is no id and is not called", name)
	}
	var arguments []value
	if p.take(')') {
		return nil, nil
	}
	for {
		v, err := p.sum()
		if err != nil {
			return nil, err
		}
		arguments = append(arguments, v)
		if p.take(')') {
			return arguments, nil
		}
		if !p.take(',') {
			return nil, p.fault("the arguments of %s are not closed", name)
		}
	}
}

// aggregate works across a list, or over the values of one series.
func (p *parser) aggregate(of value, f func([]float64) float64) (value, error) {
	switch {
	case of.isList:
		return one(across(of.list, f)), nil
	case of.list == nil:
		return of, nil
	}
	values := slices.Collect(maps.Values(of.list[0].Points))
	if len(values) == 0 {
		return value{}, nil
	}
	return value{number: f(values)}, nil
}

// maxFilled is how many points a series is filled up to: those of 15 days.
const maxFilled = 15 * 24 * 60

// fill puts a number wherever a series has no point.
func (p *parser) fill(of, with value) (value, error) {
	if of.isList || len(of.list) != 1 || with.list != nil {
		return value{}, p.fault("FILL takes a time series and a number")
	}
	s := of.list[0]
	if s.Period <= 0 || (p.span.To-p.span.From)/s.Period > maxFilled {
		return value{}, p.fault("FILL has too many points to fill")
	}
	out := Series{s.Period, maps.Clone(s.Points)}
	for t := Floor(p.span.From, s.Period); t < p.span.To; t += s.Period {
		if _, ok := out.Points[t]; !ok {
			out.set(t, with.number)
		}
	}
	return one(out), nil
}
