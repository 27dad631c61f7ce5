package awstest

import (
	"fmt"
	"slices"
	"testing"

	"awslab/aws"
)

func testCreateRestAPI(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	in := aws.CreateRestApiInput{
		Name: "FAQ-API", Description: "Created by AWS Lambda", Version: "1", BinaryMediaTypes: []string{"image/png"},
		EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointRegional}},
	}
	made := must(t, g.CreateRestApi, in).RestAPI
	if len(made.ID) != 10 || !identifier.MatchString(made.ID) || len(made.RootResourceID) != 10 || made.CreatedDate.IsZero() {
		t.Errorf("the API is %+v", made)
	}
	same(t, "the API", made, aws.RestAPI{
		ID: made.ID, Name: in.Name, Description: in.Description, CreatedDate: made.CreatedDate, Version: "1", BinaryMediaTypes: in.BinaryMediaTypes,
		APIKeySource: "HEADER", EndpointConfiguration: in.EndpointConfiguration, RootResourceID: made.RootResourceID,
	})
	root := must(t, g.GetResources, aws.GetResourcesInput{RestAPIID: made.ID}).Items
	same(t, "its resources", root, []aws.APIResource{{ID: made.RootResourceID, Path: "/"}})
	plain := must(t, g.CreateRestApi, aws.CreateRestApiInput{Name: "FAQ-API"}) // names may be taken
	same(t, "the endpoint type", plain.EndpointConfiguration.Types, []aws.EndpointType{aws.EndpointEdge})
	t.Run("clones", func(t *testing.T) {
		from := f.mocked(t, "from")
		f.resource(t, from.ID, from.RootResourceID, "below")
		clone := must(t, g.CreateRestApi, aws.CreateRestApiInput{Name: "clone", CloneFrom: from.ID})
		resources := must(t, g.GetResources, aws.GetResourcesInput{RestAPIID: clone.ID}).Items
		if len(resources) != 2 || resources[0].ID != clone.RootResourceID || resources[1].ParentID != clone.RootResourceID ||
			resources[1].Path != "/below" || clone.RootResourceID == from.RootResourceID {
			t.Errorf("the clone has %+v", resources)
		}
		must(t, g.GetIntegration, aws.GetIntegrationInput{RestAPIID: clone.ID, ResourceID: clone.RootResourceID, HTTPMethod: "GET"})
	})
	create := func(change func(*aws.CreateRestApiInput)) func() error {
		in := in
		change(&in)
		return errorOf(g.CreateRestApi, in)
	}
	types := func(types ...aws.EndpointType) func() error {
		return create(func(in *aws.CreateRestApiInput) { in.EndpointConfiguration.Types = types })
	}
	apiRefuses(t, "apigateway:CreateRestApi",
		refusal{"no name", create(func(in *aws.CreateRestApiInput) { in.Name = "" }), apiBad, "API Name cannot be blank"},
		refusal{"several types", types(aws.EndpointEdge, aws.EndpointRegional), apiBad, "Cannot create an api with multiple Endpoint Types."},
		refusal{"another type", types("LOCAL"), apiBad, oneError + "Value '[LOCAL]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: " +
			"Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]"},
		noAPI(f, create(func(in *aws.CreateRestApiInput) { in.CloneFrom = nowhere })))
	testCanceled(t, g.CreateRestApi, in)
}

func testGetRestAPI(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	made := f.api(t, "FAQ-API")
	same(t, "the API", must(t, g.GetRestApi, aws.GetRestApiInput{RestAPIID: made.ID}).RestAPI, made)
	apiRefuses(t, "apigateway:GetRestApi", noAPI(f, errorOf(g.GetRestApi, aws.GetRestApiInput{RestAPIID: nowhere})))
	testCanceled(t, g.GetRestApi, aws.GetRestApiInput{RestAPIID: made.ID})
}

