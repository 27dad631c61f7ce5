package awstest

import (
	"context"
	"reflect"
	"strings"

	"awslab/aws"
)

// listing is an operation that lists what an account holds. A tenant sees its own.
type listing struct {
	list string // the output's member that is the list
	// next is the output's member that says where the next page starts, from is the
	// input's, limit the input's that bounds a page, if there is one.
	next, from, limit string
	// ordered lists are of names in their order, so that those with the mark stand
	// together and the first after them ends the list.
	ordered bool
}

// listings are the operations that list an account, by Operation.String. A new one
// gets a row here.
var listings = map[string]listing{
	"dynamodb:ListTables":         {"TableNames", "LastEvaluatedTableName", "ExclusiveStartTableName", "Limit", true},
	"dynamodbstreams:ListStreams": {"Streams", "LastEvaluatedStreamArn", "ExclusiveStartStreamArn", "Limit", false},
	"s3:ListBuckets":              {"Buckets", "ContinuationToken", "ContinuationToken", "MaxBuckets", false},
	"lambda:ListFunctions":        {"Functions", "NextMarker", "Marker", "MaxItems", false},
	"apigateway:GetRestApis":      {"Items", "Position", "Position", "Limit", false},
	"logs:DescribeLogGroups":      {"LogGroups", "NextToken", "NextToken", "Limit", false},
	"cloudwatch:ListMetrics":      {"Metrics", "NextToken", "NextToken", "", false},
	"iam:ListRoles":               {"Roles", "Marker", "Marker", "MaxItems", false},
	"iam:ListPolicies":            {"Policies", "Marker", "Marker", "MaxItems", false},
}

// awsOwn begins the ARNs of what is AWS's and in every account.
const awsOwn = "arn:aws:iam::aws:"

// run lists what the mark is on. A list without a limit is read to its end, so that
// others' things do not push the tenant's onto later pages; where there is a limit,
// pages come as AWS makes them, without the others' things.
func (l listing) run(ctx context.Context, cloud aws.Cloud, op aws.Operation, in any, mark string) (any, error) {
	ask := reflect.New(op.In).Elem()
	ask.Set(reflect.ValueOf(in))
	whole := l.limit == "" || ask.FieldByName(l.limit).IsZero()
	var all reflect.Value
	for {
		answer, err := op.Call(ctx, cloud, ask.Interface())
		if err != nil {
			return answer, err
		}
		out := reflect.New(op.Out).Elem()
		out.Set(reflect.ValueOf(answer))
		list, next := out.FieldByName(l.list), out.FieldByName(l.next)
		if last := list.Len() - 1; l.ordered && last >= 0 && !marked(list.Index(last), mark) && list.Index(last).String() > mark {
			next.SetZero()
		}
		own := ownOf(list, mark)
		if all.IsValid() {
			own = reflect.AppendSlice(all, own)
		}
		list.Set(own)
		if !whole || next.String() == "" || next.String() == ask.FieldByName(l.from).String() {
			if more := out.FieldByName("IsTruncated"); more.IsValid() {
				more.SetBool(next.String() != "")
			}
			return out.Interface(), nil
		}
		all = own
		ask.FieldByName(l.from).Set(next)
	}
}

// ownOf are the elements of a list that the mark is on, and AWS's own.
func ownOf(list reflect.Value, mark string) reflect.Value {
	own := reflect.MakeSlice(list.Type(), 0, list.Len())
	for i := range list.Len() {
		if e := list.Index(i); marked(e, mark) || marked(e, awsOwn) {
			own = reflect.Append(own, e)
		}
	}
	return own
}

// marked reports whether some text in v holds the mark.
func marked(v reflect.Value, mark string) (found bool) {
	rewrite(v.Interface(), func(_, _, text string) string {
		found = found || strings.Contains(text, mark)
		return text
	})
	return found
}
