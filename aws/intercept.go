package aws

import "context"

// Interceptor stands around every call of a Cloud. It may look at the call,
// refuse it, or run it by calling next; what it returns is the call's answer.
type Interceptor func(ctx context.Context, op Operation, in any, next func(context.Context) (any, error)) (any, error)

// Intercept wraps each operation of cloud in the interceptor.
func Intercept(cloud Cloud, around Interceptor) Cloud {
	table := make(map[Service]map[string]Operation)
	for _, op := range Operations() {
		if table[op.Service] == nil {
			table[op.Service] = make(map[string]Operation)
		}
		table[op.Service][op.Name] = op
	}
	if cloud.DynamoDB != nil {
		cloud.DynamoDB = interceptedDynamoDB{cloud.DynamoDB, intercepted{table[ServiceDynamoDB], around}}
	}
	if cloud.DynamoDBStreams != nil {
		cloud.DynamoDBStreams = interceptedDynamoDBStreams{cloud.DynamoDBStreams, intercepted{table[ServiceDynamoDBStreams], around}}
	}
	if cloud.S3 != nil {
		cloud.S3 = interceptedS3{cloud.S3, intercepted{table[ServiceS3], around}}
	}
	if cloud.Lambda != nil {
		cloud.Lambda = interceptedLambda{cloud.Lambda, intercepted{table[ServiceLambda], around}}
	}
	if cloud.APIGateway != nil {
		cloud.APIGateway = interceptedAPIGateway{cloud.APIGateway, intercepted{table[ServiceAPIGateway], around}}
	}
	if cloud.Logs != nil {
		cloud.Logs = interceptedLogs{cloud.Logs, intercepted{table[ServiceLogs], around}}
	}
	if cloud.CloudWatch != nil {
		cloud.CloudWatch = interceptedCloudWatch{cloud.CloudWatch, intercepted{table[ServiceCloudWatch], around}}
	}
	if cloud.IAM != nil {
		cloud.IAM = interceptedIAM{cloud.IAM, intercepted{table[ServiceIAM], around}}
	}
	if cloud.STS != nil {
		cloud.STS = interceptedSTS{cloud.STS, intercepted{table[ServiceSTS], around}}
	}
	return cloud
}

type intercepted struct {
	operations map[string]Operation
	around     Interceptor
}

// through runs one typed call through the interceptor.
func through[In, Out any](ctx context.Context, i intercepted, name string, in In, method func(context.Context, In) (Out, error)) (Out, error) {
	out, err := i.around(ctx, i.operations[name], in, func(ctx context.Context) (any, error) {
		return method(ctx, in)
	})
	typed, _ := out.(Out) // an interceptor that refuses has no output to give
	return typed, err
}

type interceptedDynamoDB struct {
	next DynamoDB
	via  intercepted
}

func (d interceptedDynamoDB) CreateTable(ctx context.Context, in CreateTableInput) (CreateTableOutput, error) {
	return through(ctx, d.via, "CreateTable", in, d.next.CreateTable)
}

func (d interceptedDynamoDB) DescribeTable(ctx context.Context, in DescribeTableInput) (DescribeTableOutput, error) {
	return through(ctx, d.via, "DescribeTable", in, d.next.DescribeTable)
}

func (d interceptedDynamoDB) ListTables(ctx context.Context, in ListTablesInput) (ListTablesOutput, error) {
	return through(ctx, d.via, "ListTables", in, d.next.ListTables)
}

func (d interceptedDynamoDB) UpdateTable(ctx context.Context, in UpdateTableInput) (UpdateTableOutput, error) {
	return through(ctx, d.via, "UpdateTable", in, d.next.UpdateTable)
}

func (d interceptedDynamoDB) DeleteTable(ctx context.Context, in DeleteTableInput) (DeleteTableOutput, error) {
	return through(ctx, d.via, "DeleteTable", in, d.next.DeleteTable)
}

func (d interceptedDynamoDB) PutItem(ctx context.Context, in PutItemInput) (PutItemOutput, error) {
	return through(ctx, d.via, "PutItem", in, d.next.PutItem)
}

func (d interceptedDynamoDB) GetItem(ctx context.Context, in GetItemInput) (GetItemOutput, error) {
	return through(ctx, d.via, "GetItem", in, d.next.GetItem)
}

func (d interceptedDynamoDB) UpdateItem(ctx context.Context, in UpdateItemInput) (UpdateItemOutput, error) {
	return through(ctx, d.via, "UpdateItem", in, d.next.UpdateItem)
}

func (d interceptedDynamoDB) DeleteItem(ctx context.Context, in DeleteItemInput) (DeleteItemOutput, error) {
	return through(ctx, d.via, "DeleteItem", in, d.next.DeleteItem)
}

