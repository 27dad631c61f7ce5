package dynamodb

import (
	"strings"
	"testing"
)

func TestResourceNameFault(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Music": "", "a.b": "", "a_b-C.9": "", strings.Repeat("x", 255): "",
		"":                       "Enter a name",
		"ab":                     "The name has 2 characters; it needs at least 3",
		"a":                      "The name has 1 character; it needs at least 3",
		strings.Repeat("x", 256): "The name has 256 characters; at most 255 are allowed",
		"Music ":                 "The name has a space at the end; spaces are not allowed",
		" Music":                 "The name has a space at the start; spaces are not allowed",
		" Music\t":               "The name has a space at the start and at the end; spaces are not allowed",
		"My Music":               `' ' is not allowed: only letters, numbers, _, - and . are`,
		"Müsic":                  `'ü' is not allowed: only letters, numbers, _, - and . are`,
	} {
		if got := resourceNameFault(name); got != want {
			t.Errorf("%q: %q, not %q", name, got, want)
		}
	}
}

func TestKeyNameFault(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Artist": "", strings.Repeat("x", 255): "",
		"":                       "Enter the attribute's name",
		strings.Repeat("ä", 128): "The name has 256 bytes; a key attribute's has at most 255",
	} {
		if got := keyNameFault(name); got != want {
			t.Errorf("%q: %q, not %q", name, got, want)
		}
	}
	if got := spaceHint("Artist ", "usual"); got != "⚠ There is a space at the end: it counts" {
		t.Error(got)
	}
	if got := spaceHint("Artist", "usual"); got != "usual" {
		t.Error(got)
	}
}
