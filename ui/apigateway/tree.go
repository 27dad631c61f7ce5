package apigateway

import (
	"cmp"
	"maps"
	"slices"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/theme"
)

// treeRows shows an API's resources under each other, each with its methods. A
// row's key is a resource's id, or with a method "id/GET".
func treeRows(resources []aws.APIResource) []component.ListRow {
	below := make(map[string][]aws.APIResource)
	known := make(map[string]bool, len(resources))
	for _, r := range resources {
		known[r.ID] = true
	}
	for _, r := range resources {
		parent := r.ParentID
		if !known[parent] {
			parent = ""
		}
		below[parent] = append(below[parent], r)
	}
	var rows []component.ListRow
	var grow func(parent string, depth int)
	grow = func(parent string, depth int) {
		children := below[parent]
		delete(below, parent) // a circle ends here
		slices.SortFunc(children, func(a, b aws.APIResource) int { return cmp.Compare(a.Path, b.Path) })
		for _, r := range children {
			label := "/" + r.PathPart
			if parent == "" {
				label = r.Path
			}
			indent := component.Spaces(2 * depth)
			rows = append(rows, component.ListRow{Key: r.ID, Cells: []component.Cell{{Text: indent + component.Clean(label), Style: theme.Heading}}})
			for _, method := range slices.Sorted(maps.Keys(r.ResourceMethods)) {
				rows = append(rows, component.ListRow{Key: r.ID + "/" + method, Cells: []component.Cell{
					{Text: indent + "  " + component.Clean(method), Style: theme.Button},
				}})
			}
			grow(r.ID, depth+1)
		}
	}
	grow("", 0)
	return rows
}

// integrationLabel is what answers a method's requests, in the console's words.
func integrationLabel(i *aws.Integration) string {
	if i == nil {
		return "none yet"
	}
	switch _, lambda := functionOf(i); {
	case i.Type == aws.IntegrationLambdaProxy && lambda:
		return "Lambda proxy"
	case i.Type == aws.IntegrationLambdaProxy:
		return "AWS proxy"
	case i.Type == aws.IntegrationMock:
		return "Mock"
	case i.Type == "AWS" && lambda:
		return "Lambda"
	}
	return component.Clean(string(i.Type))
}

// yesNo is a switch in words.
func yesNo(on bool, yes, no string) string {
	if on {
		return yes
	}
	return no
}
