package apigateway

import (
	"cmp"
	"context"
	"slices"

	"awslab/aws"
	"awslab/ui/page"
)

// pageSize is how many things are read at once: as many as AWS gives.
const pageSize = 500

// listDeployments reads all deployments of an API, the newest first.
func listDeployments(ctx context.Context, service aws.APIGateway, api string) ([]aws.Deployment, error) {
	all, err := page.All(func(position string) ([]aws.Deployment, string, error) {
		out, err := service.GetDeployments(ctx, aws.GetDeploymentsInput{RestAPIID: api, Position: position, Limit: aws.Some(pageSize)})
		return out.Items, out.Position, err
	})
	if err != nil {
		return nil, err
	}
	// Those of one second stay in the order in which the service tells them.
	slices.SortStableFunc(all, func(a, b aws.Deployment) int { return b.CreatedDate.Compare(a.CreatedDate) })
	return all, nil
}

// listStages reads the stages of an API, in the order of their names.
func listStages(ctx context.Context, service aws.APIGateway, api string) ([]aws.Stage, error) {
	out, err := service.GetStages(ctx, aws.GetStagesInput{RestAPIID: api})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(out.Item, func(a, b aws.Stage) int { return cmp.Compare(a.StageName, b.StageName) })
	return out.Item, nil
}
