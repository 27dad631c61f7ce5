package dynamodb

import (
	"context"
	"fmt"
	"slices"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// UpdateTable changes capacity, table class, deletion protection, the stream, or a
// global secondary index; the table is UPDATING until the configured delay is over.
// Making an index reads the whole table, in one transaction.
func (s *Service) UpdateTable(ctx context.Context, in aws.UpdateTableInput) (aws.UpdateTableOutput, error) {
	return answer(ctx, s, "UpdateTable", func() (out aws.UpdateTableOutput, err error) {
		if err := checkUpdateTable(ctx, in); err != nil {
			return out, err
		}
		err = s.store.Update(func(w *store.Writer) error {
			t, err := s.known(&w.Reader, in.TableName)
			if err != nil {
				return err
			}
			u := tableUpdate{Service: s, ctx: ctx, w: w, in: in, now: s.now(), record: t.record}
			u.record.Indexes = slices.Clone(t.Indexes)
			if err := u.apply(t); err != nil {
				return err
			}
			updated := &table{record: u.record}
			updated.derive()
			if err := u.backfill(updated); err != nil {
				return err
			}
			out.TableDescription = s.describe(&w.Reader, updated)
			return save(w, &u.record)
		})
		return out, err
	})
}

func checkUpdateTable(ctx context.Context, in aws.UpdateTableInput) error {
	if err := checkTableName(ctx, in.TableName); err != nil {
		return err
	}
	var m members
	m.attributes(in.AttributeDefinitions)
	enum(&m, in.BillingMode, "billingMode", aws.BillingProvisioned, aws.BillingPayPerRequest)
	enum(&m, in.TableClass, "tableClass", classStandard, classInfrequent)
	m.throughput(in.ProvisionedThroughput, "provisionedThroughput")
	m.stream(in.StreamSpecification)
	for n, u := range in.GlobalSecondaryIndexUpdates {
		m.indexUpdate(u, fmt.Sprintf("globalSecondaryIndexUpdates.%d.member", n+1))
	}
	if err := m.err(); err != nil {
		return err
	}
	if in.BillingMode == aws.BillingPayPerRequest && in.ProvisionedThroughput != nil {
		return invalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
	}
	if err := checkUnits(in.ProvisionedThroughput); err != nil {
		return err
	}
	if err := checkStream(in.StreamSpecification, "If stream is being enabled then UpdateViewType is required",
		"If stream is being disabled, then UpdateViewType must not be specified"); err != nil {
		return err
	}
	if err := checkChanges(in); err != nil {
		return err
	}
	return checkIndexUpdates(in.GlobalSecondaryIndexUpdates)
}

func (m *members) indexUpdate(u aws.GlobalSecondaryIndexUpdate, at string) {
	switch {
	case u.Create != nil:
		m.index(u.Create.IndexName, u.Create.KeySchema, u.Create.Projection, at+".create")
		m.throughput(u.Create.ProvisionedThroughput, at+".create.provisionedThroughput")
	case u.Update != nil:
		m.name(u.Update.IndexName, at+".update.indexName", 3)
		m.throughput(&u.Update.ProvisionedThroughput, at+".update.provisionedThroughput")
	case u.Delete != nil:
		m.name(u.Delete.IndexName, at+".delete.indexName", 3)
	}
}

// checkChanges checks that the request asks for something, and that what must
// be asked for alone is.
func checkChanges(in aws.UpdateTableInput) error {
	_, protection := in.DeletionProtectionEnabled.Get()
	capacity := in.ProvisionedThroughput != nil || in.BillingMode != ""
	indexes := len(in.GlobalSecondaryIndexUpdates) > 0
	stream := in.StreamSpecification != nil
	provisions := in.ProvisionedThroughput != nil || in.BillingMode == aws.BillingProvisioned
	switch {
	case in.TableClass != "" && (protection || capacity || indexes || stream):
		return invalidParameter("TableClass modification must be the only operation in the request")
	case protection && (capacity || indexes || stream):
		return invalidParameter("DeletionProtection modification must be the only operation in the request")
	case stream && provisions:
		return invalidParameter("You cannot modify stream status while updating table IOPS")
	case stream && indexes:
		return invalidParameter("You cannot create or delete index while changing stream status")
	case protection || capacity || indexes || stream || in.TableClass != "":
		return nil
	}
	return invalid("At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, " +
		"SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, " +
		"DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required")
}

func checkIndexUpdates(updates []aws.GlobalSecondaryIndexUpdate) error {
	var seen []string
	for _, u := range updates {
		var name string
		given := 0
		if u.Create != nil {
			name, given = u.Create.IndexName, given+1
		}
		if u.Update != nil {
			name, given = u.Update.IndexName, given+1
		}
		if u.Delete != nil {
			name, given = u.Delete.IndexName, given+1
		}
		switch {
		case given == 0:
			return invalidParameter("One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null")
		case given > 1:
			return invalidParameter("Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object")
		case slices.Contains(seen, name):
			return invalidParameter("Only one global secondary index update per index is allowed simultaneously. Index: %s", name)
		}
		seen = append(seen, name)
	}
	return nil
}

// tableUpdate is an UpdateTable under way: the record as it becomes.
type tableUpdate struct {
	*Service
	ctx    context.Context
	w      *store.Writer
	in     aws.UpdateTableInput
	now    time.Time
	record record
	made   string // the index to fill
}

func (u *tableUpdate) apply(t *table) error {
	if err := u.admit(t); err != nil {
		return err
	}
	u.record.Indexes = slices.DeleteFunc(u.record.Indexes, func(i indexRecord) bool { return i.State.at(u.now) == "" })
	if on, given := u.in.DeletionProtectionEnabled.Get(); given {
		u.record.Protected = on
		return nil // takes effect at once
	}
	if u.in.TableClass != "" {
		u.record.Class = u.in.TableClass
	}
	if err := u.capacity(); err != nil {
		return err
	}
	if err := u.indexes(); err != nil {
		return err
	}
	if err := u.stream(); err != nil {
		return err
	}
	u.record.State = u.passing(aws.StatusUpdating)
	return nil
}

// admit checks that the table can be changed now.
func (u *tableUpdate) admit(t *table) error {
	switch t.State.at(u.now) {
	case aws.StatusCreating:
		return inUse(stillInUse+"Table is being created: %s", t.Name)
	case aws.StatusDeleting:
		return inUse(stillInUse+"Table is being deleted: %s", t.Name)
	case aws.StatusActive:
		return nil
	case aws.StatusUpdating:
	}
	if _, given := u.in.DeletionProtectionEnabled.Get(); given {
		return inUse("Table needs to be in ACTIVE status to modify deletion protection setting.")
	}
	for _, i := range t.Indexes {
		status := i.State.at(u.now)
		if status != aws.StatusCreating && status != aws.StatusDeleting {
			continue
		}
		if len(u.in.GlobalSecondaryIndexUpdates) > 0 {
			return oneIndexAtOnce()
		}
		return inUse(stillInUse+"Can't change table IOPS when an index is being %s. Table: %s Indexes: [%s]",
			map[aws.Status]string{aws.StatusCreating: "created", aws.StatusDeleting: "deleted"}[status], t.Name, i.Name)
	}
	return inUse(stillInUse+"Table IOPS are currently being updated. Table: %s", t.Name)
}

func oneIndexAtOnce() error {
	return &aws.Error{Code: "LimitExceededException",
		Message: "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"}
}

// capacity changes how the table's capacity is paid for.
func (u *tableUpdate) capacity() error {
	plan := &u.record.Capacity
	from, to := plan.Mode, u.in.BillingMode
	if to == "" {
		to = from
	}
	if to == aws.BillingPayPerRequest {
		if u.in.ProvisionedThroughput != nil {
			return invalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
		}
		if from != to {
			*plan = capacityPlan{Mode: to, Summary: true, OnDemand: u.now}
			for n := range u.record.Indexes {
				u.record.Indexes[n].Throughput = aws.ProvisionedThroughputDescription{}
			}
		}
		return nil
	}
	plan.Mode = to
	if u.in.ProvisionedThroughput == nil {
		if from != to {
			return invalidParameter("ProvisionedThroughput must be specified when BillingMode is PROVISIONED")
		}
		return nil
	}
	if from != to {
		if err := u.indexCapacities(); err != nil {
			return err
		}
	}
	return u.reprovision(&plan.Throughput, *u.in.ProvisionedThroughput, "table")
}

// indexCapacities checks that a table that becomes provisioned has a capacity
// for each of its indexes.
func (u *tableUpdate) indexCapacities() error {
	for _, i := range u.record.Indexes {
		given := slices.ContainsFunc(u.in.GlobalSecondaryIndexUpdates, func(g aws.GlobalSecondaryIndexUpdate) bool {
			return g.Update != nil && g.Update.IndexName == i.Name
		})
		if i.Global && i.State.Status != aws.StatusDeleting && !given {
			return invalidParameter("ProvisionedThroughput must be specified for index: %s", i.Name)
		}
	}
	return nil
}

// reprovision sets a capacity and keeps its history.
func (u *tableUpdate) reprovision(p *aws.ProvisionedThroughputDescription, to aws.ProvisionedThroughput, of string) error {
	if p.ReadCapacityUnits == to.ReadCapacityUnits && p.WriteCapacityUnits == to.WriteCapacityUnits {
		return invalid("The provisioned throughput for the %[1]s will not change. The requested value equals the current value. "+
			"Current ReadCapacityUnits provisioned for the %[1]s: %[2]d. Requested ReadCapacityUnits: %[2]d. "+
			"Current WriteCapacityUnits provisioned for the %[1]s: %[3]d. Requested WriteCapacityUnits: %[3]d. "+
			"Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.",
			of, to.ReadCapacityUnits, to.WriteCapacityUnits)
	}
	if to.ReadCapacityUnits > p.ReadCapacityUnits || to.WriteCapacityUnits > p.WriteCapacityUnits {
		p.LastIncreaseDateTime = u.now
	}
	if to.ReadCapacityUnits < p.ReadCapacityUnits || to.WriteCapacityUnits < p.WriteCapacityUnits {
		if !sameDay(p.LastDecreaseDateTime, u.now) {
			p.NumberOfDecreasesToday = 0
		}
		p.NumberOfDecreasesToday++
		p.LastDecreaseDateTime = u.now
	}
	p.ReadCapacityUnits, p.WriteCapacityUnits = to.ReadCapacityUnits, to.WriteCapacityUnits
	return nil
}

func sameDay(a, b time.Time) bool {
	const day = 24 * time.Hour
	return a.UTC().Truncate(day).Equal(b.UTC().Truncate(day))
}
