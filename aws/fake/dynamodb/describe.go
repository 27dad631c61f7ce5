package dynamodb

import (
	"context"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// What a new on-demand table can take at once, in units a second.
const (
	warmReads  = 12000
	warmWrites = 4000
)

// DescribeTable tells all about one table. Unlike AWS, which counts items and
// bytes anew about every six hours, it gives them as they are now.
func (s *Service) DescribeTable(ctx context.Context, in aws.DescribeTableInput) (aws.DescribeTableOutput, error) {
	return answer(ctx, s, "DescribeTable", func() (out aws.DescribeTableOutput, err error) {
		if err := checkTableName(ctx, in.TableName); err != nil {
			return out, err
		}
		err = s.store.View(func(r *store.Reader) error {
			t, err := s.known(r, in.TableName)
			if err == nil {
				out.Table = s.describe(r, t)
			}
			return err
		})
		return out, err
	})
}

// ListTables lists the names of the tables in order, at most 100 a page.
func (s *Service) ListTables(ctx context.Context, in aws.ListTablesInput) (aws.ListTablesOutput, error) {
	return answer(ctx, s, "ListTables", func() (out aws.ListTablesOutput, err error) {
		if err := checkListTables(in); err != nil {
			return out, err
		}
		limit := in.Limit.Or(100)
		out.TableNames = []string{}
		err = s.store.View(func(r *store.Reader) error {
			c := r.Cursor(tablesBucket)
			for key, raw := c.Seek([]byte(in.ExclusiveStartTableName)); key != nil; key, raw = c.Next() {
				name := string(key)
				t, err := s.decode(name, raw)
				if err != nil {
					return err
				}
				if name == in.ExclusiveStartTableName || t.State.at(s.now()) == "" {
					continue
				}
				if len(out.TableNames) == limit {
					out.LastEvaluatedTableName = out.TableNames[limit-1]
					return nil
				}
				out.TableNames = append(out.TableNames, name)
			}
			return nil
		})
		return out, err
	})
}

func checkListTables(in aws.ListTablesInput) error {
	var m members
	if in.ExclusiveStartTableName != "" {
		m.name(in.ExclusiveStartTableName, "exclusiveStartTableName", 3)
	}
	if limit, given := in.Limit.Get(); given {
		m.number(int64(limit), "limit", 1, 100)
	}
	return m.err()
}

// checkTableName checks the name where tables are made and managed.
func checkTableName(ctx context.Context, name string) error {
	if aws.Absent(ctx, "tableName") {
		return invalid("The parameter 'TableName' is required but was not present in the request")
	}
	var m members
	m.name(name, "tableName", 3)
	return m.err()
}

// describe tells all about a table as it is now.
func (s *Service) describe(r *store.Reader, t *table) aws.TableDescription {
	now := s.now()
	count := t.Space.count(r)
	d := aws.TableDescription{
		TableName: t.Name, TableArn: s.tableARN(t.Name), TableID: t.ID,
		CreationDateTime: t.Created, TableStatus: t.State.at(now),
		ItemCount: count.items, TableSizeBytes: count.bytes,
		ProvisionedThroughput:     t.Capacity.Throughput,
		DeletionProtectionEnabled: t.Protected,
	}
	if t.Capacity.Summary {
		d.BillingModeSummary = &aws.BillingModeSummary{BillingMode: t.Capacity.Mode, LastUpdateToPayPerRequestDateTime: t.Capacity.OnDemand}
		d.TableThroughputMode = &aws.TableThroughputModeSummary{TableThroughputMode: t.Capacity.Mode, LastUpdateToPayPerRequestDateTime: t.Capacity.OnDemand}
	}
	if t.Class != "" {
		d.TableClassSummary = &aws.TableClassSummary{TableClass: t.Class}
	}
	s.describeFeed(&d, t.Stream)
	if d.TableStatus == aws.StatusDeleting {
		return d // a table on its way out is shown without its schema
	}
	d.AttributeDefinitions, d.KeySchema = t.Attributes, t.Key
	if d.TableStatus != aws.StatusCreating {
		d.WarmThroughput = t.Capacity.warm(t.Capacity.Throughput)
	}
	for _, i := range t.Indexes {
		s.describeIndex(&d, r, t, i, now)
	}
	return d
}

func (s *Service) describeIndex(d *aws.TableDescription, r *store.Reader, t *table, i indexRecord, now time.Time) {
	status := i.State.at(now)
	if status == "" {
		return
	}
	count := i.Space.count(r)
	arn := s.tableARN(t.Name) + "/index/" + i.Name
	if !i.Global {
		d.LocalSecondaryIndexes = append(d.LocalSecondaryIndexes, aws.LocalSecondaryIndexDescription{
			IndexName: i.Name, IndexArn: arn, KeySchema: i.Key, Projection: i.Projection,
			ItemCount: count.items, IndexSizeBytes: count.bytes,
		})
		return
	}
	g := aws.GlobalSecondaryIndexDescription{
		IndexName: i.Name, IndexArn: arn, IndexStatus: status, KeySchema: i.Key, Projection: i.Projection,
		Backfilling:           i.Backfill && status == aws.StatusCreating,
		ProvisionedThroughput: i.Throughput,
		ItemCount:             count.items, IndexSizeBytes: count.bytes,
	}
	if status != aws.StatusCreating {
		g.WarmThroughput = t.Capacity.warm(i.Throughput)
	}
	d.GlobalSecondaryIndexes = append(d.GlobalSecondaryIndexes, g)
}

// warm is what a table or index can take at once: what is provisioned, or what
// a new on-demand one can.
func (c capacityPlan) warm(p aws.ProvisionedThroughputDescription) *aws.WarmThroughput {
	if c.Mode == aws.BillingPayPerRequest {
		return &aws.WarmThroughput{ReadUnitsPerSecond: warmReads, WriteUnitsPerSecond: warmWrites, Status: aws.StatusActive}
	}
	return &aws.WarmThroughput{ReadUnitsPerSecond: p.ReadCapacityUnits, WriteUnitsPerSecond: p.WriteCapacityUnits, Status: aws.StatusActive}
}