func testGetRestAPIs(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	var want, got []string
	for n := range 5 {
		want = append(want, f.api(t, fmt.Sprintf("API-%d", n)).ID)
	}
	for in := (aws.GetRestApisInput{Limit: aws.Some(2)}); ; {
		out := must(t, g.GetRestApis, in)
		if len(out.Items) > 2 {
			t.Fatalf("a page has %d APIs, want two at most", len(out.Items))
		}
		for _, api := range out.Items {
			got = append(got, api.ID)
		}
		if in.Position = out.Position; in.Position == "" {
			break
		}
	}
	same(t, "APIs", sorted(got), sorted(want))
	apiRefuses(t, "apigateway:GetRestApis", badLimits(func(limit int) error {
		return errorOf(g.GetRestApis, aws.GetRestApisInput{Limit: aws.Some(limit)})()
	})...)
	apiRefuses(t, "apigateway:GetRestApis", refusal{"a position that is none", errorOf(g.GetRestApis, aws.GetRestApisInput{Position: "!"}), apiBad,
		"Invalid position specified: !"})
	testCanceled(t, g.GetRestApis, aws.GetRestApisInput{})
}

func testDeleteRestAPI(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	gone, kept := f.mocked(t, "gone"), f.mocked(t, "kept")
	f.deployment(t, gone.ID, "dev")
	f.deployment(t, kept.ID, "dev")
	must(t, g.DeleteRestApi, aws.DeleteRestApiInput{RestAPIID: gone.ID})
	left := must(t, g.GetRestApis, aws.GetRestApisInput{}).Items
	if len(left) != 1 || left[0].ID != kept.ID {
		t.Errorf("there are %+v, want %s alone", left, kept.ID)
	}
	must(t, g.GetStage, aws.GetStageInput{RestAPIID: kept.ID, StageName: "dev"})
	apiRefuses(t, "apigateway:GetStage", refusal{"what was deleted", errorOf(g.GetStage, aws.GetStageInput{RestAPIID: gone.ID, StageName: "dev"}), apiNotFound,
		"Invalid API identifier specified " + f.Cloud.Place.AccountID + ":" + gone.ID})
	apiRefuses(t, "apigateway:DeleteRestApi", noAPI(f, errorOf(g.DeleteRestApi, aws.DeleteRestApiInput{RestAPIID: nowhere})))
	testCanceled(t, g.DeleteRestApi, aws.DeleteRestApiInput{RestAPIID: kept.ID})
}

func testCreateResource(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.api(t, "FAQ-API")
	made := must(t, g.CreateResource, aws.CreateResourceInput{RestAPIID: api.ID, ParentID: api.RootResourceID, PathPart: "FAQ"}).APIResource
	same(t, "the resource", made, aws.APIResource{ID: made.ID, ParentID: api.RootResourceID, PathPart: "FAQ", Path: "/FAQ"})
	id := must(t, g.CreateResource, aws.CreateResourceInput{RestAPIID: api.ID, ParentID: made.ID, PathPart: "{id}"}).APIResource
	same(t, "the path below", id.Path, "/FAQ/{id}")
	greedy := f.resource(t, api.ID, id.ID, "{proxy+}")
	create := func(api, parent, part string) func() error {
		return errorOf(g.CreateResource, aws.CreateResourceInput{RestAPIID: api, ParentID: parent, PathPart: part})
	}
	refusals := []refusal{
		noAPI(f, create(nowhere, made.ID, "x")),
		unknown("Resource", create(api.ID, nowhere, "x")),
		{"a name that is taken", create(api.ID, api.RootResourceID, "FAQ"), apiConflict, "Another resource with the same parent already has this name: FAQ"},
		{"a second variable", create(api.ID, made.ID, "{name}"), apiBad, "A sibling ({id}) of this resource already has a variable path part -- only one is allowed"},
		{"what is below a greedy variable", create(api.ID, greedy, "x"), apiBad, "Cannot create a child of a resource with a greedy path variable: {proxy+}"},
	}
	for _, part := range []string{"", "a/b", "us{er", "us+er", "{a}{b}", "a b", "{}"} {
		refusals = append(refusals, refusal{fmt.Sprintf("the part %q", part), create(api.ID, api.RootResourceID, part), apiBad,
			"Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end."})
	}
	apiRefuses(t, "apigateway:CreateResource", refusals...)
	testCanceled(t, g.CreateResource, aws.CreateResourceInput{RestAPIID: api.ID, ParentID: made.ID, PathPart: "x"})
}

