package iam

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// inlinePage writes an inline policy of a role.
type inlinePage struct {
	page.Panel
	role, policy string // the policy's name is "" for a new one
	name         *component.TextField
	document     *component.Editor
	kept         string // the document as it is kept
	saving       bool
	faults       []string
	fault        error
}

// emptyPolicy is what a new policy starts from.
const emptyPolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [],
      "Resource": "*"
    }
  ]
}`

func newInline(env page.Env, route nav.Route) page.Page {
	p := &inlinePage{Panel: page.NewPanel(env), role: route.Name, policy: route.Detail, name: component.NewTextField("Policy name")}
	p.document = component.NewEditor()
	p.document.Label, p.document.Language = "Policy document", "json"
	p.name.Check = policyNameFault
	p.kept = emptyPolicy
	p.document.SetValue(emptyPolicy)
	p.arrange()
	return p
}

// policyNameFault says what is wrong with a policy's name.
func policyNameFault(name string) string {
	switch {
	case name == "":
		return "Enter a name"
	case len(name) > 128:
		return "A policy's name has at most 128 characters"
	case strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+=,.@-_") != "":
		return "Only letters, digits and + = , . @ - _ are allowed"
	}
	return ""
}

// Title is the page's crumb.
func (p *inlinePage) Title() string { return inlineCrumb(nav.Route{Detail: p.policy}) }

// Init reads the policy, unless it is new or being edited.
func (p *inlinePage) Init() tea.Cmd {
	if p.policy == "" || p.document.Value() != emptyPolicy {
		return nil
	}
	return page.Latest(p.Env.Calls, "read",
		func(ctx context.Context) (aws.GetRolePolicyOutput, error) {
			return p.Env.Cloud.IAM.GetRolePolicy(ctx, aws.GetRolePolicyInput{RoleName: p.role, PolicyName: p.policy})
		},
		func(out aws.GetRolePolicyOutput, err error) tea.Cmd {
			if p.fault = err; err == nil {
				p.kept = indented(out.PolicyDocument)
				p.document.SetValue(p.kept)
			}
			return nil
		})
}

// Unsaved says what would be lost.
func (p *inlinePage) Unsaved() string {
	if p.document.Value() == p.kept {
		return ""
	}
	return "The policy's document was changed and not saved; the change would be lost."
}

// save checks the document and writes it.
func (p *inlinePage) save() tea.Cmd {
	p.faults, p.fault = nil, nil
	name := p.policy
	if name == "" {
		if wrong, text := page.Validate([]component.Control{p.name}); wrong != nil {
			p.faults = []string{text}
			return p.Ring.Focus(wrong)
		}
		name = p.name.Value()
	}
	document := p.document.Value()
	var syntax *json.SyntaxError
	if err := json.Unmarshal([]byte(document), new(any)); errors.As(err, &syntax) {
		before := document[:min(len(document), int(syntax.Offset))]
		line := strings.Count(before, "\n") + 1
		p.document.MarkError(line, len(before)-strings.LastIndexByte(before, '\n')-1, syntax.Error())
		p.faults = []string{"The document is no JSON: " + syntax.Error()}
		return p.Ring.Focus(p.document)
	}
	p.saving = true
	return page.Latest(p.Env.Calls, "save",
		func(ctx context.Context) (aws.PutRolePolicyOutput, error) {
			return p.Env.Cloud.IAM.PutRolePolicy(ctx, aws.PutRolePolicyInput{RoleName: p.role, PolicyName: name, PolicyDocument: document})
		},
		func(_ aws.PutRolePolicyOutput, err error) tea.Cmd {
			p.saving, p.fault = false, err
			if err != nil {
				return nil
			}
			p.kept = p.document.Value()
			return tea.Batch(nav.Done("The policy "+name+" of the role "+p.role+" was saved."), nav.Send(nav.Back{}))
		})
}

// Bindings lists what can be done.
func (p *inlinePage) Bindings() []keys.Binding {
	wait := ""
	if p.saving {
		wait = "The policy is being saved."
	}
	label := "Create policy"
	if p.policy != "" {
		label = "Save changes"
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.save).As(label).Unless(wait).Main(),
		keys.Bind(keys.Editor, func() tea.Cmd {
			return nav.Send(nav.EditText{Text: p.document.Value(), Name: "policy.json", Done: func(text string) tea.Cmd {
				p.document.SetValue(text)
				return nil
			}})
		}),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

func (p *inlinePage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Editor, keys.Save)
}

func (p *inlinePage) arrange() {
	var fields []component.Control
	if p.policy == "" {
		fields = append(fields, p.name)
	}
	p.Ring.Set(append(append(fields, p.document), p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *inlinePage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page.
func (p *inlinePage) View(width, height int) component.Block {
	p.arrange()
	head := p.Heading(width, component.Clean(p.Title()+" · "+p.role), nil)
	if p.policy == "" {
		head = component.Stack(width, head, p.Ring.View(p.name, width))
	}
	foot := p.Foot(width, p.faults, p.fault, "The policy was not saved", p.buttons())
	p.document.Height = max(4, height-head.Height()-foot.Height())
	return component.Stack(width, head, p.Ring.View(p.document, width), foot).Fit(width, height)
}
