package apigateway

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// stageForm is "Create stage", or "Edit stage" when there is one.
type stageForm struct {
	api, stage  string // the stage is "" for a new one
	before      aws.Stage
	name        *component.TextField
	description *component.TextField
	deployment  *component.Select
	variables   *page.Pairs
}

func newCreateStage(env page.Env, route nav.Route) page.Page {
	return newStageForm(env, route.Name, "")
}

func newEditStage(env page.Env, route nav.Route) page.Page {
	return newStageForm(env, route.Name, route.Detail)
}

func newStageForm(env page.Env, api, stage string) page.Page {
	f := &stageForm{
		api: api, stage: stage, variables: newVariables(), name: component.NewTextField("Stage name"),
		description: component.NewTextField("Stage description - optional"), deployment: component.NewSelect("Deployment"),
	}
	f.name.Hint, f.name.Check = "It becomes the first part of the URL's path: letters, digits, _ and -.", stageFault
	f.deployment.Hint = "What the stage's URL answers with. An older one takes the API back to how it was."
	return page.NewForm(env, f)
}

func (f *stageForm) Words() page.Words {
	if f.stage == "" {
		return page.Words{Title: "Create stage", Action: "Create stage", Failed: "The stage was not created", Lost: "The stage has not been created; what you entered for it would be lost."}
	}
	return page.Words{Title: "Edit stage", Action: "Save", Failed: "The stage was not saved", Lost: "The stage " + f.stage + " was changed and not saved; the changes would be lost."}
}

func (f *stageForm) Read(ctx context.Context, cloud aws.Cloud) (func(), error) {
	deployments, err := listDeployments(ctx, cloud.APIGateway, f.api)
	if err != nil {
		return nil, err
	}
	var stage aws.Stage
	if f.stage != "" {
		out, err := cloud.APIGateway.GetStage(ctx, aws.GetStageInput{RestAPIID: f.api, StageName: f.stage})
		if err != nil {
			return nil, err
		}
		stage = out.Stage
	}
	return func() {
		f.deployment.Options = nil
		if f.stage == "" {
			f.deployment.Options = []component.Option{{Label: "Select a deployment"}}
		}
		for _, d := range deployments {
			f.deployment.Options = append(f.deployment.Options, component.Option{Value: d.ID, Label: when(d.CreatedDate) + "  " + d.ID, Detail: d.Description})
		}
		f.before = stage
		f.name.SetValue(stage.StageName)
		f.description.SetValue(stage.Description)
		f.deployment.SetValue(stage.DeploymentID)
		f.variables.Set(stage.Variables)
		if f.stage != "" {
			f.name.Disabled = "A stage keeps its name."
		}
	}, nil
}

func (f *stageForm) Fields() []component.Control {
	return append([]component.Control{f.name, f.description, f.deployment}, f.variables.Fields()...)
}

func (f *stageForm) First() component.Control {
	if f.stage != "" {
		return f.description
	}
	return f.name
}

func (f *stageForm) Bindings(p *page.Panel) []keys.Binding { return f.variables.Bindings(p, f.Fields) }

func (f *stageForm) Fault() string {
	if f.deployment.Value() == "" {
		return "Deployment: choose what the stage is to show; Deploy API makes one"
	}
	return f.variables.Fault()
}

func (f *stageForm) Values() string {
	return fmt.Sprintf("%q", []string{f.name.Value(), f.description.Value(), f.deployment.Value(), f.variables.Values()})
}

func (f *stageForm) Saving() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	if f.stage != "" {
		return f.changing()
	}
	in := aws.CreateStageInput{
		RestAPIID: f.api, StageName: f.name.Value(), DeploymentID: f.deployment.Value(),
		Description: f.description.Value(), Variables: f.variables.Map(),
	}
	return func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error) {
		if _, err := cloud.APIGateway.CreateStage(ctx, in); err != nil {
			return nil, err
		}
		return tea.Batch(nav.Send(nav.Replace{Route: nav.Route{Page: stagesID, Name: f.api, Detail: in.StageName}}),
			nav.Done("Successfully created stage '"+in.StageName+"'.")), nil
	}
}

// changing writes what differs from before.
func (f *stageForm) changing() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	in := aws.UpdateStageInput{RestAPIID: f.api, StageName: f.stage}
	replace := func(path, before, now string) {
		if before != now {
			in.PatchOperations = append(in.PatchOperations, aws.PatchOperation{Op: aws.PatchReplace, Path: path, Value: now})
		}
	}
	replace("/deploymentId", f.before.DeploymentID, f.deployment.Value())
	replace("/description", f.before.Description, f.description.Value())
	now := f.variables.Map()
	for _, name := range slices.Sorted(maps.Keys(now)) {
		replace("/variables/"+name, f.before.Variables[name], now[name])
	}
	for _, name := range slices.Sorted(maps.Keys(f.before.Variables)) {
		if _, stays := now[name]; !stays {
			in.PatchOperations = append(in.PatchOperations, aws.PatchOperation{Op: aws.PatchRemove, Path: "/variables/" + name})
		}
	}
	return func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error) {
		if len(in.PatchOperations) == 0 {
			return nav.Send(nav.Back{}), nil
		}
		if _, err := cloud.APIGateway.UpdateStage(ctx, in); err != nil {
			return nil, err
		}
		return tea.Batch(nav.Send(nav.Back{}), nav.Done("Successfully edited stage '"+in.StageName+"'.")), nil
	}
}

func (f *stageForm) View(p *page.Panel, width int) component.Block {
	inner := width - component.ContainerSides
	return component.Stack(width, page.Stacked(p, width, f.name, f.description, f.deployment),
		component.Container(width, "Stage variables", nil, component.Stack(inner,
			faint(inner, "Stage variables reach a function as its event's stageVariables. Add stage variable makes a row."), f.variables.View(p, inner))))
}
