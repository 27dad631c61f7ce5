package expression

import (
	"errors"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func series(points map[int64]float64) Series { return Series{Period: 60, Points: points} }

func sample() map[string]Series {
	return map[string]Series{
		"a":           series(map[int64]float64{0: 1, 60: 2, 120: 6}),
		"b":           series(map[int64]float64{60: 4, 120: 0, 180: 8}),
		"none":        series(map[int64]float64{}),
		"errors":      series(map[int64]float64{0: 0, 60: 1}),
		"invocations": series(map[int64]float64{0: 4, 60: 4}),
	}
}

func evaluate(text string) (Series, error) {
	all, err := Evaluate(sample(), map[string]string{"e": text, "half": "a / 2"}, Span{From: 0, To: 240})
	return all["e"], err
}

func TestExpressions(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]map[int64]float64{
		"a":                  {0: 1, 60: 2, 120: 6},
		"a + b":              {60: 6, 120: 6},
		"a - -1":             {0: 2, 60: 3, 120: 7},
		"2 * a + 1":          {0: 3, 60: 5, 120: 13},
		"2 * (a + 1)":        {0: 4, 60: 6, 120: 14},
		"12 / a / 2":         {0: 6, 60: 3, 120: 1},
		"a / b":              {60: 0.5},
		"a / 0":              {},
		"a ^ 2":              {0: 1, 60: 4, 120: 36},
		"-a":                 {0: -1, 60: -2, 120: -6},
		"half + .5":          {0: 1, 60: 1.5, 120: 3.5},
		"MAX([a, b])":        {0: 1, 60: 4, 120: 6, 180: 8},
		"MIN([a, b])":        {0: 1, 60: 2, 120: 0, 180: 8},
		"SUM([a,b,a])":       {0: 2, 60: 8, 120: 12, 180: 8},
		"AVG([a, b])":        {0: 1, 60: 3, 120: 3, 180: 8},
		"a - AVG(a)":         {0: -2, 60: -1, 120: 3},
		"a + SUM(none)":      {0: 1, 60: 2, 120: 6},
		"FILL(none, 0)":      {0: 0, 60: 0, 120: 0, 180: 0},
		"FILL(a, -1) + 1":    {0: 2, 60: 3, 120: 7, 180: 0},
		"a / PERIOD(a)":      {0: 1. / 60, 60: 2. / 60, 120: .1},
		"ABS(-a)":            {0: 1, 60: 2, 120: 6},
		"CEIL(half)":         {0: 1, 60: 1, 120: 3},
		"FLOOR(half)":        {0: 0, 60: 1, 120: 3},
		"none * 3 + a":       {},
		"MAX([none])":        {},
		"MIN(METRICS()) + 1": {0: 1, 60: 2, 120: 1, 180: 9},
		"100 - 100 * errors / MAX([errors, invocations])": {0: 100, 60: 75},
	} {
		got, err := evaluate(text)
		if err != nil || !maps.Equal(got.Points, want) {
			t.Errorf("%s is %v, %v, want %v", text, got.Points, err, want)
		}
	}
}

func TestExpressionsThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "1", "a +", "a b", "(a", "a)", "[a, b]", "[a, b] + 1", "MAX([a, 1])", "MAX([a", "MAX(a, b)", "MAX", "max(a)", "nobody", "e", "NOPE(a)",
		"FILL(a)", "FILL(a, b)", "FILL([a], 1)", "1.2.3 * a", "a & b", "PERIOD([a, b])", "METRICS()", "SUM(a)",
		strings.Repeat("(", 2000), strings.Repeat("-", 2000), strings.Repeat("ABS(", 500) + "a" + strings.Repeat(")", 500),
	} {
		_, err := evaluate(text)
		var fault *Fault
		if !errors.As(err, &fault) || fault.What == "" {
			t.Errorf("%.30s: %v", text, err)
		}
	}
	_, err := Evaluate(nil, map[string]string{"x": "y + 1", "y": "x + 1"}, Span{})
	if err == nil {
		t.Error("expressions in a circle are taken")
	}
	if _, err := Evaluate(sample(), map[string]string{"x": "FILL(a, 0)"}, Span{To: 1 << 40}); err == nil {
		t.Error("a whole age is filled")
	}
}

// TestListFunctionsDoNotMindOrder: across a list, the order of the series does
// not matter, and MIN ≤ AVG ≤ MAX ≤ SUM where nothing is negative.
func TestListFunctionsDoNotMindOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.MapOf(rapid.Int64Range(0, 5), rapid.Float64Range(0, 100))
		known := map[string]Series{"a": series(one.Draw(t, "a")), "b": series(one.Draw(t, "b")), "c": series(one.Draw(t, "c"))}
		all, err := Evaluate(known, map[string]string{
			"sum": "SUM([a, b, c])", "other": "SUM([c, a, b])", "min": "MIN([a,b,c])", "avg": "AVG([a,b,c])", "max": "MAX([a,b,c])",
		}, Span{})
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(all["sum"].Points, all["other"].Points) {
			t.Fatalf("%v and %v", all["sum"], all["other"])
		}
		const rounding = 1e-9
		for at, sum := range all["sum"].Points {
			least, mean, most := all["min"].Points[at], all["avg"].Points[at], all["max"].Points[at]
			if least > mean+rounding || mean > most+rounding || most > sum+rounding {
				t.Fatalf("at %d: %v %v %v %v", at, least, mean, most, sum)
			}
		}
	})
}

// FuzzEvaluate: no expression does harm; each gives points that are numbers, or
// says what is wrong.
func FuzzEvaluate(f *testing.F) {
	for _, seed := range []string{"100 - 100 * errors / MAX([errors, invocations])", "FILL(a, 0) ^ 99999", "-(-a)/b", "METRICS()", "[[a],b", "PERIOD(a)*1e9"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := evaluate(text)
		var fault *Fault
		if err != nil && !errors.As(err, &fault) {
			t.Fatal(err)
		}
		for _, v := range got.Points {
			if !finite(v) {
				t.Fatalf("%s gives %v", text, v)
			}
		}
	})
}
