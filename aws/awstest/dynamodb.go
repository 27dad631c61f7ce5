package awstest

// dynamodbContracts holds the test of each operation of DynamoDB.
func dynamodbContracts() map[string]contract {
	return map[string]contract{
		"dynamodb:CreateTable":               testCreateTable,
		"dynamodb:DescribeTable":             testDescribeTable,
		"dynamodb:ListTables":                testListTables,
		"dynamodb:UpdateTable":               testUpdateTable,
		"dynamodb:DeleteTable":               testDeleteTable,
		"dynamodb:PutItem":                   testPutItem,
		"dynamodb:GetItem":                   testGetItem,
		"dynamodb:UpdateItem":                testUpdateItem,
		"dynamodb:DeleteItem":                testDeleteItem,
		"dynamodb:Query":                     testQuery,
		"dynamodb:Scan":                      testScan,
		"dynamodb:BatchGetItem":              testBatchGetItem,
		"dynamodb:BatchWriteItem":            testBatchWriteItem,
		"dynamodb:TransactGetItems":          testTransactGetItems,
		"dynamodb:TransactWriteItems":        testTransactWriteItems,
		"dynamodb:ExecuteStatement":          testExecuteStatement,
		"dynamodb:BatchExecuteStatement":     testBatchExecuteStatement,
		"dynamodb:ExecuteTransaction":        testExecuteTransaction,
		"dynamodb:UpdateTimeToLive":          testUpdateTimeToLive,
		"dynamodb:DescribeTimeToLive":        testDescribeTimeToLive,
		"dynamodb:TagResource":               testTagResource,
		"dynamodb:UntagResource":             testUntagResource,
		"dynamodb:ListTagsOfResource":        testListTagsOfResource,
		"dynamodb:DescribeLimits":            testDescribeLimits,
		"dynamodb:DescribeEndpoints":         testDescribeEndpoints,
		"dynamodb:DescribeContinuousBackups": testDescribeContinuousBackups,
	}
}
