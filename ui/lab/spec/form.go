package spec

import (
	"regexp"
	"strings"

	"awslab/aws"
)

// What a lab says on one kind of Cloud only stands between two comments, which a
// reader of Markdown does not see: <!-- on account --> and <!-- end -->.
const (
	marker = "<!-- on "
	ending = "<!-- end -->"
)

var onKind = regexp.MustCompile(`^<!-- on (\S*) -->$`)

// forms are the kinds of Cloud by their names in lab files.
var forms = map[string]aws.Kind{"sandbox": aws.Sandbox, "account": aws.Account}

// On is the lab in its form for a kind of Cloud. It is read when it is first asked
// for.
func (l *Lab) On(kind aws.Kind) *Lab {
	if (kind == aws.Account) == (l.kind == aws.Account) {
		return l
	}
	return l.other()
}

// Makes reports whether the lab makes the resource of a name: in a sandbox, some
// are there.
func (l *Lab) Makes(name string) bool { return l.Names[name].Sandbox == "" || l.kind == aws.Account }

// varies reports whether the lab differs between the kinds of Cloud.
func (l *Lab) varies() bool {
	for _, name := range l.Names {
		if name.Sandbox != "" {
			return true
		}
	}
	return strings.Contains(l.text, marker)
}

// turned reads the lab's form for the other kind.
func (l *Lab) turned() *Lab {
	kind := aws.Account
	if l.kind == aws.Account {
		kind = aws.Sandbox
	}
	other, faults := parse(l.File, []byte(l.text), kind, l.given)
	if len(faults) > 0 { // Parse has read both
		return l
	}
	return other
}

// choose empties, from a line on, the lines that are for the other kind, so that
// those that stay keep their numbers.
func (p *parser) choose(from int) {
	opened, keep := 0, true
	for i := from; i < len(p.lines); i++ {
		line := p.lines[i]
		parts := onKind.FindStringSubmatch(line)
		switch {
		case parts != nil:
			kind, known := forms[parts[1]]
			if !known {
				p.fault(i+1, "there is no %q to be on: there are sandbox and account", parts[1])
			}
			opened, keep = i+1, kind == p.lab.kind
		case line == ending && opened == 0:
			p.fault(i+1, "nothing ends here: there is no <!-- on … --> before it")
		case line == ending:
			opened, keep = 0, true
		case keep:
			continue
		}
		p.lines[i] = ""
	}
	if opened > 0 {
		p.fault(opened, "what begins here does not end: there is no %s", ending)
	}
}
