package lambda

import (
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// leastEvent is the lines that the event's text gets at least.
const leastEvent = 9

// outcome is the controls of the run, or of its result.
func (t *testTab) outcome() []component.Control {
	switch r := t.result; {
	case t.running != nil:
		return []component.Control{t.running.cancel}
	case r == nil:
		return nil
	case r.details == nil:
		return []component.Control{r.logs}
	case r.details.Open():
		return []component.Control{r.details, r.response, r.log, r.logs}
	default:
		return []component.Control{r.details, r.logs}
	}
}

// View draws the result above the event, as AWS's console does.
func (t *testTab) View(width, height int) component.Block {
	inner := max(0, width-component.ContainerSides)
	top := t.viewRun(width)
	var parts []component.Block
	if t.f.tabs[0].Unsaved() != "" {
		parts = append(parts, page.Styled(inner, theme.Warning, "⚠ Your changes in the Code tab are not deployed: the code that is deployed runs."))
	}
	parts = append(parts, t.viewFields(inner))
	parts = append(parts, page.Styled(inner, theme.Faint, "Event sharing: private, only you see the event on this computer."))
	for _, fault := range t.faults {
		parts = append(parts, page.Styled(inner, theme.Danger, "✗ "+component.Clean(fault)))
	}
	if t.kept != nil {
		parts = append(parts, page.Fault(inner, "The saved events could not be read or written", t.kept))
	}
	form := component.Stack(inner, parts...)
	foot := component.Row(inner, 1, t.f.Show(append(t.f.ButtonsOf(t.Bindings(), keys.Editor), t.format)...)...)
	const borders = 2
	t.editor.Height = max(leastEvent, height-borders-form.Height()-foot.Height())
	body := component.Stack(inner, form, t.f.Ring.View(t.editor, inner), foot)
	return component.Stack(width, top, component.Container(width, "Test event", t.f.Show(t.buttons()...), body))
}

// viewFields draws the fields above the event's text, two to a row where there
// is room.
func (t *testTab) viewFields(width int) component.Block {
	const besideFrom = 70
	each := width
	if width >= besideFrom {
		each = width / 2
	}
	var fields []component.Block
	for _, c := range t.fields() {
		if c != t.editor && c != t.format {
			fields = append(fields, t.f.Ring.View(c, each))
		}
	}
	return component.Row(width, 0, fields...)
}

// viewRun draws the run under way, or how the last one went.
func (t *testTab) viewRun(width int) component.Block {
	r := t.result
	switch {
	case t.running != nil:
		text := component.Spinner(t.running.frame) + " Executing function: " + t.elapsed() + " "
		return component.Row(width, 1, component.Text(component.Width(text), theme.Info.Render(text)), t.f.Ring.View(t.running.cancel, width))
	case r == nil:
		return component.Block{Width: width}
	}
	inner := max(0, width-component.ContainerSides)
	kind, head, says := r.verdict()
	banner := component.Text(component.Width(head)+2, component.Status(kind, head))
	parts := []component.Block{component.Row(inner, 2, banner, t.f.Ring.View(r.logs, inner))}
	if says != "" {
		parts = append(parts, page.Styled(inner, theme.Plain, "  "+component.Clean(says)))
	}
	if r.err != nil {
		parts = append(parts, page.Fault(inner, "The function was not run", r.err))
	}
	if r.details != nil {
		parts = append(parts, t.f.Ring.View(r.details, inner))
		if r.details.Open() {
			parts = append(parts, t.viewDetails(inner))
		}
	}
	return component.Container(width, "Test result", nil, component.Stack(inner, parts...))
}

// verdict is how a run went: AWS's words, and what they mean.
func (r *result) verdict() (kind component.StatusKind, head, says string) {
	switch {
	case r.cancelled != "":
		return component.StatusStopped, "Executing function: cancelled",
			"Given up after " + r.cancelled + ". The function may still run to its end; its log tells."
	case r.err != nil:
		return component.StatusError, "Executing function: failed", ""
	case r.queued:
		return component.StatusSuccess, "Executing function: 202 accepted",
			"The event waits in the function's queue and runs on its own. How that goes is in its log; there is no answer."
	case r.failed:
		return component.StatusError, "Executing function: failed (Execution result: failed)", r.summary
	}
	return component.StatusSuccess, "Executing function: succeeded (Execution result: succeeded)", ""
}

// viewDetails draws what is under Details.
func (t *testTab) viewDetails(width int) component.Block {
	r := t.result
	summary := []component.Pair{
		{Label: "Code SHA-256", Value: component.Clean(r.sha)},
		{Label: "Request ID", Value: component.Clean(r.report.RequestID)},
		{Label: "Duration", Value: component.Clean(r.report.Duration)},
		{Label: "Billed duration", Value: component.Clean(r.report.Billed)},
		{Label: "Resources configured", Value: component.Clean(r.report.Memory)},
		{Label: "Max memory used", Value: component.Clean(r.report.Used)},
		{Label: "Init duration", Value: component.Clean(r.report.Init)},
	}
	if r.report.Status != "" {
		summary = append(summary, component.Pair{Label: "Status", Value: component.Clean(r.report.Status), Style: theme.Danger})
	}
	return component.Stack(width,
		t.f.Ring.View(r.response, width),
		component.Text(width, theme.Heading.Render("Summary")),
		component.KeyValues(width, 3, summary...),
		page.Styled(width, theme.Faint, "The last 4 KB of the function's log:"),
		t.f.Ring.View(r.log, width))
}
