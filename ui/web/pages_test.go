package web

import (
	"testing"

	"awslab/ui/nav"
)

func TestCrumbTellsURLsApart(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"https://abc.execute-api.us-west-2.amazonaws.com/prod/FAQ?x=1": "Open URL /prod/FAQ",
		"http://127.0.0.1:4566": "Open URL",
		"%":                     "Open URL",
		"":                      "Open URL",
	} {
		if got := crumb(nav.Route{Page: visitID, Name: name}); got != want {
			t.Errorf("%q has the crumb %q, want %q", name, got, want)
		}
	}
}
