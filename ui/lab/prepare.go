package lab

import (
	"context"
	"errors"
	"fmt"

	"awslab/aws"
	"awslab/aws/trail"
	"awslab/ui/lab/spec"
)

// Assets are the files that labs hand out. A sandbox has them in a bucket; in an
// account the lab puts them into one of its own.
type Assets interface {
	// Asset is the content of a file, "HappyFace.jpg". It may take some seconds to
	// make. A file that there is none of is an error.
	Asset(ctx context.Context, name string) ([]byte, error)
	// Offers reports whether there is a file: asked for those that a lab can do
	// without. It may take a second to find out.
	Offers(ctx context.Context, name string) bool
}

// Preparation makes what a lab needs in an account: what a sandbox has
// ready-made. What is there already is left alone.
type Preparation struct {
	Cloud  aws.Cloud
	Store  *Store    // where it is written down what is made, before it is made
	Lab    *spec.Lab // in its form for accounts, with its names
	Assets Assets    // nil where there are no files
}

// Standing says how it stands with a part of what a lab needs.
type Standing int

// How it can stand with a part.
const (
	Missing Standing = iota // it is not there, or not as the lab needs it
	Made                    // the lab has made it
	Older                   // it was there before the lab, which leaves it alone
)

// Part is a part of what a lab needs.
type Part struct {
	Title    string // "IAM role lambda-execution-role"
	Standing Standing
	Cost     string   // what it may cost; "" for nothing
	Lacks    string   // what one that was there before lacks; "" for nothing that is known
	Allows   []string // the rights that it gives, "s3:GetObject on arn:aws:s3:::mine/*"
	Err      error    // why it could not be made

	make func(context.Context) error
	part bool // of the one before it, without which it cannot be made
}

// String is the part in one line.
func (p Part) String() string {
	switch {
	case p.Err != nil:
		return fmt.Sprintf("✗ %s: not made: %v", p.Title, p.Err)
	case p.Standing == Made:
		return fmt.Sprintf("✓ %s: made by the lab", p.Title)
	case p.Standing == Older && p.Lacks != "":
		return fmt.Sprintf("– %s: there before the lab, used as it is; it lacks %s", p.Title, p.Lacks)
	case p.Standing == Older:
		return fmt.Sprintf("– %s: there before the lab, used as it is", p.Title)
	}
	return fmt.Sprintf("○ %s: to be made", p.Title)
}

// missing reports whether a part is still to be made.
func missing(parts []Part) bool {
	for _, p := range parts {
		if p.Standing == Missing {
			return true
		}
	}
	return false
}

// Survey looks how it stands with each part of what the lab needs, in the order in
// which they are made. It changes nothing.
func (p Preparation) Survey(ctx context.Context) ([]Part, error) {
	ctx = trail.WithOrigin(ctx, trail.OriginGuide)
	var all []Part
	for _, need := range p.Lab.Needs {
		survey := p.bucketParts
		if need.Role != "" {
			survey = p.roleParts
		}
		parts, err := survey(ctx, need)
		if err != nil {
			return nil, err
		}
		all = append(all, parts...)
	}
	return all, nil
}

// Make makes what is missing, and tells for each part how it stands then. It can
// be called again: it goes on where it was stopped. The error is of what could
// not be looked up.
func (p Preparation) Make(ctx context.Context) ([]Part, error) {
	ctx = trail.WithOrigin(ctx, trail.OriginGuide)
	parts, err := p.Survey(ctx)
	var whole *Part
	for i := range parts {
		part := &parts[i]
		if !part.part {
			whole = part
		}
		switch {
		case part.Standing != Missing:
		case part.part && whole.Standing == Missing:
			part.Err = fmt.Errorf("first comes the %s", whole.Title)
		default:
			if part.Err = part.make(ctx); part.Err == nil {
				part.Standing = Made
			}
		}
	}
	return parts, err
}

// stands looks whether a resource is there, and whose it is.
func (p Preparation) stands(ctx context.Context, k kind, name string) (Standing, error) {
	for _, r := range p.Store.Progress(p.Lab.ID).Resources {
		if r.Kind != k.id || r.Name != name {
			continue
		}
		if seen, err := look(ctx, p.Cloud, r); err == nil && seen.left == "" {
			return Made, nil
		}
	}
	_, err := k.find(ctx, p.Cloud, name)
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return Missing, nil
	case err != nil:
		return Missing, fmt.Errorf("%s %s: %w", k.title, name, err)
	}
	return Older, nil
}

// create writes a resource down on disk, then has it made, so that End lab finds it
// whatever becomes of the answer. call returns its identity, if it has any.
func (p Preparation) create(k kind, name string, call func() (string, error)) error {
	r := Resource{Kind: k.id, Name: name, Asked: p.Store.Now()}
	p.Store.created(p.Lab.ID, k, r)
	if err := p.Store.Save(); err != nil {
		p.Store.forget(p.Lab.ID, r)
		return fmt.Errorf("it could not be written down first: %w", err)
	}
	identity, err := call()
	switch {
	case err == nil:
		p.Store.identified(p.Lab.ID, r, identity)
	case refused(err):
		p.Store.forget(p.Lab.ID, r)
	}
	return errors.Join(err, p.Store.Save())
}
