package dynamodb

import (
	"fmt"
	"slices"
	"strings"

	"awslab/aws"
)

// definition is what a request says of a table's attributes, keys and indexes;
// its methods check it with DynamoDB's messages and in its order.
type definition struct {
	attributes []aws.AttributeDefinition
	key        []aws.KeySchemaElement
	local      []aws.LocalSecondaryIndex
	global     []aws.GlobalSecondaryIndex
	onDemand   bool
}

// Limits on indexes of one table.
const (
	mostLocalIndexes  = 5
	mostGlobalIndexes = 20
)

// most units of capacity that can be asked for.
const mostUnits = 1_000_000_000_000

// addMembers checks the definition's members one by one.
func (d definition) addMembers(m *members) {
	m.attributes(d.attributes)
	m.keySchema(d.key, "keySchema")
	for n, i := range d.global {
		at := fmt.Sprintf("globalSecondaryIndexes.%d.member", n+1)
		m.index(i.IndexName, i.KeySchema, i.Projection, at)
		m.throughput(i.ProvisionedThroughput, at+".provisionedThroughput")
	}
	for n, i := range d.local {
		m.index(i.IndexName, i.KeySchema, i.Projection, fmt.Sprintf("localSecondaryIndexes.%d.member", n+1))
	}
}

func (m *members) attributes(attributes []aws.AttributeDefinition) {
	for n, a := range attributes {
		at := fmt.Sprintf("attributeDefinitions.%d.member", n+1)
		m.length(len(a.AttributeName), "'"+a.AttributeName+"'", at+".attributeName", 1, 255)
		m.required(string(a.AttributeType), at+".attributeType")
		enum(m, a.AttributeType, at+".attributeType", aws.TypeB, aws.TypeN, aws.TypeS)
	}
}

func (m *members) keySchema(key []aws.KeySchemaElement, member string) {
	elements := make([]string, len(key))
	for n, e := range key {
		elements[n] = fmt.Sprintf("KeySchemaElement(attributeName=%s, keyType=%s)", e.AttributeName, e.KeyType)
	}
	m.length(len(key), "'["+strings.Join(elements, ", ")+"]'", member, 1, 2)
	for n, e := range key {
		at := fmt.Sprintf("%s.%d.member", member, n+1)
		m.length(len(e.AttributeName), "'"+e.AttributeName+"'", at+".attributeName", 1, 255)
		m.required(string(e.KeyType), at+".keyType")
		enum(m, e.KeyType, at+".keyType", aws.KeyHash, aws.KeyRange)
	}
}

func (m *members) index(name string, key []aws.KeySchemaElement, p aws.Projection, at string) {
	m.name(name, at+".indexName", 3)
	m.keySchema(key, at+".keySchema")
	enum(m, p.ProjectionType, at+".projection.projectionType", aws.ProjectAll, aws.ProjectInclude, aws.ProjectKeysOnly)
}

func (m *members) throughput(p *aws.ProvisionedThroughput, member string) {
	if p != nil {
		m.number(p.WriteCapacityUnits, member+".writeCapacityUnits", 1, 0)
		m.number(p.ReadCapacityUnits, member+".readCapacityUnits", 1, 0)
	}
}

// number checks a bound; a greatest of 0 is none.
func (m *members) number(value int64, member string, least, greatest int64) {
	switch {
	case value < least:
		m.add(fmt.Sprintf("'%d'", value), member, fmt.Sprintf("Member must have value greater than or equal to %d", least))
	case greatest != 0 && value > greatest:
		m.add(fmt.Sprintf("'%d'", value), member, fmt.Sprintf("Member must have value less than or equal to %d", greatest))
	}
}

func (m *members) required(value, member string) {
	if value == "" {
		m.add("null", member, "Member must not be null")
	}
}

// checkUnits refuses capacities beyond all bounds.
func checkUnits(p *aws.ProvisionedThroughput) error {
	switch {
	case p == nil:
		return nil
	case p.ReadCapacityUnits > mostUnits:
		return invalid("Given value %d for ReadCapacityUnits is out of bounds", p.ReadCapacityUnits)
	case p.WriteCapacityUnits > mostUnits:
		return invalid("Given value %d for WriteCapacityUnits is out of bounds", p.WriteCapacityUnits)
	}
	return nil
}

// check checks how the parts of the definition fit together.
func (d definition) check() error {
	if err := d.checkDefined(d.key, "Invalid KeySchema: Some index key attribute have no definition"); err != nil {
		return err
	}
	if err := checkKeyShape(d.key); err != nil {
		return err
	}
	if err := d.checkLocal(); err != nil {
		return err
	}
	if err := d.checkGlobal(); err != nil {
		return err
	}
	return d.checkUse()
}

// checkDefined checks that key attributes are defined; two of one name count as two.
func (d definition) checkDefined(key []aws.KeySchemaElement, message string) error {
	if len(key) > len(d.attributes) {
		return invalid("%s", message)
	}
	for _, e := range key {
		if !slices.ContainsFunc(d.attributes, func(a aws.AttributeDefinition) bool { return a.AttributeName == e.AttributeName }) {
			return invalid("%s", message)
		}
	}
	return nil
}

func checkKeyShape(key []aws.KeySchemaElement) error {
	switch {
	case len(key) == 2 && key[0].AttributeName == key[1].AttributeName:
		return invalid("Both the Hash Key and the Range Key element in the KeySchema have the same name")
	case key[0].KeyType != aws.KeyHash:
		return invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
	case len(key) == 2 && key[1].KeyType != aws.KeyRange:
		return invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
	}
	return nil
}

