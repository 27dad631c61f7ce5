package awstest

import (
	"testing"

	"awslab/aws"
)

func testPutFunctionConcurrency(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	f.function(t, "Other")
	free := must(t, l.GetAccountSettings, aws.GetAccountSettingsInput{}).AccountLimit.UnreservedConcurrentExecutions - 100
	reserve := func(name string, n int) aws.PutFunctionConcurrencyInput {
		return aws.PutFunctionConcurrencyInput{FunctionName: name, ReservedConcurrentExecutions: n}
	}
	same(t, "answer", must(t, l.PutFunctionConcurrency, reserve("FAQ", 0)).ReservedConcurrentExecutions, 0)
	same(t, "answer", must(t, l.PutFunctionConcurrency, reserve("FAQ", free)).ReservedConcurrentExecutions, free)
	same(t, "reserved", must(t, l.GetFunction, aws.GetFunctionInput{FunctionName: "FAQ"}).Concurrency, &aws.Concurrency{ReservedConcurrentExecutions: free})
	const below = "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100]."
	lambdaRefuses(t, "lambda:PutFunctionConcurrency",
		refusal{"more than there is", errorOf(l.PutFunctionConcurrency, reserve("FAQ", free+1)), lambdaInvalid, below},
		refusal{"more than another leaves", errorOf(l.PutFunctionConcurrency, reserve("Other", 1)), lambdaInvalid, below},
		invalid("less than nothing", oneError+"Value '-1' at 'reservedConcurrentExecutions' failed to satisfy constraint: Member must have value greater than or equal to 0",
			errorOf(l.PutFunctionConcurrency, reserve("FAQ", -1))),
		noFunction(f, errorOf(l.PutFunctionConcurrency, reserve("Nope", 1))))
	testCanceled(t, l.PutFunctionConcurrency, reserve("FAQ", 1))
}

func testGetFunctionConcurrency(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	in := aws.GetFunctionConcurrencyInput{FunctionName: "FAQ"}
	same(t, "reserved", must(t, l.GetFunctionConcurrency, in), aws.GetFunctionConcurrencyOutput{})
	must(t, l.PutFunctionConcurrency, aws.PutFunctionConcurrencyInput{FunctionName: "FAQ"})
	same(t, "reserved", must(t, l.GetFunctionConcurrency, in).ReservedConcurrentExecutions, aws.Some(0))
	lambdaRefuses(t, "lambda:GetFunctionConcurrency", noFunction(f, errorOf(l.GetFunctionConcurrency, aws.GetFunctionConcurrencyInput{FunctionName: "Nope"})))
	testCanceled(t, l.GetFunctionConcurrency, in)
}

func testDeleteFunctionConcurrency(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	must(t, l.PutFunctionConcurrency, aws.PutFunctionConcurrencyInput{FunctionName: "FAQ", ReservedConcurrentExecutions: 3})
	for range 2 { // the second time there is nothing left to do
		must(t, l.DeleteFunctionConcurrency, aws.DeleteFunctionConcurrencyInput{FunctionName: "FAQ"})
		same(t, "reserved", must(t, l.GetFunctionConcurrency, aws.GetFunctionConcurrencyInput{FunctionName: "FAQ"}), aws.GetFunctionConcurrencyOutput{})
	}
	lambdaRefuses(t, "lambda:DeleteFunctionConcurrency",
		noFunction(f, errorOf(l.DeleteFunctionConcurrency, aws.DeleteFunctionConcurrencyInput{FunctionName: "Nope"})))
	testCanceled(t, l.DeleteFunctionConcurrency, aws.DeleteFunctionConcurrencyInput{FunctionName: "FAQ"})
}

// noEventInvokeConfig is a refusal where nothing was set.
func noEventInvokeConfig(f Fixture, call func() error) refusal {
	return refusal{"when nothing is set", call, lambdaNotFound, "The function " + f.functionARNOf("FAQ") + ":$LATEST doesn't have an EventInvokeConfig"}
}

func testPutFunctionEventInvokeConfig(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	in := aws.PutFunctionEventInvokeConfigInput{FunctionName: "FAQ", MaximumRetryAttempts: aws.Some(0)}
	out := must(t, l.PutFunctionEventInvokeConfig, in)
	same(t, "configuration", out.EventInvokeConfig,
		aws.EventInvokeConfig{FunctionArn: f.functionARNOf("FAQ") + ":$LATEST", LastModified: out.LastModified, MaximumRetryAttempts: aws.Some(0)})
	replaced := must(t, l.PutFunctionEventInvokeConfig, aws.PutFunctionEventInvokeConfigInput{FunctionName: "FAQ", MaximumEventAgeInSeconds: 60})
	same(t, "configuration", replaced.EventInvokeConfig,
		aws.EventInvokeConfig{FunctionArn: f.functionARNOf("FAQ") + ":$LATEST", LastModified: replaced.LastModified, MaximumEventAgeInSeconds: 60})
	put := func(in aws.PutFunctionEventInvokeConfigInput) func() error {
		if in.FunctionName == "" {
			in.FunctionName = "FAQ"
		}
		return errorOf(l.PutFunctionEventInvokeConfig, in)
	}
	lambdaRefuses(t, "lambda:PutFunctionEventInvokeConfig",
		refusal{"nothing to set", put(aws.PutFunctionEventInvokeConfigInput{}), lambdaInvalid, "You must specify at least one of error handling or destination setting."},
		invalid("three retries", oneError+"Value '3' at 'maximumRetryAttempts' failed to satisfy constraint: Member must have value less than or equal to 2",
			put(aws.PutFunctionEventInvokeConfigInput{MaximumRetryAttempts: aws.Some(3)})),
		invalid("a short life", oneError+"Value '59' at 'maximumEventAgeInSeconds' failed to satisfy constraint: Member must have value greater than or equal to 60",
			put(aws.PutFunctionEventInvokeConfigInput{MaximumEventAgeInSeconds: 59})),
		noFunction(f, put(aws.PutFunctionEventInvokeConfigInput{FunctionName: "Nope", MaximumRetryAttempts: aws.Some(1)})))
	testCanceled(t, l.PutFunctionEventInvokeConfig, in)
}

