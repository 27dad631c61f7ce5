package check

import (
	"strings"
	"testing"

	"awslab/aws"
)

func TestConditions(t *testing.T) {
	t.Parallel()
	values := aws.Item{":a": aws.S("Psy"), ":b": aws.N("1"), ":c": aws.N("2")}
	placeholders := map[string]string{"#y": "Year", "#dots": "a.b"}
	for expression, want := range map[string]string{
		"":                                "",
		"Artist = :a":                     `Artist|=|Psy`,
		"#y=:b and Artist<>:a":            `Year|=|1;Artist|<>|Psy`,
		":b < #y":                         `Year|>|1`,
		"(#y = :b) AND ((Artist = :a))":   `Year|=|1;Artist|=|Psy`,
		"(#y = :b AND Artist = :a)":       `Year|=|1;Artist|=|Psy`,
		"#y BETWEEN :b AND :c AND x = :a": `Year|BETWEEN|1,2;x|=|Psy`,
		"begins_with(#dots, :a)":          `a.b|begins_with|Psy`,
		"attribute_exists(x)":             `x|attribute_exists|`,
		"NOT x = :a":                      `||`,
		"x = :a OR x = :b":                `||`,
		"a = :a AND (":                    `a|=|Psy;||`,
		") AND (":                         `||`,
	} {
		read := conditions(expression, placeholders, values)
		got := make([]string, 0, len(read))
		for _, c := range read {
			vs := make([]string, 0, len(c.values))
			for _, v := range c.values {
				vs = append(vs, strings.Trim(show(v), `"`))
			}
			got = append(got, c.name+"|"+c.op+"|"+strings.Join(vs, ","))
		}
		if joined := strings.Join(got, ";"); joined != want {
			t.Errorf("%q: %q, want %q", expression, joined, want)
		}
	}
}

func TestConditionsForPeople(t *testing.T) {
	t.Parallel()
	got := conditions("begins_with(#a, :v) AND #b BETWEEN :n AND :n", map[string]string{"#a": "Song", "#b": "Year"}, aws.Item{":v": aws.S("G"), ":n": aws.N("1")})
	if got[0].text != `begins_with(Song, "G")` || got[1].text != "Year BETWEEN 1 AND 1" {
		t.Errorf("%q and %q", got[0].text, got[1].text)
	}
}

// FuzzConditions: any text can stand in a request that failed.
func FuzzConditions(f *testing.F) {
	f.Add("#y = :v AND (begins_with(Song, :v) AND Year BETWEEN :v AND :v)")
	f.Add("((((((((((((((((((((((((((a = :v))))))))))))))))))))))))))")
	f.Fuzz(func(t *testing.T, expression string) {
		for _, c := range conditions(expression, map[string]string{"#y": "Year"}, aws.Item{":v": aws.S("x")}) {
			if c.name != "" && c.op == "" {
				t.Errorf("%q: a name without a comparison: %+v", expression, c)
			}
		}
	})
}

func TestVisible(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Song ": "Song␠", " x": "␠x", "a  b": "a␠␠b", "a b": "a b", "": "", " ": "␠",
		"a\u00a0b": `a\u{a0}b`, "\xff\xfe": `\u{fffd}\u{fffd}`, "a\u200bb": `a\u{200b}b`, "é日": "é日",
		strings.Repeat("x", 100): strings.Repeat("x", longest) + "…",
	} {
		if got := visible(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
	}
}

func TestSameNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"1971", "1971.0", true}, {"1.971e3", "1971", true}, {"-0", "0", true}, {"1971", "1972", false},
		{"1e999999999", "1", false}, {"1e999999999", "1e999999999", true}, {"1/2", "0.5", false}, {"0x10", "16", false},
		{"99999999999999999999999999999999999999", "99999999999999999999999999999999999998", false},
	} {
		if got := sameNumber(c.a, c.b); got != c.same {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}
