package awstest

import (
	"testing"

	"awslab/aws"
)

func testUpdateTable(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music(), library())
	t.Run("changes the billing mode", func(t *testing.T) { testBillingMode(t, f) })
	t.Run("changes deletion protection", func(t *testing.T) {
		for _, on := range []bool{true, false} {
			must(t, db.UpdateTable, aws.UpdateTableInput{TableName: "Music", DeletionProtectionEnabled: aws.Some(on)})
			same(t, "protection", f.active(t, "Music").DeletionProtectionEnabled, on)
		}
	})
	t.Run("changes the table class", func(t *testing.T) {
		must(t, db.UpdateTable, aws.UpdateTableInput{TableName: "Music", TableClass: "STANDARD_INFREQUENT_ACCESS"})
		same(t, "class", f.active(t, "Music").TableClassSummary.TableClass, "STANDARD_INFREQUENT_ACCESS")
	})
	t.Run("turns a stream on and off", func(t *testing.T) { testStreamSettings(t, f) })
	t.Run("changes an index's capacity", func(t *testing.T) { testIndexCapacity(t, f) })
	t.Run("makes one index at a time", func(t *testing.T) { testBusyIndex(t, f) })
	t.Run("makes and deletes an index", func(t *testing.T) { testIndexLife(t, f) })
	refuses(t, operation(t, "dynamodb:UpdateTable"), updateTableRefusals(db))
	testCanceled(t, db.UpdateTable, aws.UpdateTableInput{TableName: "Music", TableClass: "STANDARD"})
}

func testBillingMode(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	five := &aws.ProvisionedThroughput{ReadCapacityUnits: 5, WriteCapacityUnits: 5}
	out := must(t, db.UpdateTable, aws.UpdateTableInput{TableName: "Music", BillingMode: aws.BillingProvisioned, ProvisionedThroughput: five})
	same(t, "status", out.TableDescription.TableStatus, aws.StatusUpdating)
	wantError(t, errorOf(db.UpdateTable, aws.UpdateTableInput{TableName: "Music", BillingMode: aws.BillingPayPerRequest})(), operation(t, "dynamodb:UpdateTable"),
		"ResourceInUseException", "Attempt to change a resource which is still in use: Table IOPS are currently being updated. Table: Music")
	d := f.active(t, "Music")
	same(t, "mode", d.BillingModeSummary.BillingMode, aws.BillingProvisioned)
	same(t, "reads", d.ProvisionedThroughput.ReadCapacityUnits, 5)

	down := aws.ProvisionedThroughput{ReadCapacityUnits: 1, WriteCapacityUnits: 9}
	must(t, db.UpdateTable, aws.UpdateTableInput{TableName: "Music", ProvisionedThroughput: &down})
	d = f.active(t, "Music")
	same(t, "reads", d.ProvisionedThroughput.ReadCapacityUnits, 1)
	same(t, "writes", d.ProvisionedThroughput.WriteCapacityUnits, 9)
	same(t, "decreases", d.ProvisionedThroughput.NumberOfDecreasesToday, 1)
	wantError(t, errorOf(db.UpdateTable, aws.UpdateTableInput{TableName: "Music", ProvisionedThroughput: &down})(), operation(t, "dynamodb:UpdateTable"),
		"ValidationException", "The provisioned throughput for the table will not change. The requested value equals the current value. "+
			"Current ReadCapacityUnits provisioned for the table: 1. Requested ReadCapacityUnits: 1. "+
			"Current WriteCapacityUnits provisioned for the table: 9. Requested WriteCapacityUnits: 9. "+
			"Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.")

	for range 2 { // the second time it changes nothing, and may be asked for
		must(t, db.UpdateTable, aws.UpdateTableInput{TableName: "Music", BillingMode: aws.BillingPayPerRequest})
		d = f.active(t, "Music")
		same(t, "mode", d.BillingModeSummary.BillingMode, aws.BillingPayPerRequest)
		same(t, "reads", d.ProvisionedThroughput.ReadCapacityUnits, 0)
	}
}

