package dynamodb

import (
	"encoding/binary"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// An item whose time has come is deleted by a sweep, and is there like any other
// until then, as on AWS, where that may take days. Nothing has to run for it in
// the background: nobody can tell when an item went but by an operation, and an
// operation sweeps first when it is time to.
const (
	// sweepEvery is how long an item can outlive its time at most, unless very
	// many expire together.
	sweepEvery = 10 * time.Second
	// mostSwept is how many items of a table, or records of a stream, one sweep
	// deletes, so that no operation waits long for it; the next goes on.
	mostSwept = 1000
	// largestSweep is at how many bytes it stops, too: of items that expire, which
	// are read and may go to a stream.
	largestSweep = 4 << 20
)

// sweepWhenDue deletes items whose time has come, tables that are gone, and records
// that streams keep no longer, if that was not done of late. A failure is left to the
// next sweep: the files that cannot be reached fail the operation that comes after,
// too, which tells of them.
func (s *Service) sweepWhenDue() {
	now := s.config.Now()
	due := s.sweepAt.Load()
	if at := time.Unix(0, due); due != 0 && now.Before(at) && at.Sub(now) <= sweepEvery {
		return
	}
	if !s.sweepAt.CompareAndSwap(due, now.Add(sweepEvery).UnixNano()) {
		return // another operation sweeps
	}
	expired, err := s.sweep(now)
	if err != nil {
		return
	}
	if trimmed, err := s.trim(now); err == nil && (expired || trimmed) {
		s.sweepAt.Store(now.UnixNano())
	}
}

// sweep deletes some items of each table, and what is left of tables that are gone,
// and tells whether more are due.
func (s *Service) sweep(now time.Time) (more bool, err error) {
	names, err := s.overdue(now)
	for _, name := range names {
		err := s.store.Update(func(w *store.Writer) error {
			rest, err := s.sweepTable(w, name, now)
			more = more || rest
			return err
		})
		if err != nil {
			return false, err
		}
	}
	return more, err
}

// overdue lists the tables that have items whose time has come, or are gone.
func (s *Service) overdue(now time.Time) (names []string, err error) {
	err = s.store.View(func(r *store.Reader) error {
		c := r.Cursor(tablesBucket)
		for key, raw := c.Seek(nil); key != nil; key, raw = c.Next() {
			t, err := s.decode(string(key), raw)
			if err != nil {
				return err
			}
			if t.State.at(now) == "" {
				names = append(names, t.Name)
				continue
			}
			if t.Lifetime.status(now) != aws.TimeToLiveEnabled {
				continue
			}
			if first, _ := r.Cursor(t.Lifetime.Space.bucket()).Seek(earliest(now)); first != nil && !laterThan(now, first) {
				names = append(names, t.Name)
			}
		}
		return nil
	})
	return names, err
}

// earliest is where the notes begin of the items that are not too long overdue.
func earliest(now time.Time) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(max(0, now.Add(-longestOverdue).Unix())))
}

// laterThan reports whether a note is of an item whose time is yet to come.
func laterThan(now time.Time, note []byte) bool {
	return len(note) < timeSize || binary.BigEndian.Uint64(note) > uint64(max(0, now.Unix()))
}

// sweepTable stages the deletion of some items of a table whose time has come, or of
// the record of a table that is gone, and tells whether more items are left.
func (s *Service) sweepTable(w *store.Writer, name string, now time.Time) (more bool, err error) {
	t, err := s.table(&w.Reader, name)
	if err == nil && t == nil {
		w.Delete(tablesBucket, []byte(name))
		s.decoded.Delete(name)
	}
	if err != nil || t == nil || t.Lifetime.status(now) != aws.TimeToLiveEnabled {
		return false, err
	}
	var sum tally
	c := w.Cursor(t.Lifetime.Space.bucket())
	n, size := 0, 0
	for note, _ := c.Seek(earliest(now)); note != nil && !laterThan(now, note); note, _ = c.Next() {
		if n++; n > mostSwept || size > largestSweep {
			more = true
			break
		}
		swept, err := t.expire(w, &sum, append([]byte(nil), note[timeSize:]...), now)
		if err != nil {
			return false, err
		}
		size += swept
	}
	sum.save(w)
	return more, nil
}

// expire stages the deletion of one item, and gives its size.
func (t *table) expire(w *store.Writer, sum *tally, key []byte, now time.Time) (int, error) {
	entry, err := t.Space.read(&w.Reader, key)
	if err != nil {
		return 0, err
	}
	item, err := entry.item()
	if err != nil {
		return 0, err
	}
	_, err = change{table: t, key: key, before: item, sizeBefore: entry.size, at: now, expired: true}.stage(w, sum)
	return entry.size, err
}
