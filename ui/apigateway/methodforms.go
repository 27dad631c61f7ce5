package apigateway

import (
	"context"
	"fmt"
	"strings"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// httpMethods are the methods that a resource may have, in the console's order.
var httpMethods = []string{aws.AnyMethod, "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}

// methodForm is "Create method".
type methodForm struct {
	at          target
	kind        *component.Select
	integration *integrationFields
}

func newCreateMethod(env page.Env, route nav.Route) page.Page {
	resource, _ := splitDetail(route.Detail)
	f := &methodForm{
		at:   target{api: route.Name, resource: resource},
		kind: component.NewSelect("Method type"), integration: newIntegrationFields(),
	}
	f.kind.Hint = "ANY stands for all methods that the resource has not of their own."
	return page.NewForm(env, f)
}

func (f *methodForm) Words() page.Words {
	return page.Words{Title: "Create method", Action: "Create method", Failed: "The method was not created", Lost: "The method has not been created; what you entered for it would be lost."}
}

func (f *methodForm) Read(ctx context.Context, cloud aws.Cloud) (func(), error) {
	out, err := cloud.APIGateway.GetResource(ctx, aws.GetResourceInput{RestAPIID: f.at.api, ResourceID: f.at.resource, Embed: []string{aws.EmbedMethods}})
	if err != nil {
		return nil, err
	}
	functions, unread := page.Functions(ctx, cloud.Lambda)
	return func() {
		chosen := f.kind.Value()
		f.at.path = out.Path
		f.kind.Options = []component.Option{{Label: "Select a method type"}}
		for _, m := range httpMethods {
			o := component.Option{Value: m}
			if _, taken := out.ResourceMethods[m]; taken {
				o.Disabled = "the resource has it already"
			}
			f.kind.Options = append(f.kind.Options, o)
		}
		f.kind.SetValue(chosen)
		f.integration.offer(functions, unread, f.integration.function.Value())
	}, nil
}

func (f *methodForm) Fields() []component.Control {
	return append([]component.Control{f.kind}, f.integration.fields()...)
}

func (f *methodForm) First() component.Control { return f.kind }

func (f *methodForm) Fault() string {
	if f.kind.Value() == "" {
		return "Method type: choose the HTTP method"
	}
	return f.integration.fault()
}

func (f *methodForm) Values() string { return f.kind.Value() + f.integration.values() }

func (f *methodForm) Saving() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	at, integration := f.at, f.integration.wish(nil)
	at.method = f.kind.Value()
	return func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error) {
		if err := createMethod(ctx, cloud, at, integration); err != nil {
			return nil, err
		}
		return tea.Batch(nav.Send(nav.Back{}),
			nav.Done("Successfully created method '"+at.method+"' in '"+at.path+"'. Redeploy your API for it to show at the URL.")), nil
	}
}

// createMethod makes a method with its integration. When that does not come
// about, the method is taken back: an API with a method that has none cannot be
// deployed.
func createMethod(ctx context.Context, cloud aws.Cloud, at target, integration wish) error {
	_, err := cloud.APIGateway.PutMethod(ctx, aws.PutMethodInput{
		RestAPIID: at.api, ResourceID: at.resource, HTTPMethod: at.method, AuthorizationType: aws.AuthorizationNone,
	})
	if err != nil {
		return err
	}
	err = integration.put(ctx, cloud, at)
	if err == nil {
		return nil
	}
	const patience = 10 * time.Second // also when the page has gone meanwhile
	undo, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	_, stays := cloud.APIGateway.DeleteMethod(undo, aws.DeleteMethodInput{RestAPIID: at.api, ResourceID: at.resource, HTTPMethod: at.method})
	if stays != nil {
		return fmt.Errorf("%w (and the method stays, without its integration: %w)", err, stays)
	}
	return err
}

func (f *methodForm) View(p *page.Panel, width int) component.Block {
	return component.Stack(width,
		component.KeyValues(width, 1, component.Pair{Label: "Resource path", Value: component.Clean(f.at.path)}),
		p.Ring.View(f.kind, width), f.integration.view(p, width),
		faint(width, "Authorization NONE and no API key: anybody who knows the URL may call the method."))
}

// editForm is "Edit integration request".
type editForm struct {
	at          target
	before      *aws.Integration
	integration *integrationFields
}

func newEditIntegration(env page.Env, route nav.Route) page.Page {
	resource, method := splitDetail(route.Detail)
	return page.NewForm(env, &editForm{at: target{api: route.Name, resource: resource, method: method}, integration: newIntegrationFields()})
}

func (f *editForm) Words() page.Words {
	return page.Words{Title: "Edit integration request", Action: "Save", Failed: "The integration was not saved", Lost: "The integration was changed and not saved; the changes would be lost."}
}