func testIndexCapacity(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	in := library()
	in.TableName, in.BillingMode = "Capacities", aws.BillingProvisioned
	in.ProvisionedThroughput = &aws.ProvisionedThroughput{ReadCapacityUnits: 1, WriteCapacityUnits: 1}
	in.GlobalSecondaryIndexes[0].ProvisionedThroughput, in.GlobalSecondaryIndexes[1].ProvisionedThroughput = in.ProvisionedThroughput, in.ProvisionedThroughput
	f.create(t, in)
	change := aws.UpdateTableInput{TableName: in.TableName, GlobalSecondaryIndexUpdates: []aws.GlobalSecondaryIndexUpdate{
		{Update: &aws.UpdateGlobalSecondaryIndex{IndexName: "ByGenre", ProvisionedThroughput: aws.ProvisionedThroughput{ReadCapacityUnits: 7, WriteCapacityUnits: 8}}}}}
	d := must(t, db.UpdateTable, change).TableDescription
	same(t, "status of the index", d.GlobalSecondaryIndexes[0].IndexStatus, aws.StatusUpdating)
	d = f.active(t, in.TableName)
	same(t, "reads", d.GlobalSecondaryIndexes[0].ProvisionedThroughput.ReadCapacityUnits, 7)
	same(t, "writes", d.GlobalSecondaryIndexes[0].ProvisionedThroughput.WriteCapacityUnits, 8)
	same(t, "reads of the other", d.GlobalSecondaryIndexes[1].ProvisionedThroughput.ReadCapacityUnits, 1)

	unknown := change
	unknown.GlobalSecondaryIndexUpdates = []aws.GlobalSecondaryIndexUpdate{{Update: &aws.UpdateGlobalSecondaryIndex{IndexName: "ByShelf", ProvisionedThroughput: *in.ProvisionedThroughput}}}
	onDemand := change
	onDemand.TableName = "Library"
	refuses(t, operation(t, "dynamodb:UpdateTable"), []refusal{
		invalid("a local index", "Cannot update an index that is not a GlobalSecondaryIndex: ByShelf", errorOf(db.UpdateTable, unknown)),
		invalid("an on-demand index", parameters+"Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ByGenre when BillingMode is PAY_PER_REQUEST", errorOf(db.UpdateTable, onDemand)),
	})
}

// byYear is an index to be added to music.
func byYear() aws.GlobalSecondaryIndexUpdate {
	return aws.GlobalSecondaryIndexUpdate{Create: &aws.GlobalSecondaryIndex{
		IndexName: "ByYear", KeySchema: key("Year", "Song"), Projection: aws.Projection{ProjectionType: aws.ProjectKeysOnly},
	}}
}

func addByYear(table string) aws.UpdateTableInput {
	return aws.UpdateTableInput{
		TableName:                   table,
		AttributeDefinitions:        []aws.AttributeDefinition{attribute("Year", aws.TypeN), attribute("Song", aws.TypeS)},
		GlobalSecondaryIndexUpdates: []aws.GlobalSecondaryIndexUpdate{byYear()},
	}
}

func dropByYear(table string) aws.UpdateTableInput {
	return aws.UpdateTableInput{TableName: table, GlobalSecondaryIndexUpdates: []aws.GlobalSecondaryIndexUpdate{
		{Delete: &aws.DeleteGlobalSecondaryIndex{IndexName: "ByYear"}}}}
}

// queryByYear asks for what is of 1999.
func queryByYear(table string) aws.QueryInput {
	return aws.QueryInput{
		TableName: table, IndexName: "ByYear", KeyConditionExpression: "#y = :y",
		ExpressionAttributeNames: map[string]string{"#y": "Year"}, ExpressionAttributeValues: aws.Item{":y": aws.N("1999")},
	}
}

// testBusyIndex checks what a table refuses while an index is made.
func testBusyIndex(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, changed(func(in *aws.CreateTableInput) { in.TableName = "Busy" }))
	d := must(t, db.UpdateTable, addByYear("Busy")).TableDescription
	same(t, "status", d.TableStatus, aws.StatusUpdating)
	if len(d.GlobalSecondaryIndexes) != 1 || d.GlobalSecondaryIndexes[0].IndexStatus != aws.StatusCreating {
		t.Fatalf("indexes are %+v, want one that is CREATING", d.GlobalSecondaryIndexes)
	}
	if f.busy(t, errorOf(db.DeleteTable, aws.DeleteTableInput{TableName: "Busy"}), operation(t, "dynamodb:DeleteTable"),
		"ResourceInUseException", "Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted.") &&
		f.busy(t, errorOf(db.UpdateTable, dropByYear("Busy")), operation(t, "dynamodb:UpdateTable"),
			"LimitExceededException", "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table") &&
		f.busy(t, errorOf(db.Query, queryByYear("Busy")), operation(t, "dynamodb:Query"),
			"ValidationException", "Cannot read from backfilling global secondary index: ByYear") {
		same(t, "indexes", len(f.active(t, "Busy").GlobalSecondaryIndexes), 1)
	}
}

