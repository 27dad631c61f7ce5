package aws

import "context"

type interceptedAPIGateway struct {
	next APIGateway
	via  intercepted
}

func (a interceptedAPIGateway) CreateRestApi(ctx context.Context, in CreateRestApiInput) (CreateRestApiOutput, error) {
	return through(ctx, a.via, "CreateRestApi", in, a.next.CreateRestApi)
}

func (a interceptedAPIGateway) GetRestApi(ctx context.Context, in GetRestApiInput) (GetRestApiOutput, error) {
	return through(ctx, a.via, "GetRestApi", in, a.next.GetRestApi)
}

func (a interceptedAPIGateway) GetRestApis(ctx context.Context, in GetRestApisInput) (GetRestApisOutput, error) {
	return through(ctx, a.via, "GetRestApis", in, a.next.GetRestApis)
}

func (a interceptedAPIGateway) DeleteRestApi(ctx context.Context, in DeleteRestApiInput) (DeleteRestApiOutput, error) {
	return through(ctx, a.via, "DeleteRestApi", in, a.next.DeleteRestApi)
}

func (a interceptedAPIGateway) CreateResource(ctx context.Context, in CreateResourceInput) (CreateResourceOutput, error) {
	return through(ctx, a.via, "CreateResource", in, a.next.CreateResource)
}

func (a interceptedAPIGateway) GetResource(ctx context.Context, in GetResourceInput) (GetResourceOutput, error) {
	return through(ctx, a.via, "GetResource", in, a.next.GetResource)
}

func (a interceptedAPIGateway) GetResources(ctx context.Context, in GetResourcesInput) (GetResourcesOutput, error) {
	return through(ctx, a.via, "GetResources", in, a.next.GetResources)
}

func (a interceptedAPIGateway) DeleteResource(ctx context.Context, in DeleteResourceInput) (DeleteResourceOutput, error) {
	return through(ctx, a.via, "DeleteResource", in, a.next.DeleteResource)
}

func (a interceptedAPIGateway) PutMethod(ctx context.Context, in PutMethodInput) (PutMethodOutput, error) {
	return through(ctx, a.via, "PutMethod", in, a.next.PutMethod)
}

func (a interceptedAPIGateway) GetMethod(ctx context.Context, in GetMethodInput) (GetMethodOutput, error) {
	return through(ctx, a.via, "GetMethod", in, a.next.GetMethod)
}

func (a interceptedAPIGateway) DeleteMethod(ctx context.Context, in DeleteMethodInput) (DeleteMethodOutput, error) {
	return through(ctx, a.via, "DeleteMethod", in, a.next.DeleteMethod)
}

func (a interceptedAPIGateway) PutMethodResponse(ctx context.Context, in PutMethodResponseInput) (PutMethodResponseOutput, error) {
	return through(ctx, a.via, "PutMethodResponse", in, a.next.PutMethodResponse)
}

func (a interceptedAPIGateway) PutIntegration(ctx context.Context, in PutIntegrationInput) (PutIntegrationOutput, error) {
	return through(ctx, a.via, "PutIntegration", in, a.next.PutIntegration)
}

func (a interceptedAPIGateway) GetIntegration(ctx context.Context, in GetIntegrationInput) (GetIntegrationOutput, error) {
	return through(ctx, a.via, "GetIntegration", in, a.next.GetIntegration)
}

func (a interceptedAPIGateway) DeleteIntegration(ctx context.Context, in DeleteIntegrationInput) (DeleteIntegrationOutput, error) {
	return through(ctx, a.via, "DeleteIntegration", in, a.next.DeleteIntegration)
}

func (a interceptedAPIGateway) PutIntegrationResponse(ctx context.Context, in PutIntegrationResponseInput) (PutIntegrationResponseOutput, error) {
	return through(ctx, a.via, "PutIntegrationResponse", in, a.next.PutIntegrationResponse)
}

func (a interceptedAPIGateway) CreateDeployment(ctx context.Context, in CreateDeploymentInput) (CreateDeploymentOutput, error) {
	return through(ctx, a.via, "CreateDeployment", in, a.next.CreateDeployment)
}

func (a interceptedAPIGateway) GetDeployment(ctx context.Context, in GetDeploymentInput) (GetDeploymentOutput, error) {
	return through(ctx, a.via, "GetDeployment", in, a.next.GetDeployment)
}

func (a interceptedAPIGateway) GetDeployments(ctx context.Context, in GetDeploymentsInput) (GetDeploymentsOutput, error) {
	return through(ctx, a.via, "GetDeployments", in, a.next.GetDeployments)
}

func (a interceptedAPIGateway) DeleteDeployment(ctx context.Context, in DeleteDeploymentInput) (DeleteDeploymentOutput, error) {
	return through(ctx, a.via, "DeleteDeployment", in, a.next.DeleteDeployment)
}

func (a interceptedAPIGateway) CreateStage(ctx context.Context, in CreateStageInput) (CreateStageOutput, error) {
	return through(ctx, a.via, "CreateStage", in, a.next.CreateStage)
}

func (a interceptedAPIGateway) GetStage(ctx context.Context, in GetStageInput) (GetStageOutput, error) {
	return through(ctx, a.via, "GetStage", in, a.next.GetStage)
}

func (a interceptedAPIGateway) GetStages(ctx context.Context, in GetStagesInput) (GetStagesOutput, error) {
	return through(ctx, a.via, "GetStages", in, a.next.GetStages)
}

func (a interceptedAPIGateway) UpdateStage(ctx context.Context, in UpdateStageInput) (UpdateStageOutput, error) {
	return through(ctx, a.via, "UpdateStage", in, a.next.UpdateStage)
}

func (a interceptedAPIGateway) DeleteStage(ctx context.Context, in DeleteStageInput) (DeleteStageOutput, error) {
	return through(ctx, a.via, "DeleteStage", in, a.next.DeleteStage)
}

func (a interceptedAPIGateway) TestInvokeMethod(ctx context.Context, in TestInvokeMethodInput) (TestInvokeMethodOutput, error) {
	return through(ctx, a.via, "TestInvokeMethod", in, a.next.TestInvokeMethod)
}

func (a interceptedAPIGateway) GetTags(ctx context.Context, in GetTagsInput) (GetTagsOutput, error) {
	return through(ctx, a.via, "GetTags", in, a.next.GetTags)
}

func (a interceptedAPIGateway) TagResource(ctx context.Context, in APIGatewayTagResourceInput) (APIGatewayTagResourceOutput, error) {
	return through(ctx, a.via, "TagResource", in, a.next.TagResource)
}

func (a interceptedAPIGateway) UntagResource(ctx context.Context, in APIGatewayUntagResourceInput) (APIGatewayUntagResourceOutput, error) {
	return through(ctx, a.via, "UntagResource", in, a.next.UntagResource)
}
