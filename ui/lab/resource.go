package lab

import (
	"context"
	"errors"
	"fmt"
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

// String is "DynamoDB table Music".
func (r Resource) String() string {
	for _, k := range kinds() {
		if k.id == r.Kind {
			return k.title + " " + r.Name
		}
	}
	return r.Kind + " " + r.Name
}

// kind is a row of the table of resources that labs can create.
type kind struct {
	id, title string
	create    string // the operation, "dynamodb:CreateTable"
	// name and identity read the create call's input and output.
	name     func(in any) string
	identity func(out any) string
	// find describes the resource of a name, or fails with aws.ErrNotFound.
	find   func(ctx context.Context, cloud aws.Cloud, name string) (found, error)
	delete func(ctx context.Context, cloud aws.Cloud, name string) error
}

// found is a resource as it is now.
type found struct {
	identity string
	created  time.Time
	creating bool // it cannot be deleted yet
}

// kinds is the table of what labs can create.
func kinds() []kind {
	return []kind{{
		id: "dynamodb:table", title: "DynamoDB table", create: "dynamodb:CreateTable",
		name: func(in any) string {
			create, _ := in.(aws.CreateTableInput)
			return create.TableName
		},
		identity: func(out any) string {
			created, _ := out.(aws.CreateTableOutput)
			return created.TableDescription.TableID
		},
		find: findTable,
		delete: func(ctx context.Context, cloud aws.Cloud, name string) error {
			_, err := cloud.DynamoDB.DeleteTable(ctx, aws.DeleteTableInput{TableName: name})
			return err
		},
	}}
}

func findTable(ctx context.Context, cloud aws.Cloud, name string) (found, error) {
	out, err := cloud.DynamoDB.DescribeTable(ctx, aws.DescribeTableInput{TableName: name})
	if err != nil {
		return found{}, err
	}
	t := out.Table
	if t.TableStatus == aws.StatusDeleting {
		return found{}, fmt.Errorf("it is being deleted: %w", aws.ErrNotFound)
	}
	busy := t.TableStatus == aws.StatusCreating || t.TableStatus == aws.StatusUpdating
	return found{identity: t.TableID, created: t.CreationDateTime, creating: busy}, nil
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
	i := slices.IndexFunc(kinds(), func(k kind) bool { return k.create == e.Operation.String() })
	lab := r.store.Active()
	if i < 0 || lab == "" || e.Origin == trail.OriginGuide {
		return
	}
	k := kinds()[i]
	switch {
	case !e.Done:
		r.store.created(lab, Resource{Kind: k.id, Name: k.name(e.In), Asked: e.Time, call: e.ID})
	case e.Err == nil:
		r.store.confirmed(lab, e.ID, k.identity(e.Out))
	case refused(e.Err):
		r.store.notCreated(lab, e.ID)
	default: // it may have been created after all; End looks
		return
	}
	if err := r.store.Save(); err != nil {
		r.mu.Lock()
		r.err = err
		r.mu.Unlock()
	}
}

// refused reports whether a failed call has certainly done nothing.
func refused(err error) bool {
	var e *aws.Error
	return errors.As(err, &e) && (e.Status >= 400 && e.Status < 500 || e.Code == aws.CodeReadOnly)
}

func (s *Store) created(lab string, r Resource) {
	s.change(lab, func(p *Progress) { p.Resources = append(p.Resources, r) })
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

func (s *Store) notCreated(lab string, call uint64) {
	s.change(lab, func(p *Progress) {
		p.Resources = slices.DeleteFunc(p.Resources, func(r Resource) bool { return r.call == call })
	})
}

// forget drops a resource that is gone.
func (s *Store) forget(lab string, gone Resource) {
	s.change(lab, func(p *Progress) {
		p.Resources = slices.DeleteFunc(p.Resources, func(r Resource) bool {
			return r.Kind == gone.Kind && r.Name == gone.Name && r.Identity == gone.Identity && r.Asked.Equal(gone.Asked)
		})
	})
}