// checkIndex checks what both kinds of index have in common.
func (d definition) checkIndex(key []aws.KeySchemaElement, p aws.Projection) error {
	message := fmt.Sprintf("%sSome index key attributes are not defined in AttributeDefinitions. Keys: [%s], AttributeDefinitions: [%s]",
		invalidParameters, strings.Join(keyNames(key), ", "), strings.Join(attributeNames(d.attributes), ", "))
	if err := d.checkDefined(key, message); err != nil {
		return err
	}
	if err := checkKeyShape(key); err != nil {
		return err
	}
	return checkProjection(p)
}

func checkProjection(p aws.Projection) error {
	switch {
	case p.ProjectionType == "":
		return invalidParameter("Unknown ProjectionType: null")
	case p.ProjectionType == aws.ProjectInclude && len(p.NonKeyAttributes) == 0:
		return invalidParameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
	case p.ProjectionType != aws.ProjectInclude && len(p.NonKeyAttributes) > 0:
		return invalidParameter("ProjectionType is %s, but NonKeyAttributes is specified", p.ProjectionType)
	}
	for n, name := range p.NonKeyAttributes {
		if slices.Contains(p.NonKeyAttributes[:n], name) {
			return invalidParameter("Duplicate element in NonKeyAttributes: %s", name)
		}
	}
	return nil
}

func (d definition) checkLocal() error {
	if len(d.local) > 0 && len(d.key) < 2 {
		return invalidParameter("Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex")
	}
	for n, i := range d.local {
		if err := d.checkIndex(i.KeySchema, i.Projection); err != nil {
			return err
		}
		if len(i.KeySchema) < 2 {
			return invalidParameter("Index KeySchema does not have a range key for index: %s", i.IndexName)
		}
		if own, table := i.KeySchema[0].AttributeName, d.key[0].AttributeName; own != table {
			return invalidParameter("Index KeySchema does not have the same leading hash key as table KeySchema for index: %s. "+
				"index hash key: %s, table hash key: %s", i.IndexName, own, table)
		}
		for _, other := range d.local[:n] {
			if other.IndexName == i.IndexName {
				return invalidParameter("Duplicate index name: %s", i.IndexName)
			}
		}
	}
	if len(d.local) > mostLocalIndexes {
		return invalidParameter("Number of LocalSecondaryIndexes exceeds per-table limit of %d", mostLocalIndexes)
	}
	return nil
}

func (d definition) checkGlobal() error {
	for n, i := range d.global {
		if err := d.checkIndex(i.KeySchema, i.Projection); err != nil {
			return err
		}
		if d.onDemand && i.ProvisionedThroughput != nil {
			return invalidParameter("ProvisionedThroughput should not be specified for index: %s when BillingMode is PAY_PER_REQUEST", i.IndexName)
		}
		if !d.onDemand && i.ProvisionedThroughput == nil {
			return invalidParameter("ProvisionedThroughput is not specified for index: %s", i.IndexName)
		}
		if err := checkUnits(i.ProvisionedThroughput); err != nil {
			return err
		}
		if d.named(i.IndexName, n) {
			return invalidParameter("Duplicate index name: %s", i.IndexName)
		}
	}
	if len(d.global) > mostGlobalIndexes {
		return invalidParameter("GlobalSecondaryIndex count exceeds the per-table limit of %d", mostGlobalIndexes)
	}
	return nil
}

// named reports whether a local index, or a global one before the n-th, has the name.
func (d definition) named(name string, n int) bool {
	return slices.ContainsFunc(d.local, func(i aws.LocalSecondaryIndex) bool { return i.IndexName == name }) ||
		slices.ContainsFunc(d.global[:n], func(i aws.GlobalSecondaryIndex) bool { return i.IndexName == name })
}

// checkUse refuses definitions of attributes that no key has.
func (d definition) checkUse() error {
	for n, a := range d.attributes {
		if slices.ContainsFunc(d.attributes[:n], func(b aws.AttributeDefinition) bool { return b.AttributeName == a.AttributeName }) {
			return invalid("Attribute Name is duplicated: %s", a.AttributeName)
		}
	}
	used := d.keysUsed()
	if len(used) == len(d.attributes) {
		return nil
	}
	if len(d.local) == 0 && len(d.global) == 0 {
		return invalidParameter("Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions")
	}
	defined := attributeNames(d.attributes)
	slices.Sort(defined)
	return invalidParameter("Some AttributeDefinitions are not used. AttributeDefinitions: [%s], keys used: [%s]",
		strings.Join(defined, ", "), strings.Join(used, ", "))
}

// keysUsed lists the attributes that are part of any key, in order, each once.
func (d definition) keysUsed() []string {
	used := keyNames(d.key)
	for _, i := range d.local {
		used = append(used, keyNames(i.KeySchema)...)
	}
	for _, i := range d.global {
		used = append(used, keyNames(i.KeySchema)...)
	}
	slices.Sort(used)
	return slices.Compact(used)
}

func keyNames(key []aws.KeySchemaElement) []string {
	names := make([]string, len(key))
	for n, e := range key {
		names[n] = e.AttributeName
	}
	return names
}

func attributeNames(attributes []aws.AttributeDefinition) []string {
	names := make([]string, len(attributes))
	for n, a := range attributes {
		names[n] = a.AttributeName
	}
	return names
}
