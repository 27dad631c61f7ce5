// Package web holds the console's small HTTP viewer: it sends a request to any
// URL and shows the answer, in the terminal.
package web

import (
	"net/url"

	"awslab/ui/nav"
	"awslab/ui/page"
)

// visitID is the viewer's page.
const visitID = "web/visit"

// Pages is the viewer's part of the page table. A route's Name is the URL; the
// page opens with a GET of it.
func Pages() []page.Entry {
	return []page.Entry{{
		ID: visitID, Title: "Open a URL", Named: true, Summary: "Send a request to a URL, and look at the answer",
		Crumb: crumb, New: func(env page.Env, r nav.Route) page.Page { return newVisit(env, r, newTransport()) },
	}}
}

// crumb tells a URL from others of the same API by its path.
func crumb(r nav.Route) string {
	u, err := url.Parse(r.Name)
	if err != nil || u.Path == "" {
		return "Open URL"
	}
	return "Open URL " + u.Path
}
