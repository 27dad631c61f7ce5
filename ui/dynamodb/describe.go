package dynamodb

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"awslab/ui/page"

	"awslab/aws"
	"awslab/ui/component"
)

// pollEvery is how often a table on its way to another state is looked at.
const pollEvery = time.Second

// listTables describes all tables, in the order of their names. One that goes
// while they are read is left out.
func listTables(ctx context.Context, db aws.DynamoDB) ([]aws.TableDescription, error) {
	names, err := tableNames(ctx, db)
	if err != nil {
		return nil, err
	}
	return describe(ctx, db, names)
}

// describeListed describes those of the tables that are still listed: to ask
// for one that has just gone would show as a call that failed.
func describeListed(ctx context.Context, db aws.DynamoDB, names []string) ([]aws.TableDescription, error) {
	listed, err := tableNames(ctx, db)
	if err != nil {
		return nil, err
	}
	return describe(ctx, db, slices.DeleteFunc(names, func(name string) bool { return !slices.Contains(listed, name) }))
}

func tableNames(ctx context.Context, db aws.DynamoDB) ([]string, error) {
	var names []string
	for in := (aws.ListTablesInput{}); ; {
		out, err := db.ListTables(ctx, in)
		if err != nil {
			return nil, err
		}
		names = append(names, out.TableNames...)
		if out.LastEvaluatedTableName == "" {
			return names, nil
		}
		in.ExclusiveStartTableName = out.LastEvaluatedTableName
	}
}

// describe describes tables by name, some at a time; those that do not exist
// are left out.
func describe(ctx context.Context, db aws.DynamoDB, names []string) ([]aws.TableDescription, error) {
	const atOnce = 8
	found := make([]*aws.TableDescription, len(names))
	faults := make([]error, len(names))
	places := make(chan struct{}, atOnce)
	var wait sync.WaitGroup
	for i, name := range names {
		places <- struct{}{}
		wait.Go(func() {
			defer func() { <-places }()
			out, err := db.DescribeTable(ctx, aws.DescribeTableInput{TableName: name})
			switch {
			case err == nil:
				found[i] = &out.Table
			case !errors.Is(err, aws.ErrNotFound):
				faults[i] = err
			}
		})
	}
	wait.Wait()
	tables := make([]aws.TableDescription, 0, len(names))
	for i := range names {
		if faults[i] != nil {
			return nil, faults[i]
		}
		if found[i] != nil {
			tables = append(tables, *found[i])
		}
	}
	return tables, nil
}

// settled reports whether a table and its indexes are in no passing state.
func settled(t aws.TableDescription) bool {
	passing := func(s aws.Status) bool {
		return s == aws.StatusCreating || s == aws.StatusUpdating || s == aws.StatusDeleting
	}
	return !passing(t.TableStatus) && !slices.ContainsFunc(t.GlobalSecondaryIndexes,
		func(i aws.GlobalSecondaryIndexDescription) bool { return passing(i.IndexStatus) })
}

// statusKind picks the symbol of a status.
func statusKind(s aws.Status) component.StatusKind {
	switch s {
	case aws.StatusActive:
		return component.StatusSuccess
	case aws.StatusCreating, aws.StatusUpdating, aws.StatusDeleting:
		return component.StatusInProgress
	}
	return component.StatusWarning
}

// statusName writes a status as the console does: "Active", "Creating".
func statusName(s aws.Status) string {
	if s == "" {
		return "Unknown"
	}
	words := strings.ToLower(strings.ReplaceAll(string(s), "_", " "))
	return strings.ToUpper(words[:1]) + words[1:]
}

// keyText writes a key attribute as the console's lists do: "Artist (S)".
func keyText(a keyAttribute) string {
	if a.Name == "" {
		return "-"
	}
	return a.Name + " (" + string(a.Type) + ")"
}

// capacityText writes a table's capacity mode.
func capacityText(t aws.TableDescription) string {
	if billingMode(t) == aws.BillingPayPerRequest {
		return "On-demand"
	}
	p := t.ProvisionedThroughput
	return fmt.Sprintf("Provisioned (%d read, %d write)", p.ReadCapacityUnits, p.WriteCapacityUnits)
}

// className is the console's name of a table class.
func className(t aws.TableDescription) string {
	if t.TableClassSummary != nil && t.TableClassSummary.TableClass == classInfrequent {
		return "DynamoDB Standard-IA"
	}
	return "DynamoDB Standard"
}

// The table classes.
const (
	classStandard   = "STANDARD"
	classInfrequent = "STANDARD_INFREQUENT_ACCESS"
)

// projectionName is the console's name of a projection.
func projectionName(p aws.Projection) string {
	switch p.ProjectionType {
	case aws.ProjectKeysOnly:
		return "Only keys"
	case aws.ProjectInclude:
		return "Include: " + strings.Join(p.NonKeyAttributes, ", ")
	default:
		return "All"
	}
}

// sizeText writes a number of bytes.
func sizeText(n int64) string {
	switch {
	case n < 1000:
		return page.Counted(n, "byte")
	case n < 1000*1000:
		return fmt.Sprintf("%.1f kilobytes", float64(n)/1000)
	case n < 1000*1000*1000:
		return fmt.Sprintf("%.1f megabytes", float64(n)/1000/1000)
	}
	return fmt.Sprintf("%.1f gigabytes", float64(n)/1000/1000/1000)
}

// onOff writes a setting.
func onOff(on bool) string {
	if on {
		return "On"
	}
	return "Off"
}
