package lab

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"
	"sync"

	"awslab/ui/drive/spelling"
	"awslab/ui/lab/spec"
)

//go:embed labs/*.md
var embedded embed.FS

// guideFile is the file in the labs folder that is no lab.
const guideFile = "README.md"

// Library is the labs that can be done: those that are built in, and files that
// were asked for. It belongs to one goroutine.
type Library struct{ labs []*spec.Lab }

// Embedded is a library of the labs that are built in. It fails only if one of
// them is faulty, which a test would meet before any user.
func Embedded() (*Library, error) {
	entries, err := embedded.ReadDir("labs")
	if err != nil {
		return nil, err
	}
	parsed, errs := make([]*spec.Lab, len(entries)), make([]error, len(entries))
	var all sync.WaitGroup // the console starts with this: read them side by side
	for i, e := range entries {
		if e.Name() == guideFile {
			continue
		}
		all.Go(func() {
			var source []byte
			if source, errs[i] = embedded.ReadFile(path.Join("labs", e.Name())); errs[i] == nil {
				parsed[i], errs[i] = spec.ParseSandbox(e.Name(), source)
			}
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	l := &Library{}
	for _, lab := range parsed {
		if lab != nil {
			l.add(lab)
		}
	}
	return l, nil
}

// NewLibrary is a library of the given labs.
func NewLibrary(labs ...*spec.Lab) *Library {
	l := &Library{}
	for _, lab := range labs {
		l.add(lab)
	}
	return l
}

// All lists the labs by their numbers.
func (l *Library) All() []*spec.Lab { return slices.Clone(l.labs) }

// ByID finds a lab; nil when there is none of the ID.
func (l *Library) ByID(id string) *spec.Lab {
	for _, lab := range l.labs {
		if lab.ID == id {
			return lab
		}
	}
	return nil
}

// ErrNoLab is a name that no lab has.
var ErrNoLab = errors.New("no such lab")

// Find finds a lab by its ID, or reads it from a file and takes it into the
// library, in the place of one of the same ID.
func (l *Library) Find(name string) (*spec.Lab, error) {
	if lab := l.ByID(name); lab != nil {
		return lab, nil
	}
	if !strings.HasSuffix(name, ".md") && !strings.ContainsAny(name, `/\`) {
		return nil, l.unknown(name)
	}
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the lab: %w", err)
	case info.Size() > spec.MaxSize || info.IsDir():
		return nil, fmt.Errorf("read the lab: %s is no lab file", name)
	}
	source, err := os.ReadFile(name) // #nosec G304 -- the file is the user's choice
	if err != nil {
		return nil, fmt.Errorf("read the lab: %w", err)
	}
	lab, err := spec.Parse(name, source)
	if err != nil {
		return nil, err
	}
	l.add(lab)
	return lab, nil
}

func (l *Library) unknown(name string) error {
	ids := make([]string, 0, len(l.labs))
	for _, lab := range l.labs {
		ids = append(ids, lab.ID)
	}
	if near, ok := spelling.Nearest(name, ids); ok {
		return fmt.Errorf("%w: %q; did you mean %s?", ErrNoLab, name, near)
	}
	return fmt.Errorf("%w: %q; there are %s, and files that end in .md", ErrNoLab, name, strings.Join(ids, ", "))
}

func (l *Library) add(lab *spec.Lab) {
	l.labs = slices.DeleteFunc(l.labs, func(old *spec.Lab) bool { return old.ID == lab.ID })
	l.labs = append(l.labs, lab)
	slices.SortStableFunc(l.labs, func(a, b *spec.Lab) int { return cmp.Compare(a.Number, b.Number) })
}
