package logs

import (
	"awslab/aws/fake/store"
)

// How often a group is swept while it is written to, and how many events go in
// one transaction.
const (
	sweepEvery = 60 * 60 * 1000 // milliseconds
	sweepSize  = 5_000
)

// sweepNowAndThen deletes what a group's retention lets go of, if that was not
// done within the last hour.
func (s *Service) sweepNowAndThen(g group) error {
	if g.Retention == 0 {
		return nil
	}
	now := s.now()
	s.mu.Lock()
	last, known := s.swept[g.ID]
	due := !known || now-last >= sweepEvery || now < last
	if due {
		s.swept[g.ID] = now
	}
	s.mu.Unlock()
	if !due {
		return nil
	}
	return s.sweep(g.Name)
}

// sweep deletes the events of a group that its retention lets go of.
func (s *Service) sweep(name string) error {
	for more := true; more; {
		err := s.store.Update(func(w *store.Writer) error {
			more = false
			raw := w.Get(groupsBucket, []byte(name))
			if raw == nil {
				return nil // deleted meanwhile
			}
			g, err := decode[group](raw)
			if err != nil {
				return err
			}
			more, err = s.sweepSome(w, g)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sweepSome stages the deletion of some events, and tells whether there may be more.
func (s *Service) sweepSome(w *store.Writer, g group) (more bool, err error) {
	limit := string(place{time: g.cutoff(s.now())}.key())
	count, size := 0, int64(0)
	err = eachStream(&w.Reader, g, "", func(m stream) bool {
		c := w.Cursor(m.bucket())
		for key, value := c.Seek(nil); key != nil && string(key) < limit; key, value = c.Next() {
			e, broken := parseEvent(key, value)
			if broken == nil {
				size += int64(e.size())
			}
			w.Delete(m.bucket(), append([]byte(nil), key...))
			if count++; count == sweepSize {
				more = true
				return false
			}
		}
		return true
	})
	if count > 0 {
		grow(w, g, -size)
	}
	return more, err
}

// stale reports that a stream holds events from before the cutoff.
func stale(r *store.Reader, m stream, cutoff int64) bool {
	key, _ := r.Cursor(m.bucket()).Seek(nil)
	return key != nil && string(key) < string(place{time: cutoff}.key())
}
