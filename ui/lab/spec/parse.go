package spec

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"awslab/aws"
	"awslab/ui/drive"
	"awslab/ui/drive/spelling"
	"awslab/ui/lab/check"

	"gopkg.in/yaml.v3"
)

// MaxSize is how large a lab file may be, in bytes.
const MaxSize = 1 << 20

// Parse reads a lab file. The error joins all its faults, each a *Fault, in the
// order of their lines.
//
// The lab is in its form for a sandbox; On gives the other one.
func Parse(file string, source []byte) (*Lab, error) {
	lab, faults := parse(file, source, aws.Sandbox, nil)
	if lab.varies() {
		_, more := parse(file, source, aws.Account, nil)
		faults = append(faults, slices.DeleteFunc(more, func(f *Fault) bool {
			return slices.ContainsFunc(faults, func(g *Fault) bool { return *f == *g })
		})...)
	}
	return lab.unless(faults)
}

// ParseSandbox is Parse for a lab whose form for an account is known to be good: it
// is not read before On asks for it.
func ParseSandbox(file string, source []byte) (*Lab, error) {
	lab, faults := parse(file, source, aws.Sandbox, nil)
	return lab.unless(faults)
}

// parse reads a lab file in its form for a kind of Cloud, in which the names stand
// for the values.
func parse(file string, source []byte, kind aws.Kind, values map[string]string) (*Lab, []*Fault) {
	p := &parser{lab: &Lab{File: file, kind: kind, given: values}}
	switch {
	case len(source) > MaxSize:
		p.fault(1, "the file is larger than %d bytes", MaxSize)
	case !utf8.Valid(source):
		p.fault(1, "the file is not UTF-8 text")
	default:
		p.lab.text = strings.ReplaceAll(string(source), "\r\n", "\n")
		p.lines = strings.Split(p.lab.text, "\n")
		body := p.frontMatter()
		p.choose(body)
		p.fill(body, values)
		p.needs()
		p.body(body)
		p.steps()
	}
	p.lab.other = sync.OnceValue(p.lab.turned)
	return p.lab, p.faults
}

type parser struct {
	lab    *Lab
	lines  []string
	prose  []string // the prose gathered since the last block
	faults []*Fault
}

// frontMatter reads the YAML between the two --- lines, and returns the index of
// the line after it.
func (p *parser) frontMatter() int {
	end := -1
	if p.lines[0] == "---" {
		end = slices.Index(p.lines[1:], "---")
	}
	if end < 0 {
		p.fault(1, "a lab starts with its description between two lines of ---")
		return 0
	}
	decoder := yaml.NewDecoder(bytes.NewBufferString(strings.Join(p.lines[1:end+1], "\n")))
	decoder.KnownFields(true)
	if err := decoder.Decode(p.lab); err != nil {
		p.yamlFaults(err)
		return end + 2
	}
	given := map[string]bool{
		"id": p.lab.ID != "", "title": p.lab.Title != "", "topic": p.lab.Topic != "", "summary": p.lab.Summary != "",
		"service": p.lab.Service != "", "minutes": p.lab.Minutes > 0,
	}
	for _, f := range Fields() {
		if f.Required && !given[f.Name] {
			p.fault(1, "the description has no %s", f.Name)
		}
	}
	if p.lab.ID != "" && !identifier.MatchString(p.lab.ID) {
		p.fault(1, "the id %q is not of small letters, digits and hyphens", p.lab.ID)
	}
	return end + 2
}

var (
	identifier = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	yamlLine   = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)
	heading    = regexp.MustCompile(`^##[ \t]+(.*?)[ \t]*(?:\{([^{}]*)\})?[ \t]*$`)
	link       = regexp.MustCompile(`\[([^\[\]]+)\]\((s3://[a-z0-9.-]+/[^()\s]+|https?://[^()\s]+)\)`)
	fence      = regexp.MustCompile("^ {0,3}(```+|~~~+)[ \t]*([^`]*?)[ \t]*$")
)

// yamlFaults tells what YAML tells, with the file's lines.
func (p *parser) yamlFaults(err error) {
	messages := []string{err.Error()}
	var several *yaml.TypeError
	if errors.As(err, &several) {
		messages = several.Errors
	}
	for _, m := range messages {
		line := 1
		if parts := yamlLine.FindStringSubmatch(m); parts != nil {
			if n, err := strconv.Atoi(parts[1]); err == nil {
				line, m = n+1, parts[2]
			}
		}
		p.fault(line, "%s", strings.TrimSuffix(strings.ReplaceAll(m, " not found in type spec.Lab", " is not known"), "\n"))
	}
}

