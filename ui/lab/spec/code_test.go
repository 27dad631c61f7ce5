package spec_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"awslab/faq"
	"awslab/ui/lab/spec"
)

// coded is a lab whose step gives code: of its own, and by name.
const coded = head + "## A\nText.\n## B\nText.\n```do\npaste \"x\" own.js\npaste \"y\" index.mjs\n```\n" +
	"```code index.mjs from faq\n```\n```code own.js\nlet a = [1](s3://b/k);\n\nlet b;\n```\n```check\nnoTable(\"A\")\n```\n## C\nText.\n"

func TestCodeThatAStepGives(t *testing.T) {
	t.Parallel()
	lab, err := spec.Parse("lab.md", []byte(coded))
	if err != nil {
		t.Fatal(err)
	}
	step := lab.Steps[1]
	const own = "let a = [1](s3://b/k);\n\nlet b;\n"
	if got, ok := step.Code("own.js"); !ok || got != own {
		t.Errorf("own.js is %q", got)
	}
	if got, ok := step.Code("index.mjs"); !ok || got != faq.Source(faq.Modern) {
		t.Errorf("index.mjs is %.40q", got)
	}
	if _, ok := step.Code("other.js"); ok || len(step.Links) > 0 {
		t.Errorf("other.js is given, or code has links: %v", step.Links)
	}
	if want := []string{"x", own}; !slices.Equal(step.Do[0].Args, want) || step.Do[1].Args[1] != faq.Source(faq.Modern) || step.Do[0].Text != `paste "x" own.js` {
		t.Errorf("the script pastes %.60q and %.60q", step.Do[0].Args, step.Do[1].Args)
	}
	for _, g := range spec.Givens() {
		named := strings.Replace(coded, "from faq", "from "+g.Name, 1)
		if lab, err = spec.Parse("lab.md", []byte(named)); err != nil || !slices.ContainsFunc(lab.Steps[1].Parts, func(p spec.Part) bool {
			return p.File == "index.mjs" && strings.Contains(p.Text, "handler")
		}) {
			t.Errorf("%s: %v", g.Name, err)
		}
	}
}

func TestFaultyCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ old, new, tells string }{
		{"paste \"x\" own.js", "paste \"x\" other.js", `lab.md:19: do: there is no code "other.js" to paste in this step`},
		{"from faq", "from fax", `lab.md:22: there is no code "fax" to give; there are faq, faq-classic, faq-malformed`},
		{"from faq", "of faq", "a code block is `code FILE` or `code FILE from NAME`"},
		{"code index.mjs from faq", "code", "a code block is `code FILE`"},
		{"from faq\n", "from faq\nlet a;\n", "not both"},
		{"code own.js\n", "code index.mjs\n", "the step gives the code of index.mjs already"},
		{"let a = [1](s3://b/k);\n\nlet b;\n", "\n", "the code block is empty"},
		{"let b;", strings.Repeat("x", spec.MaxCode), "longer than 65536 bytes"},
	} {
		_, err := spec.Parse("lab.md", []byte(strings.Replace(coded, c.old, c.new, 1)))
		var fault *spec.Fault
		if !errors.As(err, &fault) || !strings.Contains(err.Error(), c.tells) {
			t.Errorf("%s for %s: %v; want it to tell %q", c.new, c.old, err, c.tells)
		}
	}
}
