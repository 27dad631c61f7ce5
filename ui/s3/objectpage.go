package s3

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"path"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// objectPage tells all about one object but its content.
type objectPage struct {
	page.Panel
	bucket, key string
	share       *shareForm
	downloads   *downloads
	deleting    bool

	facts  objectFacts
	loaded bool
	fault  error
}

// objectFacts is what the page reads.
type objectFacts struct {
	aws.HeadObjectOutput
	owner      string
	versioning string // of the bucket
	tags       map[string]string
	untold     error // why the tags could not be read
}

func newObjectPage(env page.Env, route nav.Route) page.Page {
	p := &objectPage{
		Panel: page.NewPanel(env), bucket: route.Name, key: route.Detail,
		downloads: newDownloads(env, route.Name), share: newShareForm(env, route.Name, route.Detail),
	}
	p.arrange()
	p.Ring.Focus(p.ButtonsOf(p.Bindings(), keys.Explore)[0])
	return p
}

// Title is the page's crumb.
func (p *objectPage) Title() string { return path.Base(p.key) }

// Unsaved says what leaving the page would break off.
func (p *objectPage) Unsaved() string { return p.downloads.unsaved() }

// Init reads what S3 keeps of the object beside its content.
func (p *objectPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "head",
		func(ctx context.Context) (objectFacts, error) { return readFacts(ctx, p.Env.Cloud.S3, p.bucket, p.key) },
		func(f objectFacts, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.facts, p.loaded = f, true
			return nil
		})
}

// readFacts reads an object's properties: whose it is is told only by lists.
func readFacts(ctx context.Context, service aws.S3, bucket, key string) (objectFacts, error) {
	head, err := service.HeadObject(ctx, aws.HeadObjectInput{Bucket: bucket, Key: key, ChecksumMode: "ENABLED"})
	if err != nil {
		return objectFacts{}, err
	}
	f := objectFacts{HeadObjectOutput: head}
	if head.VersionID != "" {
		var known bool
		if f.versioning, known, err = readVersioning(ctx, service, bucket); err != nil {
			return objectFacts{}, err
		}
		if !known {
			f.versioning = "Suspended" // of which there is more to warn
		}
	}
	f.tags, f.untold = tagged{bucket, key}.read(ctx, service)
	list, err := service.ListObjectsV2(ctx, aws.ListObjectsV2Input{Bucket: bucket, Prefix: key, MaxKeys: aws.Some(1), FetchOwner: true})
	switch {
	case err != nil && !errors.Is(err, aws.ErrAccessDenied): // who may read an object may not be allowed to list the bucket
		return f, err
	case len(list.Contents) == 0 || list.Contents[0].Key != key:
		return f, nil
	}
	o := list.Contents[0]
	if o.Owner != nil {
		f.owner = o.Owner.DisplayName
		if f.owner == "" {
			f.owner = o.Owner.ID
		}
	}
	return f, nil
}

// delete asks, deletes the object, and leads to its folder.
func (p *objectPage) delete() tea.Cmd {
	name, says := component.Clean(p.key), deletionOf(p.facts.versioning)
	return nav.Send(nav.Confirm{
		Title: "Delete object?", Text: []string{says.begins + name + ".", says.ends},
		Word: says.word, Action: "Delete object",
		Do: func() tea.Cmd {
			p.deleting = true
			return page.Do(p.Env.Calls,
				func(ctx context.Context) (aws.DeleteObjectOutput, error) {
					return p.Env.Cloud.S3.DeleteObject(ctx, aws.DeleteObjectInput{Bucket: p.bucket, Key: p.key})
				},
				func(_ aws.DeleteObjectOutput, err error) tea.Cmd {
					if p.deleting = false; err != nil {
						return nav.Failed("The object "+name+" was not deleted", err)
					}
					return tea.Batch(nav.Done("Successfully deleted object "+name+"."),
						nav.Send(nav.Replace{Route: folderRoute(p.bucket, above(p.key))}))
				})
		},
	})
}

// url is the object's address on the web.
func (p *objectPage) url() string {
	return objectURL(p.Env.Cloud.Place.Endpoint, p.Env.Cloud.Place.Region, p.bucket, p.key)
}

// Bindings lists what can be done.
func (p *objectPage) Bindings() []keys.Binding {
	wait, busy, folder := "", "", ""
	if !p.loaded {
		wait = "The object is not there yet."
	}
	if busy = wait; p.deleting {
		busy = "The object is being deleted."
	}
	if folder = wait; p.Env.Folder == "" {
		folder = "There is no local folder to save to."
	}
	copied := func(text, what string) func() tea.Cmd {
		return func() tea.Cmd { return nav.Send(nav.Copy{Text: text, What: what}) }
	}
	return []keys.Binding{
		keys.Bind(keys.Explore, func() tea.Cmd { return nav.Go(viewID, p.bucket, p.key) }).As("Open").Unless(wait).Main(),
		keys.Bind(keys.Download, func() tea.Cmd { return p.downloads.add(p.key) }).Unless(folder),
		keys.Bind(keys.Copy, copied(objectURI(p.bucket, p.key), "the S3 URI")).As("Copy S3 URI"),
		keys.Bind(keys.Duplicate, copied(p.url(), "the object's URL")).As("Copy URL"),
		keys.Bind(keys.Run, p.toggleShare).As("Share with a presigned URL").Unless(p.share.refusal()),
		keys.Bind(keys.Edit, func() tea.Cmd { return nav.Go(tagsID, p.bucket, p.key) }).As("Edit tags").Unless(wait),
		keys.Bind(keys.Delete, p.delete).Unless(busy),
		keys.Bind(keys.Refresh, p.Init),
	}
}

