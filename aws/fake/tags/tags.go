// Package tags is what the tags of services have in common: how many there may
// be and of what form, and how they are added and taken away.
package tags

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// The limits of a resource's tags; lengths are in characters.
const (
	Most         = 50
	LongestKey   = 128
	LongestValue = 256
)

// letters are what keys and values are made of, as AWS tells it.
const letters = `[\p{L}\p{Z}\p{N}_.:/=+\-@]`

// The patterns of keys and values.
const (
	KeyPattern   = letters + "+"
	ValuePattern = letters + "*"
)

var allowed = regexp.MustCompile("^" + ValuePattern + "$")

// Allowed reports whether a key or a value has no other letters than tags may
// have.
func Allowed(text string) bool { return allowed.MatchString(text) }

// ReservedMessage is how AWS refuses tags with keys that only it may set.
const ReservedMessage = "Caller is an end user and not allowed to mutate system tags"

// Reserved reports whether only AWS may set tags with the key.
func Reserved(key string) bool { return strings.HasPrefix(strings.ToLower(key), "aws:") }

// AnyReserved reports whether only AWS may set one of the tags.
func AnyReserved(tags map[string]string) bool {
	for key := range tags {
		if Reserved(key) {
			return true
		}
	}
	return false
}

// Fault is the constraint that a map of tags fails to satisfy, in AWS's words; ""
// when it satisfies all.
func Fault(tags map[string]string) string {
	for key := range tags {
		if n := utf8.RuneCountInString(key); n < 1 || n > LongestKey || !Allowed(key) {
			return fault(tags, "Map keys", LongestKey, 1, KeyPattern)
		}
	}
	for _, value := range tags {
		if utf8.RuneCountInString(value) > LongestValue || !Allowed(value) {
			return fault(tags, "Map value", LongestValue, 0, ValuePattern)
		}
	}
	return ""
}

func fault(tags map[string]string, part string, longest, shortest int, pattern string) string {
	return fmt.Sprintf("Value '%s' at 'tags' failed to satisfy constraint: %s must satisfy constraint: [Member must have length less than or equal to %d, "+
		"Member must have length greater than or equal to %d, Member must satisfy regular expression pattern: ^(%s)$]", told(tags), part, longest, shortest, pattern)
}

// told writes a map as AWS's messages do.
func told(tags map[string]string) string {
	entries := make([]string, 0, len(tags))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		entries = append(entries, key+"="+tags[key])
	}
	return "{" + strings.Join(entries, ", ") + "}"
}

// With is a resource's tags with more, which replace those of the same key.
func With(tags, more map[string]string) map[string]string {
	out := make(map[string]string, len(tags)+len(more))
	maps.Copy(out, tags)
	maps.Copy(out, more)
	return out
}

// Without is a resource's tags without those of some keys.
func Without(tags map[string]string, keys []string) map[string]string {
	out := maps.Clone(tags)
	for _, key := range keys {
		delete(out, key)
	}
	return out
}
