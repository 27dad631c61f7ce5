package dynamodb

import (
	"testing"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func TestCreateTableChecksBeforeSending(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t))
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: createTableID})
	if b.Page.Unsaved() != "" {
		t.Error(b.Page.Unsaved())
	}
	b.Press("Create table").Shows("Enter a name", "Enter the attribute's name", "✗ Table name: Enter a name (and 1 more field)")
	b.TypeIn("Table name", "Music ").TypeIn("Partition key", "Artist ")
	b.Shows("The name has a space at the end", "⚠ There is a space at the end: it counts")
	if b.Page.Unsaved() == "" {
		t.Error("nothing would be lost")
	}
	b.TypeIn("Table name", "Music").TypeIn("Partition key", "Artist").TypeIn("Sort key - optional", "Artist").Press("Create table")
	b.Shows("The partition key and the sort key are both Artist")
	if n := cloud.Count("CreateTable"); n != 0 {
		t.Errorf("%d tables were asked for", n)
	}
}

func TestCreateTableKeepsTheFormWhenItFails(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t))
	music(t, cloud.Cloud)
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: createTableID})
	b.TypeIn("Table name", "Music").TypeIn("Partition key", "Artist").Press("Create table")
	b.Shows("ResourceInUseException: Table already exists: Music", "A table named Music exists already")
	cloud.Refuse("CreateTable")
	b.TypeIn("Table name", "Music2").Press("Create table").Shows("The table was not created. InternalServerError: It went wrong", "Music2", "Artist")
	cloud.Allow()
	b.Press("Create table")
	if replace := pagetest.Asked[nav.Replace](b); replace.Route.Page != tablesID {
		t.Errorf("%v", replace)
	}
	if b.Page.Unsaved() != "" {
		t.Error(b.Page.Unsaved())
	}
}

func TestCreateCustomTable(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	b := newBench(t, cloud).Open(nav.Route{Page: createTableID})
	b.Width, b.Height = 78, 20
	b.TypeIn("Table name", "Music").TypeIn("Partition key", "Artist").Press("Customize settings").Press("DynamoDB Standard-IA").Press("Provisioned")
	b.TypeIn("Read capacity units", "0").Press("Create table").Shows("✗ Read capacity units: Enter a whole number from 1 to 40000")
	b.TypeIn("Read capacity units", "7").TypeIn("Write capacity units", "8")
	b.Press("Create local index")
	if why := pagetest.Asked[nav.Notify](b); why.Text != "Local secondary indexes need a table with a sort key." {
		t.Errorf("%+v", why)
	}
	b.TypeIn("Sort key - optional", "Song").Press("Create local index").TypeIn("Index sort key", "Album").Choose("Attribute projections", "Only keys")
	b.Press("Create global index").TypeIn("Index partition key", "Genre").TypeIn("Index read capacity units", "2").TypeIn("Index name", "by-genre")
	b.Press("Create global index").Press("Remove index")
	b.Press("Turn on deletion protection").Press("Create table")
	out, err := cloud.DynamoDB.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: "Music"})
	if err != nil {
		t.Fatalf("%v\n%s", err, b.Text())
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
