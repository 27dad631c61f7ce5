package lab

import (
	"errors"
	"slices"
	"sync"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
)

// Resource is something that was created while a lab was done.
type Resource struct {
	Kind string `json:"kind"` // of the table of kinds, "dynamodb:table"
	Name string `json:"name"`
	// Identity tells it from a later resource of the same name (a table's ID);
	// "" while it is not known whether the create call went through.
	Identity string    `json:"identity,omitempty"`
	Asked    time.Time `json:"asked"` // when the create call was made

	call uint64 // the trail's ID of that call, in this process
}

// String is "DynamoDB table Music", or "REST API FAQ-API (a1b2c3d4e5)" where the
// name alone does not say which.
func (r Resource) String() string {
	k, ok := kindOf(r.Kind)
	switch {
	case ok && k.recall != nil && r.Identity != "":
		return k.title + " " + r.Name + " (" + r.Identity + ")"
	case ok:
		return k.title + " " + r.Name
	}
	return r.Kind + " " + r.Name
}

// Deleting says what deleting the resource deletes, and in an account, what of it
// costs.
func (r Resource) Deleting(account bool) string {
	text := r.String()
	k, _ := kindOf(r.Kind)
	if k.with != "" {
		text += ", " + k.with
	}
	if account {
		text += costs(k.cost)
	}
	return text
}

// recorder writes down what is created while a lab is active, before the create
// call runs: if the program dies in between, the lab still knows.
type recorder struct {
	store *Store
	stop  func()

	mu  sync.Mutex
	err error // of the last save that failed
}

// record starts to watch a trail.
func record(t *trail.Trail, store *Store) *recorder {
	r := &recorder{store: store}
	r.stop = t.Observe(r.see)
	return r
}

// trouble takes the last failure to save.
func (r *recorder) trouble() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.err
	r.err = nil
	return err
}

func (r *recorder) see(e trail.Event) {
	lab := r.store.Active()
	if lab == "" || e.Origin == trail.OriginGuide {
		return
	}
	saw := false
	for _, k := range kinds() {
		if slices.Contains(k.creates, e.Operation.String()) {
			saw = r.note(lab, k, e) || saw
		}
	}
	if !saw {
		return
	}
	if err := r.store.Save(); err != nil {
		r.mu.Lock()
		r.err = err
		r.mu.Unlock()
	}
}

// note writes down what a call creates, or has created; false when there is
// nothing to change.
func (r *recorder) note(lab string, k kind, e trail.Event) bool {
	switch {
	case !e.Done:
		r.store.created(lab, k, Resource{Kind: k.id, Name: k.name(e.In), Asked: e.Time, call: e.ID})
	case e.Err == nil && k.identity != nil:
		r.store.confirmed(lab, e.ID, k.identity(e.Out))
	case e.Err != nil && refused(e.Err):
		r.store.notCreated(lab, e.ID)
	default: // if it failed, it may have been created after all; End looks
		return false
	}
	return true
}

// refused reports whether a failed call has certainly done nothing.
func refused(err error) bool {
	var e *aws.Error
	return errors.As(err, &e) && !errors.Is(err, aws.ErrUncertain) && (e.Status >= 400 && e.Status < 500 || e.Code == aws.CodeReadOnly || e.Code == aws.CodeNotAllowed)
}

// created writes a resource down. Where its kind cannot tell two of one name
// apart, the first one stands for both.
func (s *Store) created(lab string, k kind, r Resource) {
	s.change(lab, func(p *Progress) {
		same := func(old Resource) bool { return old.Kind == r.Kind && old.Name == r.Name }
		if k.identity == nil && slices.ContainsFunc(p.Resources, same) {
			return
		}
		p.Resources = append(p.Resources, r)
	})
}

func (s *Store) confirmed(lab string, call uint64, identity string) {
	s.change(lab, func(p *Progress) {
		for i := range p.Resources {
			if p.Resources[i].call == call {
				p.Resources[i].Identity = identity
			}
		}
	})
}

// identified notes the identity of a resource that was written down without one.
func (s *Store) identified(lab string, made Resource, identity string) {
	s.change(lab, func(p *Progress) {
		for i, r := range p.Resources {
			if r.same(made) {
				p.Resources[i].Identity = identity
			}
		}
	})
}

func (s *Store) notCreated(lab string, call uint64) {
	s.change(lab, func(p *Progress) {
		p.Resources = slices.DeleteFunc(p.Resources, func(r Resource) bool { return r.call == call })
	})
}

// forget drops a resource that is gone.
func (s *Store) forget(lab string, gone Resource) {
	s.change(lab, func(p *Progress) {
		p.Resources = slices.DeleteFunc(p.Resources, func(r Resource) bool {
			return r.same(gone) && r.Identity == gone.Identity
		})
	})
}
