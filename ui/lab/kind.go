package lab

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"awslab/aws"
)

// kind is a row of the table of resources that labs can create.
type kind struct {
	id, title string
	with      string   // what goes with it, "with all its objects"; "" for nothing
	cost      string   // what it costs in an account while it is there; "" for nothing
	creates   []string // the operations, "dynamodb:CreateTable"
	// name reads the create call's input.
	name func(in any) string
	// tagged is the input with another tag.
	tagged func(in any, tag aws.Tag) any
	// identity reads its output; nil for kinds that cannot tell a resource from a
	// later one of the same name.
	identity func(out any) string
	// recall finds the identity of a resource whose create call was not answered;
	// nil but for kinds whose names are not unique. Those are found and deleted
	// by their identity, and not by their name.
	recall func(ctx context.Context, cloud aws.Cloud, r Resource) (string, error)
	// find describes the resource of a name, or fails with aws.ErrNotFound.
	find   func(ctx context.Context, cloud aws.Cloud, name string) (found, error)
	delete func(ctx context.Context, cloud aws.Cloud, name string) error
	// list gives the names of all; nil for kinds that labs need not name.
	list func(ctx context.Context, cloud aws.Cloud) ([]string, error)
}

// found is a resource as it is now.
type found struct {
	identity string
	created  time.Time
	creating bool // it cannot be deleted yet
}

// kinds is the table of what labs can create, in the order in which it is
// deleted: what uses others before what it uses. Log groups are last: what a
// function wrote just before it went would make its group again.
func kinds() []kind {
	return []kind{apiKind(), tableKind(), functionKind(), bucketKind(), roleKind(), policyKind(), logGroupKind()}
}

func kindOf(id string) (kind, bool) {
	for _, k := range kinds() {
		if k.id == id {
			return k, true
		}
	}
	return kind{}, false
}

// key is what a resource is found and deleted by.
func (k kind) key(ctx context.Context, cloud aws.Cloud, r Resource) (string, error) {
	switch {
	case k.recall == nil:
		return r.Name, nil
	case r.Identity == "":
		return k.recall(ctx, cloud, r)
	}
	return r.Identity, nil
}

// inOrder lists resources in the order in which they are deleted: by the table
// of kinds, then the newest first. Those of no known kind come first, and fail.
func inOrder(resources []Resource) []Resource {
	place := func(r Resource) int {
		return slices.IndexFunc(kinds(), func(k kind) bool { return k.id == r.Kind })
	}
	out := slices.Clone(resources)
	slices.Reverse(out)
	slices.SortStableFunc(out, func(a, b Resource) int { return place(a) - place(b) })
	return out
}

// listed bounds the pages that are listed to find a resource by its name.
const listed = 20

// pages gathers the names of up to so many pages, until a page has no next one.
func pages(page func(token string) (names []string, next string, err error)) ([]string, error) {
	var all []string
	token := ""
	for range listed {
		names, next, err := page(token)
		if err != nil {
			return all, err
		}
		all = append(all, names...)
		if token = next; token == "" {
			break
		}
	}
	return all, nil
}

// errAbsentService is a kind of resource that this Cloud does not have.
var errAbsentService = errors.New("this AWS service is not offered here")

func tableKind() kind {
	return kind{
		id: "dynamodb:table", title: "DynamoDB table", cost: "its storage, and each request", creates: []string{"dynamodb:CreateTable"},
		name: func(in any) string {
			create, _ := in.(aws.CreateTableInput)
			return create.TableName
		},
		tagged: func(in any, tag aws.Tag) any {
			create, _ := in.(aws.CreateTableInput)
			create.Tags = inList(create.Tags, tag)
			return create
		},
		identity: func(out any) string {
			created, _ := out.(aws.CreateTableOutput)
			return created.TableDescription.TableID
		},
		find: findTable,
		delete: func(ctx context.Context, cloud aws.Cloud, name string) error {
			_, err := cloud.DynamoDB.DeleteTable(ctx, aws.DeleteTableInput{TableName: name})
			return err
		},
		list: listTables,
	}
}

func findTable(ctx context.Context, cloud aws.Cloud, name string) (found, error) {
	if cloud.DynamoDB == nil {
		return found{}, errAbsentService
	}
	out, err := cloud.DynamoDB.DescribeTable(ctx, aws.DescribeTableInput{TableName: name})
	if err != nil {
		return found{}, err
	}
	t := out.Table
	if t.TableStatus == aws.StatusDeleting {
		return found{}, fmt.Errorf("it is being deleted: %w", aws.ErrNotFound)
	}
	busy := t.TableStatus == aws.StatusCreating || t.TableStatus == aws.StatusUpdating
	return found{identity: t.TableID, created: t.CreationDateTime, creating: busy}, nil
}

func listTables(ctx context.Context, cloud aws.Cloud) ([]string, error) {
	if cloud.DynamoDB == nil {
		return nil, errAbsentService
	}
	return pages(func(token string) ([]string, string, error) {
		out, err := cloud.DynamoDB.ListTables(ctx, aws.ListTablesInput{ExclusiveStartTableName: token})
		return out.TableNames, out.LastEvaluatedTableName, err
	})
}