func testGetResource(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	get := aws.GetResourceInput{RestAPIID: api.ID, ResourceID: api.RootResourceID}
	same(t, "the resource", must(t, g.GetResource, get).APIResource,
		aws.APIResource{ID: api.RootResourceID, Path: "/", ResourceMethods: map[string]aws.APIMethod{"GET": {}}})
	get.Embed = []string{aws.EmbedMethods}
	whole := must(t, g.GetResource, get).ResourceMethods["GET"]
	same(t, "its method", whole, must(t, g.GetMethod, aws.GetMethodInput{RestAPIID: api.ID, ResourceID: api.RootResourceID, HTTPMethod: "GET"}).APIMethod)
	apiRefuses(t, "apigateway:GetResource",
		noAPI(f, errorOf(g.GetResource, aws.GetResourceInput{RestAPIID: nowhere, ResourceID: api.RootResourceID})),
		unknown("Resource", errorOf(g.GetResource, aws.GetResourceInput{RestAPIID: api.ID, ResourceID: nowhere})))
	testCanceled(t, g.GetResource, get)
}

func testGetResources(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.mocked(t, "FAQ-API")
	want := []string{"/"}
	for _, part := range []string{"c", "a", "b", "{id}"} {
		f.resource(t, api.ID, api.RootResourceID, part)
		want = append(want, "/"+part)
	}
	var got []string
	for in := (aws.GetResourcesInput{RestAPIID: api.ID, Limit: aws.Some(2), Embed: []string{aws.EmbedMethods}}); ; {
		out := must(t, g.GetResources, in)
		for _, r := range out.Items {
			got = append(got, r.Path)
			if r.Path == "/" && r.ResourceMethods["GET"].MethodIntegration == nil {
				t.Errorf("the root has %+v, want its method embedded", r)
			}
		}
		if in.Position = out.Position; in.Position == "" {
			break
		}
	}
	slices.Sort(want)
	same(t, "paths", got, want)
	apiRefuses(t, "apigateway:GetResources", noAPI(f, errorOf(g.GetResources, aws.GetResourcesInput{RestAPIID: nowhere})))
	apiRefuses(t, "apigateway:GetResources", badLimits(func(limit int) error {
		return errorOf(g.GetResources, aws.GetResourcesInput{RestAPIID: api.ID, Limit: aws.Some(limit)})()
	})...)
	testCanceled(t, g.GetResources, aws.GetResourcesInput{RestAPIID: api.ID})
}

func testDeleteResource(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api := f.api(t, "FAQ-API")
	top := f.resource(t, api.ID, api.RootResourceID, "FAQ")
	f.resource(t, api.ID, top, "{id}")
	f.resource(t, api.ID, api.RootResourceID, "FAQs")
	must(t, g.DeleteResource, aws.DeleteResourceInput{RestAPIID: api.ID, ResourceID: top})
	var left []string
	for _, r := range must(t, g.GetResources, aws.GetResourcesInput{RestAPIID: api.ID}).Items {
		left = append(left, r.Path)
	}
	same(t, "what is left", left, []string{"/", "/FAQs"})
	apiRefuses(t, "apigateway:DeleteResource",
		noAPI(f, errorOf(g.DeleteResource, aws.DeleteResourceInput{RestAPIID: nowhere, ResourceID: top})),
		unknown("Resource", errorOf(g.DeleteResource, aws.DeleteResourceInput{RestAPIID: api.ID, ResourceID: top})),
		refusal{"the root", errorOf(g.DeleteResource, aws.DeleteResourceInput{RestAPIID: api.ID, ResourceID: api.RootResourceID}), apiBad,
			"The root resource of an API cannot be deleted."})
	testCanceled(t, g.DeleteResource, aws.DeleteResourceInput{RestAPIID: api.ID, ResourceID: top})
}
