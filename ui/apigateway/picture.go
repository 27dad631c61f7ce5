package apigateway

import (
	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// station is a place that requests pass on their way through a method.
type station struct {
	title, says string
	part        int
}

// The measures of the picture, in cells and lines.
const (
	pictureBeside = 96 // from which width on it is drawn as boxes
	clientWide    = 10
	backendWide   = 18
	arrowWide     = 4
	stationHigh   = 3
)

// picture draws the way of a request from the client to what answers it, and
// back. A click on a part opens it.
func (p *apiPage) picture(width int, m aws.APIMethod) component.Block {
	passed := "Status and templates"
	if m.MethodIntegration != nil && m.MethodIntegration.Type == aws.IntegrationLambdaProxy {
		passed = "Passed through"
	}
	there := []station{
		{"Method request", "Authorization " + m.AuthorizationType, partMethodRequest},
		{"Integration request", integrationLabel(m.MethodIntegration), partIntegrationRequest},
	}
	back := []station{{"Integration response", passed, partIntegrationResponse}, {"Method response", passed, partMethodResponse}}
	if width < pictureBeside {
		return p.pictureDown(width, there, back)
	}
	each := (width - clientWide - backendWide - 3*arrowWide) / 2
	const high = 2 * stationHigh
	client := component.Container(clientWide, "", nil, component.Text(clientWide-component.ContainerSides, "", "Client", "", ""))
	name, inside := p.backend(backendWide - component.ContainerSides)
	backend := component.Container(backendWide, name, nil, component.Stack(backendWide-component.ContainerSides, component.Blank(1, 1), inside).
		Fit(backendWide-component.ContainerSides, high-2))
	return component.Beside(high, client, arrows(),
		component.Stack(each, p.station(each, there[0]), p.station(each, back[1])), arrows(),
		component.Stack(each, p.station(each, there[1]), p.station(each, back[0])), arrows(), backend).Fit(width, high)
}

// arrows lead from one box to the next, and back below.
func arrows() component.Block {
	go1, back := theme.Border.Render("──▸ "), theme.Border.Render("◂── ")
	return component.Text(arrowWide, "", go1, "", "", back)
}

// station draws a part as a box.
func (p *apiPage) station(width int, s station) component.Block {
	mark := ""
	if p.parts.Active() == s.part {
		mark = "▸ "
	}
	box := component.Container(width, mark+s.title, nil, component.Text(width-component.ContainerSides, component.Clean(s.says)))
	return box.All(p.opens(s))
}

// opens is the zone over a part.
func (p *apiPage) opens(s station) component.Zone {
	return component.Zone{Role: component.RoleLink, Label: s.title, Value: s.says, Click: func(int, int) tea.Cmd {
		p.parts.SetActive(s.part)
		p.arrange()
		return p.Ring.Focus(p.parts)
	}}
}

// backend is what answers a method's requests: its title, and what it is.
func (p *apiPage) backend(width int) (string, component.Block) {
	i := p.integration()
	if _, ok := functionOf(i); ok {
		return "Lambda", p.Ring.View(p.function, width)
	}
	switch {
	case i == nil:
		return "Nothing", component.Text(width, theme.Warning.Render("⚠ No integration"))
	case i.Type == aws.IntegrationMock:
		return "Mock", component.Text(width, "Answers by itself")
	}
	return component.Clean(string(i.Type)), component.Text(width, component.Clean(i.URI))
}

// pictureDown draws the way from top to bottom, a line each.
func (p *apiPage) pictureDown(width int, there, back []station) component.Block {
	const label = 25
	line := func(s station) component.Block {
		mark := "↓ "
		if p.parts.Active() == s.part {
			mark = "▸ "
		}
		text := component.Text(label, "  "+mark+s.title)
		return component.Beside(1, text, component.Text(max(0, width-label), " "+theme.Faint.Render(component.Clean(s.says)))).Fit(width, 1).All(p.opens(s))
	}
	name, inside := p.backend(max(0, width-label-1))
	middle := component.Beside(1, component.Text(label, "  ● "+name), component.Blank(1, 1), inside)
	return component.Stack(width, component.Text(width, "Client"), line(there[0]), line(there[1]), middle, line(back[0]), line(back[1]),
		component.Text(width, "Client"))
}
