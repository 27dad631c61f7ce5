package awstest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

func testCreateTable(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	out := must(t, db.CreateTable, library()).TableDescription
	same(t, "status", out.TableStatus, aws.StatusCreating)
	same(t, "key", out.KeySchema, key("Author", "Year"))
	if !strings.HasSuffix(out.TableArn, ":table/Library") || out.TableID == "" || out.CreationDateTime.IsZero() {
		t.Errorf("new table is %+v, want an ARN, an id and a time", out)
	}
	if out.BillingModeSummary == nil || out.BillingModeSummary.BillingMode != aws.BillingPayPerRequest || out.WarmThroughput != nil {
		t.Errorf("new table is %+v, want it on-demand and cold", out)
	}
	item := errorOf(db.PutItem, aws.PutItemInput{TableName: "Library", Item: book("A", "1", nil)})
	t.Run("is not usable while CREATING", func(t *testing.T) {
		wantError(t, item(), operation(t, "dynamodb:PutItem"), "ResourceNotFoundException", missing)
		wantError(t, errorOf(db.CreateTable, library())(), operation(t, "dynamodb:CreateTable"), "ResourceInUseException",
			"Attempt to change a resource which is still in use: Table is being created: Library")
	})
	d := f.active(t, "Library")
	same(t, "indexes", []int{len(d.LocalSecondaryIndexes), len(d.GlobalSecondaryIndexes)}, []int{1, 2})
	if d.WarmThroughput == nil || d.WarmThroughput.ReadUnitsPerSecond != 12000 || d.WarmThroughput.WriteUnitsPerSecond != 4000 {
		t.Errorf("warm throughput is %+v", d.WarmThroughput)
	}
	if err := item(); err != nil {
		t.Error(err)
	}
	t.Run("provisioned", func(t *testing.T) {
		in := simple("Provisioned", aws.TypeN)
		in.BillingMode = ""
		in.ProvisionedThroughput = &aws.ProvisionedThroughput{ReadCapacityUnits: 5, WriteCapacityUnits: 6}
		in.TableClass = "STANDARD_INFREQUENT_ACCESS"
		in.DeletionProtectionEnabled = true
		f.create(t, in)
		d := f.active(t, in.TableName)
		same(t, "reads", d.ProvisionedThroughput.ReadCapacityUnits, 5)
		same(t, "writes", d.ProvisionedThroughput.WriteCapacityUnits, 6)
		if d.BillingModeSummary != nil || d.TableClassSummary == nil || d.TableClassSummary.TableClass != in.TableClass || !d.DeletionProtectionEnabled {
			t.Errorf("table is %+v", d)
		}
	})
	testCanceled(t, db.CreateTable, music())
	refuses(t, operation(t, "dynamodb:CreateTable"), createTableRefusals(db))
}

// changed is the music table with something different.
func changed(change func(*aws.CreateTableInput)) aws.CreateTableInput {
	in := music()
	change(&in)
	return in
}

