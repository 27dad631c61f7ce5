package lab

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"slices"
)

// join takes in what another program has written into the file since it was read or
// written last: two consoles may work on one account, each in a lab of its own, and
// neither is to lose what the other has made. saved is locked.
func (s *Store) join() error {
	now, err := os.ReadFile(s.path)
	if err != nil || bytes.Equal(now, s.stored) {
		return nil // it is written anew, which fails if need be
	}
	var base, theirs state
	if json.Unmarshal(now, &theirs) != nil {
		return nil
	}
	if theirs.Schema > schema {
		s.frozen = true
		return ErrNewer
	}
	if s.stored != nil {
		if err := json.Unmarshal(s.stored, &base); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, p := range theirs.Labs {
		if p == nil {
			continue
		}
		ours, err := joined(base.Labs[id], s.state.Labs[id], p)
		if err != nil {
			return err
		}
		s.state.Labs[id] = ours
	}
	return nil
}

// joined is the progress in a lab that was base, and that two have changed since. Where
// both have, ours counts, and all that either has created, or done since the same start.
func joined(base, ours, theirs *Progress) (*Progress, error) {
	if ours == nil {
		return theirs, nil
	}
	was, err := json.Marshal(base)
	mine, errMine := json.Marshal(ours)
	if err = errors.Join(err, errMine); err != nil {
		return nil, err
	}
	out, untouched := *ours, bytes.Equal(was, mine)
	if untouched {
		out = *theirs
	}
	if ours.Started.Equal(theirs.Started) { // else one of them has begun anew
		out.Done = maps.Clone(theirs.Done)
		if out.Done == nil {
			out.Done = make(map[string]Did)
		}
		maps.Copy(out.Done, ours.Done)
	}
	out.Resources = nil
	for _, r := range ours.Resources {
		there := slices.IndexFunc(theirs.Resources, r.same)
		if there >= 0 && r.Identity == "" {
			r.Identity = theirs.Resources[there].Identity
		}
		if there >= 0 || !untouched {
			out.Resources = append(out.Resources, r)
		}
	}
	for _, r := range theirs.Resources {
		known := base != nil && slices.ContainsFunc(base.Resources, r.same)
		if !known && !slices.ContainsFunc(out.Resources, r.same) {
			out.Resources = append(out.Resources, r)
		}
	}
	return &out, nil
}

// same reports whether two stand for what one call has created.
func (r Resource) same(other Resource) bool {
	return r.Kind == other.Kind && r.Name == other.Name && r.Asked.Equal(other.Asked)
}
