package page

import (
	"context"

	"awslab/aws"
)

// mostListed is how many APIs or resources API Gateway lists on a page at most.
const mostListed = 500

// Buckets reads all of the caller's buckets.
func Buckets(ctx context.Context, service aws.S3) ([]aws.Bucket, error) {
	return All(func(token string) ([]aws.Bucket, string, error) {
		out, err := service.ListBuckets(ctx, aws.ListBucketsInput{ContinuationToken: token})
		return out.Buckets, out.ContinuationToken, err
	})
}

// Functions reads all functions; none where there is no Lambda.
func Functions(ctx context.Context, service aws.Lambda) ([]aws.FunctionConfiguration, error) {
	if service == nil {
		return nil, nil
	}
	return All(func(marker string) ([]aws.FunctionConfiguration, string, error) {
		out, err := service.ListFunctions(ctx, aws.ListFunctionsInput{Marker: marker})
		return out.Functions, out.NextMarker, err
	})
}

// Roles reads all roles.
func Roles(ctx context.Context, service aws.IAM) ([]aws.Role, error) {
	return All(func(marker string) ([]aws.Role, string, error) {
		out, err := service.ListRoles(ctx, aws.ListRolesInput{Marker: marker})
		return out.Roles, out.Marker, err
	})
}

// RestAPIs reads all REST APIs.
func RestAPIs(ctx context.Context, service aws.APIGateway) ([]aws.RestAPI, error) {
	return All(func(position string) ([]aws.RestAPI, string, error) {
		out, err := service.GetRestApis(ctx, aws.GetRestApisInput{Position: position, Limit: aws.Some(mostListed)})
		return out.Items, out.Position, err
	})
}

// APIResources reads all resources of an API, with their methods.
func APIResources(ctx context.Context, service aws.APIGateway, api string) ([]aws.APIResource, error) {
	return All(func(position string) ([]aws.APIResource, string, error) {
		out, err := service.GetResources(ctx, aws.GetResourcesInput{
			RestAPIID: api, Position: position, Limit: aws.Some(mostListed), Embed: []string{aws.EmbedMethods},
		})
		return out.Items, out.Position, err
	})
}