func testGetFunctionEventInvokeConfig(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	in := aws.GetFunctionEventInvokeConfigInput{FunctionName: "FAQ"}
	lambdaRefuses(t, "lambda:GetFunctionEventInvokeConfig", noEventInvokeConfig(f, errorOf(l.GetFunctionEventInvokeConfig, in)),
		noFunction(f, errorOf(l.GetFunctionEventInvokeConfig, aws.GetFunctionEventInvokeConfigInput{FunctionName: "Nope"})))
	for _, attempts := range []int{1, 0} {
		put := must(t, l.PutFunctionEventInvokeConfig, aws.PutFunctionEventInvokeConfigInput{FunctionName: "FAQ", MaximumRetryAttempts: aws.Some(attempts), MaximumEventAgeInSeconds: 3600})
		same(t, "configuration", must(t, l.GetFunctionEventInvokeConfig, in).EventInvokeConfig, put.EventInvokeConfig)
	}
	testCanceled(t, l.GetFunctionEventInvokeConfig, in)
}

func testDeleteFunctionEventInvokeConfig(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	in := aws.DeleteFunctionEventInvokeConfigInput{FunctionName: "FAQ"}
	must(t, l.PutFunctionEventInvokeConfig, aws.PutFunctionEventInvokeConfigInput{FunctionName: "FAQ", MaximumRetryAttempts: aws.Some(1)})
	must(t, l.DeleteFunctionEventInvokeConfig, in)
	lambdaRefuses(t, "lambda:DeleteFunctionEventInvokeConfig", noEventInvokeConfig(f, errorOf(l.DeleteFunctionEventInvokeConfig, in)),
		noFunction(f, errorOf(l.DeleteFunctionEventInvokeConfig, aws.DeleteFunctionEventInvokeConfigInput{FunctionName: "Nope"})))
	testCanceled(t, l.DeleteFunctionEventInvokeConfig, in)
}

func testPutFunctionRecursionConfig(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	in := aws.PutFunctionRecursionConfigInput{FunctionName: "FAQ", RecursiveLoop: aws.RecursiveLoopAllow}
	same(t, "answer", must(t, l.PutFunctionRecursionConfig, in).RecursiveLoop, aws.RecursiveLoopAllow)
	same(t, "setting", must(t, l.GetFunctionRecursionConfig, aws.GetFunctionRecursionConfigInput{FunctionName: "FAQ"}).RecursiveLoop, aws.RecursiveLoopAllow)
	lambdaRefuses(t, "lambda:PutFunctionRecursionConfig",
		invalid("an unknown setting", oneError+"Value 'Maybe' at 'recursiveLoop' failed to satisfy constraint: Member must satisfy enum value set: [Allow, Terminate]",
			errorOf(l.PutFunctionRecursionConfig, aws.PutFunctionRecursionConfigInput{FunctionName: "FAQ", RecursiveLoop: "Maybe"})),
		noFunction(f, errorOf(l.PutFunctionRecursionConfig, aws.PutFunctionRecursionConfigInput{FunctionName: "Nope", RecursiveLoop: aws.RecursiveLoopAllow})))
	testCanceled(t, l.PutFunctionRecursionConfig, in)
}

func testGetFunctionRecursionConfig(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	f.function(t, "FAQ")
	in := aws.GetFunctionRecursionConfigInput{FunctionName: "FAQ"}
	same(t, "setting", must(t, l.GetFunctionRecursionConfig, in).RecursiveLoop, aws.RecursiveLoopTerminate)
	must(t, l.PutFunctionRecursionConfig, aws.PutFunctionRecursionConfigInput{FunctionName: "FAQ", RecursiveLoop: aws.RecursiveLoopAllow})
	same(t, "setting", must(t, l.GetFunctionRecursionConfig, in).RecursiveLoop, aws.RecursiveLoopAllow)
	lambdaRefuses(t, "lambda:GetFunctionRecursionConfig",
		noFunction(f, errorOf(l.GetFunctionRecursionConfig, aws.GetFunctionRecursionConfigInput{FunctionName: "Nope"})))
	testCanceled(t, l.GetFunctionRecursionConfig, in)
}

func testGetAccountSettings(t *testing.T, f Fixture) {
	l := f.Cloud.Lambda
	before := must(t, l.GetAccountSettings, aws.GetAccountSettingsInput{})
	same(t, "limits of code", [2]int64{before.AccountLimit.CodeSizeZipped, before.AccountLimit.CodeSizeUnzipped}, [2]int64{52428800, 262144000})
	made := f.function(t, "FAQ")
	must(t, l.PutFunctionConcurrency, aws.PutFunctionConcurrencyInput{FunctionName: "FAQ", ReservedConcurrentExecutions: 5})
	want := before
	want.AccountUsage.FunctionCount++
	want.AccountUsage.TotalCodeSize += made.CodeSize
	want.AccountLimit.UnreservedConcurrentExecutions -= 5
	same(t, "settings", must(t, l.GetAccountSettings, aws.GetAccountSettingsInput{}), want)
	testCanceled(t, l.GetAccountSettings, aws.GetAccountSettingsInput{})
}
