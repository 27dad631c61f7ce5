package spec

import (
	"slices"
	"strings"

	"awslab/faq"
)

// MaxCode is how long code that a lab gives may be, in bytes: as long as what a
// script can see to have been pasted.
const MaxCode = 1 << 16

// Given is a row of the table of code that labs can give by its name, without
// its text being in the lab's file.
type Given struct {
	Name, Help string
	text       func() string
}

// Givens is that table.
func Givens() []Given {
	form := func(f faq.Form) func() string { return func() string { return faq.Source(f) } }
	return []Given{
		{"faq", "a Node.js function that answers with a random question and its answer", form(faq.Modern)},
		{"faq-classic", "the same in CommonJS, with `context.succeed`, as it was written for older runtimes", form(faq.Classic)},
		{"faq-malformed", "the same, with an answer that API Gateway takes for malformed", form(faq.Malformed)},
	}
}

// Code is the text of the step's code block for a file; false when there is none.
func (s Step) Code(file string) (string, bool) {
	i := slices.IndexFunc(s.Parts, func(p Part) bool { return p.Kind == KindCode && p.File == file })
	if i < 0 {
		return "", false
	}
	return s.Parts[i].Text, true
}

// code takes a code block in: `code FILE` with the code in it, or `code FILE
// from NAME` of the table, with nothing in it.
func (p *parser) code(step *Step, line int, argument, text string) {
	file, from, named := strings.Cut(argument, " ")
	name, isFrom := strings.CutPrefix(strings.TrimSpace(from), "from ")
	_, twice := step.Code(file)
	blank := strings.TrimSpace(text) == ""
	switch {
	case file == "" || named && !isFrom:
		p.fault(line, "a code block is `code FILE` or `code FILE from NAME`, not %q", "code "+argument)
		return
	case twice:
		p.fault(line, "the step gives the code of %s already", file)
		return
	case named && !blank:
		p.fault(line, "a code block has its text in itself or from a name, not both")
		return
	case named:
		var ok bool
		if text, ok = given(strings.TrimSpace(name)); !ok {
			p.fault(line, "there is no code %q to give; there are %s", strings.TrimSpace(name), strings.Join(givenNames(), ", "))
			return
		}
	case blank:
		p.fault(line, "the code block is empty")
		return
	default:
		text += "\n"
	}
	if len(text) > MaxCode {
		p.fault(line, "the code of %s is longer than %d bytes", file, MaxCode)
	}
	step.Parts = append(step.Parts, Part{KindCode, text, file})
}

func given(name string) (string, bool) {
	for _, g := range Givens() {
		if g.Name == name {
			return g.text(), true
		}
	}
	return "", false
}

func givenNames() []string {
	names := make([]string, 0, len(Givens()))
	for _, g := range Givens() {
		names = append(names, g.Name)
	}
	return names
}

// give puts the code of a step's blocks into its script, wherever in the step
// they stand.
func (p *parser) give(step *Step) {
	script, faults := step.Do.Give(step.Code)
	for _, fault := range faults {
		p.fault(step.doLine+fault.Line, "do: %s in this step", fault.Message)
	}
	step.Do = script
}
