package awstest

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
)

// The beginnings of DynamoDB's messages.
const (
	parameters = "One or more parameter values were invalid: "
	oneError   = "1 validation error detected: "
	emptyKey   = "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
	missing    = "Requested resource not found"
	mismatch   = "The provided key element does not match the schema"
	emptyName  = "2 validation errors detected: Value '' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; " +
		"Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 3"
)

// Attribute and key shorthands.
func attribute(name string, kind aws.AttributeType) aws.AttributeDefinition {
	return aws.AttributeDefinition{AttributeName: name, AttributeType: kind}
}

func key(names ...string) []aws.KeySchemaElement {
	elements := []aws.KeySchemaElement{{AttributeName: names[0], KeyType: aws.KeyHash}}
	if len(names) > 1 {
		elements = append(elements, aws.KeySchemaElement{AttributeName: names[1], KeyType: aws.KeyRange})
	}
	return elements
}

// music is the table of the first lab: Artist and Song, both strings.
func music() aws.CreateTableInput {
	return aws.CreateTableInput{
		TableName:            "Music",
		BillingMode:          aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{attribute("Artist", aws.TypeS), attribute("Song", aws.TypeS)},
		KeySchema:            key("Artist", "Song"),
	}
}

// library is a table with a number for sort key and one index of each kind:
// ByShelf (local, keys only), ByGenre (global, with Title) and ByCode (global,
// all attributes, a binary partition key and no sort key).
func library() aws.CreateTableInput {
	return aws.CreateTableInput{
		TableName:   "Library",
		BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{
			attribute("Author", aws.TypeS), attribute("Year", aws.TypeN), attribute("Shelf", aws.TypeS),
			attribute("Genre", aws.TypeS), attribute("Code", aws.TypeB),
		},
		KeySchema: key("Author", "Year"),
		LocalSecondaryIndexes: []aws.LocalSecondaryIndex{
			{IndexName: "ByShelf", KeySchema: key("Author", "Shelf"), Projection: aws.Projection{ProjectionType: aws.ProjectKeysOnly}},
		},
		GlobalSecondaryIndexes: []aws.GlobalSecondaryIndex{
			{IndexName: "ByGenre", KeySchema: key("Genre", "Year"), Projection: aws.Projection{ProjectionType: aws.ProjectInclude, NonKeyAttributes: []string{"Title"}}},
			{IndexName: "ByCode", KeySchema: key("Code"), Projection: aws.Projection{ProjectionType: aws.ProjectAll}},
		},
	}
}

// simple is a table with a partition key only.
func simple(name string, kind aws.AttributeType) aws.CreateTableInput {
	return aws.CreateTableInput{
		TableName: name, BillingMode: aws.BillingPayPerRequest,
		AttributeDefinitions: []aws.AttributeDefinition{attribute("ID", kind)}, KeySchema: key("ID"),
	}
}

// create makes tables and waits until they are ACTIVE.
func (f Fixture) create(t *testing.T, tables ...aws.CreateTableInput) {
	t.Helper()
	for _, in := range tables {
		same(t, "name of the new table", must(t, f.Cloud.DynamoDB.CreateTable, in).TableDescription.TableName, in.TableName)
	}
	for _, in := range tables {
		f.active(t, in.TableName)
	}
}

// active waits until a table and its indexes are ACTIVE, and describes it.
func (f Fixture) active(t *testing.T, name string) aws.TableDescription {
	t.Helper()
	for range patience {
		d := must(t, f.Cloud.DynamoDB.DescribeTable, aws.DescribeTableInput{TableName: name}).Table
		busy := slices.ContainsFunc(d.GlobalSecondaryIndexes, func(i aws.GlobalSecondaryIndexDescription) bool {
			return i.IndexStatus != aws.StatusActive
		})
		if d.TableStatus == aws.StatusActive && !busy {
			return d
		}
		f.Wait()
	}
	t.Fatalf("table %s does not become ACTIVE", name)
	return aws.TableDescription{}
}

// busy checks how a call is refused while a table changes, and reports whether it
// was: where time hurries, the change may be over, and then the call is carried out.
func (f Fixture) busy(t *testing.T, call func() error, op aws.Operation, code, message string) bool {
	t.Helper()
	err := call()
	if err == nil && f.Hurries {
		t.Logf("the change was over before %s was refused with %s", op, code)
		return false
	}
	wantError(t, err, op, code, message)
	return true
}

// gone waits until a table is no more.
func (f Fixture) gone(t *testing.T, name string) {
	t.Helper()
	for range patience {
		_, err := f.Cloud.DynamoDB.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: name})
		if errors.Is(err, aws.ErrNotFound) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		f.Wait()
	}
	t.Fatalf("table %s does not go away", name)
}

// put puts items.
func (f Fixture) put(t *testing.T, table string, items ...aws.Item) {
	t.Helper()
	for _, item := range items {
		must(t, f.Cloud.DynamoDB.PutItem, aws.PutItemInput{TableName: table, Item: item})
	}
}

// get reads an item, strongly consistent; nil when there is none.
func (f Fixture) get(t *testing.T, table string, key aws.Item) aws.Item {
	t.Helper()
	return must(t, f.Cloud.DynamoDB.GetItem, aws.GetItemInput{TableName: table, Key: key, ConsistentRead: true}).Item
}

// song is the key of an item of music.
func song(artist, title string) aws.Item {
	return aws.Item{"Artist": aws.S(artist), "Song": aws.S(title)}
}

// with is an item with more attributes.
func with(item aws.Item, more aws.Item) aws.Item {
	out := item.Clone()
	maps.Copy(out, more)
	return out
}

// book is an item of library.
func book(author, year string, more aws.Item) aws.Item {
	return with(aws.Item{"Author": aws.S(author), "Year": aws.N(year)}, more)
}

// same checks that two values are alike to the last part.
func same[T any](t *testing.T, what string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s is\n%#v\nwant\n%#v", what, got, want)
	}
}

// names lists one attribute of items.
func names(items []aws.Item, attribute string) []string {
	out := make([]string, 0, len(items))
	for _, item := range items {
		out = append(out, fmt.Sprint(item[attribute]))
	}
	return out
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// text is n bytes of text.
func text(n int) aws.S { return aws.S(strings.Repeat("x", n)) }

// units is what a call consumed, 0 when it does not say.
func units(c *aws.ConsumedCapacity) float64 {
	if c == nil {
		return 0
	}
	return c.CapacityUnits
}
