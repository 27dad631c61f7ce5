package apigateway

import (
	"strings"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// The pages' IDs.
const (
	apisID            = "apigateway/apis"
	createAPIID       = "apigateway/create-api"
	apiID             = "apigateway/api"
	createResourceID  = "apigateway/create-resource"
	createMethodID    = "apigateway/create-method"
	editIntegrationID = "apigateway/edit-integration"
	deployID          = "apigateway/deploy-api"
	stagesID          = "apigateway/stages"
	createStageID     = "apigateway/create-stage"
	editStageID       = "apigateway/edit-stage"
	deploymentsID     = "apigateway/deployments"
	settingsID        = "apigateway/settings"
	manageTagsID      = "apigateway/manage-tags"
)

// Pages is the table of the API Gateway pages. A route's Name is the API's id.
// Its Detail is a resource's id, or with a method "id/GET"; for stages it is a
// stage's name.
func Pages() []page.Entry {
	return append([]page.Entry{
		{
			ID: apisID, Service: aws.ServiceAPIGateway, Title: "APIs", Nav: "APIs",
			Summary: "URLs that lead to functions, for any program to call", Crumb: page.Named("APIs"), New: newAPIs,
		},
		{
			ID: createAPIID, Service: aws.ServiceAPIGateway, Title: "Create a REST API",
			Summary: "A new API with nothing in it", Parent: page.To(apisID),
			Crumb: page.Named("Create REST API"), New: newCreateAPI,
		},
	}, within()...)
}

// within is the pages of one API.
func within() []page.Entry {
	entry := func(id, title, summary, crumb string, parent string, make func(page.Env, nav.Route) page.Page) page.Entry {
		return page.Entry{
			ID: id, Service: aws.ServiceAPIGateway, Title: title, Summary: summary, Named: true,
			Parent: page.ToNamed(parent), Crumb: page.Named(crumb), New: make,
		}
	}
	api := entry(apiID, "API resources", "One API: its resources and methods", "", apisID, newAPIPage)
	api.Parent, api.Crumb = page.To(apisID), func(r nav.Route) string { return r.Name }
	return []page.Entry{
		api,
		entry(createResourceID, "Create a resource", "One more part of a path", "Create resource", apiID, newCreateResource),
		entry(createMethodID, "Create a method", "Have a resource take requests", "Create method", apiID, newCreateMethod),
		entry(editIntegrationID, "Edit an integration", "What answers a method's requests", "Edit integration request", apiID, newEditIntegration),
		entry(deployID, "Deploy an API", "Put an API's methods on a stage", "Deploy API", apiID, newDeploy),
		entry(stagesID, "API stages", "Where an API's deployments answer, by URL", "Stages", apiID, newStages),
		entry(createStageID, "Create a stage", "One more URL for a deployment", "Create stage", stagesID, newCreateStage),
		entry(editStageID, "Edit a stage", "A stage's deployment, description and variables", "Edit stage", stagesID, newEditStage),
		entry(deploymentsID, "API deployments", "Snapshots of an API, and the stages that have them", "Deployments", apiID, newDeployments),
		entry(settingsID, "API settings", "What an API is, and its tags", "API settings", apiID, newSettings),
		entry(manageTagsID, "Manage API tags", "The labels of an API or a stage", "Manage tags", settingsID, newManageTags),
	}
}

// splitDetail takes a route's detail apart: a resource's id, and a method or "".
func splitDetail(detail string) (resource, method string) {
	resource, method, _ = strings.Cut(detail, "/")
	return resource, method
}