func (f *editForm) Read(ctx context.Context, cloud aws.Cloud) (func(), error) {
	resource, err := cloud.APIGateway.GetResource(ctx, aws.GetResourceInput{RestAPIID: f.at.api, ResourceID: f.at.resource})
	if err != nil {
		return nil, err
	}
	method, err := cloud.APIGateway.GetMethod(ctx, aws.GetMethodInput{RestAPIID: f.at.api, ResourceID: f.at.resource, HTTPMethod: f.at.method})
	if err != nil {
		return nil, err
	}
	functions, unread := page.Functions(ctx, cloud.Lambda)
	return func() {
		f.at.path, f.before = resource.Path, method.MethodIntegration
		f.integration.show(f.before, functions, unread)
	}, nil
}

func (f *editForm) Fields() []component.Control { return f.integration.fields() }

func (f *editForm) First() component.Control {
	fields := f.integration.fields()
	return fields[min(2, len(fields)-1)] // the function, or the response's template
}

func (f *editForm) Fault() string {
	if why := uneditable(f.before); why != "" {
		return why
	}
	return f.integration.fault()
}

func (f *editForm) Values() string { return f.integration.values() }

func (f *editForm) Saving() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	at, integration := f.at, f.integration.wish(f.before)
	return func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error) {
		if err := integration.put(ctx, cloud, at); err != nil {
			return nil, err
		}
		return tea.Batch(nav.Send(nav.Back{}), nav.Done("Successfully edited the integration of '"+at.method+"' in '"+at.path+"'. Redeploy your API for it to show at the URL.")), nil
	}
}

func (f *editForm) View(p *page.Panel, width int) component.Block {
	return component.Stack(width,
		component.KeyValues(width, 2, component.Pair{Label: "Method", Value: component.Clean(f.at.method)}, component.Pair{Label: "Resource path", Value: component.Clean(f.at.path)}),
		f.integration.view(p, width))
}

// resourceForm is "Create resource".
type resourceForm struct {
	api, parent string
	path        string // of the parent
	proxy       *component.Checkbox
	name        *component.TextField
}

// proxyPart is the part of a path that stands for all paths below its parent.
const proxyPart = "{proxy+}"

func newCreateResource(env page.Env, route nav.Route) page.Page {
	parent, _ := splitDetail(route.Detail)
	f := &resourceForm{api: route.Name, parent: parent, proxy: component.NewCheckbox("Proxy resource"), name: component.NewTextField("Resource name")}
	f.proxy.Detail = "Takes the requests of all paths below: its name is " + proxyPart + "."
	f.proxy.Changed = func() tea.Cmd {
		f.name.Disabled = ""
		if f.proxy.On() {
			f.name.Disabled = "A proxy resource is called " + proxyPart + "."
		}
		return nil
	}
	f.name.Hint = "One part of a path: letters, digits, and . _ - : ; or a path variable in braces, {id}."
	f.name.Check = func(text string) string {
		if f.proxy.On() {
			return ""
		}
		return partFault(text)
	}
	return page.NewForm(env, f)
}

// partFault says what is wrong with a part of a path; "" when nothing is.
func partFault(part string) string {
	switch {
	case part == "":
		return "Enter a name"
	case strings.Contains(part, "/"):
		return "A resource is one part of a path: make one for each, without a slash"
	case !partPattern.MatchString(part):
		return "Use letters, digits and . _ - : only, or a variable in braces: {id}"
	}
	return ""
}

func (f *resourceForm) part() string {
	if f.proxy.On() {
		return proxyPart
	}
	return f.name.Value()
}

func (f *resourceForm) Words() page.Words {
	return page.Words{Title: "Create resource", Action: "Create resource", Failed: "The resource was not created", Lost: "The resource has not been created; what you entered for it would be lost."}
}

func (f *resourceForm) Read(ctx context.Context, cloud aws.Cloud) (func(), error) {
	out, err := cloud.APIGateway.GetResource(ctx, aws.GetResourceInput{RestAPIID: f.api, ResourceID: f.parent})
	return func() { f.path = out.Path }, err
}

func (f *resourceForm) Fields() []component.Control { return []component.Control{f.proxy, f.name} }

func (f *resourceForm) First() component.Control { return f.name }

func (f *resourceForm) Fault() string { return "" }

func (f *resourceForm) Values() string { return fmt.Sprint(f.proxy.On(), f.name.Value()) }

func (f *resourceForm) Saving() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	in := aws.CreateResourceInput{RestAPIID: f.api, ParentID: f.parent, PathPart: f.part()}
	return func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error) {
		out, err := cloud.APIGateway.CreateResource(ctx, in)
		if err != nil {
			return nil, err
		}
		return tea.Batch(nav.Send(nav.Back{}), nav.Done("Successfully created resource '"+out.Path+"'.")), nil
	}
}

func (f *resourceForm) View(p *page.Panel, width int) component.Block {
	base := f.path
	if base != "/" {
		base += "/"
	}
	return component.Stack(width, p.Ring.View(f.proxy, width), p.Ring.View(f.name, width),
		component.KeyValues(width, 2, component.Pair{Label: "Resource path", Value: component.Clean(f.path)},
			component.Pair{Label: "The new one's path", Value: component.Clean(base + f.part())}),
		faint(width, "A resource answers nothing until it has a method: Create method."))
}
