package dynamodb

import (
	"time"

	"awslab/aws/fake/store"
)

// trim deletes records that streams keep no longer, and streams that have been off
// for long enough; it tells whether more are due.
func (s *Service) trim(now time.Time) (more bool, err error) {
	keys, err := s.overfull(now)
	for _, key := range keys {
		err := s.store.Update(func(w *store.Writer) error {
			rest, err := trimStream(w, key, now)
			more = more || rest
			return err
		})
		if err != nil {
			return false, err
		}
	}
	return more, err
}

// overfull lists the keys of the streams that have something to delete.
func (s *Service) overfull(now time.Time) (keys [][]byte, err error) {
	err = s.store.View(func(r *store.Reader) error {
		c := r.Cursor(streamsBucket)
		for key, raw := c.Seek(nil); key != nil; key, raw = c.Next() {
			found, err := decodeStream(raw)
			if err != nil {
				return err
			}
			first, _, err := found.kept(r, now)
			if err != nil {
				return err
			}
			oldest, _ := r.Cursor(found.Space.bucket()).Seek(nil)
			if found.gone(now) || oldest != nil && keyNumber(oldest) < first {
				keys = append(keys, append([]byte(nil), key...))
			}
		}
		return nil
	})
	return keys, err
}

// trimStream stages the deletion of some records of a stream, or of all of it.
func trimStream(w *store.Writer, key []byte, now time.Time) (more bool, err error) {
	found, err := readStream(&w.Reader, key)
	if err != nil || found == nil {
		return false, err
	}
	if found.gone(now) {
		drop(w, found.Space)
		w.Delete(streamsBucket, key)
		return false, nil
	}
	first, _, err := found.kept(&w.Reader, now)
	if err != nil {
		return false, err
	}
	c := w.Cursor(found.Space.bucket())
	n := 0
	for number, _ := c.Seek(nil); number != nil && keyNumber(number) < first; number, _ = c.Next() {
		if n++; n > mostSwept {
			return true, nil
		}
		w.Delete(found.Space.bucket(), append([]byte(nil), number...))
	}
	return false, nil
}
