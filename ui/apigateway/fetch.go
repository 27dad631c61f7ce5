package apigateway

import (
	"cmp"
	"context"
	"slices"

	"awslab/aws"
)

// pageSize is how many things are read at once: as many as AWS gives.
const pageSize = 500

// listAPIs reads all REST APIs.
func listAPIs(ctx context.Context, service aws.APIGateway) ([]aws.RestAPI, error) {
	var all []aws.RestAPI
	for in := (aws.GetRestApisInput{Limit: aws.Some(pageSize)}); ; {
		out, err := service.GetRestApis(ctx, in)
		if err != nil {
			return nil, err
		}
		all = append(all, out.Items...)
		if out.Position == "" {
			return all, nil
		}
		in.Position = out.Position
	}
}

// listResources reads all resources of an API, with their methods.
func listResources(ctx context.Context, service aws.APIGateway, api string) ([]aws.APIResource, error) {
	var all []aws.APIResource
	for in := (aws.GetResourcesInput{RestAPIID: api, Limit: aws.Some(pageSize), Embed: []string{aws.EmbedMethods}}); ; {
		out, err := service.GetResources(ctx, in)
		if err != nil {
			return nil, err
		}
		all = append(all, out.Items...)
		if out.Position == "" {
			return all, nil
		}
		in.Position = out.Position
	}
}

// listDeployments reads all deployments of an API, the newest first.
func listDeployments(ctx context.Context, service aws.APIGateway, api string) ([]aws.Deployment, error) {
	var all []aws.Deployment
	for in := (aws.GetDeploymentsInput{RestAPIID: api, Limit: aws.Some(pageSize)}); ; {
		out, err := service.GetDeployments(ctx, in)
		if err != nil {
			return nil, err
		}
		all = append(all, out.Items...)
		if out.Position == "" {
			break
		}
		in.Position = out.Position
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

// listFunctions reads all functions.
func listFunctions(ctx context.Context, service aws.Lambda) ([]aws.FunctionConfiguration, error) {
	if service == nil {
		return nil, nil
	}
	var all []aws.FunctionConfiguration
	for in := (aws.ListFunctionsInput{}); ; {
		out, err := service.ListFunctions(ctx, in)
		if err != nil {
			return nil, err
		}
		all = append(all, out.Functions...)
		if out.NextMarker == "" {
			return all, nil
		}
		in.Marker = out.NextMarker
	}
}
