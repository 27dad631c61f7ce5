package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"awslab/ui/file"
	"awslab/ui/lab/spec"
)

// ProgressFile is the name of the store's file in its folder.
const ProgressFile = "labs.json"

// schema is the version of the file's form.
const schema = 1

// Progress is how far a learner is in one lab.
type Progress struct {
	Started time.Time      `json:"started,omitzero"`
	Ended   time.Time      `json:"ended,omitzero"`
	Current string         `json:"current,omitempty"` // the ID of the step that is shown
	Done    map[string]Did `json:"done,omitempty"`    // by step
	Hints   map[string]int `json:"hints,omitempty"`   // how many were shown, by step
	// Names are those that the lab suggests for what the learner names.
	Names map[string]string `json:"names,omitempty"`
	// Resources is what the lab has created, oldest first.
	Resources []Resource `json:"resources,omitempty"`
}

// Did says when a step was done: it stays so when a later step changes what it
// had made.
type Did struct {
	At      time.Time `json:"at"`
	Skipped bool      `json:"skipped,omitempty"` // the console did it, not the learner
}

// state is the file.
type state struct {
	Schema int                  `json:"schema"`
	Active string               `json:"active,omitempty"` // the lab that is being done
	Labs   map[string]*Progress `json:"labs"`
}

// Store keeps the progress in all labs in a folder. Its methods change memory
// only, but for Save and those that say so; it is safe for concurrent use.
type Store struct {
	// Now is the clock; time.Now unless set before use.
	Now func() time.Time
	// Digit is a random digit; set it before use to know the names that labs
	// suggest.
	Digit func() int

	path   string
	frozen bool // what is on disk is not ours to change

	mu    sync.Mutex
	state state

	saved  sync.Mutex // one write at a time; protects what follows
	stored []byte     // what is on disk; nil while it is not known
	closed bool
}

// The reasons why OpenStore starts with no progress.
var (
	// ErrDamaged is a file that cannot be understood; it was set aside.
	ErrDamaged = errors.New("the labs' progress was damaged")
	// ErrNewer is a file of a newer version, which is left as it is.
	ErrNewer = errors.New("the labs' progress was written by a newer awslab")
)

// OpenStore opens the store in a folder. The store can be used even when there
// is an error, which then says why the progress starts anew: ErrDamaged,
// ErrNewer, or that the file cannot be read. In the last two cases nothing is
// saved.
func OpenStore(dir string) (*Store, error) {
	s := &Store{
		Now: time.Now, Digit: anyDigit,
		path: filepath.Join(dir, ProgressFile), state: state{Schema: schema, Labs: make(map[string]*Progress)},
	}
	body, err := os.ReadFile(s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, nil
	case err != nil:
		s.frozen = true
		return s, fmt.Errorf("the labs' progress cannot be read, and is not kept this time: %w", err)
	}
	var read state
	if err := json.Unmarshal(body, &read); err != nil || read.Schema < 1 {
		return s, s.setAside(err)
	}
	if read.Schema > schema {
		s.frozen = true
		return s, fmt.Errorf("%w (%s); it is left as it is, and progress is not kept this time", ErrNewer, s.path)
	}
	for id, p := range read.Labs {
		if p != nil {
			s.state.Labs[id] = p
		}
	}
	s.state.Active, s.stored = read.Active, body
	return s, nil
}

func anyDigit() int { return rand.IntN(10) } // #nosec G404 -- a suggested name is no secret

// setAside renames a damaged file, so that nothing of it is lost.
func (s *Store) setAside(cause error) error {
	aside := s.path + ".damaged"
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		}
		aside = fmt.Sprintf("%s.damaged-%d", s.path, n)
	}
	if err := os.Rename(s.path, aside); err != nil {
		s.frozen = true
		return fmt.Errorf("%w and cannot be set aside: %w", ErrDamaged, err)
	}
	if cause == nil {
		cause = errors.New("it says of no version that it is")
	}
	return fmt.Errorf("%w: %w. The file is now %s, and the labs start anew", ErrDamaged, cause, aside)
}

// Save writes the progress to disk, so that it is either all there or as it was
// before, whatever happens meanwhile.
func (s *Store) Save() error {
	s.saved.Lock()
	defer s.saved.Unlock()
	return s.save()
}

// Close saves what is not saved yet. Nothing is written once it has returned.
func (s *Store) Close() error {
	s.saved.Lock()
	defer s.saved.Unlock()
	var err error
	s.mu.Lock()
	untouched := s.stored == nil && s.state.Active == "" && len(s.state.Labs) == 0
	s.mu.Unlock()
	if !untouched {
		err = s.save()
	}
	s.closed = true
	return err
}

