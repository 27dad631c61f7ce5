package iam

import (
	"strings"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/partiql"
)

func dynamodbRules() map[string]rule {
	rules := map[string]rule{
		"dynamodb:ListTables": one("dynamodb:ListTables", func(place aws.Place, _ aws.ListTablesInput) string { return tableARN(place, "*") }),
		"dynamodb:Query":      one("dynamodb:Query", func(place aws.Place, in aws.QueryInput) string { return indexARN(place, in.TableName, in.IndexName) }),
		"dynamodb:Scan":       one("dynamodb:Scan", func(place aws.Place, in aws.ScanInput) string { return indexARN(place, in.TableName, in.IndexName) }),
		"dynamodb:BatchGetItem": many(func(_ *Service, place aws.Place, in aws.BatchGetItemInput) []need {
			return onTables(place, "dynamodb:BatchGetItem", in.RequestItems)
		}),
		"dynamodb:BatchWriteItem": many(func(_ *Service, place aws.Place, in aws.BatchWriteItemInput) []need {
			return onTables(place, "dynamodb:BatchWriteItem", in.RequestItems)
		}),
		"dynamodb:CreateTable": many(func(_ *Service, place aws.Place, in aws.CreateTableInput) []need {
			return creates("dynamodb:CreateTable", "dynamodb:TagResource", tableARN(place, in.TableName), len(in.Tags))
		}),
		"dynamodb:TransactGetItems":   many(transactGets),
		"dynamodb:TransactWriteItems": many(transactWrites),
		"dynamodb:ExecuteStatement": many(func(_ *Service, place aws.Place, in aws.ExecuteStatementInput) []need {
			return statementNeeds(place, in.Statement, in.Parameters)
		}),
		"dynamodb:BatchExecuteStatement": many(func(_ *Service, place aws.Place, in aws.BatchExecuteStatementInput) (needs []need) {
			for _, request := range in.Statements {
				needs = append(needs, statementNeeds(place, request.Statement, request.Parameters)...)
			}
			return needs
		}),
		"dynamodb:ExecuteTransaction": many(func(_ *Service, place aws.Place, in aws.ExecuteTransactionInput) (needs []need) {
			for _, request := range in.TransactStatements {
				needs = append(needs, statementNeeds(place, request.Statement, request.Parameters)...)
			}
			return needs
		}),
		"dynamodb:DescribeLimits":     everything("dynamodb:DescribeLimits"),
		"dynamodb:DescribeEndpoints":  everything("dynamodb:DescribeEndpoints"),
		"dynamodb:TagResource":        one("dynamodb:TagResource", func(_ aws.Place, in aws.TagResourceInput) string { return in.ResourceArn }),
		"dynamodb:UntagResource":      one("dynamodb:UntagResource", func(_ aws.Place, in aws.UntagResourceInput) string { return in.ResourceArn }),
		"dynamodb:ListTagsOfResource": one("dynamodb:ListTagsOfResource", func(_ aws.Place, in aws.ListTagsOfResourceInput) string { return in.ResourceArn }),
	}
	streamRules(rules)
	onTable(rules, "dynamodb:DescribeTable", func(in aws.DescribeTableInput) string { return in.TableName })
	onTable(rules, "dynamodb:UpdateTable", func(in aws.UpdateTableInput) string { return in.TableName })
	onTable(rules, "dynamodb:DeleteTable", func(in aws.DeleteTableInput) string { return in.TableName })
	onTable(rules, "dynamodb:UpdateTimeToLive", func(in aws.UpdateTimeToLiveInput) string { return in.TableName })
	onTable(rules, "dynamodb:DescribeTimeToLive", func(in aws.DescribeTimeToLiveInput) string { return in.TableName })
	onTable(rules, "dynamodb:DescribeContinuousBackups", func(in aws.DescribeContinuousBackupsInput) string { return in.TableName })
	onTable(rules, "dynamodb:PutItem", func(in aws.PutItemInput) string { return in.TableName })
	onTable(rules, "dynamodb:GetItem", func(in aws.GetItemInput) string { return in.TableName })
	onTable(rules, "dynamodb:UpdateItem", func(in aws.UpdateItemInput) string { return in.TableName })
	onTable(rules, "dynamodb:DeleteItem", func(in aws.DeleteItemInput) string { return in.TableName })
	return rules
}