// body reads the steps from a line on.
func (p *parser) body(from int) {
	for i := from; i < len(p.lines); i++ {
		line := p.lines[i]
		if parts := fence.FindStringSubmatch(line); parts != nil {
			i = p.block(i, parts[1], parts[2])
			continue
		}
		switch parts := heading.FindStringSubmatch(line); {
		case parts != nil:
			p.flush()
			p.step(i+1, parts[1], parts[2])
		case strings.HasPrefix(line, "# "):
			p.fault(i+1, "a step starts with ##; the lab's title is in its description")
		case len(p.lab.Steps) == 0 && strings.TrimSpace(line) != "":
			p.fault(i+1, "text before the first step: start it with ## and a title")
			p.lab.Steps = append(p.lab.Steps, Step{ID: "?", Line: i + 1}) // told once
		default:
			p.prose = append(p.prose, line)
		}
	}
	p.flush()
}

// step starts a step. What stands in braces after the title is its ID (#id).
func (p *parser) step(line int, title, braces string) {
	step := Step{Title: title, Line: line, ID: slug(title)}
	for _, word := range strings.Fields(braces) {
		id, ok := strings.CutPrefix(word, "#")
		if !ok || !identifier.MatchString(id) {
			p.fault(line, "%q after a title is not an ID, as {#create-table}", word)
			continue
		}
		step.ID = id
	}
	switch {
	case title == "":
		p.fault(line, "the step has no title")
	case step.ID == "":
		p.fault(line, "the title has no letters to make an ID of: give it one, as {#create-table}")
	}
	if i := p.lab.Step(step.ID); i >= 0 {
		p.fault(line, "the step ID %q is that of line %d, too: give one of them another, as {#other}", step.ID, p.lab.Steps[i].Line)
	}
	p.lab.Steps = append(p.lab.Steps, step)
}

// slug makes an ID of a title.
func slug(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	return strings.Join(words, "-")
}

// flush makes a part of the prose gathered.
func (p *parser) flush() {
	text := strings.Trim(strings.Join(p.prose, "\n"), "\n")
	p.prose = nil
	if strings.TrimSpace(text) != "" {
		p.add(Part{Kind: KindProse, Text: text})
	}
}

func (p *parser) add(part Part) {
	step := p.current()
	if step == nil {
		return
	}
	step.Parts = append(step.Parts, part)
	for _, found := range link.FindAllStringSubmatch(part.Text, -1) {
		l := Link{Label: found[1], URL: found[2]}
		if uri, isObject := strings.CutPrefix(l.URL, "s3://"); isObject {
			l.URL = ""
			l.Bucket, l.Key, _ = strings.Cut(uri, "/")
		}
		step.Links = append(step.Links, l)
	}
}

func (p *parser) current() *Step {
	if len(p.lab.Steps) == 0 {
		return nil
	}
	return &p.lab.Steps[len(p.lab.Steps)-1]
}

// block reads a fenced block that opens at a line, and returns the index of its
// last line.
func (p *parser) block(at int, marks, info string) int {
	end := at + 1
	for end < len(p.lines) && !closes(p.lines[end], marks) {
		end++
	}
	if end == len(p.lines) {
		p.fault(at+1, "the block is not closed")
		end--
	}
	name, rest, _ := strings.Cut(info, " ")
	content := p.lines[at+1 : max(end, at+1)]
	switch {
	case slices.Contains(samples, name):
		p.prose = append(p.prose, p.lines[at:min(end+1, len(p.lines))]...)
	case p.current() == nil:
		p.fault(at+1, "a block before the first step: start it with ## and a title")
	default:
		p.flush()
		p.known(p.current(), at+1, Kind(name), strings.TrimSpace(rest), content)
	}
	return end
}

// closes reports whether a line closes the fence that opened with marks.
func closes(line, marks string) bool {
	line = strings.TrimSpace(line)
	return len(line) >= len(marks) && strings.Trim(line, marks[:1]) == ""
}

