package spec_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/lab/check"
	"awslab/ui/lab/spec"
)

const head = `---
id: music
number: 7
title: A lab about music
topic: Music
summary: Learn to sing.
service: dynamodb
minutes: 5
cost: Nothing.
creates: [DynamoDB table Music]
names: {}
needs: []
---
`

const good = head + `
## Welcome {#welcome}

Hello, **you**.

## Create the table

Make it.

` + "```json\n{\"a\": 1}\n```" + `

Then go on.

` + "```why\nBecause.\n```\n```note\nOnce called *other*.\n```" + `
` + "```check\n# a comment\ntable(\"Music\",\n  {Artist: \"String\"})\nnoTable(\"Other\")\n```" + `
` + "```do\nopen DynamoDB > Tables\n\npress \"Create table\"\n```" + `
` + "```hint\nOne.\n```\n```hint\nTwo.\n```" + `
` + "```slip key-name\nMind the *name*.\n```" + `

## The end

Bye.
`

func TestParse(t *testing.T) {
	t.Parallel()
	lab, err := spec.Parse("music.md", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if lab.ID != "music" || lab.Heading() != "Lab 7 · Music" || lab.Minutes != 5 || !slices.Equal(lab.Creates, []string{"DynamoDB table Music"}) {
		t.Errorf("%+v", lab)
	}
	if len(lab.Steps) != 3 || lab.Step("create-the-table") != 1 || lab.Step("nowhere") != -1 {
		t.Fatalf("%+v", lab.Steps)
	}
	s := lab.Steps[1]
	kinds := make([]spec.Kind, 0, len(s.Parts))
	for _, p := range s.Parts {
		kinds = append(kinds, p.Kind)
	}
	if !slices.Equal(kinds, []spec.Kind{spec.KindProse, spec.KindWhy, spec.KindNote}) || !strings.Contains(s.Parts[0].Text, "```json\n{\"a\": 1}\n```\n\nThen go on.") {
		t.Errorf("parts %q", s.Parts)
	}
	if len(s.Checks) != 2 || s.Checks[0].Source != `table("Music", {Artist: "String"})` || s.Checks[1].Line != s.Checks[0].Line+2 {
		t.Errorf("checks %+v", s.Checks)
	}
	if got := strings.Split(good, "\n")[s.Checks[0].Line-1]; !strings.HasPrefix(got, `table("Music"`) {
		t.Errorf("the first check is at line %d, which reads %q", s.Checks[0].Line, got)
	}
	if len(s.Do) != 2 || s.Do[1].Verb != "press" || !slices.Equal(s.Hints, []string{"One.", "Two."}) {
		t.Errorf("do %+v, hints %q", s.Do, s.Hints)
	}
	if s.Advice(check.CauseKeyName) != "Mind the *name*." || s.Advice(check.CauseSpace) != "" {
		t.Errorf("slips %+v", s.Slips)
	}
	if !lab.Steps[0].Read() || s.Read() {
		t.Error("what is read and what is checked is mixed up")
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	step := func(blocks string) string {
		return head + "## A\nText.\n## B\nText.\n" + blocks + "\n## C\nText.\n"
	}
	const check, do = "```check\nnoTable(\"Music\")\n```\n", "```do\npress A\n```\n"
	for _, c := range []struct{ name, source, tells string }{
		{"no description", "## A\n", "lab.md:1: a lab starts with its description"},
		{"unknown field", "---\nid: a\ntitel: b\n---\n## A\nText.\n", "lab.md:3: field titel is not known"},
		{"wrong type", "---\nid: a\nminutes: many\n---\n## A\nText.\n", "lab.md:3: cannot unmarshal"},
		{"bad yaml", "---\nid: [\n---\n## A\nText.\n", "lab.md:"},
		{"missing field", "---\nid: a\n---\n## A\nText.\n", "lab.md:1: the description has no title"},
		{"bad id", strings.Replace(head, "id: music", "id: My Lab", 1) + "## A\nText.\n", `the id "My Lab" is not of small letters`},
		{"no steps", head, "the lab has no steps"},
		{"text before", head + "Hello\n## A\nText.\n", "lab.md:14: text before the first step"},
		{"title in text", head + "# Title\n## A\nText.\n", "lab.md:14: a step starts with ##"},
		{"block before", head + check + "## A\nText.\n", "lab.md:14: a block before the first step"},
		{"unknown block", step("```chek\nx\n```\n"), `lab.md:18: unknown block "chek": did you mean check?`},
		{"unlike any block", step("```frobnicate\nx\n```\n"), "there are check, do, code, hint, why, note, slip"},
		{"not closed", step("```hint\nx"), "lab.md:18: the block is not closed"},
		{"bad check", step("```check\n\ntabel(\"Music\")\n```\n" + do), "lab.md:20: check: unknown name tabel"},
		{"bad do", step(check + "```do\n# c\npres A\npress\n```\n"), `lab.md:23: do: unknown verb "pres"; did you mean press?`},
		{"second fault of a do", step(check + "```do\n# c\npres A\npress\n```\n"), "lab.md:24: do: something is missing"},
		{"empty block", step(check + "```do\n\n```\n"), "lab.md:21: the do block is empty"},
		{"only comments", step(check + "```do\n# c\n```\n"), "lab.md:21: the do block is empty"},
		{"two dos", step(check + do + do), "lab.md:24: the step has a do block already"},
		{"check without do", step(check), "lab.md:16: the step has a check but no do block"},
		{"no check", step(do), "lab.md:16: the step has no check"},
		{"twice the same step", step(check+do) + "## B\nText.\n", `lab.md:27: the step ID "b" is that of line 16, too`},
		{"no letters for an ID", head + "## 日本\nText.\n", "lab.md:14: the title has no letters to make an ID of"},
		{"bad braces", head + "## A {create}\nText.\n", `lab.md:14: "create" after a title is not an ID`},
		{"no title", head + "## {#a}\nText.\n", "lab.md:14: the step has no title"},
		{"no text", head + "## A\n", "lab.md:14: the step has no text"},
		{"unknown cause", step(check + do + "```slip cosmic-rays\nx\n```\n"), `lab.md:24: a slip names a cause of a failed check, not "cosmic-rays"`},
		{"argument", step("```hint gently\nx\n```\n"), `a hint block takes no argument, but has "gently"`},
		{"not text", "---\n\xff\n---\n", "lab.md:1: the file is not UTF-8 text"},
		{"too large", head + strings.Repeat("x", spec.MaxSize), "the file is larger than"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := spec.Parse("lab.md", []byte(c.source))
			var fault *spec.Fault
			if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.tells) {
				t.Errorf("%v; want it to tell %q", err, c.tells)
			}
		})
	}
}

