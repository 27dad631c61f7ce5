package lambda

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

// functionsBucket holds the functions: name → record, as JSON.
const functionsBucket = "lambda/functions"

// settings are what a function runs by; changing any of them starts fresh
// execution environments.
type settings struct {
	Revision      string // a UUID, another with each change
	Runtime       aws.Runtime
	Role          string
	Handler       string
	Code          string // base64 SHA-256 of the zip file
	CodeSize      int64  // bytes of the zip file
	Timeout       int    // seconds
	Memory        int    // MB
	Storage       int    // MB
	Architectures []string
	Variables     map[string]string `json:",omitempty"`
	HasVariables  bool              `json:",omitempty"` // an Environment was given, be it empty
}

// record is what is stored of a function.
type record struct {
	Name        string
	Description string            `json:",omitempty"`
	Tags        map[string]string `json:",omitempty"`
	// Tagged is the revision that a change of the tags made, if it is the last one:
	// the function runs on as it did.
	Tagged   string `json:",omitempty"`
	Modified time.Time
	// Settings are those last asked for. Until Until, the function is Pending
	// when there is nothing Before, else it is being updated, and runs by what
	// was before.
	Settings settings
	Before   *settings `json:",omitempty"`
	Until    time.Time

	Policy         []statement        `json:",omitempty"`
	PolicyRevision string             `json:",omitempty"`
	Reserved       aws.Option[int]    `json:",omitzero"` // concurrency
	Events         *eventInvokeConfig `json:",omitempty"`
	Recursion      string             `json:",omitempty"`
}

// function is a record as read, with the bytes it was read from. It is never
// changed: a change makes a record anew.
type function struct {
	record
	raw []byte
	// rules is the resource policy as what decides, read at the first question.
	rules func() (policy.Document, error)
}

// revision is that of the last change.
func (r *record) revision() string { return cmp.Or(r.Tagged, r.Settings.Revision) }

// busy reports whether the function is being made or changed.
func (r *record) busy(now time.Time) bool { return now.Before(r.Until) }

func (r *record) pending(now time.Time) bool { return r.Before == nil && r.busy(now) }

// effective are the settings that invocations run by.
func (r *record) effective(now time.Time) settings {
	if r.Before != nil && r.busy(now) {
		return *r.Before
	}
	return r.Settings
}

// function reads a function; nil when there is none.
func (s *Service) function(r *store.Reader, name string) (*function, error) {
	raw := r.Get(functionsBucket, []byte(name))
	if raw == nil {
		return nil, nil
	}
	return s.decode(name, raw)
}

// decode makes a function of a stored record. The one read last is kept by
// name, and serves as long as the stored bytes are the same.
func (s *Service) decode(name string, raw []byte) (*function, error) {
	kept, _ := s.decoded.Load(name)
	if f, ok := kept.(*function); ok && bytes.Equal(f.raw, raw) {
		return f, nil
	}
	f := &function{raw: bytes.Clone(raw)}
	if err := json.Unmarshal(f.raw, &f.record); err != nil {
		return nil, fmt.Errorf("the record of function %s: %w", name, err)
	}
	f.rules = sync.OnceValues(f.record.rules)
	s.decoded.Store(name, f)
	return f, nil
}

// save stages a record.
func save(w *store.Writer, r *record) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("the record of function %s: %w", r.Name, err)
	}
	w.Put(functionsBucket, []byte(r.Name), raw)
	return nil
}

// known finds the function that a reference names; only $LATEST is there.
func (s *Service) known(r *store.Reader, ref reference, full bool) (*function, error) {
	f, err := s.function(r, ref.name)
	if err != nil {
		return nil, err
	}
	if f == nil || ref.foreign != "" || ref.qualifier != "" && ref.qualifier != latest {
		return nil, s.missing(ref, full)
	}
	return f, nil
}

// each calls do with every function, in order of their names, until it is false.
func (s *Service) each(r *store.Reader, from string, do func(*function) bool) error {
	c := r.Cursor(functionsBucket)
	for key, raw := c.Seek([]byte(from)); key != nil; key, raw = c.Next() {
		f, err := s.decode(string(key), raw)
		if err != nil {
			return err
		}
		if !do(f) {
			return nil
		}
	}
	return nil
}

// find reads the function that a request names.
func (s *Service) find(name, qualifier string, full bool) (f *function, err error) {
	ref, err := s.refer(name, qualifier)
	if err != nil {
		return nil, err
	}
	err = s.store.View(func(r *store.Reader) error {
		f, err = s.known(r, ref, full)
		return err
	})
	return f, err
}

// change changes the record of the function that a request names.
func (s *Service) change(name string, do func(*store.Reader, *record) error) error {
	ref, err := s.refer(name, "")
	if err != nil {
		return err
	}
	return s.store.Update(func(w *store.Writer) error {
		f, err := s.known(&w.Reader, ref, false)
		if err != nil {
			return err
		}
		r := f.record
		if err := do(&w.Reader, &r); err != nil {
			return err
		}
		return save(w, &r)
	})
}