func createTableRefusals(db aws.DynamoDB) []refusal {
	create := func(name, message string, change func(*aws.CreateTableInput)) refusal {
		return invalid(name, message, errorOf(db.CreateTable, changed(change)))
	}
	long := strings.Repeat("a", 256)
	all := aws.Projection{ProjectionType: aws.ProjectAll}
	return []refusal{
		{"a taken name", errorOf(db.CreateTable, library()), "ResourceInUseException", "Table already exists: Library"},
		create("no name", emptyName,
			func(in *aws.CreateTableInput) { in.TableName = "" }),
		create("a short name", oneError+"Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
			func(in *aws.CreateTableInput) { in.TableName = "ab" }),
		create("a long name", oneError+"Value '"+long+"' at 'tableName' failed to satisfy constraint: Member must have length less than or equal to 255",
			func(in *aws.CreateTableInput) { in.TableName = long }),
		create("a bad name", oneError+"Value 'my music' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
			func(in *aws.CreateTableInput) { in.TableName = "my music" }),
		create("two faults in a name", "2 validation errors detected: Value 'x!' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "+
			"Value 'x!' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3",
			func(in *aws.CreateTableInput) { in.TableName = "x!" }),
		create("one name for both keys", "Invalid KeySchema: Some index key attribute have no definition", func(in *aws.CreateTableInput) {
			in.AttributeDefinitions = in.AttributeDefinitions[:1]
			in.KeySchema = key("Artist", "Artist")
		}),
		create("a key without definition", "Invalid KeySchema: Some index key attribute have no definition",
			func(in *aws.CreateTableInput) { in.KeySchema = key("Artist", "Title") }),
		create("two sort keys", "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
			func(in *aws.CreateTableInput) { in.KeySchema[0].KeyType = aws.KeyRange }),
		create("two partition keys", "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
			func(in *aws.CreateTableInput) { in.KeySchema[1].KeyType = aws.KeyHash }),
		create("a bad key type", oneError+"Value 'INVALID' at 'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]",
			func(in *aws.CreateTableInput) { in.KeySchema[0].KeyType = "INVALID" }),
		create("three keys", oneError+"Value '[KeySchemaElement(attributeName=Artist, keyType=HASH), KeySchemaElement(attributeName=Song, keyType=RANGE), "+
			"KeySchemaElement(attributeName=Year, keyType=RANGE)]' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2",
			func(in *aws.CreateTableInput) {
				in.KeySchema = append(in.KeySchema, aws.KeySchemaElement{AttributeName: "Year", KeyType: aws.KeyRange})
			}),
		create("a bad attribute type", oneError+"Value 'X' at 'attributeDefinitions.1.member.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]",
			func(in *aws.CreateTableInput) { in.AttributeDefinitions[0].AttributeType = "X" }),
		create("a definition too many", parameters+"Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
			func(in *aws.CreateTableInput) {
				in.AttributeDefinitions = append(in.AttributeDefinitions, attribute("Year", aws.TypeN))
			}),
		create("a bad billing mode", oneError+"Value 'FREE' at 'billingMode' failed to satisfy constraint: Member must satisfy enum value set: [PROVISIONED, PAY_PER_REQUEST]",
			func(in *aws.CreateTableInput) { in.BillingMode = "FREE" }),
		create("units when on-demand", parameters+"Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
			func(in *aws.CreateTableInput) {
				in.ProvisionedThroughput = &aws.ProvisionedThroughput{ReadCapacityUnits: 1, WriteCapacityUnits: 1}
			}),
		create("no units when provisioned", parameters+"ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
			func(in *aws.CreateTableInput) { in.BillingMode = aws.BillingProvisioned }),
		create("zero units", "2 validation errors detected: Value '0' at 'provisionedThroughput.writeCapacityUnits' failed to satisfy constraint: Member must have value greater than or equal to 1; "+
			"Value '0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: Member must have value greater than or equal to 1",
			func(in *aws.CreateTableInput) {
				in.BillingMode = aws.BillingProvisioned
				in.ProvisionedThroughput = &aws.ProvisionedThroughput{}
			}),
		create("a stream without a view", parameters+"Table is being created with a stream enabled, UpdateViewType is required",
			func(in *aws.CreateTableInput) { in.StreamSpecification = &aws.StreamSpecification{StreamEnabled: true} }),
		create("a view without a stream", parameters+"Table is being created with a stream disabled, UpdateViewType should not be specified",
			func(in *aws.CreateTableInput) {
				in.StreamSpecification = &aws.StreamSpecification{StreamViewType: aws.StreamNewImage}
			}),
		create("an unknown view", oneError+"Value 'new_image' at 'streamSpecification.streamViewType' failed to satisfy constraint: "+
			"Member must satisfy enum value set: [OLD_IMAGE, KEYS_ONLY, NEW_AND_OLD_IMAGES, NEW_IMAGE]",
			func(in *aws.CreateTableInput) {
				in.StreamSpecification = &aws.StreamSpecification{StreamEnabled: true, StreamViewType: "new_image"}
			}),
		create("a local index without a sort key in the table", parameters+"Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
			func(in *aws.CreateTableInput) {
				in.KeySchema = key("Artist")
				in.LocalSecondaryIndexes = []aws.LocalSecondaryIndex{{IndexName: "idx", KeySchema: key("Artist", "Song"), Projection: all}}
			}),
		create("a local index by another partition key", parameters+"Index KeySchema does not have the same leading hash key as table KeySchema for index: idx. index hash key: Song, table hash key: Artist",
			func(in *aws.CreateTableInput) {
				in.LocalSecondaryIndexes = []aws.LocalSecondaryIndex{{IndexName: "idx", KeySchema: key("Song", "Artist"), Projection: all}}
			}),
		create("an index key without definition", parameters+"Some index key attributes are not defined in AttributeDefinitions. Keys: [Genre], AttributeDefinitions: [Artist, Song]",
			func(in *aws.CreateTableInput) {
				in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{{IndexName: "idx", KeySchema: key("Genre"), Projection: all}}
			}),
		create("a local index without sort key", parameters+"Index KeySchema does not have a range key for index: idx", func(in *aws.CreateTableInput) {
			in.LocalSecondaryIndexes = []aws.LocalSecondaryIndex{{IndexName: "idx", KeySchema: key("Artist"), Projection: all}}
		}),
		create("six local indexes", parameters+"Number of LocalSecondaryIndexes exceeds per-table limit of 5", func(in *aws.CreateTableInput) {
			for n := range 6 {
				in.LocalSecondaryIndexes = append(in.LocalSecondaryIndexes, aws.LocalSecondaryIndex{IndexName: fmt.Sprintf("index-%d", n), KeySchema: key("Artist", "Song"), Projection: all})
			}
		}),
		create("21 global indexes", parameters+"GlobalSecondaryIndex count exceeds the per-table limit of 20", func(in *aws.CreateTableInput) {
			for n := range 21 {
				in.GlobalSecondaryIndexes = append(in.GlobalSecondaryIndexes, aws.GlobalSecondaryIndex{IndexName: fmt.Sprintf("index-%d", n), KeySchema: key("Song"), Projection: all})
			}
		}),
		create("one name for a local and a global index", parameters+"Duplicate index name: idx", func(in *aws.CreateTableInput) {
			in.LocalSecondaryIndexes = []aws.LocalSecondaryIndex{{IndexName: "idx", KeySchema: key("Artist", "Song"), Projection: all}}
			in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{{IndexName: "idx", KeySchema: key("Song"), Projection: all}}
		}),
		create("both keys alike", "Both the Hash Key and the Range Key element in the KeySchema have the same name",
			func(in *aws.CreateTableInput) { in.KeySchema = key("Artist", "Artist") }),
		create("too many units", "Given value 1000000000001 for ReadCapacityUnits is out of bounds", func(in *aws.CreateTableInput) {
			in.BillingMode = aws.BillingProvisioned
			in.ProvisionedThroughput = &aws.ProvisionedThroughput{ReadCapacityUnits: 1000000000001, WriteCapacityUnits: 1}
		}),
		create("an index without units when provisioned", parameters+"ProvisionedThroughput is not specified for index: idx", func(in *aws.CreateTableInput) {
			in.BillingMode = aws.BillingProvisioned
			in.ProvisionedThroughput = &aws.ProvisionedThroughput{ReadCapacityUnits: 1, WriteCapacityUnits: 1}
			in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{{IndexName: "idx", KeySchema: key("Song"), Projection: all}}
		}),
		create("an index of some attributes without any", parameters+"ProjectionType is INCLUDE, but NonKeyAttributes is not specified", func(in *aws.CreateTableInput) {
			in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{{IndexName: "idx", KeySchema: key("Song"), Projection: aws.Projection{ProjectionType: aws.ProjectInclude}}}
		}),
		create("two indexes of one name", parameters+"Duplicate index name: idx", func(in *aws.CreateTableInput) {
			i := aws.GlobalSecondaryIndex{IndexName: "idx", KeySchema: key("Song"), Projection: all}
			in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{i, i}
		}),
		create("short index names", "2 validation errors detected: Value 'g1' at 'globalSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must have length greater than or equal to 3; "+
			"Value 'l1' at 'localSecondaryIndexes.1.member.indexName' failed to satisfy constraint: Member must have length greater than or equal to 3",
			func(in *aws.CreateTableInput) {
				in.LocalSecondaryIndexes = []aws.LocalSecondaryIndex{{IndexName: "l1", KeySchema: key("Artist", "Song"), Projection: all}}
				in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{{IndexName: "g1", KeySchema: key("Song"), Projection: all}}
			}),
		create("an unknown projection", parameters+"Unknown ProjectionType: null", func(in *aws.CreateTableInput) {
			in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{{IndexName: "idx", KeySchema: key("Song")}}
		}),
		create("attributes of a projection of all", parameters+"ProjectionType is ALL, but NonKeyAttributes is specified", func(in *aws.CreateTableInput) {
			in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{{IndexName: "idx", KeySchema: key("Song"),
				Projection: aws.Projection{ProjectionType: aws.ProjectAll, NonKeyAttributes: []string{"Year"}}}}
		}),
		create("unused definitions beside an index", parameters+"Some AttributeDefinitions are not used. AttributeDefinitions: [Artist, Song, Year], keys used: [Artist, Song]",
			func(in *aws.CreateTableInput) {
				in.AttributeDefinitions = append(in.AttributeDefinitions, attribute("Year", aws.TypeN))
				in.GlobalSecondaryIndexes = []aws.GlobalSecondaryIndex{{IndexName: "idx", KeySchema: key("Song"), Projection: all}}
			}),
	}
}

