package dynamodb

import (
	"encoding/json"

	"awslab/aws"
	"awslab/ui/nav"
)

// address is what the item editor's route says beside the table: which item
// to edit, which to start a new one from, or neither.
type address struct {
	Edit      aws.Item `json:"edit,omitempty"`
	Duplicate aws.Item `json:"duplicate,omitempty"`
}

// route is the editor's route for a table.
func (a address) route(table string) (nav.Route, error) {
	r := nav.Route{Page: itemID, Name: table}
	if a.Edit == nil && a.Duplicate == nil {
		return r, nil
	}
	detail, err := json.Marshal(a)
	r.Detail = string(detail)
	return r, err
}

// readAddress reads a route; one that makes no sense is a new item's.
func readAddress(r nav.Route) address {
	var a address
	if json.Unmarshal([]byte(r.Detail), &a) != nil {
		return address{}
	}
	return a
}

// key is the key of the item to start from; nil for none.
func (a address) key() aws.Item {
	if a.Edit != nil {
		return a.Edit
	}
	return a.Duplicate
}

// title names what the editor does.
func (a address) title() string {
	switch {
	case a.Edit != nil:
		return "Edit item"
	case a.Duplicate != nil:
		return "Duplicate item"
	}
	return "Create item"
}