// known takes a block of the table in.
func (p *parser) known(step *Step, line int, kind Kind, argument string, content []string) {
	text := strings.Trim(strings.Join(content, "\n"), "\n")
	if kind == KindCode {
		p.code(step, line, argument, text)
		return
	}
	if strings.TrimSpace(text) == "" {
		p.fault(line, "the %s block is empty", kind)
		return
	}
	if argument != "" && kind != KindSlip {
		p.fault(line, "a %s block takes no argument, but has %q", kind, argument)
	}
	switch kind {
	case KindCheck:
		p.checks(step, line+1, content)
	case KindDo:
		p.do(step, line, content)
	case KindHint:
		step.Hints = append(step.Hints, text)
	case KindWhy, KindNote:
		step.Parts = append(step.Parts, Part{Kind: kind, Text: text})
	case KindSlip:
		p.slip(step, line, argument, text)
	default:
		p.unknown(line, string(kind))
	}
}

func (p *parser) unknown(line int, name string) {
	known := make([]string, 0, len(Blocks()))
	for _, b := range Blocks() {
		known = append(known, string(b.Kind))
	}
	help := "there are " + strings.Join(known, ", ") + "; code to show is text, json, sh, …"
	if near, ok := spelling.Nearest(name, append(known, samples[1:]...)); ok {
		help = fmt.Sprintf("did you mean %s?", near)
	}
	p.fault(line, "unknown block %q: %s", name, help)
}

// checks compiles the lines of a check block.
func (p *parser) checks(step *Step, first int, content []string) {
	var sources []string
	var lines []int
	for i, line := range content {
		trimmed := strings.TrimSpace(line)
		switch {
		case trimmed == "" || strings.HasPrefix(trimmed, "#"):
		case len(sources) > 0 && line != strings.TrimLeft(line, " \t"):
			sources[len(sources)-1] += " " + trimmed
		default:
			sources, lines = append(sources, trimmed), append(lines, first+i)
		}
	}
	for i, source := range sources {
		compiled, err := check.Compile(source)
		if err != nil {
			p.fault(lines[i], "check: %s", strings.Join(strings.Fields(err.Error()), " "))
			continue
		}
		step.Checks = append(step.Checks, Check{compiled, lines[i]})
	}
	if len(sources) == 0 {
		p.fault(first-1, "the check block is empty")
	}
}

// do parses a do block.
func (p *parser) do(step *Step, line int, content []string) {
	if step.Do != nil {
		p.fault(line, "the step has a do block already; a step has one")
		return
	}
	script, err := drive.Parse(strings.Join(content, "\n"))
	for _, fault := range faultsOf(err) {
		p.fault(line+fault.Line, "do: %s", fault.Message)
	}
	if err == nil && len(script) == 0 {
		p.fault(line, "the do block is empty")
	}
	step.Do, step.doLine = script, line
}

// faultsOf takes the faults of a script out of the error that joins them.
func faultsOf(err error) []*drive.SyntaxError {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	var out []*drive.SyntaxError
	for _, e := range joined.Unwrap() {
		var fault *drive.SyntaxError
		if errors.As(e, &fault) {
			out = append(out, fault)
		}
	}
	return out
}

func (p *parser) slip(step *Step, line int, cause, text string) {
	known := make([]string, 0, len(check.Causes()))
	for _, c := range check.Causes() {
		known = append(known, string(c.Cause))
	}
	if !slices.Contains(known, cause) {
		p.fault(line, "a slip names a cause of a failed check, not %q; there are %s", cause, strings.Join(known, ", "))
		return
	}
	step.Slips = append(step.Slips, Slip{check.Cause(cause), text})
}

// steps holds the lab to what a lab needs: a check in each step but the first
// and the last, which may be only read, and something to play for each check.
func (p *parser) steps() {
	if len(p.lab.Steps) == 0 {
		p.fault(len(p.lines), "the lab has no steps: start one with ## and a title")
	}
	for i := range p.lab.Steps {
		p.give(&p.lab.Steps[i])
	}
	for i, s := range p.lab.Steps {
		edge := i == 0 || i == len(p.lab.Steps)-1
		switch {
		case s.Title == "":
		case s.Read() && !edge && !p.faultIn(i):
			p.fault(s.Line, "the step has no check; only the first and the last step may be without")
		case !s.Read() && s.Do == nil:
			p.fault(s.Line, "the step has a check but no do block that shows how to pass it")
		case len(s.Parts) == 0:
			p.fault(s.Line, "the step has no text")
		}
	}
}

// faultIn reports whether a step has a fault already, which may be why it has
// no check.
func (p *parser) faultIn(step int) bool {
	from, to := p.lab.Steps[step].Line, len(p.lines)+1
	if step+1 < len(p.lab.Steps) {
		to = p.lab.Steps[step+1].Line
	}
	return slices.ContainsFunc(p.faults, func(f *Fault) bool { return f.Line >= from && f.Line < to })
}
