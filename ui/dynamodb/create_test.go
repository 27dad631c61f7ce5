package dynamodb

import (
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
)

func TestCreateTableChecksBeforeSending(t *testing.T) {
	t.Parallel()
	cloud := watch(sandbox(t))
	b := newBench(t, cloud.Cloud).open(nav.Route{Page: createTableID})
	if b.page.Unsaved() != "" {
		t.Error(b.page.Unsaved())
	}
	b.press("Create table").shows("Enter a name", "Enter the attribute's name", "✗ Table name: Enter a name (and 1 more field)")
	b.typeIn("Table name", "Music ").typeIn("Partition key", "Artist ")
	b.shows("The name has a space at the end", "⚠ There is a space at the end: it counts")
	if b.page.Unsaved() == "" {
		t.Error("nothing would be lost")
	}
	b.typeIn("Table name", "Music").typeIn("Partition key", "Artist").typeIn("Sort key - optional", "Artist").press("Create table")
	b.shows("The partition key and the sort key are both Artist")
	if n := cloud.count("CreateTable"); n != 0 {
		t.Errorf("%d tables were asked for", n)
	}
}

func TestCreateTableKeepsTheFormWhenItFails(t *testing.T) {
	t.Parallel()
	cloud := watch(sandbox(t))
	music(t, cloud.Cloud)
	b := newBench(t, cloud.Cloud).open(nav.Route{Page: createTableID})
	b.typeIn("Table name", "Music").typeIn("Partition key", "Artist").press("Create table")
	b.shows("ResourceInUseException: Table already exists: Music", "A table named Music exists already")
	cloud.refuse("CreateTable")
	b.typeIn("Table name", "Music2").press("Create table").shows("The table was not created. InternalServerError: It went wrong", "Music2", "Artist")
	cloud.allow()
	b.press("Create table")
	if replace := asked[nav.Replace](b); replace.Route.Page != tablesID {
		t.Errorf("%v", replace)
	}
	if b.page.Unsaved() != "" {
		t.Error(b.page.Unsaved())
	}
}

func TestCreateCustomTable(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	b := newBench(t, cloud).open(nav.Route{Page: createTableID})
	b.width, b.height = 78, 20
	b.typeIn("Table name", "Music").typeIn("Partition key", "Artist").press("Customize settings").press("DynamoDB Standard-IA").press("Provisioned")
	b.typeIn("Read capacity units", "0").press("Create table").shows("✗ Read capacity units: Enter a whole number from 1 to 40000")
	b.typeIn("Read capacity units", "7").typeIn("Write capacity units", "8")
	b.press("Create local index")
	if why := asked[nav.Notify](b); why.Text != "Local secondary indexes need a table with a sort key." {
		t.Errorf("%+v", why)
	}
	b.typeIn("Sort key - optional", "Song").press("Create local index").typeIn("Index sort key", "Album").choose("Attribute projections", "Only keys")
	b.press("Create global index").typeIn("Index partition key", "Genre").typeIn("Index read capacity units", "2").typeIn("Index name", "by-genre")
	b.press("Create global index").press("Remove index")
	b.press("Turn on deletion protection").press("Create table")
	out, err := cloud.DynamoDB.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: "Music"})
	if err != nil {
		t.Fatalf("%v\n%s", err, b.text())
	}
	table := out.Table
	if capacityText(table) != "Provisioned (7 read, 8 write)" || className(table) != "DynamoDB Standard-IA" || !table.DeletionProtectionEnabled {
		t.Errorf("%+v", table)
	}
	local, global := table.LocalSecondaryIndexes, table.GlobalSecondaryIndexes
	if len(local) != 1 || local[0].IndexName != "Album-index" || indexKey(table, "Album-index") != (keySchema{keyAttribute{"Artist", aws.TypeS}, keyAttribute{"Album", aws.TypeS}}) {
		t.Errorf("%+v", local)
	}
	if len(global) != 1 || global[0].IndexName != "by-genre" || global[0].ProvisionedThroughput.ReadCapacityUnits != 2 {
		t.Errorf("%+v", global)
	}
}
