package lab_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"awslab/ui/drive"
	"awslab/ui/lab/check"
	"awslab/ui/lab/spec"
)

// tables are the parts of the authors' guide that come from the tables in code.
func tables() map[string]string {
	var fields, kinds, needs, codes, blocks, functions, verbs, causes strings.Builder
	fmt.Fprint(&fields, "|field|needed|what it says|\n|-|-|-|\n")
	for _, f := range spec.Fields() {
		fmt.Fprintf(&fields, "|`%s`|%s|%s|\n", f.Name, map[bool]string{true: "yes"}[f.Required], f.Help)
	}
	fmt.Fprint(&kinds, "|kind|meaning|\n|-|-|\n")
	for _, k := range spec.NameKinds() {
		fmt.Fprintf(&kinds, "|`%s`|%s|\n", k.Kind, k.Help)
	}
	fmt.Fprint(&needs, "|field|what it says|\n|-|-|\n")
	for _, f := range spec.NeedFields() {
		fmt.Fprintf(&needs, "|`%s`|%s|\n", f.Name, f.Help)
	}
	fmt.Fprint(&codes, "|name|what it is|\n|-|-|\n")
	for _, g := range spec.Givens() {
		fmt.Fprintf(&codes, "|`%s`|%s|\n", g.Name, g.Help)
	}
	fmt.Fprint(&blocks, "|block|what is in it|\n|-|-|\n")
	for _, b := range spec.Blocks() {
		fmt.Fprintf(&blocks, "|`%s`|%s|\n", b.Kind, b.Help)
	}
	for _, f := range check.Functions() {
		fmt.Fprintf(&functions, "- `%s`\n  %s\n\n  ```\n  %s\n  ```\n", f.Signature, f.Help, f.Example)
	}
	for _, v := range drive.Verbs() {
		fmt.Fprintf(&verbs, "- `%s`\n  %s\n\n  ```\n  %s\n  ```\n", v.Usage, v.Help, v.Example)
	}
	fmt.Fprint(&causes, "|cause|meaning|\n|-|-|\n")
	for _, c := range check.Causes() {
		fmt.Fprintf(&causes, "|`%s`|%s|\n", c.Cause, c.Help)
	}
	return map[string]string{
		"fields": fields.String(), "kinds": kinds.String(), "needs": needs.String(), "codes": codes.String(), "blocks": blocks.String(), "functions": functions.String(),
		"verbs": verbs.String(), "causes": causes.String(),
	}
}

const readme = "labs/README.md"

// TestAuthorsGuideIsComplete holds the guide for authors to the tables in code.
// With AWSLAB_WRITE_README=1 it writes them into the file instead.
func TestAuthorsGuideIsComplete(t *testing.T) { // not parallel: it may write what others read
	body, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	text := string(body)
	for name, want := range tables() {
		start := "<!-- " + name + " -->\n"
		before, rest, ok := strings.Cut(text, start)
		got, after, closed := strings.Cut(rest, "<!-- end -->")
		if !ok || !closed {
			t.Fatalf("%s has no place for the table of %s", readme, name)
		}
		if got != want && os.Getenv("AWSLAB_WRITE_README") == "" {
			t.Errorf("the table of %s is not that of the code; AWSLAB_WRITE_README=1 go test ./ui/lab writes it", name)
		}
		text = before + start + want + "<!-- end -->" + after
	}
	if os.Getenv("AWSLAB_WRITE_README") != "" {
		if err := os.WriteFile(readme, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAuthorsGuideExample proves that the step shown to authors is a step.
func TestAuthorsGuideExample(t *testing.T) {
	t.Parallel()
	body, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(body), "````\n")
	step, _, ok := strings.Cut(rest, "````\n")
	front, _, _ := strings.Cut(musicLab, "## ")
	l, err := spec.Parse("README.md", []byte(front+"## First\nText.\n"+step+"## Last\nText.\n"))
	if err != nil || !ok || l.Steps[1].ID != "query" || len(l.Steps[1].Slips) != 1 {
		t.Errorf("%+v, %v", l, err)
	}
}
