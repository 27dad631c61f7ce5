package s3

import (
	"context"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// createFolderPage makes a folder: an empty object whose key ends in a slash.
type createFolderPage struct {
	page.Panel
	bucket, prefix string
	name           *component.TextField
	saving         bool
	faults         []string
	fault          error
}

func newCreateFolder(env page.Env, route nav.Route) page.Page {
	p := &createFolderPage{Panel: page.NewPanel(env), bucket: route.Name, prefix: route.Detail, name: component.NewTextField("Folder name")}
	p.name.Hint = `Folder names cannot contain "/".`
	p.name.Check = folderNameFault
	p.name.Submit = p.create
	p.arrange()
	return p
}

// folderNameFault says what is wrong with the name of a new folder.
func folderNameFault(name string) string {
	switch {
	case name == "":
		return "Enter a name"
	case strings.Contains(name, "/"):
		return `Folder names cannot contain "/"`
	case name == "." || name == "..":
		return "Folders cannot be named . or .."
	}
	return ""
}

// Title is the page's crumb.
func (p *createFolderPage) Title() string { return "Create folder" }

// Init has nothing to load.
func (p *createFolderPage) Init() tea.Cmd { return nil }

// Unsaved says what would be lost.
func (p *createFolderPage) Unsaved() string {
	if p.name.Value() == "" {
		return ""
	}
	return "The folder has not been created."
}

func (p *createFolderPage) create() tea.Cmd {
	p.faults, p.fault = nil, nil
	if wrong, text := page.Validate([]component.Control{p.name}); wrong != nil {
		p.faults = []string{text}
		return p.Ring.Focus(wrong)
	}
	name := p.name.Value()
	in := aws.PutObjectInput{
		Bucket: p.bucket, Key: p.prefix + name + "/", ObjectHeaders: aws.ObjectHeaders{ContentType: "application/x-directory; charset=UTF-8"},
		ContentLength: aws.Some(int64(0)),
	}
	p.saving = true
	return page.Latest(p.Env.Calls, "create",
		func(ctx context.Context) (aws.PutObjectOutput, error) { return p.Env.Cloud.S3.PutObject(ctx, in) },
		func(_ aws.PutObjectOutput, err error) tea.Cmd {
			if p.saving, p.fault = false, err; err != nil {
				return nil
			}
			p.name.SetValue("")
			return tea.Batch(nav.Send(nav.Replace{Route: folderRoute(p.bucket, p.prefix)}),
				nav.Done("Successfully created folder "+component.Clean(name)+"."))
		})
}

// Bindings lists what can be done.
func (p *createFolderPage) Bindings() []keys.Binding {
	wait := ""
	if p.saving {
		wait = "The folder is being created."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.create).As("Create folder").Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

func (p *createFolderPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)
}

func (p *createFolderPage) arrange() {
	p.Ring.Set(append([]component.Control{p.name}, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *createFolderPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page.
func (p *createFolderPage) View(width, height int) component.Block {
	p.arrange()
	inner := width - component.ContainerSides
	body := component.Stack(width,
		component.Text(width, theme.Title.Render("Create folder")),
		page.Styled(width, theme.Faint, "A folder groups objects. It is an empty object whose key ends with /; S3 itself knows only keys."),
		component.Container(width, "Folder", nil, component.Stack(inner,
			component.KeyValues(inner, 1, component.Pair{Label: "In", Value: component.Clean(objectURI(p.bucket, p.prefix))}),
			p.Ring.View(p.name, inner))))
	foot := p.Foot(width, p.faults, p.fault, "The folder was not created", p.buttons())
	return component.Stack(width, p.Scroll.View(body, max(1, height-foot.Height())), foot).Fit(width, height)
}
