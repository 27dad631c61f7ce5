package dynamodb

import (
	"fmt"
	"slices"

	"awslab/aws"
)

// DynamoDB's limits of a table's indexes.
const (
	mostLocalIndexes  = 5
	mostGlobalIndexes = 20
	mostIncluded      = 100 // attributes that all INCLUDE projections name together
)

// newTable is what the "Create table" form says.
type newTable struct {
	Name     string
	Key      keySchema
	Class    string // "" for DynamoDB Standard
	Billing  aws.BillingMode
	Capacity aws.ProvisionedThroughput // with PROVISIONED
	Local    []newIndex                // their partition key is the table's
	Global   []newIndex
	Protect  bool // deletion protection
}

// newIndex is what the form says of one secondary index.
type newIndex struct {
	Name       string
	Key        keySchema
	Projection aws.ProjectionType
	Include    []string // attributes, with INCLUDE
	Capacity   aws.ProvisionedThroughput
}

// defaultTable is a table of the console's "Default settings".
func defaultTable(name string, key keySchema) newTable {
	return newTable{Name: name, Key: key, Billing: aws.BillingPayPerRequest}
}

// input is the request that creates the table.
func (t newTable) input() aws.CreateTableInput {
	in := aws.CreateTableInput{
		TableName:                 t.Name,
		AttributeDefinitions:      t.definitions(),
		KeySchema:                 t.Key.elements(),
		BillingMode:               t.Billing,
		TableClass:                t.Class,
		DeletionProtectionEnabled: t.Protect,
	}
	if t.Billing == aws.BillingProvisioned {
		capacity := t.Capacity
		in.ProvisionedThroughput = &capacity
	}
	for _, i := range t.Local {
		in.LocalSecondaryIndexes = append(in.LocalSecondaryIndexes, aws.LocalSecondaryIndex{
			IndexName: i.Name, KeySchema: t.localKey(i).elements(), Projection: i.projection(),
		})
	}
	for _, i := range t.Global {
		in.GlobalSecondaryIndexes = append(in.GlobalSecondaryIndexes, i.global(t.Billing))
	}
	return in
}

// localKey is a local index's key: its sort key under the table's partition key.
func (t newTable) localKey(i newIndex) keySchema {
	return keySchema{Partition: t.Key.Partition, Sort: i.Key.Sort}
}

// global is a global index as the API wants it.
func (i newIndex) global(billing aws.BillingMode) aws.GlobalSecondaryIndex {
	out := aws.GlobalSecondaryIndex{IndexName: i.Name, KeySchema: i.Key.elements(), Projection: i.projection()}
	if billing == aws.BillingProvisioned {
		capacity := i.Capacity
		out.ProvisionedThroughput = &capacity
	}
	return out
}

func (i newIndex) projection() aws.Projection {
	p := aws.Projection{ProjectionType: i.Projection}
	if i.Projection == aws.ProjectInclude {
		p.NonKeyAttributes = i.Include
	}
	return p
}

// keys lists the key of the table and of every index.
func (t newTable) keys() []keySchema {
	all := make([]keySchema, 0, 1+len(t.Local)+len(t.Global))
	all = append(all, t.Key)
	for _, i := range t.Local {
		all = append(all, t.localKey(i))
	}
	for _, i := range t.Global {
		all = append(all, i.Key)
	}
	return all
}

// definitions types each key attribute once.
func (t newTable) definitions() []aws.AttributeDefinition {
	var out []aws.AttributeDefinition
	for _, key := range t.keys() {
		for _, a := range key.attributes() {
			d := aws.AttributeDefinition{AttributeName: a.Name, AttributeType: a.Type}
			if !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
	}
	return out
}

// faults lists what DynamoDB would refuse in the table as a whole; each field's
// own faults are told at the field.
func (t newTable) faults() []string {
	var out []string
	types := make(map[string]aws.AttributeType)
	for _, key := range t.keys() {
		if key.Partition.Name == key.Sort.Name {
			out = append(out, fmt.Sprintf("The partition key and the sort key are both %s; they must be two attributes", key.Partition.Name))
			continue
		}
		for _, a := range key.attributes() {
			if was, ok := types[a.Name]; ok && was != a.Type {
				out = append(out, fmt.Sprintf("The key attribute %s is a %s in one place and a %s in another; it has one type in the whole table", a.Name, was.Name(), a.Type.Name()))
			}
			types[a.Name] = a.Type
		}
	}
	if len(t.Local) > 0 && t.Key.Sort.Name == "" {
		out = append(out, "Local secondary indexes need a table with a sort key")
	}
	if n := len(t.Local); n > mostLocalIndexes {
		out = append(out, fmt.Sprintf("A table has at most %d local secondary indexes; these are %d", mostLocalIndexes, n))
	}
	if n := len(t.Global); n > mostGlobalIndexes {
		out = append(out, fmt.Sprintf("A table has at most %d global secondary indexes; these are %d", mostGlobalIndexes, n))
	}
	return append(out, t.indexFaults()...)
}

func (t newTable) indexFaults() []string {
	var out []string
	seen, included := make(map[string]bool), 0
	for _, i := range append(slices.Clone(t.Local), t.Global...) {
		if seen[i.Name] {
			out = append(out, "Two indexes have the name "+i.Name)
		}
		seen[i.Name] = true
		included += len(i.projection().NonKeyAttributes)
	}
	if included > mostIncluded {
		out = append(out, fmt.Sprintf("All indexes together can include at most %d attributes; these are %d", mostIncluded, included))
	}
	return out
}
