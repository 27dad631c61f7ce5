package aws

import "context"

type interceptedLambda struct {
	next Lambda
	via  intercepted
}

func (l interceptedLambda) CreateFunction(ctx context.Context, in CreateFunctionInput) (CreateFunctionOutput, error) {
	return through(ctx, l.via, "CreateFunction", in, l.next.CreateFunction)
}

func (l interceptedLambda) GetFunction(ctx context.Context, in GetFunctionInput) (GetFunctionOutput, error) {
	return through(ctx, l.via, "GetFunction", in, l.next.GetFunction)
}

func (l interceptedLambda) GetFunctionConfiguration(ctx context.Context, in GetFunctionConfigurationInput) (GetFunctionConfigurationOutput, error) {
	return through(ctx, l.via, "GetFunctionConfiguration", in, l.next.GetFunctionConfiguration)
}

func (l interceptedLambda) ListFunctions(ctx context.Context, in ListFunctionsInput) (ListFunctionsOutput, error) {
	return through(ctx, l.via, "ListFunctions", in, l.next.ListFunctions)
}

func (l interceptedLambda) UpdateFunctionCode(ctx context.Context, in UpdateFunctionCodeInput) (UpdateFunctionCodeOutput, error) {
	return through(ctx, l.via, "UpdateFunctionCode", in, l.next.UpdateFunctionCode)
}

func (l interceptedLambda) UpdateFunctionConfiguration(ctx context.Context, in UpdateFunctionConfigurationInput) (UpdateFunctionConfigurationOutput, error) {
	return through(ctx, l.via, "UpdateFunctionConfiguration", in, l.next.UpdateFunctionConfiguration)
}

func (l interceptedLambda) DeleteFunction(ctx context.Context, in DeleteFunctionInput) (DeleteFunctionOutput, error) {
	return through(ctx, l.via, "DeleteFunction", in, l.next.DeleteFunction)
}

func (l interceptedLambda) Invoke(ctx context.Context, in InvokeInput) (InvokeOutput, error) {
	return through(ctx, l.via, "Invoke", in, l.next.Invoke)
}

func (l interceptedLambda) AddPermission(ctx context.Context, in AddPermissionInput) (AddPermissionOutput, error) {
	return through(ctx, l.via, "AddPermission", in, l.next.AddPermission)
}

func (l interceptedLambda) RemovePermission(ctx context.Context, in RemovePermissionInput) (RemovePermissionOutput, error) {
	return through(ctx, l.via, "RemovePermission", in, l.next.RemovePermission)
}

func (l interceptedLambda) GetPolicy(ctx context.Context, in LambdaGetPolicyInput) (LambdaGetPolicyOutput, error) {
	return through(ctx, l.via, "GetPolicy", in, l.next.GetPolicy)
}

func (l interceptedLambda) PutFunctionConcurrency(ctx context.Context, in PutFunctionConcurrencyInput) (PutFunctionConcurrencyOutput, error) {
	return through(ctx, l.via, "PutFunctionConcurrency", in, l.next.PutFunctionConcurrency)
}

func (l interceptedLambda) GetFunctionConcurrency(ctx context.Context, in GetFunctionConcurrencyInput) (GetFunctionConcurrencyOutput, error) {
	return through(ctx, l.via, "GetFunctionConcurrency", in, l.next.GetFunctionConcurrency)
}

func (l interceptedLambda) DeleteFunctionConcurrency(ctx context.Context, in DeleteFunctionConcurrencyInput) (DeleteFunctionConcurrencyOutput, error) {
	return through(ctx, l.via, "DeleteFunctionConcurrency", in, l.next.DeleteFunctionConcurrency)
}

func (l interceptedLambda) PutFunctionEventInvokeConfig(ctx context.Context, in PutFunctionEventInvokeConfigInput) (PutFunctionEventInvokeConfigOutput, error) {
	return through(ctx, l.via, "PutFunctionEventInvokeConfig", in, l.next.PutFunctionEventInvokeConfig)
}

func (l interceptedLambda) GetFunctionEventInvokeConfig(ctx context.Context, in GetFunctionEventInvokeConfigInput) (GetFunctionEventInvokeConfigOutput, error) {
	return through(ctx, l.via, "GetFunctionEventInvokeConfig", in, l.next.GetFunctionEventInvokeConfig)
}

func (l interceptedLambda) DeleteFunctionEventInvokeConfig(ctx context.Context, in DeleteFunctionEventInvokeConfigInput) (DeleteFunctionEventInvokeConfigOutput, error) {
	return through(ctx, l.via, "DeleteFunctionEventInvokeConfig", in, l.next.DeleteFunctionEventInvokeConfig)
}

func (l interceptedLambda) PutFunctionRecursionConfig(ctx context.Context, in PutFunctionRecursionConfigInput) (PutFunctionRecursionConfigOutput, error) {
	return through(ctx, l.via, "PutFunctionRecursionConfig", in, l.next.PutFunctionRecursionConfig)
}

func (l interceptedLambda) GetFunctionRecursionConfig(ctx context.Context, in GetFunctionRecursionConfigInput) (GetFunctionRecursionConfigOutput, error) {
	return through(ctx, l.via, "GetFunctionRecursionConfig", in, l.next.GetFunctionRecursionConfig)
}

func (l interceptedLambda) GetAccountSettings(ctx context.Context, in GetAccountSettingsInput) (GetAccountSettingsOutput, error) {
	return through(ctx, l.via, "GetAccountSettings", in, l.next.GetAccountSettings)
}

func (l interceptedLambda) ListTags(ctx context.Context, in ListTagsInput) (ListTagsOutput, error) {
	return through(ctx, l.via, "ListTags", in, l.next.ListTags)
}

func (l interceptedLambda) TagResource(ctx context.Context, in LambdaTagResourceInput) (LambdaTagResourceOutput, error) {
	return through(ctx, l.via, "TagResource", in, l.next.TagResource)
}

func (l interceptedLambda) UntagResource(ctx context.Context, in LambdaUntagResourceInput) (LambdaUntagResourceOutput, error) {
	return through(ctx, l.via, "UntagResource", in, l.next.UntagResource)
}
