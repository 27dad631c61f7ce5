package s3

import (
	"context"
	"errors"
	"slices"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// bucketPage is one bucket, in tabs, each of which is a part of its own.
type bucketPage struct {
	page.Panel
	name        string
	tabs        *component.Tabs
	objects     *objectsTab
	properties  *propertiesTab
	permissions *permissionsTab
	width       int // as drawn last
}

// The page's tabs.
const (
	tabObjects = iota
	tabProperties
	tabPermissions
)

// tab is what the page shows under one of its tabs.
type tab interface {
	load() tea.Cmd
	bindings() []keys.Binding
	// controls are the tab's own, in their order, the heading's buttons left out.
	controls() []component.Control
	// buttons are the heading's, for a page of some width.
	buttons(width int) []component.Control
	view(width, height int) component.Block
	unsaved() string
}

func newBucketPage(env page.Env, route nav.Route) page.Page {
	at := readPlace(route.Detail)
	p := &bucketPage{Panel: page.NewPanel(env), name: route.Name, tabs: component.NewTabs("Objects", "Properties", "Permissions")}
	p.objects = newObjectsTab(&p.Panel, route.Name, at.prefix)
	p.properties = newPropertiesTab(&p.Panel, route.Name)
	p.permissions = newPermissionsTab(&p.Panel, route.Name)
	p.tabs.SetActive(at.tab)
	p.tabs.Changed = func(int) tea.Cmd { return p.Init() }
	p.arrange()
	p.Ring.Focus(p.tabs)
	if at.tab == tabObjects {
		p.Ring.Focus(p.objects.table)
	}
	return p
}

// open is the tab that is open.
func (p *bucketPage) open() tab {
	return [...]tab{p.objects, p.properties, p.permissions}[p.tabs.Active()]
}

// Title is the page's crumb.
func (p *bucketPage) Title() string { return p.name }

// Init loads what the open tab shows. Another tab, and other programs, may have changed
// whether versions are kept.
func (p *bucketPage) Init() tea.Cmd {
	p.objects.asked = false
	return p.open().load()
}

// Unsaved says what would be lost, in any tab.
func (p *bucketPage) Unsaved() string {
	for _, t := range []tab{p.objects, p.properties, p.permissions} {
		if lost := t.unsaved(); lost != "" {
			return lost
		}
	}
	return ""
}

// Bindings lists what can be done.
func (p *bucketPage) Bindings() []keys.Binding {
	return append(p.open().bindings(),
		keys.Bind(keys.Refresh, p.Init),
		keys.Bind(keys.NextTab, func() tea.Cmd { return p.move(1) }),
		keys.Bind(keys.LastTab, func() tea.Cmd { return p.move(-1) }))
}

// move goes to another tab.
func (p *bucketPage) move(by int) tea.Cmd {
	n := len(p.tabs.Titles)
	p.tabs.SetActive((p.tabs.Active() + by + n) % n)
	return tea.Batch(p.Ring.Focus(p.tabs), p.Init())
}

// Key lets esc and ↓ lead from the filter to the objects.
func (p *bucketPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	if cmd, used := p.objects.leaveFilter(msg); used {
		return cmd, true
	}
	return p.Panel.Key(msg)
}

// arrange puts the controls in their order, and gives the heading's buttons.
func (p *bucketPage) arrange() []component.Control {
	buttons := p.open().buttons(p.width)
	p.Ring.Set(slices.Concat([]component.Control{p.tabs}, p.open().controls(), buttons)...)
	return buttons
}

// View draws the page.
func (p *bucketPage) View(width, height int) component.Block {
	p.width = width
	head := component.Stack(width, p.Heading(width, component.Clean(p.name), p.arrange()), p.Ring.View(p.tabs, width))
	room := max(3, height-head.Height())
	return component.Stack(width, head, p.open().view(width, room)).Fit(width, height)
}

// describeBucket reads where a bucket is and, if the caller may list buckets,
// since when it is there.
func describeBucket(ctx context.Context, service aws.S3, name string) (aws.Bucket, error) {
	head, err := service.HeadBucket(ctx, aws.HeadBucketInput{Bucket: name})
	if err != nil {
		return aws.Bucket{}, err
	}
	bucket := aws.Bucket{Name: name, BucketRegion: head.BucketRegion, BucketArn: head.BucketArn}
	list, err := service.ListBuckets(ctx, aws.ListBucketsInput{Prefix: name})
	if err != nil && !errors.Is(err, aws.ErrAccessDenied) {
		return aws.Bucket{}, err
	}
	for _, b := range list.Buckets {
		if b.Name == name {
			bucket.CreationDate = b.CreationDate
		}
	}
	if bucket.BucketArn == "" {
		bucket.BucketArn = bucketARN(name)
	}
	return bucket, nil
}
