// Package web holds the console's small HTTP viewer: it sends a request to any
// URL and shows the answer, in the terminal.
package web

import (
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
		Crumb: page.Named("Open URL"), New: func(env page.Env, r nav.Route) page.Page { return newVisit(env, r, newTransport()) },
	}}
}
