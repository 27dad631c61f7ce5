package dynamodb

import (
	"context"
	"encoding/binary"
	"math/big"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// longestOverdue is how long after its time an item still expires; DynamoDB takes
// a time further back for a mistake.
const longestOverdue = 5 * 365 * 24 * time.Hour

// lifetime is what is stored of a table's time to live. Its space holds, in the
// order of their times, the keys of the items that have one.
type lifetime struct {
	Attribute string `json:",omitempty"` // "" was never enabled, or is gone
	Space     space  `json:",omitempty"`
	State     state  `json:",omitzero"` // CREATING is being enabled, DELETING being disabled
}

// status is the state of the time to live at a moment.
func (l lifetime) status(now time.Time) aws.TimeToLiveStatus {
	if l.Attribute == "" {
		return aws.TimeToLiveDisabled
	}
	switch l.State.at(now) {
	case aws.StatusCreating:
		return aws.TimeToLiveEnabling
	case aws.StatusDeleting:
		return aws.TimeToLiveDisabling
	case aws.StatusActive:
		return aws.TimeToLiveEnabled
	default:
		return aws.TimeToLiveDisabled
	}
}

// expires reports whether the times of the table's items are kept.
func (t *table) expires() bool {
	return t.Lifetime.Attribute != "" && t.Lifetime.State.Status != aws.StatusDeleting
}

// UpdateTimeToLive has items expire, or no longer. Enabling it reads the whole
// table, in one transaction.
func (s *Service) UpdateTimeToLive(ctx context.Context, in aws.UpdateTimeToLiveInput) (aws.UpdateTimeToLiveOutput, error) {
	return answer(ctx, s, "UpdateTimeToLive", func() (out aws.UpdateTimeToLiveOutput, err error) {
		if err := checkTableName(ctx, in.TableName); err != nil {
			return out, err
		}
		wanted := in.TimeToLiveSpecification
		const at = "timeToLiveSpecification"
		var m members
		if !m.lacking(ctx, at) {
			m.lacking(ctx, at+".enabled")
			if !m.lacking(ctx, at+".attributeName") {
				m.length(len(wanted.AttributeName), "'"+wanted.AttributeName+"'", at+".attributeName", 1, 255)
			}
		}
		if err := m.err(); err != nil {
			return out, err
		}
		err = s.store.Update(func(w *store.Writer) error {
			t, err := s.known(&w.Reader, in.TableName)
			if err != nil {
				return err
			}
			if err := s.checkLifetime(t, wanted); err != nil {
				return err
			}
			return s.setLifetime(ctx, w, t, wanted)
		})
		return aws.UpdateTimeToLiveOutput{TimeToLiveSpecification: wanted}, err
	})
}

// checkLifetime checks that a table's time to live can be changed as wanted now.
func (s *Service) checkLifetime(t *table, wanted aws.TimeToLiveSpecification) error {
	switch t.State.at(s.now()) {
	case aws.StatusCreating:
		return inUse(stillInUse+"Table is being created: %s", t.Name)
	case aws.StatusDeleting:
		return inUse(stillInUse+"Table is being deleted: %s", t.Name)
	case aws.StatusActive, aws.StatusUpdating:
	}
	status := t.Lifetime.status(s.now())
	on := status == aws.TimeToLiveEnabled || status == aws.TimeToLiveEnabling
	switch {
	case on && wanted.AttributeName != t.Lifetime.Attribute:
		return invalid("TimeToLive is active on a different AttributeName: current AttributeName is %s", t.Lifetime.Attribute)
	case on && wanted.Enabled:
		return invalid("TimeToLive is already enabled")
	case status == aws.TimeToLiveEnabling || status == aws.TimeToLiveDisabling:
		return invalid("Time to live has been modified multiple times within a fixed interval")
	case status == aws.TimeToLiveDisabled && !wanted.Enabled:
		return invalid("TimeToLive is already disabled")
	}
	return nil
}

func (s *Service) setLifetime(ctx context.Context, w *store.Writer, t *table, wanted aws.TimeToLiveSpecification) error {
	r := t.record
	if !wanted.Enabled {
		r.Lifetime.State = s.passing(aws.StatusDeleting)
		drop(w, r.Lifetime.Space)
		return save(w, &r)
	}
	numbers := numbering(&w.Reader)
	r.Lifetime = lifetime{Attribute: wanted.AttributeName, Space: numbers.next(), State: s.passing(aws.StatusCreating)}
	numbers.save(w)
	if err := r.noteTimes(ctx, w); err != nil {
		return err
	}
	return save(w, &r)
}

// noteTimes notes the times of all items of the table.
func (r *record) noteTimes(ctx context.Context, w *store.Writer) error {
	c := w.Cursor(r.Space.bucket())
	n := 0
	for key, raw := c.Seek(nil); key != nil; key, raw = c.Next() {
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		entry, err := parseEntry(raw)
		if err != nil {
			return err
		}
		item, err := entry.item()
		if err != nil {
			return err
		}
		if at := r.Lifetime.key(item, key); at != nil {
			w.Put(r.Lifetime.Space.bucket(), at, nil)
		}
	}
	return nil
}

// timeSize is how many bytes of a key in a lifetime's space are the time.
const timeSize = 8

// key is where a lifetime notes an item; nil if the item has no time.
func (l lifetime) key(item aws.Item, entryKey []byte) []byte {
	n, ok := item[l.Attribute].(aws.N)
	if !ok {
		return nil
	}
	seconds, ok := new(big.Rat).SetString(string(n))
	if !ok || seconds.Sign() < 0 {
		return nil
	}
	whole := new(big.Int).Quo(seconds.Num(), seconds.Denom())
	if !whole.IsInt64() {
		return nil
	}
	key := binary.BigEndian.AppendUint64(make([]byte, 0, timeSize+len(entryKey)), whole.Uint64())
	return append(key, entryKey...)
}

// stageLifetime keeps the note of the item's time in step.
func (c change) stageLifetime(w *store.Writer) {
	if !c.table.expires() {
		return
	}
	l := c.table.Lifetime
	before, now := l.key(c.before, c.key), l.key(c.now, c.key)
	if before != nil && string(before) != string(now) {
		w.Delete(l.Space.bucket(), before)
	}
	if now != nil {
		w.Put(l.Space.bucket(), now, nil)
	}
}

// DescribeTimeToLive tells whether, and by which attribute, items expire.
func (s *Service) DescribeTimeToLive(ctx context.Context, in aws.DescribeTimeToLiveInput) (aws.DescribeTimeToLiveOutput, error) {
	return answer(ctx, s, "DescribeTimeToLive", func() (out aws.DescribeTimeToLiveOutput, err error) {
		if err := checkTableName(ctx, in.TableName); err != nil {
			return out, err
		}
		err = s.store.View(func(r *store.Reader) error {
			t, err := s.known(r, in.TableName)
			if err != nil {
				return err
			}
			d := &out.TimeToLiveDescription
			if d.TimeToLiveStatus = t.Lifetime.status(s.now()); d.TimeToLiveStatus != aws.TimeToLiveDisabled {
				d.AttributeName = t.Lifetime.Attribute
			}
			return nil
		})
		return out, err
	})
}
