package page

import "awslab/ui/nav"

// Named is the crumb of a page that is always called the same.
func Named(label string) func(nav.Route) string {
	return func(nav.Route) string { return label }
}

// To is the parent of a page that always has the same one.
func To(id string) func(nav.Route) (nav.Route, bool) {
	return func(nav.Route) (nav.Route, bool) { return nav.Route{Page: id}, true }
}

// ToNamed is the parent of a page about a part of a resource: the resource's page.
func ToNamed(id string) func(nav.Route) (nav.Route, bool) {
	return func(r nav.Route) (nav.Route, bool) { return nav.Route{Page: id, Name: r.Name}, true }
}
