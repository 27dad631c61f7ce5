package drive

import (
	"awslab/ui/component"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// ObjectPage is the ID of the page of an S3 object; its route has the bucket's
// name, and the object's key as the detail.
const ObjectPage = "s3/object"

func followGoals(args []string) []goal {
	return []goal{followGoal{nav.Route{Page: ObjectPage, Name: args[0], Detail: args[1]}}}
}

// followGoal opens a page. What leads there is beside the console, in a text that
// may not be shown while the script is played.
type followGoal struct{ route nav.Route }

func (g followGoal) try(component.Block) attempt {
	return attempt{inputs: []tea.Msg{nav.Open{Route: g.route}}, reached: true}
}
