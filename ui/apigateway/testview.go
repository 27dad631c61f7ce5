package apigateway

import (
	"awslab/ui/component"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// The measures of a test, in cells and lines.
const (
	answerBeside = 96 // from which width on the response stands beside the request
	answerTall   = 24 // from which height on all of it is shown at once
	answerLeast  = 8
)

// view draws the request and the response, beside each other where there is room,
// else the response above. It may be higher than height.
func (p *testPane) view(width, height int) component.Block {
	top := component.Row(width, 1, p.panel.Show(p.buttons()...)...)
	switch {
	case p.fault != "":
		top = component.Stack(width, top, page.Styled(width, theme.Danger, "✗ "+component.Clean(p.fault)))
	case p.failed != nil:
		top = component.Stack(width, top, page.Fault(width, "The method was not tested", p.failed))
	case p.running:
		top = component.Stack(width, top, component.Text(width, component.Status(component.StatusInProgress, "The request is under way")))
	}
	room := max(answerLeast, height-top.Height())
	p.beside = width >= answerBeside
	if p.result == nil {
		return component.Stack(width, top, p.request(width))
	}
	if !p.beside {
		return component.Stack(width, top, p.response(width, min(room, answerTall-1)), p.request(width))
	}
	left := width * 2 / 5
	right := width - left - 1
	request := p.request(left)
	response := p.response(right, room)
	high := max(request.Height(), response.Height())
	return component.Stack(width, top, component.Beside(high, request, component.Blank(1, 1), response))
}

// request draws the fields of the request.
func (p *testPane) request(width int) component.Block {
	return component.Stack(width, page.Stacked(p.panel, width, p.fields()...),
		faint(width, "The request goes to the method as it is now, deployed or not; it does not pass the URL."))
}

// response draws what came back: all of it in a high place, else a part.
func (p *testPane) response(width, height int) component.Block {
	kind, text := p.status()
	parts := []component.Block{
		component.Text(width, component.Status(kind, text)), component.Text(width, theme.Faint.Render(component.Clean(p.sent))),
	}
	if p.tall = height >= answerTall; !p.tall {
		tabs := p.panel.Ring.View(p.answers, width)
		at := p.shown[p.answers.Active()]
		at.Height = max(3, height-len(parts)-tabs.Height())
		return component.Stack(width, append(parts, tabs, p.panel.Ring.View(at, width))...)
	}
	room := height - len(parts) - len(p.shown)
	headers := min(8, room/5)
	body := (room - headers) / 4
	for i, lines := range [...]int{answerBody: body, answerHeaders: headers, answerLog: room - headers - body} {
		p.shown[i].Height = lines
		parts = append(parts, component.Text(width, theme.Heading.Render(answerTitles[i])), p.panel.Ring.View(p.shown[i], width))
	}
	return component.Stack(width, parts...)
}
