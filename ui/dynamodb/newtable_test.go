package dynamodb

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"awslab/aws"

	"pgregory.net/rapid"
)

func TestDefaultTable(t *testing.T) {
	t.Parallel()
	want := aws.CreateTableInput{
		TableName:            "Music",
		AttributeDefinitions: []aws.AttributeDefinition{{AttributeName: "Artist", AttributeType: aws.TypeS}, {AttributeName: "Song", AttributeType: aws.TypeS}},
		KeySchema:            []aws.KeySchemaElement{{AttributeName: "Artist", KeyType: aws.KeyHash}, {AttributeName: "Song", KeyType: aws.KeyRange}},
		BillingMode:          aws.BillingPayPerRequest,
	}
	if got := defaultTable("Music", songs).input(); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
}

func TestNewTableFaults(t *testing.T) {
	t.Parallel()
	year := keyAttribute{"Year", aws.TypeN}
	index := func(name string, key keySchema) newIndex {
		return newIndex{Name: name, Key: key, Projection: aws.ProjectAll}
	}
	many := func(n int, key keySchema) []newIndex {
		out := make([]newIndex, n)
		for i := range out {
			out[i] = index(fmt.Sprintf("index-%d", i), key)
		}
		return out
	}
	include := index("include", keySchema{Partition: year})
	include.Projection, include.Include = aws.ProjectInclude, strings.Fields(strings.Repeat("a ", mostIncluded+1))
	for name, c := range map[string]struct {
		change func(*newTable)
		want   string
	}{
		"good":        {func(n *newTable) { n.Global = many(20, keySchema{Partition: year}) }, ""},
		"two types":   {func(n *newTable) { n.Global = many(1, keySchema{Partition: keyAttribute{"Song", aws.TypeN}}) }, "The key attribute Song is a String in one place and a Number in another; it has one type in the whole table"},
		"same keys":   {func(n *newTable) { n.Key.Sort = keyAttribute{"Artist", aws.TypeN} }, "The partition key and the sort key are both Artist; they must be two attributes"},
		"no sort key": {func(n *newTable) { n.Key.Sort = keyAttribute{}; n.Local = many(1, keySchema{Sort: year}) }, "Local secondary indexes need a table with a sort key"},
		"many local":  {func(n *newTable) { n.Local = many(6, keySchema{Sort: year}) }, "A table has at most 5 local secondary indexes; these are 6"},
		"many global": {func(n *newTable) { n.Global = many(21, keySchema{Partition: year}) }, "A table has at most 20 global secondary indexes; these are 21"},
		"same name": {func(n *newTable) {
			n.Global = many(1, keySchema{Partition: year})
			n.Local = many(1, keySchema{Sort: year})
		}, "Two indexes have the name index-0"},
		"many included":  {func(n *newTable) { n.Global = []newIndex{include} }, "All indexes together can include at most 100 attributes; these are 101"},
		"same index key": {func(n *newTable) { n.Global = many(1, keySchema{year, year}) }, "The partition key and the sort key are both Year; they must be two attributes"},
	} {
		table := defaultTable("Music", songs)
		c.change(&table)
		got := strings.Join(table.faults(), "; ")
		if name == "same keys" {
			got = table.faults()[0]
		}
		if got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestNewTablesAreTaken creates drawn tables: the sandbox takes just those in
// which the form finds no fault.
func TestNewTablesAreTaken(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		attribute := func(label string, optional bool) keyAttribute {
			names := []string{"a", "b", "c"}
			if optional {
				names = append(names, "", "")
			}
			return keyAttribute{rapid.SampledFrom(names).Draw(rt, label), rapid.SampledFrom(scalarTypes()).Draw(rt, label+" type")}
		}
		indexes := func(label string, most int) (out []newIndex) {
			for range rapid.IntRange(0, most).Draw(rt, label) {
				i := newIndex{
					Name:       rapid.SampledFrom([]string{"one", "two", "three", "four"}).Draw(rt, "name"),
					Key:        keySchema{attribute("index partition", false), attribute("index sort", label == "global")},
					Projection: rapid.SampledFrom([]aws.ProjectionType{aws.ProjectAll, aws.ProjectKeysOnly, aws.ProjectInclude}).Draw(rt, "projection"),
					Capacity:   aws.ProvisionedThroughput{ReadCapacityUnits: 1, WriteCapacityUnits: 1},
				}
				if i.Projection == aws.ProjectInclude {
					i.Include = []string{"x", "y"}
				}
				out = append(out, i)
			}
			return out
		}
		n++
		table := newTable{
			Name: fmt.Sprintf("table-%d", n), Key: keySchema{attribute("partition", false), attribute("sort", true)},
			Billing:  rapid.SampledFrom([]aws.BillingMode{aws.BillingPayPerRequest, aws.BillingProvisioned}).Draw(rt, "billing"),
			Capacity: aws.ProvisionedThroughput{ReadCapacityUnits: 5, WriteCapacityUnits: 5},
			Local:    indexes("local", 2), Global: indexes("global", 2),
			Protect: rapid.Bool().Draw(rt, "protected"),
		}
		_, err := cloud.DynamoDB.CreateTable(t.Context(), table.input())
		if faults := table.faults(); (len(faults) == 0) != (err == nil) {
			rt.Fatalf("%+v\nfaults %q, but creating it gives %v", table, faults, err)
		}
	})
}
