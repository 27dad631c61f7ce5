package dynamodb

import (
	"context"
	"slices"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// The table classes; a table has the first unless another is given.
const (
	classStandard   = "STANDARD"
	classInfrequent = "STANDARD_INFREQUENT_ACCESS"
)

// stillInUse is how DynamoDB says that a resource is busy.
const stillInUse = "Attempt to change a resource which is still in use: "

// CreateTable makes a table, which is CREATING until the configured delay is over.
func (s *Service) CreateTable(ctx context.Context, in aws.CreateTableInput) (aws.CreateTableOutput, error) {
	return answer(ctx, s, "CreateTable", func() (out aws.CreateTableOutput, err error) {
		d := definition{in.AttributeDefinitions, in.KeySchema, in.LocalSecondaryIndexes, in.GlobalSecondaryIndexes, in.BillingMode == aws.BillingPayPerRequest}
		if err := checkCreate(ctx, in, d); err != nil {
			return out, err
		}
		err = s.store.Update(func(w *store.Writer) error {
			if err := s.free(&w.Reader, in.TableName); err != nil {
				return err
			}
			numbers := numbering(&w.Reader)
			r := s.newRecord(in, numbers)
			if wanted := in.StreamSpecification; wanted != nil && wanted.StreamEnabled {
				if err := s.openStream(w, &r, wanted.StreamViewType, numbers); err != nil {
					return err
				}
			}
			numbers.save(w)
			t := &table{record: r}
			t.derive()
			out.TableDescription = s.describe(&w.Reader, t)
			return save(w, &r)
		})
		return out, err
	})
}

func checkCreate(ctx context.Context, in aws.CreateTableInput, d definition) error {
	if err := checkTableName(ctx, in.TableName); err != nil {
		return err
	}
	var m members
	d.addMembers(&m)
	enum(&m, in.BillingMode, "billingMode", aws.BillingProvisioned, aws.BillingPayPerRequest)
	enum(&m, in.TableClass, "tableClass", classStandard, classInfrequent)
	m.throughput(in.ProvisionedThroughput, "provisionedThroughput")
	m.stream(in.StreamSpecification)
	if err := m.err(); err != nil {
		return err
	}
	if d.onDemand && in.ProvisionedThroughput != nil {
		return invalidParameter("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
	}
	if !d.onDemand && in.ProvisionedThroughput == nil {
		return invalidParameter("ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
	}
	if err := checkUnits(in.ProvisionedThroughput); err != nil {
		return err
	}
	if err := checkStream(in.StreamSpecification, "Table is being created with a stream enabled, UpdateViewType is required",
		"Table is being created with a stream disabled, UpdateViewType should not be specified"); err != nil {
		return err
	}
	if _, err := withTags(ctx, nil, in.Tags); err != nil {
		return err
	}
	return d.check()
}

// free checks that no table has the name.
func (s *Service) free(r *store.Reader, name string) error {
	t, err := s.table(r, name)
	switch {
	case err != nil || t == nil:
		return err
	case t.State.at(s.now()) == aws.StatusCreating:
		return inUse(stillInUse+"Table is being created: %s", name)
	}
	return inUse("Table already exists: %s", name)
}

func (s *Service) newRecord(in aws.CreateTableInput, numbers *numbers) record {
	now := s.now()
	r := record{
		Name: in.TableName, ID: s.uuid(), Space: numbers.next(), Created: now,
		State:      s.passing(aws.StatusCreating),
		Attributes: in.AttributeDefinitions, Key: in.KeySchema,
		Capacity: capacityPlan{Mode: aws.BillingProvisioned, Throughput: provisioned(in.ProvisionedThroughput)},
		Class:    in.TableClass, Protected: in.DeletionProtectionEnabled, Tags: byKey(in.Tags),
	}
	if in.BillingMode == aws.BillingPayPerRequest {
		r.Capacity = capacityPlan{Mode: in.BillingMode, Summary: true, OnDemand: now}
	}
	for _, i := range in.LocalSecondaryIndexes {
		r.Indexes = append(r.Indexes, indexRecord{
			Name: i.IndexName, Space: numbers.next(), State: state{Status: aws.StatusActive},
			Key: i.KeySchema, Projection: i.Projection,
		})
	}
	for _, i := range in.GlobalSecondaryIndexes {
		r.Indexes = append(r.Indexes, s.newGlobalIndex(i, numbers))
	}
	return r
}

func (s *Service) newGlobalIndex(i aws.GlobalSecondaryIndex, numbers *numbers) indexRecord {
	return indexRecord{
		Name: i.IndexName, Global: true, Space: numbers.next(), State: s.passing(aws.StatusCreating),
		Key: i.KeySchema, Projection: i.Projection, Throughput: provisioned(i.ProvisionedThroughput),
	}
}

// passing is a state that lasts for the configured delay.
func (s *Service) passing(status aws.Status) state {
	return state{Status: status, Until: s.now().Add(s.config.Delay)}
}

func provisioned(p *aws.ProvisionedThroughput) aws.ProvisionedThroughputDescription {
	if p == nil {
		return aws.ProvisionedThroughputDescription{}
	}
	return aws.ProvisionedThroughputDescription{ReadCapacityUnits: p.ReadCapacityUnits, WriteCapacityUnits: p.WriteCapacityUnits}
}

// DeleteTable deletes a table and everything in it. Its name is taken until the
// configured delay is over; its items are gone at once.
func (s *Service) DeleteTable(ctx context.Context, in aws.DeleteTableInput) (aws.DeleteTableOutput, error) {
	return answer(ctx, s, "DeleteTable", func() (out aws.DeleteTableOutput, err error) {
		if err := checkTableName(ctx, in.TableName); err != nil {
			return out, err
		}
		err = s.store.Update(func(w *store.Writer) error {
			t, err := s.known(&w.Reader, in.TableName)
			if err != nil {
				return err
			}
			if t.State.at(s.now()) == aws.StatusDeleting {
				out.TableDescription = s.describe(&w.Reader, t)
				return nil // asking twice is no fault
			}
			if err := s.deletable(t); err != nil {
				return err
			}
			r := t.record
			r.State = s.passing(aws.StatusDeleting)
			if err := s.closeStream(w, &r); err != nil {
				return err
			}
			gone := &table{record: r}
			out.TableDescription = s.describe(&w.Reader, gone)
			drop(w, r.Space)
			for _, i := range r.Indexes {
				drop(w, i.Space)
			}
			if gone.expires() {
				drop(w, r.Lifetime.Space)
			}
			return save(w, &r)
		})
		return out, err
	})
}

// deletable checks that nothing stands in the way of deleting a table.
func (s *Service) deletable(t *table) error {
	now := s.now()
	status := t.State.at(now)
	switch {
	case status == aws.StatusCreating:
		return inUse(stillInUse+"Table is being created: %s", t.Name)
	case status == aws.StatusUpdating && t.indexesBusy(now):
		return inUse(stillInUse + "Cannot delete table while indexes are being created, updated, or deleted.")
	case status == aws.StatusUpdating:
		return inUse(stillInUse+"Table: %s is in the process of being updated.", t.Name)
	case t.Protected:
		return invalid("Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.")
	}
	return nil
}

// indexesBusy reports whether a global index is being made, changed or deleted.
func (t *table) indexesBusy(now time.Time) bool {
	return slices.ContainsFunc(t.Indexes, func(i indexRecord) bool {
		status := i.State.at(now)
		return status != "" && status != aws.StatusActive
	})
}

// drop deletes all entries of a space, and its counter.
func drop(w *store.Writer, n space) {
	w.Drop(n.bucket())
	w.Delete(countersBucket, n.key())
}
