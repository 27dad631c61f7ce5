package aws

import "encoding/json"

// Option is a value that may be left out, for the members whose zero value AWS
// tells apart from an absent one. The zero Option is "not given".
type Option[T any] struct {
	value T
	given bool
}

// Some is an Option that is given.
func Some[T any](value T) Option[T] { return Option[T]{value, true} }

// Get returns the value and whether it was given.
func (o Option[T]) Get() (T, bool) { return o.value, o.given }

// Or returns the value, or fallback when none was given.
func (o Option[T]) Or(fallback T) T {
	if o.given {
		return o.value
	}
	return fallback
}

// IsZero reports that nothing was given; encoding/json's omitzero asks it.
func (o Option[T]) IsZero() bool { return !o.given }

// MarshalJSON writes the value; null when none was given.
func (o Option[T]) MarshalJSON() ([]byte, error) {
	if !o.given {
		return []byte("null"), nil
	}
	return json.Marshal(o.value)
}

// UnmarshalJSON reads a value; null reads as not given.
func (o *Option[T]) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*o = Option[T]{}
		return nil
	}
	o.given = true
	return json.Unmarshal(data, &o.value)
}
