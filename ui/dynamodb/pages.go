package dynamodb

import (
	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// The pages' IDs.
const (
	dashboardID   = "dynamodb/dashboard"
	tablesID      = "dynamodb/tables"
	createTableID = "dynamodb/create-table"
	tableID       = "dynamodb/table"
	manageTagsID  = "dynamodb/manage-tags"
	createIndexID = "dynamodb/create-index"
	exploreID     = "dynamodb/explore"
	itemID        = "dynamodb/item"
)

// Pages is the table of the DynamoDB pages. A route's Name is the table's
// name; the explore page without one lets the user choose it.
func Pages() []page.Entry {
	return []page.Entry{
		{
			ID: dashboardID, Service: aws.ServiceDynamoDB, Title: "DynamoDB dashboard", Nav: "Dashboard",
			Summary: "Tables of items, found by their key: fast at any size",
			Crumb:   page.Named("DynamoDB"), New: newDashboard,
		},
		{
			ID: tablesID, Service: aws.ServiceDynamoDB, Title: "DynamoDB tables", Nav: "Tables",
			Summary: "Your tables: their keys, state and size", Parent: page.To(dashboardID),
			Crumb: page.Named("Tables"), New: newTables,
		},
		{
			ID: exploreID, Service: aws.ServiceDynamoDB, Title: "DynamoDB items", Nav: "Explore items",
			Summary: "Scan and query tables; create, edit and delete items", Parent: toTable,
			Crumb: page.Named("Explore items"), New: newExplore,
		},
		{
			ID: createTableID, Service: aws.ServiceDynamoDB, Title: "Create a DynamoDB table",
			Summary: "A new table with its primary key", Parent: page.To(tablesID),
			Crumb: page.Named("Create table"), New: newCreateTable,
		},
		{
			ID: tableID, Service: aws.ServiceDynamoDB, Title: "DynamoDB table", Named: true,
			Summary: "One table: its settings, indexes, items and stream", Parent: page.To(tablesID),
			Crumb: func(r nav.Route) string { return r.Name }, New: newTablePage,
		},
		{
			ID: manageTagsID, Service: aws.ServiceDynamoDB, Title: "Manage a table's tags", Named: true,
			Summary: "Labels by which you find and account for a table", Parent: toTable,
			Crumb: page.Named("Manage tags"), New: newManageTags,
		},
		{
			ID: createIndexID, Service: aws.ServiceDynamoDB, Title: "Create a global secondary index", Named: true,
			Summary: "Another way to find a table's items", Parent: toTable,
			Crumb: page.Named("Create index"), New: newCreateIndex,
		},
		{
			ID: itemID, Service: aws.ServiceDynamoDB, Title: "DynamoDB item", Named: true,
			Summary: "One item: its attributes as a form or as JSON", Parent: toExplore,
			Crumb: func(r nav.Route) string { return readAddress(r).title() }, New: newItemPage,
		},
	}
}

func toTable(r nav.Route) (nav.Route, bool) {
	if r.Name == "" {
		return nav.Route{Page: dashboardID}, true
	}
	return nav.Route{Page: tableID, Name: r.Name}, true
}

func toExplore(r nav.Route) (nav.Route, bool) {
	return nav.Route{Page: exploreID, Name: r.Name}, true
}