func testIndexLife(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.put(t, "Music",
		with(song("A", "1"), aws.Item{"Year": aws.N("1999"), "Album": aws.S("x")}),
		with(song("B", "2"), aws.Item{"Year": aws.S("1999")}), // of another type: not in the index
		song("C", "3"))
	must(t, db.UpdateTable, addByYear("Music"))
	f.put(t, "Music", with(song("D", "4"), aws.Item{"Year": aws.N("1999.0")})) // while the index is made
	same(t, "definitions", len(f.active(t, "Music").AttributeDefinitions), 3)
	same(t, "items by year", must(t, db.Query, queryByYear("Music")).Items, []aws.Item{
		with(song("A", "1"), aws.Item{"Year": aws.N("1999")}), with(song("D", "4"), aws.Item{"Year": aws.N("1999")})})
	wantError(t, errorOf(db.UpdateTable, addByYear("Music"))(), operation(t, "dynamodb:UpdateTable"),
		"ValidationException", "Attempting to create an index which already exists")

	must(t, db.UpdateTable, dropByYear("Music"))
	var d aws.TableDescription
	for range patience {
		d = must(t, db.DescribeTable, aws.DescribeTableInput{TableName: "Music"}).Table
		if len(d.GlobalSecondaryIndexes) == 0 && d.TableStatus == aws.StatusActive {
			break
		}
		f.Wait()
	}
	same(t, "definitions left", d.AttributeDefinitions, music().AttributeDefinitions)
	wantError(t, errorOf(db.Query, queryByYear("Music"))(), operation(t, "dynamodb:Query"), "ValidationException", "The table does not have the specified index: ByYear")
}

func updateTableRefusals(db aws.DynamoDB) []refusal {
	update := func(name, message string, in aws.UpdateTableInput) refusal {
		if in.TableName == "" {
			in.TableName = "Music"
		}
		return invalid(name, message, errorOf(db.UpdateTable, in))
	}
	indexes := func(updates ...aws.GlobalSecondaryIndexUpdate) aws.UpdateTableInput {
		return aws.UpdateTableInput{GlobalSecondaryIndexUpdates: updates}
	}
	remove := func(name string) aws.GlobalSecondaryIndexUpdate {
		return aws.GlobalSecondaryIndexUpdate{Delete: &aws.DeleteGlobalSecondaryIndex{IndexName: name}}
	}
	one := aws.ProvisionedThroughput{ReadCapacityUnits: 1, WriteCapacityUnits: 1}
	local := indexes(remove("ByShelf"))
	local.TableName = "Library"
	known := addByYear("Music")
	known.AttributeDefinitions = known.AttributeDefinitions[:1]
	const undefined = parameters + "Some index key attributes are not defined in AttributeDefinitions. Keys: [Year, Song], AttributeDefinitions: "
	both := byYear()
	both.Delete = &aws.DeleteGlobalSecondaryIndex{IndexName: "ByYear"}
	return []refusal{
		{"an unknown table", errorOf(db.UpdateTable, aws.UpdateTableInput{TableName: "Nope", TableClass: "STANDARD"}),
			"ResourceNotFoundException", missing + ": Table: Nope not found"},
		{"an unknown index", errorOf(db.UpdateTable, aws.UpdateTableInput{TableName: "Music", GlobalSecondaryIndexUpdates: []aws.GlobalSecondaryIndexUpdate{remove("Nope")}}),
			"ResourceNotFoundException", missing + ": Index: Nope not found for table: Music"},
		update("nothing to change", "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates, "+
			"MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required", aws.UpdateTableInput{}),
		update("protection beside other changes", parameters+"DeletionProtection modification must be the only operation in the request",
			aws.UpdateTableInput{DeletionProtectionEnabled: aws.Some(true), BillingMode: aws.BillingPayPerRequest}),
		update("a class beside other changes", parameters+"TableClass modification must be the only operation in the request",
			aws.UpdateTableInput{TableClass: "STANDARD", BillingMode: aws.BillingPayPerRequest}),
		update("units when on-demand", parameters+"Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
			aws.UpdateTableInput{ProvisionedThroughput: &one}),
		update("no units when provisioned", parameters+"ProvisionedThroughput must be specified when BillingMode is PROVISIONED",
			aws.UpdateTableInput{BillingMode: aws.BillingProvisioned}),
		update("an index without units when provisioned", parameters+"ProvisionedThroughput must be specified for index: ByGenre",
			aws.UpdateTableInput{TableName: "Library", BillingMode: aws.BillingProvisioned, ProvisionedThroughput: &one}),
		update("a change of no index", parameters+"One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
			indexes(aws.GlobalSecondaryIndexUpdate{})),
		update("two changes in one", parameters+"Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object", indexes(both)),
		update("two changes of one index", parameters+"Only one global secondary index update per index is allowed simultaneously. Index: ByYear", indexes(remove("ByYear"), remove("ByYear"))),
		update("a change of a local index", "Cannot delete an index that is not a GlobalSecondaryIndex: ByShelf", local),
		update("an index without definitions", undefined+"[]", indexes(byYear())),
		update("an index key that only the table defines", undefined+"[Year]", known),
	}
}
