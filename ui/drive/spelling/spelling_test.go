package spelling_test

import (
	"testing"

	"awslab/ui/drive/spelling"

	"pgregory.net/rapid"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		want       string
		candidates []string
		nearest    string
	}{
		{"Runn", []string{"Reset", "Run", "Remove"}, "Run"},
		{"artist", []string{"Album", "Artist"}, "Artist"},
		{"Song", []string{"Song ", "Album"}, "Song "},
		{"Msuic", []string{"Movies", "Music"}, "Music"},
		{"Sort key", []string{"Sort key - optional", "Partition key"}, "Sort key - optional"},
		{"Music", []string{"Orders", "Users"}, ""},
		{"Music", nil, ""},
		{"", []string{"Music"}, ""},
	} {
		got, ok := spelling.Nearest(c.want, c.candidates)
		if got != c.nearest || ok != (c.nearest != "") {
			t.Errorf("Nearest(%q, %q) = %q, %v; want %q", c.want, c.candidates, got, ok, c.nearest)
		}
	}
}

// Distance is a metric as far as messages need it to be: zero for the same,
// the same both ways, and never more than the longer name.
func TestDistanceProperties(t *testing.T) {
	t.Parallel()
	word := rapid.StringMatching(`[a-c]{0,7}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		d := spelling.Distance(a, b)
		if (d == 0) != (a == b) {
			t.Fatalf("Distance(%q, %q) = %d", a, b, d)
		}
		if back := spelling.Distance(b, a); back != d {
			t.Fatalf("Distance(%q, %q) = %d, the other way %d", a, b, d, back)
		}
		if d > max(len(a), len(b)) {
			t.Fatalf("Distance(%q, %q) = %d, more than their length", a, b, d)
		}
	})
}
