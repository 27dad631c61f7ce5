package dynamodb

import (
	"fmt"
	"slices"

	"awslab/aws"
)

// indexes makes, changes and deletes global secondary indexes.
func (u *tableUpdate) indexes() error {
	online := 0
	for _, g := range u.in.GlobalSecondaryIndexUpdates {
		if g.Update == nil {
			online++
		}
	}
	if online > 1 {
		return oneIndexAtOnce()
	}
	for _, g := range u.in.GlobalSecondaryIndexUpdates {
		var err error
		switch {
		case g.Create != nil:
			err = u.createIndex(*g.Create)
		case g.Update != nil:
			err = u.updateIndex(*g.Update)
		case g.Delete != nil:
			err = u.deleteIndex(g.Delete.IndexName)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// at finds an index of the record; -1 when there is none.
func (u *tableUpdate) at(name string) int {
	return slices.IndexFunc(u.record.Indexes, func(i indexRecord) bool { return i.Name == name })
}

func (u *tableUpdate) createIndex(g aws.GlobalSecondaryIndex) error {
	if u.at(g.IndexName) >= 0 {
		return invalid("Attempting to create an index which already exists")
	}
	if err := u.define(g); err != nil {
		return err
	}
	globals := 0
	for _, i := range u.record.Indexes {
		if i.Global {
			globals++
		}
	}
	if globals >= mostGlobalIndexes {
		return &aws.Error{Code: "LimitExceededException",
			Message: fmt.Sprintf("Subscriber limit exceeded: GlobalSecondaryIndex count exceeds the per-table limit of %d", mostGlobalIndexes)}
	}
	numbers := numbering(&u.w.Reader)
	i := u.newGlobalIndex(g, numbers)
	i.Backfill = true
	numbers.save(u.w)
	u.record.Indexes = append(u.record.Indexes, i)
	u.made = i.Name
	return nil
}

// define checks the new index, whose key attributes the request itself has to
// define, also those that the table knows, and adds its definitions to the table's.
func (u *tableUpdate) define(g aws.GlobalSecondaryIndex) error {
	d := definition{
		attributes: u.in.AttributeDefinitions, global: []aws.GlobalSecondaryIndex{g},
		onDemand: u.record.Capacity.Mode == aws.BillingPayPerRequest,
	}
	if err := d.checkGlobal(); err != nil {
		return err
	}
	attributes := slices.Clone(u.record.Attributes)
	for _, a := range u.in.AttributeDefinitions {
		known := slices.IndexFunc(attributes, func(b aws.AttributeDefinition) bool { return a.AttributeName == b.AttributeName })
		switch {
		case known < 0 && slices.Contains(keyNames(g.KeySchema), a.AttributeName):
			attributes = append(attributes, a)
		case known >= 0 && attributes[known].AttributeType != a.AttributeType:
			return invalidParameter("Attributes cannot be redefined. Please check that your attribute has the same type as previously defined.")
		}
	}
	u.record.Attributes = attributes
	return nil
}

func (u *tableUpdate) updateIndex(g aws.UpdateGlobalSecondaryIndex) error {
	n := u.at(g.IndexName)
	switch {
	case n < 0:
		return notFound("Requested resource not found: Index: %s not found for table: %s", g.IndexName, u.record.Name)
	case !u.record.Indexes[n].Global:
		return invalid("Cannot update an index that is not a GlobalSecondaryIndex: %s", g.IndexName)
	case u.record.Capacity.Mode == aws.BillingPayPerRequest:
		return invalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: %s when BillingMode is PAY_PER_REQUEST", g.IndexName)
	}
	i := &u.record.Indexes[n]
	i.State = u.passing(aws.StatusUpdating)
	return u.reprovision(&i.Throughput, g.ProvisionedThroughput, "index "+g.IndexName)
}

func (u *tableUpdate) deleteIndex(name string) error {
	n := u.at(name)
	switch {
	case n < 0:
		return notFound("Requested resource not found: Index: %s not found for table: %s", name, u.record.Name)
	case !u.record.Indexes[n].Global:
		return invalid("Cannot delete an index that is not a GlobalSecondaryIndex: %s", name)
	}
	i := &u.record.Indexes[n]
	i.State = u.passing(aws.StatusDeleting)
	drop(u.w, i.Space)
	u.undefine()
	return nil
}

// undefine drops the definitions that no key needs any more.
func (u *tableUpdate) undefine() {
	needed := keyNames(u.record.Key)
	for _, i := range u.record.Indexes {
		if i.State.Status != aws.StatusDeleting {
			needed = append(needed, keyNames(i.Key)...)
		}
	}
	u.record.Attributes = slices.DeleteFunc(slices.Clone(u.record.Attributes), func(a aws.AttributeDefinition) bool {
		return !slices.Contains(needed, a.AttributeName)
	})
}

// backfill fills the index just made, if any, from the items of the table.
// Items whose attributes do not fit its key are left out.
func (u *tableUpdate) backfill(t *table) error {
	if u.made == "" {
		return nil
	}
	i := t.index(u.made)
	var sum tally
	c := u.w.Cursor(t.Space.bucket())
	n := 0
	for key, raw := c.Seek(nil); key != nil; key, raw = c.Next() {
		if n++; n%1024 == 0 && u.ctx.Err() != nil {
			return u.ctx.Err()
		}
		entry, err := parseEntry(raw)
		if err != nil {
			return err
		}
		item, err := entry.item()
		if err != nil {
			return err
		}
		made, err := t.indexEntry(i, item)
		if err != nil {
			return err
		}
		if made.key != nil {
			u.w.Put(i.Space.bucket(), made.key, made.raw)
			sum.replace(i.Space, 0, made.size)
		}
	}
	sum.save(u.w)
	return nil
}
