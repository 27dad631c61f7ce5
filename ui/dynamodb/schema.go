package dynamodb

import (
	"awslab/aws"
)

// keySchema is a primary key: of a table, or of one of its indexes. A table
// without a sort key has an empty one.
type keySchema struct {
	Partition, Sort keyAttribute
}

// keyAttribute is one key attribute and its type.
type keyAttribute struct {
	Name string
	Type aws.AttributeType
}

// names lists the key's attributes, the partition key first.
func (k keySchema) names() []string {
	if k.Sort.Name == "" {
		return []string{k.Partition.Name}
	}
	return []string{k.Partition.Name, k.Sort.Name}
}

// has reports whether an attribute is part of the key.
func (k keySchema) has(name string) bool {
	return name != "" && (name == k.Partition.Name || name == k.Sort.Name)
}

// of takes an item's key out of the item; false when a part is missing.
func (k keySchema) of(item aws.Item) (aws.Item, bool) {
	key := make(aws.Item, 2)
	for _, name := range k.names() {
		value, ok := item[name]
		if !ok {
			return nil, false
		}
		key[name] = value
	}
	return key, true
}

// text writes an item's key for people: "Psy · Gangnam Style".
func (k keySchema) text(item aws.Item) string {
	text := ""
	for i, name := range k.names() {
		if i > 0 {
			text += " · "
		}
		text += valueCell(item[name]).Text
	}
	return text
}

// tableKey is a table's primary key.
func tableKey(t aws.TableDescription) keySchema { return schemaOf(t, t.KeySchema) }

// indexKey is the key of a table's index; the table's own for "".
func indexKey(t aws.TableDescription, index string) keySchema {
	for _, i := range t.LocalSecondaryIndexes {
		if i.IndexName == index {
			return schemaOf(t, i.KeySchema)
		}
	}
	for _, i := range t.GlobalSecondaryIndexes {
		if i.IndexName == index {
			return schemaOf(t, i.KeySchema)
		}
	}
	return tableKey(t)
}

// isGlobal reports whether a table's index is a global one.
func isGlobal(t aws.TableDescription, index string) bool {
	for _, i := range t.GlobalSecondaryIndexes {
		if i.IndexName == index {
			return true
		}
	}
	return false
}

func schemaOf(t aws.TableDescription, elements []aws.KeySchemaElement) keySchema {
	var key keySchema
	for _, e := range elements {
		a := keyAttribute{Name: e.AttributeName, Type: aws.TypeS}
		for _, d := range t.AttributeDefinitions {
			if d.AttributeName == e.AttributeName {
				a.Type = d.AttributeType
			}
		}
		if e.KeyType == aws.KeyHash {
			key.Partition = a
		} else {
			key.Sort = a
		}
	}
	return key
}

// elements is the key as CreateTable wants it.
func (k keySchema) elements() []aws.KeySchemaElement {
	out := []aws.KeySchemaElement{{AttributeName: k.Partition.Name, KeyType: aws.KeyHash}}
	if k.Sort.Name != "" {
		out = append(out, aws.KeySchemaElement{AttributeName: k.Sort.Name, KeyType: aws.KeyRange})
	}
	return out
}

// attributes lists the key's attributes, the partition key first.
func (k keySchema) attributes() []keyAttribute {
	if k.Sort.Name == "" {
		return []keyAttribute{k.Partition}
	}
	return []keyAttribute{k.Partition, k.Sort}
}

// billingMode is how a table's capacity is paid for.
func billingMode(t aws.TableDescription) aws.BillingMode {
	if t.BillingModeSummary != nil {
		return t.BillingModeSummary.BillingMode
	}
	return aws.BillingProvisioned
}
