package spec_test

import (
	"errors"
	"strings"
	"testing"

	"awslab/ui/lab/spec"

	"pgregory.net/rapid"
)

// named is a lab that speaks of a name wherever it can.
const named = head0 + `names:
  source: {kind: "s3:bucket", like: "image-*", except: "*-resized", default: "image-##"}
---
## Go to {source} {#first}

Text of {source}, {{source}}, {} and { source }, [here](s3://{source}/a%20b.jpg).

` + "```json\n{\"name\": \"{source}\", \"n\": {\"a\": 1}}\n```" + `

## Do it

Do it.

` + "```check\nbucket(\"{source}-resized\")\n```\n```do\npress \"{source}\"\n```\n```hint\n{source}!\n```\n```slip bucket-name\n{source}?\n```" + `

## Bye

Bye.
`

const head0 = `---
id: music
title: A lab
topic: Music
summary: Learn.
service: s3
minutes: 5
`

func TestNamesStandForResources(t *testing.T) {
	t.Parallel()
	lab, err := spec.Parse("lab.md", []byte(named))
	if err != nil {
		t.Fatal(err)
	}
	look := func(lab *spec.Lab, name string) {
		t.Helper()
		first, second := lab.Steps[0], lab.Steps[1]
		wanted := map[string]string{
			"the title": first.Title, "the check": second.Checks[0].Source, "the script": second.Do[0].Args[0],
			"the hint": second.Hints[0], "the slip": second.Slips[0].Text, "the link": first.Links[0].Bucket,
			"the JSON": first.Parts[0].Text,
		}
		for what, text := range wanted {
			if !strings.Contains(text, name) || strings.Contains(strings.ReplaceAll(text, "{source}, {}", ""), "{source}") {
				t.Errorf("%s reads %q, want it to hold %q", what, text, name)
			}
		}
		if text := first.Parts[0].Text; !strings.Contains(text, "Text of "+name+", {source}, {} and { source }, ") {
			t.Errorf("the text reads %q", text)
		}
		if lab.Step("first") != 0 || first.Links[0].Key != "a%20b.jpg" {
			t.Errorf("%+v", first)
		}
	}
	look(lab, "image-00")
	other := lab.With(map[string]string{"source": "image-7"})
	look(other, "image-7")
	look(other.With(nil), "image-00")
	for _, value := range []string{"", "a b", `"`, "{source}", "a\nb", strings.Repeat("x", 200)} {
		if lab.With(map[string]string{"source": value}) != lab {
			t.Errorf("%q is taken for a name", value)
		}
	}
	if other.With(map[string]string{"source": "image-7", "more": "x"}) != other {
		t.Error("the same values make another lab")
	}
}

func TestFaultyNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ old, new, tells string }{
		{"Do it.", "Do {sauce}.", "lab.md:21: there is no name {sauce}; the description's names are [source], and {{sauce}} stands for the braces"},
		{"s3:bucket", "s3:bukket", `the name "source" is of the kind "s3:bukket"; there are s3:bucket`},
		{`"image-##"`, `"picture-##"`, `has the default "picture-00", which is not like "image-*"`},
		{`"image-##"`, `"image-1-resized"`, "which is not like"},
		{`"image-##"`, `"image ##"`, "or no plain name"},
		{"  source:", "  My-Source:", `the name "My-Source" is not of small letters`},
		{"except:", "without:", "field without not found in type spec.Name"},
	} {
		_, err := spec.Parse("lab.md", []byte(strings.Replace(named, c.old, c.new, 1)))
		var fault *spec.Fault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.tells) {
			t.Errorf("%s for %s: %v; want it to tell %q", c.new, c.old, err, c.tells)
		}
	}
}

func TestSuggestionsFit(t *testing.T) {
	t.Parallel()
	name := spec.Name{Kind: "s3:bucket", Like: "image-*", Except: "*-resized", Default: "image-######"}
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.SliceOfN(rapid.IntRange(0, 9), 6, 6).Draw(t, "digits")
		var want strings.Builder
		for _, d := range digits {
			want.WriteByte(byte('0' + d))
		}
		next := -1
		suggested := name.Suggest(func() int { next++; return digits[next] })
		if suggested != "image-"+want.String() || !name.Fits(suggested) || name.Fits(suggested+"-resized") {
			t.Fatalf("%q is suggested of %v", suggested, digits)
		}
	})
}
