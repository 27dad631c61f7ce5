package lambda

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/page"
)

// mostAPIsRead bounds how many APIs are asked for methods that are joined to the
// function though its policy does not name the API.
const mostAPIsRead = 10

// findAPIs finds the methods of REST APIs that set a function off: of the APIs
// that its policy names, and, as far as they can be listed, of the Region's
// others.
func findAPIs(ctx context.Context, cloud aws.Cloud, function string, statements []statement) ([]trigger, error) {
	if cloud.APIGateway == nil {
		return nil, nil
	}
	f := apiFinder{cloud: cloud, function: function, named: make(map[string][]grant)}
	for _, s := range statements {
		switch g, ok := s.grant(); {
		case !ok:
		case strings.ContainsAny(g.api, "*?"):
			f.wide = append(f.wide, g)
		default:
			f.named[g.api] = append(f.named[g.api], g)
		}
	}
	order := slices.Sorted(maps.Keys(f.named))
	others, err := cloud.APIGateway.GetRestApis(ctx, aws.GetRestApisInput{Limit: aws.Some(mostAPIsRead)})
	if err == nil { // who may not list APIs still sees those of the policy
		for _, a := range others.Items {
			if f.named[a.ID] == nil {
				order = append(order, a.ID)
			}
		}
	}
	found := make([][]trigger, len(order))
	eachAtOnce(len(order), func(i int) { found[i] = f.triggers(ctx, order[i]) })
	return slices.Concat(found...), ctx.Err()
}

// apiFinder finds the triggers of a function in APIs.
type apiFinder struct {
	cloud    aws.Cloud
	function string
	named    map[string][]grant // by the API's id
	wide     []grant            // of any API, or of those whose ids are like a pattern
}

// triggers finds those of one API.
func (f apiFinder) triggers(ctx context.Context, api string) []trigger {
	grants := f.named[api]
	base := apiTrigger{place: f.cloud.Place, function: f.function, api: aws.RestAPI{ID: api}}
	resources, err := page.APIResources(ctx, f.cloud.APIGateway, api)
	switch {
	case err == nil:
	case len(grants) == 0:
		return nil // an API that the function has nothing to do with
	case errors.Is(err, aws.ErrNotFound):
		base.gone = true
	default:
		base.unread = err
	}
	var found []apiTrigger
	for _, r := range resources {
		for _, name := range slices.Sorted(maps.Keys(r.ResourceMethods)) {
			m := r.ResourceMethods[name]
			if m.MethodIntegration == nil || !invokes(*m.MethodIntegration, f.function) {
				continue
			}
			t := base
			t.path, t.resource, t.method = r.Path, r.ID, &m
			if m.HTTPMethod == "" {
				m.HTTPMethod = name
			}
			found = append(found, t)
		}
	}
	if len(found) == 0 && len(grants) == 0 {
		return nil
	}
	methods := len(found)
	for _, g := range f.wide {
		if like(g.api, api) {
			g.allow(found)
		}
	}
	for _, g := range grants {
		if !g.allow(found[:methods]) {
			t := base
			t.path, t.statements = g.path(), []statement{g.statement}
			found = append(found, t)
		}
	}
	if err == nil {
		f.describe(ctx, found)
	}
	out := make([]trigger, len(found))
	for i, t := range found {
		out[i] = t
	}
	return out
}

// describe reads the API's name and its stages, and what they have deployed.
// What cannot be read is told by the triggers.
func (f apiFinder) describe(ctx context.Context, all []apiTrigger) {
	api := aws.GetRestApiInput{RestAPIID: all[0].api.ID}
	described, err := f.cloud.APIGateway.GetRestApi(ctx, api)
	stages, failed := f.cloud.APIGateway.GetStages(ctx, aws.GetStagesInput{RestAPIID: api.RestAPIID})
	deployed := make(map[string]map[string]map[string]aws.MethodSnapshot)
	for _, s := range stages.Item {
		if _, known := deployed[s.DeploymentID]; known || err != nil || failed != nil {
			continue
		}
		var out aws.GetDeploymentOutput
		out, failed = f.cloud.APIGateway.GetDeployment(ctx, aws.GetDeploymentInput{RestAPIID: api.RestAPIID, DeploymentID: s.DeploymentID, Embed: []string{aws.EmbedSummary}})
		deployed[s.DeploymentID] = out.APISummary
	}
	for i := range all {
		t := &all[i]
		if t.unread = errors.Join(err, failed); t.unread != nil {
			continue
		}
		t.api = described.RestAPI
		for _, s := range stages.Item {
			live := false
			if t.method != nil {
				methods := deployed[s.DeploymentID][t.path]
				_, live = methods[t.method.HTTPMethod]
				live = live || t.method.HTTPMethod == aws.AnyMethod && len(methods) > 0
			}
			t.stages = append(t.stages, apiStage{s.StageName, live})
		}
	}
}

// apiGateway is whom a function's policy names for API Gateway.
const apiGateway = "apigateway.amazonaws.com"

// grant is a statement that lets an API invoke a function, taken apart.
type grant struct {
	statement
	api      string
	requests string // a pattern: STAGE/METHOD/PATH
}

// grant takes apart a statement that lets an API in; false for other sources.
func (s statement) grant() (grant, bool) {
	if s.principal() != apiGateway {
		return grant{}, false
	}
	// arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH
	parts := strings.SplitN(s.condition("AWS:SourceArn"), ":", 6)
	if len(parts) != 6 || parts[2] != "execute-api" {
		return grant{}, false
	}
	api, requests, _ := strings.Cut(parts[5], "/")
	return grant{s, api, requests}, api != ""
}

// allow gives the statement to each of the methods that it allows, and reports
// whether there is any.
func (g grant) allow(methods []apiTrigger) bool {
	used := false
	for i := range methods {
		if m := &methods[i]; g.covers(m.method.HTTPMethod, m.path) {
			m.statements, used = append(m.statements, g.statement), true
		}
	}
	return used
}

// covers reports whether the statement allows a method of a resource, on some
// stage at least. What stands for a part of a path is asked for as such: the
// console allows {id} as *.
func (g grant) covers(method, path string) bool {
	stage, rest, _ := strings.Cut(g.requests, "/")
	if rest == "" {
		return strings.HasSuffix(stage, "*")
	}
	named, pattern, _ := strings.Cut(rest, "/")
	if method == aws.AnyMethod {
		method = named // some of the requests are allowed then
	}
	var asked strings.Builder
	for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
		if strings.HasPrefix(part, "{") {
			part = "*"
		}
		asked.WriteString("/" + part)
	}
	return like(named+"/"+pattern, method+asked.String())
}

// path is the resource's path in the pattern.
func (g grant) path() string {
	parts := strings.SplitN(g.requests, "/", 3)
	if len(parts) < 3 {
		return "/"
	}
	return "/" + parts[2]
}

// like reports whether a text fits a pattern as AWS's ArnLike has them: * is any
// text, ? any one character.
func like(pattern, text string) bool {
	p, t, star, from := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, t
			p++
		case p < len(pattern) && (pattern[p] == '?' || pattern[p] == text[t]):
			p++
			t++
		case star >= 0:
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}