func TestFieldsAreThoseOfTheFile(t *testing.T) {
	t.Parallel()
	for _, f := range spec.Fields() {
		if !strings.Contains(head, "\n"+f.Name+": ") {
			t.Errorf("the test's own front matter lacks %s", f.Name)
			continue
		}
		lines := slices.DeleteFunc(strings.Split(good, "\n"), func(l string) bool { return strings.HasPrefix(l, f.Name+": ") })
		_, err := spec.Parse("lab.md", []byte(strings.Join(lines, "\n")))
		if f.Required != (err != nil) {
			t.Errorf("without %s: %v", f.Name, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(head + "## A\n````check\n```\n````\n~~~do\npress x"))
	f.Add([]byte("---\n---\n"))
	f.Add([]byte(named))
	f.Add([]byte(twofold))
	f.Add([]byte(head + "## A\nText.\n```code a.js from faq\n```\n```code b.js\nlet a;\n```\n```do\npaste \"b.js\" b.js\n```\n"))
	for _, name := range []string{"dynamodb.md", "lambda.md", "apigateway.md"} {
		if lab, err := os.ReadFile("../labs/" + name); err == nil {
			f.Add(lab)
		}
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		lab, err := spec.Parse("lab.md", source)
		if err != nil {
			var fault *spec.Fault
			if !errors.As(err, &fault) || fault.Line < 1 {
				t.Fatalf("no fault with a line: %v", err)
			}
			return
		}
		if other := lab.On(aws.Account); other.On(aws.Sandbox).ID != lab.ID || len(other.Steps) == 0 || other == lab {
			t.Errorf("the form for an account is not whole: %+v", other)
		}
		for id, name := range lab.Names {
			other := name.Suggest(func() int { return 1 })
			if again := lab.With(map[string]string{id: other}); len(again.Steps) != len(lab.Steps) {
				t.Errorf("with %s for %s there are %d steps, not %d", other, id, len(again.Steps), len(lab.Steps))
			}
		}
		seen := make(map[string]bool)
		for i, s := range lab.Steps {
			if seen[s.ID] || s.Title == "" || len(s.Parts) == 0 {
				t.Errorf("step %d is not whole: %+v", i, s)
			}
			if seen[s.ID] = true; !s.Read() && len(s.Do) == 0 {
				t.Errorf("step %d cannot be shown", i)
			}
		}
		if len(lab.Steps) == 0 || lab.ID == "" {
			t.Errorf("not whole: %+v", lab)
		}
	})
}