func (d interceptedDynamoDB) Query(ctx context.Context, in QueryInput) (QueryOutput, error) {
	return through(ctx, d.via, "Query", in, d.next.Query)
}

func (d interceptedDynamoDB) Scan(ctx context.Context, in ScanInput) (ScanOutput, error) {
	return through(ctx, d.via, "Scan", in, d.next.Scan)
}

func (d interceptedDynamoDB) BatchGetItem(ctx context.Context, in BatchGetItemInput) (BatchGetItemOutput, error) {
	return through(ctx, d.via, "BatchGetItem", in, d.next.BatchGetItem)
}

func (d interceptedDynamoDB) BatchWriteItem(ctx context.Context, in BatchWriteItemInput) (BatchWriteItemOutput, error) {
	return through(ctx, d.via, "BatchWriteItem", in, d.next.BatchWriteItem)
}

func (d interceptedDynamoDB) TransactGetItems(ctx context.Context, in TransactGetItemsInput) (TransactGetItemsOutput, error) {
	return through(ctx, d.via, "TransactGetItems", in, d.next.TransactGetItems)
}

func (d interceptedDynamoDB) TransactWriteItems(ctx context.Context, in TransactWriteItemsInput) (TransactWriteItemsOutput, error) {
	return through(ctx, d.via, "TransactWriteItems", in, d.next.TransactWriteItems)
}

func (d interceptedDynamoDB) ExecuteStatement(ctx context.Context, in ExecuteStatementInput) (ExecuteStatementOutput, error) {
	return through(ctx, d.via, "ExecuteStatement", in, d.next.ExecuteStatement)
}

func (d interceptedDynamoDB) BatchExecuteStatement(ctx context.Context, in BatchExecuteStatementInput) (BatchExecuteStatementOutput, error) {
	return through(ctx, d.via, "BatchExecuteStatement", in, d.next.BatchExecuteStatement)
}

func (d interceptedDynamoDB) ExecuteTransaction(ctx context.Context, in ExecuteTransactionInput) (ExecuteTransactionOutput, error) {
	return through(ctx, d.via, "ExecuteTransaction", in, d.next.ExecuteTransaction)
}

func (d interceptedDynamoDB) UpdateTimeToLive(ctx context.Context, in UpdateTimeToLiveInput) (UpdateTimeToLiveOutput, error) {
	return through(ctx, d.via, "UpdateTimeToLive", in, d.next.UpdateTimeToLive)
}

func (d interceptedDynamoDB) DescribeTimeToLive(ctx context.Context, in DescribeTimeToLiveInput) (DescribeTimeToLiveOutput, error) {
	return through(ctx, d.via, "DescribeTimeToLive", in, d.next.DescribeTimeToLive)
}

func (d interceptedDynamoDB) TagResource(ctx context.Context, in TagResourceInput) (TagResourceOutput, error) {
	return through(ctx, d.via, "TagResource", in, d.next.TagResource)
}

func (d interceptedDynamoDB) UntagResource(ctx context.Context, in UntagResourceInput) (UntagResourceOutput, error) {
	return through(ctx, d.via, "UntagResource", in, d.next.UntagResource)
}

func (d interceptedDynamoDB) ListTagsOfResource(ctx context.Context, in ListTagsOfResourceInput) (ListTagsOfResourceOutput, error) {
	return through(ctx, d.via, "ListTagsOfResource", in, d.next.ListTagsOfResource)
}

func (d interceptedDynamoDB) DescribeLimits(ctx context.Context, in DescribeLimitsInput) (DescribeLimitsOutput, error) {
	return through(ctx, d.via, "DescribeLimits", in, d.next.DescribeLimits)
}

func (d interceptedDynamoDB) DescribeEndpoints(ctx context.Context, in DescribeEndpointsInput) (DescribeEndpointsOutput, error) {
	return through(ctx, d.via, "DescribeEndpoints", in, d.next.DescribeEndpoints)
}

func (d interceptedDynamoDB) DescribeContinuousBackups(ctx context.Context, in DescribeContinuousBackupsInput) (DescribeContinuousBackupsOutput, error) {
	return through(ctx, d.via, "DescribeContinuousBackups", in, d.next.DescribeContinuousBackups)
}

type interceptedSTS struct {
	next STS
	via  intercepted
}

func (s interceptedSTS) GetCallerIdentity(ctx context.Context, in GetCallerIdentityInput) (GetCallerIdentityOutput, error) {
	return through(ctx, s.via, "GetCallerIdentity", in, s.next.GetCallerIdentity)
}