// streamRules adds the rules of streams, whose actions are DynamoDB's.
func streamRules(rules map[string]rule) {
	rules["dynamodbstreams:ListStreams"] = one("dynamodb:ListStreams", func(place aws.Place, in aws.ListStreamsInput) string {
		if in.TableName == "" {
			return "*"
		}
		return tableARN(place, in.TableName) + "/stream/*"
	})
	rules["dynamodbstreams:DescribeStream"] = one("dynamodb:DescribeStream", func(_ aws.Place, in aws.DescribeStreamInput) string { return in.StreamArn })
	rules["dynamodbstreams:GetShardIterator"] = one("dynamodb:GetShardIterator", func(_ aws.Place, in aws.GetShardIteratorInput) string { return in.StreamArn })
	rules["dynamodbstreams:GetRecords"] = one("dynamodb:GetRecords", func(_ aws.Place, in aws.GetRecordsInput) string {
		arn, _, _ := strings.Cut(in.ShardIterator, "|") // which is how an iterator begins
		return arn
	})
}

// onTable adds the rule of an operation on a table.
func onTable[In any](rules map[string]rule, action string, name func(In) string) {
	rules[action] = one(action, func(place aws.Place, in In) string { return tableARN(place, name(in)) })
}

func onTables[T any](place aws.Place, action string, requests map[string]T) []need {
	needs := make([]need, 0, len(requests))
	for table := range requests {
		needs = append(needs, need{action: action, resource: tableARN(place, table)})
	}
	return needs
}

// statementNeeds are the rights that a statement of PartiQL takes; one that
// cannot be read will be refused for that.
func statementNeeds(place aws.Place, text string, parameters []aws.AttributeValue) []need {
	statement, err := partiql.Parse(text, parameters)
	if err != nil {
		return nil
	}
	action := map[partiql.Verb]string{
		partiql.Select: "dynamodb:PartiQLSelect", partiql.Insert: "dynamodb:PartiQLInsert", partiql.Update: "dynamodb:PartiQLUpdate",
		partiql.Delete: "dynamodb:PartiQLDelete", partiql.Exists: "dynamodb:PartiQLSelect",
	}[statement.Verb]
	return []need{{action: action, resource: indexARN(place, statement.Table, statement.Index)}}
}

// A transaction takes the rights that its actions take alone.
func transactGets(_ *Service, place aws.Place, in aws.TransactGetItemsInput) []need {
	needs := make([]need, 0, len(in.TransactItems))
	for _, item := range in.TransactItems {
		needs = append(needs, need{action: "dynamodb:GetItem", resource: tableARN(place, item.Get.TableName)})
	}
	return needs
}

func transactWrites(_ *Service, place aws.Place, in aws.TransactWriteItemsInput) []need {
	needs := make([]need, 0, len(in.TransactItems))
	add := func(action, table string) {
		needs = append(needs, need{action: action, resource: tableARN(place, table)})
	}
	for _, item := range in.TransactItems {
		if item.Put != nil {
			add("dynamodb:PutItem", item.Put.TableName)
		}
		if item.Update != nil {
			add("dynamodb:UpdateItem", item.Update.TableName)
		}
		if item.Delete != nil {
			add("dynamodb:DeleteItem", item.Delete.TableName)
		}
		if item.ConditionCheck != nil {
			add("dynamodb:ConditionCheckItem", item.ConditionCheck.TableName)
		}
	}
	return needs
}
