package awstest

// Exception is a part of the suite that an AWS account cannot keep.
type Exception struct {
	Test   string // as go test's -skip takes it, below the name of the whole: an operation, and perhaps a part of its test
	Reason string
}

// Exceptions are the parts of the suite that are not run on AWS.
func Exceptions() []Exception {
	return []Exception{
		{"^lambda:PutFunctionConcurrency$", "it reserves all of the account's concurrency, which its other functions need"},
		{"^lambda:GetAccountSettings$", "it counts the account's functions, which other tests make and delete meanwhile"},
		{"^dynamodb:UpdateTimeToLive$", "it changes a table's setting twice; AWS takes an hour for one change and refuses another meanwhile"},
		{"^logs:PutRetentionPolicy$", "it wants old events to be gone at once; AWS takes up to three days"},
		{"^dynamodb:ExecuteStatement$/^refuses_an_unfinished_statement$", "the sandbox has its own words for where a statement ends too early"},
		{"^cloudwatch:GetMetricData$/^refuses_an_(id_that_is_none|expression_that_ends_early)$", "the sandbox has its own words for faults in expressions"},
	}
}
