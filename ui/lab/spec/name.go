package spec

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/lab/check"
)

// Name is a resource whose name is the learner's choice.
type Name struct {
	Kind    string `yaml:"kind"`    // of the table of NameKinds
	Like    string `yaml:"like"`    // the names that fit; * stands for any characters
	Except  string `yaml:"except"`  // of these, those that don't
	Default string `yaml:"default"` // what the lab says until there is one; # is a random digit
	Sandbox string `yaml:"sandbox"` // of what a sandbox has ready-made, its name there; the lab makes it in an account
}

// NameKind is a row of the table of kinds of resources that can be named.
type NameKind struct{ Kind, Help string }

// NameKinds is that table.
func NameKinds() []NameKind {
	return []NameKind{
		{"s3:bucket", "a bucket of the learner's"},
		{"lambda:function", "a function"},
		{"dynamodb:table", "a table"},
	}
}

// Fits reports whether a resource of this name can be the one meant.
func (n Name) Fits(name string) bool {
	return plain.MatchString(name) && check.Like(n.Like, name) && (n.Except == "" || !check.Like(n.Except, name))
}

// Suggest is the default, its digits by digit, which is called for each of them.
func (n Name) Suggest(digit func() int) string {
	var b strings.Builder
	for _, r := range n.Default {
		if r == '#' {
			r = '0' + rune(digit()%10)
		}
		b.WriteRune(r)
	}
	return b.String()
}

var (
	// plain is what a name may be of, so that it means nothing else wherever it
	// stands in a lab.
	plain = regexp.MustCompile(`^[A-Za-z0-9._-]{1,128}$`)
	// reference is {name}, or {{name}} for the braces themselves.
	reference = regexp.MustCompile(`\{\{[a-z][a-z0-9-]*\}\}|\{[a-z][a-z0-9-]*\}`)
)

// With is the lab with other values in the place of its names; those that are
// not given, or are no plain names, are the defaults. It is the same lab when
// the values are.
func (l *Lab) With(values map[string]string) *Lab {
	if maps.Equal(l.values, resolve(l.Names, l.kind, values)) {
		return l
	}
	named, faults := parse(l.File, []byte(l.text), l.kind, values)
	if len(faults) > 0 { // a lab that could be read once can be read with any plain names
		return l
	}
	return named
}

// resolve gives every name a value.
func resolve(names map[string]Name, kind aws.Kind, values map[string]string) map[string]string {
	resolved := make(map[string]string, len(names))
	for id, name := range names {
		if name.Sandbox != "" && kind != aws.Account {
			resolved[id] = name.Sandbox
		} else if resolved[id] = values[id]; !plain.MatchString(resolved[id]) {
			resolved[id] = name.Suggest(func() int { return 0 })
		}
	}
	return resolved
}

// fill puts the values of the names into the text, from a line on.
func (p *parser) fill(from int, values map[string]string) {
	resolved := resolve(p.lab.Names, p.lab.kind, values)
	p.lab.values = resolved
	for _, id := range slices.Sorted(maps.Keys(resolved)) {
		if message := p.lab.Names[id].fault(id); message != "" {
			p.fault(1, "the name %q %s", id, message)
		}
	}
	for i := from; i < len(p.lines); i++ {
		p.lines[i] = p.filled(i+1, p.lines[i])
	}
}

// filled is the text of a line with the values in the place of the names.
func (p *parser) filled(line int, text string) string {
	return reference.ReplaceAllStringFunc(text, func(found string) string {
		if strings.HasPrefix(found, "{{") {
			return found[1 : len(found)-1]
		}
		value, ok := p.lab.values[found[1:len(found)-1]]
		if !ok {
			known := slices.Sorted(maps.Keys(p.lab.values))
			p.fault(line, "there is no name %s; the description's names are [%s], and {%s} stands for the braces", found, strings.Join(known, ", "), found)
			return found
		}
		return value
	})
}

// fault says what is wrong with a name; "" for nothing.
func (n Name) fault(id string) string {
	kinds := make([]string, 0, len(NameKinds()))
	for _, k := range NameKinds() {
		kinds = append(kinds, k.Kind)
	}
	example := n.Suggest(func() int { return 0 })
	switch {
	case !identifier.MatchString(id) || id[0] < 'a':
		return "is not of small letters, digits and hyphens, a letter first"
	case !slices.Contains(kinds, n.Kind):
		return fmt.Sprintf("is of the kind %q; there are %s", n.Kind, strings.Join(kinds, ", "))
	case !n.Fits(example):
		return fmt.Sprintf("has the default %q, which is not like %q, or no plain name", example, n.Like)
	case n.Sandbox != "" && !plain.MatchString(n.Sandbox):
		return fmt.Sprintf("is %q in a sandbox, which is no plain name", n.Sandbox)
	}
	return ""
}