// save writes the progress if it is another than that on disk, with what another
// program has written there; saved is locked.
func (s *Store) save() error {
	if s.frozen || s.closed {
		return nil
	}
	if err := s.join(); err != nil {
		return fmt.Errorf("save the labs' progress: %w", err)
	}
	s.mu.Lock()
	body, err := json.MarshalIndent(s.state, "", "  ")
	s.mu.Unlock()
	body = append(body, '\n')
	if err == nil && bytes.Equal(body, s.stored) {
		return nil
	}
	if err == nil {
		err = file.Replace(s.path, body)
	}
	if err != nil {
		return fmt.Errorf("save the labs' progress: %w", err)
	}
	s.stored = body
	return nil
}

// Active is the lab that is being done; "" for none.
func (s *Store) Active() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.Active
}

// Progress is a copy of the progress in a lab.
func (s *Store) Progress(lab string) Progress {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.state.Labs[lab]
	if p == nil {
		return Progress{}
	}
	out := *p
	out.Done, out.Hints, out.Resources = maps.Clone(p.Done), maps.Clone(p.Hints), slices.Clone(p.Resources)
	out.Names = maps.Clone(p.Names)
	return out
}

// Extent is how much of a lab is done.
type Extent struct {
	Done, Steps int
	Started     bool
	Ended       bool
}

// String tells it: "3 of 11 steps", "11 of 11 steps, ended".
func (e Extent) String() string {
	text := fmt.Sprintf("%d of %d steps", e.Done, e.Steps)
	if e.Ended {
		text += ", ended"
	}
	return text
}

// Of is how much of a lab is done.
func (s *Store) Of(lab *spec.Lab) Extent {
	p := s.Progress(lab.ID)
	e := Extent{Steps: len(lab.Steps), Started: !p.Started.IsZero(), Ended: !p.Ended.IsZero()}
	for _, step := range lab.Steps {
		if _, done := p.Done[step.ID]; done {
			e.Done++
		}
	}
	return e
}

// change changes the progress in a lab.
func (s *Store) change(lab string, f func(*Progress)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.state.Labs[lab]
	if p == nil {
		p = &Progress{}
		s.state.Labs[lab] = p
	}
	f(p)
}

// Begin makes a lab the active one: from its start when it has not been begun
// or has ended, else where it was left. The names that it suggests are chosen
// when it starts, and kept.
func (s *Store) Begin(lab *spec.Lab) {
	s.change(lab.ID, func(p *Progress) {
		s.state.Active = lab.ID
		if p.Started.IsZero() || !p.Ended.IsZero() {
			*p = Progress{Started: s.Now(), Resources: p.Resources}
		}
		for id, name := range lab.Names {
			if p.Names[id] != "" || !lab.Makes(id) {
				continue
			}
			if p.Names == nil {
				p.Names = make(map[string]string)
			}
			p.Names[id] = name.Suggest(s.Digit)
		}
	})
}

// Pass marks a step as done; the first time counts.
func (s *Store) Pass(lab, step string, skipped bool) {
	s.change(lab, func(p *Progress) {
		if _, done := p.Done[step]; done {
			return
		}
		if p.Done == nil {
			p.Done = make(map[string]Did)
		}
		p.Done[step] = Did{At: s.Now(), Skipped: skipped}
	})
}

// Show makes a step the one that is shown.
func (s *Store) Show(lab, step string) { s.change(lab, func(p *Progress) { p.Current = step }) }

// Hint notes how many hints of a step were shown.
func (s *Store) Hint(lab, step string, count int) {
	s.change(lab, func(p *Progress) {
		if p.Hints == nil {
			p.Hints = make(map[string]int)
		}
		p.Hints[step] = count
	})
}

// Reset forgets the progress in a lab, and saves that. What the lab has created
// stays, and stays written down, so that End still finds it.
func (s *Store) Reset(lab string) error {
	s.change(lab, func(p *Progress) {
		*p = Progress{Resources: p.Resources}
		if s.state.Active == lab {
			s.state.Active = ""
		}
	})
	return s.Save()
}

// finish marks a lab as ended.
func (s *Store) finish(lab string) {
	s.change(lab, func(p *Progress) {
		p.Ended = s.Now()
		if s.state.Active == lab {
			s.state.Active = ""
		}
	})
}
