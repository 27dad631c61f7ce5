package tags_test

import (
	"maps"
	"strings"
	"testing"

	"awslab/aws/fake/tags"

	"pgregory.net/rapid"
)

func TestFault(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tags map[string]string
		want string // what the fault begins with
	}{
		"none":               {nil, ""},
		"fine":               {map[string]string{"Größe / a_b.c:d=e+f-g@h": "", "k": strings.Repeat("ü", 256)}, ""},
		"an empty key":       {map[string]string{"": "v"}, "Value '{=v}' at 'tags' failed to satisfy constraint: Map keys "},
		"a long key":         {map[string]string{strings.Repeat("ü", 129): ""}, "Value '{" + strings.Repeat("ü", 129) + "=}' at 'tags'"},
		"a line break":       {map[string]string{"a\n": "v"}, "Value '{a\n=v}' at 'tags'"},
		"a long value":       {map[string]string{"k": strings.Repeat("v", 257)}, "Value '{k=" + strings.Repeat("v", 257) + "}' at 'tags' failed to satisfy constraint: Map value "},
		"a bad one of three": {map[string]string{"b": "2", "a": "1", "c": "?"}, "Value '{a=1, b=2, c=?}' at 'tags' failed to satisfy constraint: Map value "},
	} {
		got := tags.Fault(c.tags)
		if (got == "") != (c.want == "") || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if !tags.AnyReserved(map[string]string{"k": "", "AwS:x": ""}) || tags.AnyReserved(map[string]string{"aws": "", "my-aws:x": ""}) {
		t.Error("keys of AWS's own are not told from others")
	}
}

// TestChanges: what was given is there, what was taken away is not, the rest is as
// it was, and the maps that went in are too.
func TestChanges(t *testing.T) {
	t.Parallel()
	some := rapid.MapOf(rapid.StringMatching(`[a-f]`), rapid.StringMatching(`[0-9]?`))
	rapid.Check(t, func(t *rapid.T) {
		had, more := some.Draw(t, "had"), some.Draw(t, "more")
		keys := rapid.SliceOf(rapid.StringMatching(`[a-f]`)).Draw(t, "keys")
		before := maps.Clone(had)
		with, without := tags.With(had, more), tags.Without(had, keys)
		for key, value := range with {
			if given, ok := more[key]; ok && value != given || !ok && value != had[key] {
				t.Errorf("%s is %q in %v", key, value, with)
			}
		}
		for key := range had {
			if _, ok := with[key]; !ok {
				t.Errorf("%s is lost", key)
			}
		}
		for _, key := range keys {
			if _, ok := without[key]; ok {
				t.Errorf("%s is still there", key)
			}
			delete(before, key)
		}
		if !maps.Equal(without, before) {
			t.Errorf("%v without %v is %v", had, keys, without)
		}
	})
}