func testDescribeTable(t *testing.T, f Fixture) {
	f.create(t, library())
	f.put(t, "Library", book("A", "1", aws.Item{"Genre": aws.S("g"), "Title": aws.S("t")}), book("B", "2", nil))
	d := f.active(t, "Library")
	same(t, "definitions", d.AttributeDefinitions, library().AttributeDefinitions)
	same(t, "key", d.KeySchema, library().KeySchema)
	for _, i := range d.GlobalSecondaryIndexes {
		n := slices.IndexFunc(library().GlobalSecondaryIndexes, func(g aws.GlobalSecondaryIndex) bool { return g.IndexName == i.IndexName })
		if n < 0 || !strings.HasSuffix(i.IndexArn, ":table/Library/index/"+i.IndexName) {
			t.Fatalf("index is %+v", i)
		}
		same(t, "key of the index", i.KeySchema, library().GlobalSecondaryIndexes[n].KeySchema)
		same(t, "projection", i.Projection, library().GlobalSecondaryIndexes[n].Projection)
	}
	describe := func(name string) func() error {
		return errorOf(f.Cloud.DynamoDB.DescribeTable, aws.DescribeTableInput{TableName: name})
	}
	refuses(t, operation(t, "dynamodb:DescribeTable"), []refusal{
		{"an unknown table", describe("Nope"), "ResourceNotFoundException", missing + ": Table: Nope not found"},
		invalid("no name", emptyName, describe("")),
		invalid("a short name", oneError+"Value 'ab' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3", describe("ab")),
	})
	testCanceled(t, f.Cloud.DynamoDB.DescribeTable, aws.DescribeTableInput{TableName: "Library"})
}

