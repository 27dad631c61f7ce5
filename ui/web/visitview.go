package web

import (
	"fmt"
	"strings"
	"time"

	"awslab/ui/component"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// The page's measures: cells of the method's field, and lines of the answer at
// least.
const (
	methodWidth = 16
	leastBody   = 8
)

// View draws the page: the request, and the answer in what is left.
func (v *visit) View(width, height int) component.Block {
	v.arrange()
	inner := width - 1 // the scroll bar's column
	head := component.Stack(inner, v.Heading(inner, "Open URL", v.heads()), v.viewRequest(inner), v.viewState(inner))
	rest := max(leastBody, height-head.Height())
	body := component.Stack(width, head, v.viewAnswer(inner, rest))
	return v.Scroll.View(body, height).Fit(width, height)
}

func (v *visit) viewRequest(width int) component.Block {
	wide := max(0, width-methodWidth)
	v.url.Width = max(1, wide-6)
	method, url := v.Ring.View(v.method, min(width, methodWidth)), v.Ring.View(v.url, wide)
	parts := []component.Block{component.Beside(max(method.Height(), url.Height()), method, url), v.Ring.View(v.more, width)}
	if v.more.Open() {
		parts = append(parts, v.Ring.View(v.headers, width), component.Text(width, theme.Faint.Render("  One a line, Name: value")), v.Ring.View(v.content, width))
	}
	return component.Stack(width, parts...)
}

// viewState tells how the last request went.
func (v *visit) viewState(width int) component.Block {
	var parts []component.Block
	for _, f := range v.faults {
		parts = append(parts, page.Styled(width, theme.Danger, "✗ "+f))
	}
	e := v.answer
	switch {
	case v.sending:
		parts = append(parts, component.Text(width, component.Status(component.StatusInProgress, "Waiting for the answer (esc gives up)")))
	case v.given:
		parts = append(parts, component.Text(width, component.Status(component.StatusStopped, "Given up: no answer was awaited")))
	}
	for _, h := range e.hops {
		parts = append(parts, component.Text(width, theme.Faint.Render(component.Clean(fmt.Sprintf("  %d → %s %s", h.status, h.method, h.url)))))
	}
	if v.answered() {
		parts = append(parts, component.Text(width, v.status()))
	}
	switch {
	case v.fault != nil:
		parts = append(parts, page.Styled(width, theme.Danger, "✗ "+component.Clean(v.fault.Error())))
		if text := advise(e.request, v.fault); text != "" {
			parts = append(parts, page.Styled(width, theme.Plain, "→ "+text))
		}
	case e.explain() != "":
		parts = append(parts, page.Styled(width, theme.Plain, "→ "+e.explain()))
	}
	return component.Stack(width, parts...)
}

// status is the answer in a line: "✓ 200 OK · 12 ms · 214 B · JSON · answer 2".
func (v *visit) status() string {
	e, kind := v.answer, component.StatusSuccess
	switch {
	case e.status >= 400:
		kind = component.StatusError
	case e.status >= 300:
		kind = component.StatusWarning
	case e.status < 200:
		kind = component.StatusInfo
	}
	size := component.Bytes(int64(len(e.body.data)))
	if e.body.cut {
		size = "the first " + size
	}
	rest := fmt.Sprintf(" · %s · %s · %s · answer %d", milliseconds(e.took), size, component.Clean(e.body.kind), v.count)
	return component.Status(kind, strings.TrimSpace(fmt.Sprintf("%d %s", e.status, e.reason))) + rest
}

// milliseconds is a duration with as many digits as say something.
func milliseconds(d time.Duration) string {
	if d < 10*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}

// viewAnswer draws the body or the headers.
func (v *visit) viewAnswer(width, height int) component.Block {
	if !v.answered() {
		return component.Block{Width: width}
	}
	asked := component.Clean(v.answer.request.line() + " " + v.answer.proto)
	head := component.Stack(width, v.Ring.View(v.titles, width), component.Text(width, theme.Faint.Render("  "+asked)))
	if text := v.shown(); text != nil {
		text.Height = max(1, height-head.Height())
		return component.Stack(width, head, v.Ring.View(text, width))
	}
	note := "The answer has no body."
	if v.answer.body.kind != "empty" {
		note = "This is no text, so it cannot be shown here: " + component.Clean(v.answer.body.kind) + ", " + component.Bytes(int64(len(v.answer.body.data))) + "."
	}
	return component.Stack(width, head, page.Styled(width, theme.Plain, "  "+note))
}
