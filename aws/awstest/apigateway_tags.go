package awstest

import (
	"strings"
	"testing"

	"awslab/aws"
)

// taggedAPI makes an API with tags and a stage with tags, and gives their ARNs.
func (f Fixture) taggedAPI(t *testing.T) (api aws.RestAPI, arns []string) {
	t.Helper()
	g := f.Cloud.APIGateway
	api = must(t, g.CreateRestApi, aws.CreateRestApiInput{
		Name: "Tagged", EndpointConfiguration: aws.EndpointConfiguration{Types: []aws.EndpointType{aws.EndpointRegional}}, Tags: labels(),
	}).RestAPI
	f.mock(t, api.ID, api.RootResourceID, "GET", "{}")
	must(t, g.CreateStage, aws.CreateStageInput{RestAPIID: api.ID, StageName: "dev", DeploymentID: f.deployment(t, api.ID, ""), Tags: labels()})
	return api, []string{f.Cloud.Place.RestAPIARN(api.ID), f.Cloud.Place.StageARN(api.ID, "dev")}
}

func (f Fixture) apiTags(t *testing.T, arn string, want map[string]string) {
	t.Helper()
	f.settles(t, func() map[string]string {
		return must(t, f.Cloud.APIGateway.GetTags, aws.GetTagsInput{ResourceArn: arn}).Tags
	}, want)
}

// badAPIARNs are the refusals of ARNs whose tags cannot be had.
func badAPIARNs(f Fixture, api string, call func(arn string) error) []refusal {
	with := func(arn string) func() error { return func() error { return call(arn) } }
	const invalid = "Invalid ARN specified in the request"
	arn := f.Cloud.Place.RestAPIARN(api)
	return []refusal{
		noAPI(f, with(f.Cloud.Place.RestAPIARN(nowhere))),
		unknown("stage", with(f.Cloud.Place.StageARN(api, nowhere))),
		{"what is no ARN", with(api), apiBad, invalid},
		{"an ARN of what has no tags", with(arn + "/resources/" + nowhere), apiBad, invalid},
		{"an ARN of another region", with(strings.Replace(arn, ":apigateway:", ":apigateway:xx-", 1)), apiBad, invalid},
	}
}

func testGetTags(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api, arns := f.taggedAPI(t)
	for _, arn := range arns {
		f.apiTags(t, arn, labels())
	}
	same(t, "the API's tags", must(t, g.GetRestApi, aws.GetRestApiInput{RestAPIID: api.ID}).Tags, labels())
	same(t, "the stage's tags", must(t, g.GetStage, aws.GetStageInput{RestAPIID: api.ID, StageName: "dev"}).Tags, labels())
	f.apiTags(t, f.Cloud.Place.RestAPIARN(f.api(t, "Plain").ID), map[string]string{})
	apiRefuses(t, "apigateway:GetTags", badAPIARNs(f, api.ID, func(arn string) error {
		return errorOf(g.GetTags, aws.GetTagsInput{ResourceArn: arn})()
	})...)
	must(t, g.DeleteStage, aws.DeleteStageInput{RestAPIID: api.ID, StageName: "dev"})
	apiRefuses(t, "apigateway:GetTags", refusal{"a deleted stage", errorOf(g.GetTags, aws.GetTagsInput{ResourceArn: arns[1]}), apiNotFound, "Invalid stage identifier specified"})
	testCanceled(t, g.GetTags, aws.GetTagsInput{ResourceArn: arns[0]})
}

func testAPIGatewayTagResource(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api, arns := f.taggedAPI(t)
	want := map[string]string{"lab": "2", "empty": "", "team": "grüne Gruppe"}
	for _, arn := range arns {
		tag := func(tags map[string]string) error {
			return errorOf(g.TagResource, aws.APIGatewayTagResourceInput{ResourceArn: arn, Tags: tags})()
		}
		must(t, g.TagResource, aws.APIGatewayTagResourceInput{ResourceArn: arn, Tags: map[string]string{"lab": "2", "team": "grüne Gruppe"}})
		f.apiTags(t, arn, want)
		apiRefuses(t, "apigateway:TagResource", refusal{"a tag of AWS's own", func() error { return tag(map[string]string{"AWS:key": "v"}) }, apiBad,
			"Invalid tag key. Tag keys cannot start with 'aws:' (case insensitive)"})
		for _, bad := range []map[string]string{{"": "v"}, {strings.Repeat("k", 129): "v"}, {"k": strings.Repeat("v", 257)}, manyTags(51), manyTags(48)} {
			if tag(bad) == nil {
				t.Errorf("tags %v were taken", bad)
			}
		}
		f.apiTags(t, arn, want)
	}
	same(t, "the stage's tags", must(t, g.GetStage, aws.GetStageInput{RestAPIID: api.ID, StageName: "dev"}).Tags, want)
	apiRefuses(t, "apigateway:TagResource", badAPIARNs(f, api.ID, func(arn string) error {
		return errorOf(g.TagResource, aws.APIGatewayTagResourceInput{ResourceArn: arn, Tags: labels()})()
	})...)
	testCanceled(t, g.TagResource, aws.APIGatewayTagResourceInput{ResourceArn: arns[0], Tags: labels()})
}

func testAPIGatewayUntagResource(t *testing.T, f Fixture) {
	g := f.Cloud.APIGateway
	api, arns := f.taggedAPI(t)
	for _, arn := range arns {
		must(t, g.UntagResource, aws.APIGatewayUntagResourceInput{ResourceArn: arn, TagKeys: []string{"empty", "never"}})
		f.apiTags(t, arn, map[string]string{"lab": "1"})
		must(t, g.UntagResource, aws.APIGatewayUntagResourceInput{ResourceArn: arn, TagKeys: []string{"lab"}})
		f.apiTags(t, arn, map[string]string{})
	}
	apiRefuses(t, "apigateway:UntagResource", badAPIARNs(f, api.ID, func(arn string) error {
		return errorOf(g.UntagResource, aws.APIGatewayUntagResourceInput{ResourceArn: arn, TagKeys: []string{"lab"}})()
	})...)
	testCanceled(t, g.UntagResource, aws.APIGatewayUntagResourceInput{ResourceArn: arns[0], TagKeys: []string{"lab"}})
}
