package s3

import (
	"context"
	"fmt"
	"path"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// viewPage shows what is in an object: a picture, or a text.
type viewPage struct {
	page.Panel
	bucket, key string
	downloads   *downloads
	picture     *component.Picture
	text        *component.Editor

	content content
	loaded  bool
	fault   error
}

func newViewPage(env page.Env, route nav.Route) page.Page {
	p := &viewPage{
		Panel: page.NewPanel(env), bucket: route.Name, key: route.Detail, downloads: newDownloads(env, route.Name),
		picture: component.NewPicture(env.Gallery), text: component.NewEditor(),
	}
	p.text.Label, p.text.ReadOnly, p.text.Language = "Content", true, component.LanguageOf(p.key)
	p.arrange()
	p.Ring.Focus(p.ButtonsOf(p.Bindings(), keys.Download)[0])
	return p
}

// Title is the page's crumb.
func (p *viewPage) Title() string { return "Open" }

// Unsaved says what leaving the page would break off.
func (p *viewPage) Unsaved() string { return p.downloads.unsaved() }

// Init reads the object.
func (p *viewPage) Init() tea.Cmd {
	return page.Latest(p.Env.Calls, "content",
		func(ctx context.Context) (content, error) {
			return readContent(ctx, p.Env.Cloud.S3, p.Env.Gallery, p.bucket, p.key)
		},
		func(c content, err error) tea.Cmd {
			if p.fault = err; err != nil {
				return nil
			}
			p.content, p.loaded = c, true
			if p.text.Value() != c.text {
				p.text.SetValue(c.text)
			}
			p.arrange()
			return p.picture.Set(c.print)
		})
}

// Bindings lists what can be done.
func (p *viewPage) Bindings() []keys.Binding {
	folder := ""
	if p.Env.Folder == "" {
		folder = "There is no local folder to save to."
	}
	return []keys.Binding{
		keys.Bind(keys.Download, func() tea.Cmd { return p.downloads.add(p.key) }).Unless(folder).Main(),
		keys.Bind(keys.Explore, func() tea.Cmd { return nav.Go(objectID, p.bucket, p.key) }).As("Object overview"),
		keys.Bind(keys.Copy, func() tea.Cmd {
			return nav.Send(nav.Copy{Text: objectURI(p.bucket, p.key), What: "the S3 URI"})
		}).As("Copy S3 URI"),
		keys.Bind(keys.Refresh, p.Init),
	}
}

func (p *viewPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Explore, keys.Copy, keys.Download)
}

func (p *viewPage) arrange() {
	var all []component.Control
	if p.content.isText {
		all = append(all, p.text)
	}
	p.Ring.Set(append(all, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *viewPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page.
func (p *viewPage) View(width, height int) component.Block {
	p.arrange()
	head := component.Stack(width, p.Heading(width, component.Clean(path.Base(p.key)), p.buttons()), p.downloads.view(width))
	switch {
	case p.fault != nil:
		head = component.Stack(width, head, page.Fault(width, "The object could not be read", p.fault))
	case !p.loaded:
		head = component.Stack(width, head, component.Text(width, theme.Info.Render("◌ Loading")))
	default:
		head = component.Stack(width, head, page.Styled(width, theme.Plain, p.summary()))
		return component.Stack(width, head, p.body(width, max(1, height-head.Height()))).Fit(width, height)
	}
	return head.Fit(width, height)
}

// summary is what the object is, in a line: "128 × 85 px · JPEG · 3.4 KB".
func (p *viewPage) summary() string {
	c := p.content
	size := component.Bytes(c.size)
	switch {
	case c.size == 0:
		return "The object is empty."
	case c.format != "" && c.problem == "":
		return fmt.Sprintf("%d × %d px · %s · %s", c.print.Size.X, c.print.Size.Y, c.format, size)
	case c.format != "":
		return c.format + " · " + size
	case c.isText && c.cut:
		return fmt.Sprintf("Text · %s, of which the first %s show here; Download has it all", size, component.Bytes(mostText))
	case c.isText:
		return "Text · " + size
	}
	return component.Clean(c.kind) + " · " + size
}

// body is the picture, the text, or why there is neither.
func (p *viewPage) body(width, height int) component.Block {
	c := p.content
	switch {
	case c.problem != "":
		return page.Styled(width, theme.Warning, "⚠ "+component.Clean(c.problem)+" Download saves it as it is.")
	case c.format != "":
		return component.Stack(width, component.Blank(width, min(1, height-1)), p.picture.View(width, max(1, height-1)))
	case c.isText && c.size > 0:
		p.text.Height = height
		return p.Ring.View(p.text, width)
	case c.isText:
		return component.Block{Width: width}
	}
	return page.Styled(width, theme.Plain, "This is neither a picture (JPEG, PNG, GIF) nor a text, so it cannot be shown here. Download saves it.")
}
