package apigateway

import (
	"context"
	"fmt"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// deployForm is "Deploy API".
type deployForm struct {
	api         string
	stage       *component.Select
	name        *component.TextField
	description *component.TextField
}

// What the form's stage may be beside the API's own.
const (
	newStage = "new"
	noStage  = "none"
)

func newDeploy(env page.Env, route nav.Route) page.Page {
	f := &deployForm{
		api: route.Name, stage: component.NewSelect("Stage"),
		name: component.NewTextField("Stage name"), description: component.NewTextField("Deployment description"),
	}
	f.stage.Hint = "The stage whose URL is to answer with the API as it is now."
	f.name.Hint = "It becomes the first part of the URL's path: letters, digits, _ and -."
	f.name.Check = stageFault
	return page.NewForm(env, f)
}

func (f *deployForm) Words() page.Words {
	return page.Words{Title: "Deploy API", Action: "Deploy", Failed: "The API was not deployed", Lost: "The API has not been deployed; what you entered would be lost."}
}

func (f *deployForm) Read(ctx context.Context, cloud aws.Cloud) (func(), error) {
	stages, err := listStages(ctx, cloud.APIGateway, f.api)
	return func() {
		chosen := f.stage.Value()
		// A value with a slash is no stage's name.
		f.stage.Options = nil
		for _, s := range stages {
			f.stage.Options = append(f.stage.Options, component.Option{Value: "/" + s.StageName, Label: s.StageName, Detail: s.Description})
		}
		f.stage.Options = append(f.stage.Options,
			component.Option{Value: newStage, Label: "*New stage*"},
			component.Option{Value: noStage, Label: "No stage", Detail: "only a snapshot, for a stage to take later"})
		f.stage.SetValue(chosen)
	}, err
}

func (f *deployForm) Fields() []component.Control {
	if f.stage.Value() == newStage {
		return []component.Control{f.stage, f.name, f.description}
	}
	return []component.Control{f.stage, f.description}
}

func (f *deployForm) First() component.Control {
	if f.stage.Value() == newStage {
		return f.name
	}
	return f.stage
}

func (f *deployForm) Fault() string { return "" }

func (f *deployForm) Values() string {
	return fmt.Sprintf("%q", []string{f.stage.Value(), f.name.Value(), f.description.Value()})
}

// target is the stage's name; "" for none.
func (f *deployForm) target() string {
	switch v := f.stage.Value(); v {
	case newStage:
		return f.name.Value()
	case noStage, "":
		return ""
	default:
		return v[1:]
	}
}

func (f *deployForm) Saving() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	in := aws.CreateDeploymentInput{RestAPIID: f.api, StageName: f.target(), Description: f.description.Value()}
	return func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error) {
		out, err := cloud.APIGateway.CreateDeployment(ctx, in)
		if err != nil {
			return nil, err
		}
		if in.StageName == "" {
			return tea.Batch(nav.Send(nav.Replace{Route: nav.Route{Page: deploymentsID, Name: f.api}}),
				nav.Done("Successfully created deployment "+out.ID+". No stage has it yet.")), nil
		}
		return tea.Batch(nav.Send(nav.Replace{Route: nav.Route{Page: stagesID, Name: f.api, Detail: in.StageName}}),
			nav.Done("Successfully created deployment "+out.ID+". This deployment is active for "+in.StageName+".")), nil
	}
}

func (f *deployForm) View(p *page.Panel, width int) component.Block {
	return component.Stack(width,
		faint(width, "A deployment is a snapshot of the API's resources, methods and integrations. A stage shows one of them at its URL."),
		page.Stacked(p, width, f.Fields()...))
}