// toggleShare shows the form for a presigned URL, or hides it.
func (p *objectPage) toggleShare() tea.Cmd {
	p.share.open = !p.share.open
	p.arrange()
	if p.share.open {
		return p.Ring.Focus(p.share.unit)
	}
	return nil
}

func (p *objectPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Copy, keys.Duplicate, keys.Download, keys.Explore, keys.Run, keys.Edit, keys.Delete)
}

func (p *objectPage) arrange() {
	p.Ring.Set(append(p.share.controls(), p.buttons()...)...)
}

// Key offers a key to the focused control; esc closes the form.
func (p *objectPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	cmd, used := p.Panel.Key(msg)
	if !used && p.share.open && msg.String() == "esc" {
		p.share.open = false
		return nil, true
	}
	return cmd, used
}

// View draws the page.
func (p *objectPage) View(width, height int) component.Block {
	p.arrange()
	head := component.Stack(width, p.Heading(width, component.Clean(path.Base(p.key)), p.buttons()), p.downloads.view(width))
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The object could not be read", p.fault))
	}
	if !p.loaded {
		if p.fault == nil {
			head = component.Stack(width, head, component.Text(width, theme.Info.Render("◌ Loading")))
		}
		return head.Fit(width, height)
	}
	parts := []component.Block{}
	if p.share.open {
		parts = append(parts, p.share.view(&p.Panel, width))
	}
	parts = append(parts, p.overview(width), p.checksum(width), page.TagsBox(width, mostObjectTags, p.facts.tags, p.facts.untold), p.metadata(width))
	body := p.Scroll.View(component.Stack(width, parts...), max(1, height-head.Height()))
	return component.Stack(width, head, body).Fit(width, height)
}

// overview is the object's properties, as AWS's console has them.
func (p *objectPage) overview(width int) component.Block {
	inner := width - component.ContainerSides
	pair := func(label, value string) component.Pair {
		return component.Pair{Label: label, Value: component.Clean(value)}
	}
	columns := max(1, min(3, width/30))
	facts := component.KeyValues(inner, columns,
		pair("Owner", p.facts.owner), pair("AWS Region", p.Env.Cloud.Place.Region), pair("Last modified", wholeTime(p.facts.LastModified)),
		pair("Size", component.Bytes(p.facts.ContentLength)), pair("Type", kindOf(p.key)), pair("Storage class", className(cmp.Or(p.facts.StorageClass, aws.StandardClass))))
	names := component.KeyValues(inner, 1,
		pair("Key", p.key), pair("S3 URI", objectURI(p.bucket, p.key)), pair("Amazon Resource Name (ARN)", objectARN(p.bucket, p.key)),
		pair("Entity tag (Etag)", strings.Trim(p.facts.ETag, `"`)), pair("Object URL", p.url()))
	if p.facts.VersionID != "" {
		names = component.Stack(inner, names, component.KeyValues(inner, 1, pair("Version ID", p.facts.VersionID)))
	}
	return component.Container(width, "Object overview", nil, component.Stack(inner, facts, names))
}

// checksum is the one that S3 keeps of the object.
func (p *objectPage) checksum(width int) component.Block {
	inner := width - component.ContainerSides
	inside := component.Text(inner, "S3 keeps no checksum of this object.")
	for algorithm, value := range p.facts.All() {
		kind := "Full object"
		if p.facts.ChecksumType == aws.ChecksumComposite {
			kind = "Composite"
		}
		inside = component.KeyValues(inner, max(1, min(3, width/30)),
			component.Pair{Label: "Additional checksum function", Value: algorithm},
			component.Pair{Label: "Checksum type", Value: kind},
			component.Pair{Label: "Additional checksum value", Value: component.Clean(value)})
	}
	return component.Container(width, "Additional checksums", nil, inside)
}

// metadata is the system's and the user's metadata of the object.
func (p *objectPage) metadata(width int) component.Block {
	inner := width - component.ContainerSides
	lines := []string{theme.Heading.Render(component.FitLine("Type", 17) + component.FitLine("Key", 30) + "Value")}
	add := func(kind, key, value string) {
		if value != "" {
			lines = append(lines, component.FitLine(kind, 17)+component.FitLine(component.Clean(key), 29)+" "+component.Clean(value))
		}
	}
	f := p.facts
	for _, pair := range [][2]string{
		{"Content-Type", f.ContentType}, {"Cache-Control", f.CacheControl}, {"Content-Disposition", f.ContentDisposition},
		{"Content-Encoding", f.ContentEncoding}, {"Content-Language", f.ContentLanguage}, {"Expires", f.Expires}, {"Server-side encryption", f.ServerSideEncryption},
	} {
		add("System defined", pair[0], pair[1])
	}
	for _, key := range slices.Sorted(maps.Keys(f.Metadata)) {
		add("User defined", "x-amz-meta-"+key, f.Metadata[key])
	}
	return component.Container(width, "Metadata", nil, component.Text(inner, lines...))
}
