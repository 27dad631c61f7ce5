package apigateway

import (
	"strconv"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Key offers a key to the focused control.
func (p *apiPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// heads are the page's buttons, and own those of what is chosen.
func (p *apiPage) heads() []component.Control {
	return append(append(p.ButtonsOf(p.Bindings(), keys.Refresh), p.actions), p.ButtonsOf(p.Bindings(), keys.Create, keys.Save)...)
}

// own are the buttons of what is chosen.
func (p *apiPage) own() []component.Control {
	ids := []keys.ID{keys.Delete, keys.AddRow}
	if _, _, method := p.method(); method {
		ids = []keys.ID{keys.Delete, keys.Edit, keys.Run}
	}
	return p.ButtonsOf(p.Bindings(), ids...)
}

func (p *apiPage) arrange() {
	all := []component.Control{p.tree}
	_, _, method := p.method()
	switch {
	case !p.loaded:
	case p.testing():
		all = append(append(all, p.parts), p.test.controls()...)
	case method:
		all = append(all, p.own()...)
		if _, ok := functionOf(p.integration()); ok {
			all = append(all, p.function)
		}
		all = append(all, p.parts)
	default:
		all = append(append(all, p.own()...), p.table)
	}
	p.Ring.Set(append(append(all, p.heads()...), p.tabs)...)
}

// View draws the page.
func (p *apiPage) View(width, height int) component.Block {
	p.arrange()
	head := p.welcome(&p.Panel, width, p.heads())
	if p.fault != nil {
		head = component.Stack(width, head, page.Fault(width, "The resources could not be read", p.fault))
	}
	if !p.loaded {
		if p.fault == nil {
			head = component.Stack(width, head, component.Text(width, theme.Info.Render("◌ Loading")))
		}
		return head.Fit(width, height)
	}
	body := beside(&p.Panel, width, max(1, height-head.Height()), p.tree, p.detail)
	return component.Stack(width, head, body).Fit(width, height)
}

// detail draws what is chosen in the tree.
func (p *apiPage) detail(width, height int) component.Block {
	hint := faint(width, untilDeployed)
	if p.testing() {
		tabs := p.Ring.View(p.parts, width)
		return component.Stack(width, tabs, p.test.view(width, height-tabs.Height()))
	}
	if r, m, ok := p.method(); ok {
		return component.Stack(width, p.viewMethod(width, r, m), hint)
	}
	r, _ := p.resource()
	inner := max(0, width-component.ContainerSides)
	p.table.Empty = []string{"No methods. Create method makes one."}
	p.table.Height = max(3, p.methods.Len()+1)
	return component.Stack(width,
		component.Container(width, "Resource details", p.Show(p.own()...), component.KeyValues(inner, 2,
			component.Pair{Label: "Path", Value: component.Clean(r.Path)}, component.Pair{Label: "Resource ID", Value: component.Clean(r.ID)})),
		component.Container(width, "Methods ("+strconv.Itoa(p.methods.Len())+")", nil, p.Ring.View(p.table, inner)),
		hint)
}

// viewMethod draws a method: what is wrong with it, the way of a request through
// it, and the part that is in front.
func (p *apiPage) viewMethod(width int, r aws.APIResource, m aws.APIMethod) component.Block {
	inner := max(0, width-component.ContainerSides)
	var inside []component.Block
	if arn, ok := functionOf(m.MethodIntegration); ok {
		if w, read := p.wires[arn]; read {
			source := sourceARN(p.Env.Cloud.Place, p.id, m.HTTPMethod, r.Path)
			for i, text := range w.warning(p.Env.Cloud.Place, arn, source) {
				style, mark := theme.Plain, "  "
				if i == 0 {
					style, mark = theme.Warning, "⚠ "
				}
				inside = append(inside, page.Styled(inner, style, mark+component.Clean(text)))
			}
		}
	}
	inside = append(inside, p.picture(inner, m))
	parts := component.Stack(width, p.Ring.View(p.parts, width), p.part(width, r, m))
	return component.Stack(width,
		component.Container(width, m.HTTPMethod+" "+r.Path, p.Show(p.own()...), component.Stack(inner, inside...)), parts)
}
