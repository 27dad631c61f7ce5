package spec

import (
	"errors"
	"fmt"
	"slices"
)

// Fault is one thing wrong in a lab file.
type Fault struct {
	File    string
	Line    int
	Message string
}

// Error gives the place and what is wrong there.
func (f *Fault) Error() string { return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Message) }

func (p *parser) fault(line int, format string, args ...any) {
	p.faults = append(p.faults, &Fault{p.lab.File, line, fmt.Sprintf(format, args...)})
}

// unless is the lab, unless there are faults.
func (l *Lab) unless(faults []*Fault) (*Lab, error) {
	if len(faults) == 0 {
		return l, nil
	}
	slices.SortStableFunc(faults, func(a, b *Fault) int { return a.Line - b.Line })
	all := make([]error, len(faults))
	for i, f := range faults {
		all[i] = f
	}
	return nil, errors.Join(all...)
}
