package aws

import (
	"context"
	"fmt"
	"reflect"
)

// Service names an AWS service as its API and CLI do ("dynamodb").
type Service string

// The services.
const (
	ServiceDynamoDB Service = "dynamodb"
	ServiceSTS      Service = "sts"
)

// Title is the service's name in the console.
func (s Service) Title() string {
	switch s {
	case ServiceDynamoDB:
		return "DynamoDB"
	case ServiceSTS:
		return "STS"
	}
	return string(s)
}

// Access tells reading operations from writing ones.
type Access bool

// Reads leaves everything as it was; Writes does not.
const (
	Reads  Access = false
	Writes Access = true
)

// Operation is one row of the operation table.
type Operation struct {
	Service Service
	Name    string // as AWS names it, "PutItem"
	Access  Access
	In, Out reflect.Type
	call    func(context.Context, Cloud, any) (any, error)
}

// Call runs the operation on a Cloud; in must be of type In.
func (o Operation) Call(ctx context.Context, cloud Cloud, in any) (any, error) {
	return o.call(ctx, cloud, in)
}

// String is "dynamodb:PutItem", as policies name it.
func (o Operation) String() string { return string(o.Service) + ":" + o.Name }

// picker takes a service out of a Cloud, as its interface.
type picker[S any] struct {
	service Service
	of      func(Cloud) S
}

func operation[S, In, Out any](p picker[S], name string, access Access, method func(S, context.Context, In) (Out, error)) Operation {
	return Operation{
		Service: p.service, Name: name, Access: access,
		In: reflect.TypeFor[In](), Out: reflect.TypeFor[Out](),
		call: func(ctx context.Context, cloud Cloud, in any) (any, error) {
			typed, ok := in.(In)
			if !ok {
				return nil, fmt.Errorf("%s takes %v, not %T", name, reflect.TypeFor[In](), in)
			}
			return method(p.of(cloud), ctx, typed)
		},
	}
}

// Operations is the one table of everything a Cloud can do, in AWS's order by
// service. The wire server, the trail, read-only mode, the equivalent CLI
// command and the contract suite read it; there is no second list.
func Operations() []Operation {
	dynamodb := picker[DynamoDB]{ServiceDynamoDB, func(c Cloud) DynamoDB { return c.DynamoDB }}
	sts := picker[STS]{ServiceSTS, func(c Cloud) STS { return c.STS }}
	return []Operation{
		operation(dynamodb, "CreateTable", Writes, DynamoDB.CreateTable),
		operation(dynamodb, "DescribeTable", Reads, DynamoDB.DescribeTable),
		operation(dynamodb, "ListTables", Reads, DynamoDB.ListTables),
		operation(dynamodb, "UpdateTable", Writes, DynamoDB.UpdateTable),
		operation(dynamodb, "DeleteTable", Writes, DynamoDB.DeleteTable),
		operation(dynamodb, "PutItem", Writes, DynamoDB.PutItem),
		operation(dynamodb, "GetItem", Reads, DynamoDB.GetItem),
		operation(dynamodb, "UpdateItem", Writes, DynamoDB.UpdateItem),
		operation(dynamodb, "DeleteItem", Writes, DynamoDB.DeleteItem),
		operation(dynamodb, "Query", Reads, DynamoDB.Query),
		operation(dynamodb, "Scan", Reads, DynamoDB.Scan),
		operation(dynamodb, "BatchGetItem", Reads, DynamoDB.BatchGetItem),
		operation(dynamodb, "BatchWriteItem", Writes, DynamoDB.BatchWriteItem),
		operation(dynamodb, "TransactGetItems", Reads, DynamoDB.TransactGetItems),
		operation(dynamodb, "TransactWriteItems", Writes, DynamoDB.TransactWriteItems),
		operation(sts, "GetCallerIdentity", Reads, STS.GetCallerIdentity),
	}
}

// OperationNamed finds an operation by its service and name.
func OperationNamed(service Service, name string) (Operation, bool) {
	for _, op := range Operations() {
		if op.Service == service && op.Name == name {
			return op, true
		}
	}
	return Operation{}, false
}
