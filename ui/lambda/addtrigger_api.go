package lambda

import (
	"cmp"
	"context"
	"io"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// apiForm has a REST API send its requests to a function.
type apiForm struct {
	env      page.Env
	function string
	random   io.Reader // for the statement's id
	intent   *component.Radio
	kind     *component.Radio
	security *component.Select
	settings *component.Section
	name     *component.TextField
	stage    *component.TextField
	api      *component.Select // of the APIs there are
	stages   *component.Select // of the API that is chosen
}

// The intents: where the API comes from.
const (
	intentNew      = "new"
	intentExisting = "existing"
)

// stageFirst is the stage of a new API unless the user names another.
const stageFirst = "default"

func newAPIForm(env page.Env, function string, random io.Reader) *apiForm {
	f := &apiForm{
		env: env, function: function, random: random,
		intent: component.NewRadio("Intent",
			component.Option{Value: intentNew, Label: "Create a new API", Detail: "An API with an HTTP endpoint that invokes the function."},
			component.Option{Value: intentExisting, Label: "Use existing API", Detail: "The function answers under a path of an API that is there already."}),
		kind: component.NewRadio("API type",
			component.Option{Value: "HTTP", Label: "HTTP API", Disabled: "This console makes REST APIs only."},
			component.Option{Value: "REST", Label: "REST API", Detail: "Resources, methods and stages, with full control over requests and responses."}),
		security: component.NewSelect("Security",
			component.Option{Label: "Choose a security mechanism"},
			component.Option{Value: aws.AuthorizationNone, Label: "Open", Detail: "anyone who knows the URL may call it"},
			component.Option{Value: aws.AuthorizationIAM, Label: "IAM", Disabled: "made here are endpoints that need no signed requests"},
			component.Option{Value: "KEY", Label: "Open with API key", Disabled: "API keys need usage plans, which are not part of this console"}),
		settings: component.NewSection("Additional settings"),
		name:     component.NewTextField("API name"),
		stage:    component.NewTextField("Deployment stage"),
		api:      component.NewSelect("Existing API", component.Option{Label: "Choose an API"}),
		stages:   component.NewSelect("Deployment stage", component.Option{Label: "Choose a stage"}),
	}
	f.kind.SetValue("REST")
	f.intent.Changed = f.load
	f.security.Hint = "Configure the security mechanism for your API endpoint."
	f.name.Hint = "A name by which you find the API again. It does not have to be unique."
	f.name.Check = apiNameFault
	f.stage.Hint = "The name of the API's deployment stage; it becomes a part of the URL. Letters, digits, hyphens (-) and underscores (_)."
	f.stage.Check = stageFault
	f.api.Hint = "The function gets the resource /" + function + " of this API."
	f.api.Changed = f.loadStages
	f.stages.Hint = "The API is deployed to this stage, with all changes of it that have not been deployed yet."
	f.clear()
	return f
}

// apiNameFault says what is wrong with an API's name.
func apiNameFault(name string) string {
	switch {
	case strings.TrimSpace(name) == "":
		return "Enter a name for the API"
	case len(name) > 1024:
		return "An API's name has at most 1024 characters"
	}
	return ""
}

// stageFault says what is wrong with a stage's name.
func stageFault(name string) string {
	switch {
	case name == "":
		return "Enter a name for the stage"
	case len(name) > 128:
		return "A stage's name has at most 128 characters"
	case strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") != "":
		return "Use only letters, digits, hyphens (-) and underscores (_)"
	}
	return ""
}

func (f *apiForm) existing() bool { return f.intent.Value() == intentExisting }

// load reads the APIs, when one of them is wanted.
func (f *apiForm) load() tea.Cmd {
	if !f.existing() {
		return nil
	}
	return page.Latest(f.env.Calls, "apis",
		func(ctx context.Context) ([]aws.RestAPI, error) { return page.RestAPIs(ctx, f.env.Cloud.APIGateway) },
		func(apis []aws.RestAPI, err error) tea.Cmd {
			f.api.Error = ""
			if err != nil {
				f.api.Error = "The APIs could not be read: " + page.Explain(err)[0]
				return nil
			}
			chosen := f.api.Value()
			f.api.Options = []component.Option{{Label: "Choose an API"}}
			for _, a := range apis {
				f.api.Options = append(f.api.Options, component.Option{Value: a.ID, Label: a.Name, Detail: a.ID + " · REST"})
			}
			f.api.SetValue(chosen)
			f.api.Disabled = ""
			if len(apis) == 0 {
				f.api.Disabled = "There is no REST API in this Region yet: create a new one."
			}
			return f.loadStages()
		})
}

// loadStages reads the stages of the API that is chosen.
func (f *apiForm) loadStages() tea.Cmd {
	api := f.api.Value()
	if api == "" {
		f.showStages(nil)
		return nil
	}
	return page.Latest(f.env.Calls, "stages",
		func(ctx context.Context) ([]aws.Stage, error) {
			out, err := f.env.Cloud.APIGateway.GetStages(ctx, aws.GetStagesInput{RestAPIID: api})
			return out.Item, err
		},
		func(stages []aws.Stage, err error) tea.Cmd {
			f.showStages(stages)
			switch {
			case err != nil:
				f.stages.Error = "The stages could not be read: " + page.Explain(err)[0]
			case len(stages) == 0:
				f.stages.Disabled = "This API has no stage yet: deploy it once on its own page."
			}
			return nil
		})
}

func (f *apiForm) showStages(stages []aws.Stage) {
	chosen := f.stages.Value()
	f.stages.Options, f.stages.Error, f.stages.Disabled = []component.Option{{Label: "Choose a stage"}}, "", ""
	for _, s := range stages {
		f.stages.Options = append(f.stages.Options, component.Option{Value: s.StageName, Detail: s.Description})
	}
	f.stages.SetValue("")
	f.stages.SetValue(chosen)
}

func (f *apiForm) fields() []component.Control {
	if f.existing() {
		return []component.Control{f.intent, f.api, f.stages, f.security}
	}
	all := []component.Control{f.intent, f.kind, f.security, f.settings}
	if f.settings.Open() {
		all = append(all, f.name, f.stage)
	}
	return all
}

func (f *apiForm) entered() bool {
	return f.security.Value() != "" || f.api.Value() != "" || f.name.Value() != f.usualName() || f.stage.Value() != stageFirst
}

func (f *apiForm) clear() {
	f.security.SetValue("")
	f.api.SetValue("")
	f.name.SetValue(f.usualName())
	f.stage.SetValue(stageFirst)
}

// usualName is what AWS's console calls a function's API.
func (f *apiForm) usualName() string { return f.function + "-API" }

func (f *apiForm) wait() string {
	if f.env.Cloud.APIGateway == nil {
		return "There is no API Gateway here."
	}
	return ""
}

func (f *apiForm) wrong() (component.Control, string) {
	if f.existing() {
		switch {
		case f.api.Value() == "":
			return f.api, "Existing API: choose the API that is to invoke the function"
		case f.stages.Value() == "":
			return f.stages, "Deployment stage: " + cmp.Or(f.stages.Disabled, "choose the stage on which the function is to answer")
		}
	} else if field, text := page.Validate([]component.Control{f.name, f.stage}); field != nil {
		f.settings.SetOpen(true)
		return field, text
	}
	if f.security.Value() == "" {
		return f.security, "Security: choose who may call the API, for example Open"
	}
	return nil, ""
}

func (f *apiForm) adding() func(context.Context) (added, error) {
	cloud, function, random := f.env.Cloud, f.function, f.random
	if f.existing() {
		api, stage := f.api.Value(), f.stages.Value()
		return func(ctx context.Context) (added, error) { return useAPI(ctx, cloud, random, function, api, stage) }
	}
	name, stage := f.name.Value(), f.stage.Value()
	return func(ctx context.Context) (added, error) { return createAPI(ctx, cloud, random, function, name, stage) }
}

// view draws the fields, and what comes of them.
func (f *apiForm) view(p *page.Panel, width int) (fields, below component.Block) {
	outer := width + component.ContainerSides
	fields = component.Stack(width,
		page.Styled(width-2, theme.Faint, "Add an API to your Lambda function: an HTTP endpoint whose requests invoke the function.").Indent(2),
		page.Stacked(p, width, f.fields()...))
	text := "API Gateway gets a resource /" + f.function + " that takes any method, and hands each request to the function. " +
		"Lambda will add the necessary permissions for Amazon API Gateway to invoke your Lambda function from this trigger."
	return fields, page.Styled(outer-1, theme.Faint, component.Clean(text))
}
