package lab

import (
	"context"

	"awslab/aws"
)

// apiKind is the REST APIs of API Gateway. Several may have one name, so they
// are known by their IDs.
func apiKind() kind {
	return kind{
		id: "apigateway:restapi", title: "REST API", with: "with its resources and stages", cost: "each request", creates: []string{"apigateway:CreateRestApi"},
		name: func(in any) string {
			create, _ := in.(aws.CreateRestApiInput)
			return create.Name
		},
		tagged: func(in any, tag aws.Tag) any {
			create, _ := in.(aws.CreateRestApiInput)
			create.Tags = inMap(create.Tags, tag)
			return create
		},
		identity: func(out any) string {
			created, _ := out.(aws.CreateRestApiOutput)
			return created.ID
		},
		recall: recallAPI,
		find:   findAPI,
		delete: func(ctx context.Context, cloud aws.Cloud, id string) error {
			_, err := cloud.APIGateway.DeleteRestApi(ctx, aws.DeleteRestApiInput{RestAPIID: id})
			return err
		},
	}
}

func findAPI(ctx context.Context, cloud aws.Cloud, id string) (found, error) {
	if cloud.APIGateway == nil {
		return found{}, errAbsentService
	}
	out, err := cloud.APIGateway.GetRestApi(ctx, aws.GetRestApiInput{RestAPIID: id})
	return found{identity: out.ID, created: out.CreatedDate}, err
}

// recallAPI is the first API of the name that was created when this one was.
func recallAPI(ctx context.Context, cloud aws.Cloud, r Resource) (string, error) {
	if cloud.APIGateway == nil {
		return "", errAbsentService
	}
	var first aws.RestAPI
	in := aws.GetRestApisInput{Limit: aws.Some(500)}
	for range listed {
		out, err := cloud.APIGateway.GetRestApis(ctx, in)
		if err != nil {
			return "", err
		}
		for _, api := range out.Items {
			late := !api.CreatedDate.Before(r.Asked.Add(-skew))
			if api.Name == r.Name && late && (first.ID == "" || api.CreatedDate.Before(first.CreatedDate)) {
				first = api
			}
		}
		if in.Position = out.Position; in.Position == "" {
			break
		}
	}
	if first.ID == "" {
		return "", aws.ErrNotFound
	}
	return first.ID, nil
}
