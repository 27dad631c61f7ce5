package s3

import (
	"context"
	"errors"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// createBucketPage is the "Create bucket" form. Most of it only shows what a
// bucket gets: the console makes buckets with AWS's own defaults.
type createBucketPage struct {
	page.Panel
	kind       *component.Radio
	name       *component.TextField
	ownership  *component.Radio
	block      *component.Checkbox
	versioning *component.Radio
	encryption *component.Radio

	saving bool
	faults []string
	fault  error
}

func newCreateBucket(env page.Env, _ nav.Route) page.Page {
	const only = "This console keeps to AWS's default."
	p := &createBucketPage{
		Panel: page.NewPanel(env),
		kind: component.NewRadio("Bucket type",
			component.Option{Value: "general", Label: "General purpose", Detail: "Recommended for most use cases"},
			component.Option{Value: "directory", Label: "Directory", Disabled: "Directory buckets are another service's subject."}),
		name: component.NewTextField("Bucket name"),
		ownership: component.NewRadio("",
			component.Option{Value: "disabled", Label: "ACLs disabled (recommended)", Detail: "All objects in this bucket are owned by this account. Access is specified by policies only"},
			component.Option{Value: "enabled", Label: "ACLs enabled", Disabled: only}),
		block: component.NewCheckbox("Block all public access"),
		versioning: component.NewRadio("",
			component.Option{Value: "disable", Label: "Disable"}, component.Option{Value: "enable", Label: "Enable", Disabled: only}),
		encryption: component.NewRadio("Encryption type",
			component.Option{Value: "sse-s3", Label: "Server-side encryption with Amazon S3 managed keys (SSE-S3)"},
			component.Option{Value: "sse-kms", Label: "Server-side encryption with AWS Key Management Service keys (SSE-KMS)", Disabled: only}),
	}
	p.name.Hint, p.name.Check, p.name.Width = bucketNameHint, bucketNameFault, 63
	p.block.Set(true)
	p.block.Detail = "The same as turning on all four settings of Block Public Access"
	p.block.Disabled = "It stays on: functions and users of this account do not need public access."
	p.arrange()
	p.Ring.Focus(p.name)
	return p
}

// Title is the page's crumb.
func (p *createBucketPage) Title() string { return "Create bucket" }

// Init has nothing to load.
func (p *createBucketPage) Init() tea.Cmd { return nil }

// Unsaved says what would be lost.
func (p *createBucketPage) Unsaved() string {
	if p.name.Value() == "" {
		return ""
	}
	return "The bucket has not been created; what you entered for it would be lost."
}

// create checks the form and sends it.
func (p *createBucketPage) create() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := page.Validate([]component.Control{p.name}); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	name := p.name.Value()
	p.saving = true
	return page.Latest(p.Env.Calls, "create",
		func(ctx context.Context) (aws.CreateBucketOutput, error) {
			return p.Env.Cloud.S3.CreateBucket(ctx, newBucket(name, p.Env.Cloud.Place.Region))
		},
		func(_ aws.CreateBucketOutput, err error) tea.Cmd {
			p.saving, p.fault = false, err
			if errors.Is(err, aws.ErrInUse) {
				p.name.Error = "Bucket with the same name already exists"
				return p.Ring.Focus(p.name)
			}
			if err != nil {
				return nil
			}
			p.name.SetValue("") // nothing is unsaved any more
			return tea.Batch(
				nav.Send(nav.Replace{Route: nav.Route{Page: bucketsID}}),
				nav.Done("Successfully created bucket "+name+". To upload files and folders, open the bucket."))
		})
}

// newBucket asks for a bucket in a region; us-east-1 must not be named.
func newBucket(name, region string) aws.CreateBucketInput {
	in := aws.CreateBucketInput{Bucket: name}
	if region != "us-east-1" {
		in.CreateBucketConfiguration = &aws.CreateBucketConfiguration{LocationConstraint: region}
	}
	return in
}

// Bindings lists what can be done.
func (p *createBucketPage) Bindings() []keys.Binding {
	wait := ""
	if p.saving {
		wait = "The bucket is being created."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.create).As("Create bucket").Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

func (p *createBucketPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)
}

func (p *createBucketPage) arrange() {
	fields := []component.Control{p.kind, p.name, p.ownership, p.block, p.versioning, p.encryption}
	p.Ring.Set(append(fields, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *createBucketPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page: the form scrolls, its faults and buttons stay in sight.
func (p *createBucketPage) View(width, height int) component.Block {
	p.arrange()
	inner := width - component.ContainerSides
	box := func(title string, parts ...component.Block) component.Block {
		return component.Container(width, title, nil, component.Stack(inner, parts...))
	}
	body := component.Stack(width,
		component.Text(width, theme.Title.Render("Create bucket")),
		box("General configuration",
			component.KeyValues(inner, 1, component.Pair{Label: "AWS Region", Value: p.Env.Cloud.Place.Region}),
			p.Ring.View(p.kind, inner), p.Ring.View(p.name, inner)),
		box("Object Ownership", p.Ring.View(p.ownership, inner)),
		box("Block Public Access settings for this bucket", p.Ring.View(p.block, inner)),
		box("Bucket Versioning", p.Ring.View(p.versioning, inner)),
		box("Default encryption", p.Ring.View(p.encryption, inner)))
	foot := p.Foot(width, p.faults, p.fault, "The bucket was not created", p.buttons())
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}
