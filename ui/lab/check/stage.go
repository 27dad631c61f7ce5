package check

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/drive/spelling"
)

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// stage is the check function.
func (e *evaluation) stage(api, stage string, given ...map[string]any) (Findings, error) {
	want, err := parseDeployed(given)
	if err != nil {
		return nil, err
	}
	apis, wrong := e.needAPIs(api)
	if wrong != nil {
		return wrong, nil
	}
	return nearest(apis, "stage "+visible(stage)+" of "+visible(api), func(a aws.RestAPI) Findings { return e.stageOf(a, stage, want) }), nil
}

// parseDeployed reads the route that a stage is to have; its path is "" when any
// deployment will do.
func parseDeployed(given []map[string]any) (route, error) {
	var want route
	if len(given) > 1 {
		return want, errors.New("stage has one group of options")
	}
	for _, group := range given {
		for name, value := range group {
			to, ok := map[string]*string{"path": &want.path, "method": &want.method}[name]
			if !ok {
				return want, fmt.Errorf("stage asks for path and method, not for %q", name)
			}
			if err := text(to, value); err != nil {
				return want, fmt.Errorf("the option %s %w", name, err)
			}
		}
		if want.path == "" || want.method == "" {
			return want, errors.New("stage asks for a path and its method, both")
		}
	}
	return want, nil
}

// stageOf says what is wrong with a stage of an API; nil for nothing.
func (e *evaluation) stageOf(api aws.RestAPI, stage string, want route) Findings {
	subject := "stage " + visible(stage) + " of " + visible(api.Name)
	out, err := e.world.Cloud.APIGateway.GetStages(e.ctx, aws.GetStagesInput{RestAPIID: api.ID})
	if err != nil {
		return unreadable(subject, err)
	}
	names := make([]string, len(out.Item))
	for i, s := range out.Item {
		if names[i] = s.StageName; s.StageName == stage {
			return e.deployed(api, s, want)
		}
	}
	f := Finding{Subject: subject, Expected: "a stage of this name", Found: nothing, Cause: CauseNoStage}
	if near, ok := spelling.Nearest(stage, names); ok {
		f.Found, f.Cause = "a stage "+quote(near), CauseStageName
		f.Advice = "A stage's name is part of its URL, and counts to the letter."
	} else if len(names) > 0 {
		f.Found = visible(strings.Join(names, ", "))
	}
	return Findings{f}
}

// deployed says that a stage's deployment lacks a route; nil when it has it.
func (e *evaluation) deployed(api aws.RestAPI, stage aws.Stage, want route) Findings {
	if want.path == "" {
		return nil
	}
	subject := "deployment of " + visible(stage.StageName)
	out, err := e.world.Cloud.APIGateway.GetDeployment(e.ctx, aws.GetDeploymentInput{
		RestAPIID: api.ID, DeploymentID: stage.DeploymentID, Embed: []string{aws.EmbedSummary},
	})
	if err != nil {
		return unreadable(subject, err)
	}
	if _, ok := out.APISummary[want.path][strings.ToUpper(want.method)]; ok {
		return nil
	}
	f := Finding{
		Subject: subject, Expected: want.String(), Found: nothing, Cause: CauseNotDeployed,
		Advice: "Changes of an API show at its URL when they have been deployed to the stage: Deploy API.",
	}
	if paths := sorted(out.APISummary); len(paths) > 0 {
		f.Found = visible(strings.Join(paths, ", "))
	}
	return Findings{f}
}