func testListTables(t *testing.T, f Fixture) {
	list := f.Cloud.DynamoDB.ListTables
	same(t, "tables of an empty account", must(t, list, aws.ListTablesInput{}).TableNames, []string{})
	for n := range 3 {
		must(t, f.Cloud.DynamoDB.CreateTable, simple(fmt.Sprintf("Table%d", n), aws.TypeS))
	}
	same(t, "tables", must(t, list, aws.ListTablesInput{}), aws.ListTablesOutput{TableNames: []string{"Table0", "Table1", "Table2"}})
	first := must(t, list, aws.ListTablesInput{Limit: aws.Some(2)})
	same(t, "first page", first, aws.ListTablesOutput{TableNames: []string{"Table0", "Table1"}, LastEvaluatedTableName: "Table1"})
	rest := must(t, list, aws.ListTablesInput{Limit: aws.Some(2), ExclusiveStartTableName: first.LastEvaluatedTableName})
	same(t, "last page", rest, aws.ListTablesOutput{TableNames: []string{"Table2"}})
	same(t, "after a name that is none", must(t, list, aws.ListTablesInput{ExclusiveStartTableName: "Table00"}).TableNames, []string{"Table1", "Table2"})
	limit := func(n int) func() error { return errorOf(list, aws.ListTablesInput{Limit: aws.Some(n)}) }
	refuses(t, operation(t, "dynamodb:ListTables"), []refusal{
		invalid("a limit of 0", oneError+"Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1", limit(0)),
		invalid("a limit of 101", oneError+"Value '101' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 100", limit(101)),
		invalid("a bad name to start at", oneError+"Value 'my table' at 'exclusiveStartTableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
			errorOf(list, aws.ListTablesInput{ExclusiveStartTableName: "my table"})),
	})
	testCanceled(t, list, aws.ListTablesInput{})
}

func testDeleteTable(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	remove := func(name string) func() error { return errorOf(db.DeleteTable, aws.DeleteTableInput{TableName: name}) }
	op := operation(t, "dynamodb:DeleteTable")
	must(t, db.CreateTable, music())
	wantError(t, remove("Music")(), op, "ResourceInUseException", "Attempt to change a resource which is still in use: Table is being created: Music")
	f.active(t, "Music")
	f.put(t, "Music", song("Psy", "Gangnam Style"))

	out := must(t, db.DeleteTable, aws.DeleteTableInput{TableName: "Music"}).TableDescription
	same(t, "status", out.TableStatus, aws.StatusDeleting)
	if out.KeySchema != nil || out.AttributeDefinitions != nil {
		t.Errorf("a table being deleted is %+v, want no schema", out)
	}
	get := errorOf(db.GetItem, aws.GetItemInput{TableName: "Music", Key: song("Psy", "Gangnam Style")})
	if err := get(); !errors.Is(err, aws.ErrNotFound) {
		t.Errorf("reading from a table being deleted: %v", err)
	}
	f.gone(t, "Music")
	same(t, "tables left", must(t, db.ListTables, aws.ListTablesInput{}).TableNames, []string{})

	f.create(t, music())
	if item := f.get(t, "Music", song("Psy", "Gangnam Style")); item != nil {
		t.Errorf("a table made anew has %v", item)
	}
	f.create(t, changed(func(in *aws.CreateTableInput) { in.TableName, in.DeletionProtectionEnabled = "Protected", true }))
	refuses(t, op, []refusal{
		{"an unknown table", remove("Nope"), "ResourceNotFoundException", missing + ": Table: Nope not found"},
		invalid("a protected table", "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.", remove("Protected")),
		invalid("no name", emptyName, remove("")),
	})
	testCanceled(t, db.DeleteTable, aws.DeleteTableInput{TableName: "Music"})
}
