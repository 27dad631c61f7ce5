package pattern

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPatterns(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pattern, message string
		want             bool
	}{
		{"", "anything", true},
		{"  ", "anything", true},
		{"ERROR", "[ERROR] KeyError: 'Records'", true},
		{"ERROR", "error", false},
		{"ERROR KeyError", "[ERROR] KeyError", true},
		{"ERROR ValueError", "[ERROR] KeyError", false},
		{`"Task timed out"`, "x Task timed out after 3.00 seconds", true},
		{`"timed Task"`, "x Task timed out", false},
		{`"a \"b\" c"`, `a "b" c`, true},
		{`"a\\b"`, `a\b`, true},
		{"?ERROR ?WARN", "a WARN", true},
		{"?ERROR ?WARN", "a INFO", false},
		{"?ERROR ?WARN boto", "WARN boto3", true},
		{"?ERROR ?WARN boto", "WARN", false},
		{"-START", "START RequestId", false},
		{"-START RequestId", "END RequestId", true},
		{`-"START Req"`, "START Req", false},
		{"%Duration: [0-9]+%", "Duration: 12 ms", true},
		{"%Duration: [0-9]+%", "Duration: x", false},
		{"(a", "(a)", true},
		{`{ $.level = "ERROR" }`, `{"level":"ERROR"}`, true},
		{`{ $.level = "ERROR" }`, `{"level":"INFO"}`, false},
		{`{ $.level = "ERROR" }`, `level = "ERROR"`, false},
		{`{ $.level = ERROR }`, `{"level":"ERROR"}`, true},
		{`{ $.level = "ERR*" }`, `{"level":"ERROR"}`, true},
		{`{ $.level = "*R*O*" }`, `{"level":"ERROR"}`, true},
		{`{ $.level != "ERROR" }`, `{"level":"INFO"}`, true},
		{`{ $.level != "ERROR" }`, `{}`, false},
		{`{ $.a.b[1].c >= 10 }`, `{"a":{"b":[0,{"c":10}]}}`, true},
		{`{ $.a.b[2].c >= 10 }`, `{"a":{"b":[0,{"c":10}]}}`, false},
		{`{ $["a b"] < 1.5e1 }`, `{"a b":10}`, true},
		{`{ $.n = 10 }`, `{"n":"10"}`, true},
		{`{ $.n > 10 }`, `{"n":"11"}`, false},
		{`{ $.x IS NULL }`, `{"x":null}`, true},
		{`{ $.x IS NULL }`, `{}`, false},
		{`{ $.x NOT EXISTS }`, `{}`, true},
		{`{ $.x IS TRUE }`, `{"x":true}`, true},
		{`{ $.x IS FALSE }`, `{"x":true}`, false},
		{`{ $.x = true }`, `{"x":true}`, true},
		{`{ ($.a = 1 || $.a = 2) && $.b = 3 }`, `{"a":2,"b":3}`, true},
		{`{ ($.a = 1 || $.a = 2) && $.b = 3 }`, `{"a":2,"b":4}`, false},
		{`{ $.a = 1 || $.a = 2 && $.b = 3 }`, `{"a":1,"b":4}`, true},
	} {
		p, err := Parse(c.pattern)
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
		} else if got := p.Match(c.message); got != c.want {
			t.Errorf("%s matches %s: %v, want %v", c.pattern, c.message, got, c.want)
		}
	}
}

func TestPatternsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{
		`"open`, `%open`, `%[%`, "-", "? a", "[ip, user]", "{", "{}", "{ $ }", "{ $. = 1 }", "{ $.a }", "{ $.a = }", "{ $.a = 1", "{ $.a = 1 } x",
		"{ $.a = 1 && }", "{ ($.a = 1 }", "{ $.a = 1) }", "{ $.a[x] = 1 }", "{ $[\"a = 1 }", "{ a = 1 }", "{ $.a IS NOT }",
		"{" + strings.Repeat("(", 1000) + "$.a = 1" + strings.Repeat(")", 1000) + "}",
	} {
		if _, err := Parse(pattern); err == nil {
			t.Errorf("%.40s is taken", pattern)
		}
	}
}

// TestAPhraseFindsItself: quoting any text makes a pattern that wants just the
// messages with the text in them.
func TestAPhraseFindsItself(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		phrase := rapid.String().Draw(t, "phrase")
		message := rapid.String().Draw(t, "message")
		p, err := Parse(`"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(phrase) + `"`)
		if err != nil {
			t.Fatal(err)
		}
		if p.Match(message) != strings.Contains(message, phrase) || !p.Match("x"+phrase+"y") {
			t.Fatalf("%q in %q", phrase, message)
		}
	})
}

// FuzzParse: no pattern and no message does harm.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{`a "b c" ?d -e %f+%`, `{ ($.a[0]["b"] = "c*" || $.d IS NULL) && $.e != 1.5 }`, "[a, b]", `"\`, "{ $.a = \"", "%(%"} {
		f.Add(seed, `{"a":[{"b":"cc"}],"d":null,"e":2}`)
	}
	f.Fuzz(func(t *testing.T, text, message string) {
		p, err := Parse(text)
		if err != nil {
			return
		}
		if p.Match(message) && p.json != nil && !strings.Contains(message, "{") {
			t.Errorf("%q wants %q, which is no JSON object", text, message)
		}
	})
}
