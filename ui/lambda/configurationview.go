package lambda

import (
	"fmt"
	"strconv"

	"awslab/ui/component"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// View draws the open section.
func (t *configurationTab) View(width, height int) component.Block {
	head := t.page.Ring.View(t.sections, width)
	inner := width - component.ContainerSides
	room := max(6, height-head.Height()-2)
	var body component.Block
	title := sections[t.sections.Active()].title
	switch t.sections.Active() {
	case sectionGeneral:
		body = t.viewGeneral(inner)
	case sectionTriggers:
		title = fmt.Sprintf("Triggers (%d)", t.triggers.Total())
		body = t.viewTriggers(inner)
	case sectionPermissions:
		body = t.viewPermissions(inner, room)
	case sectionEnvironment:
		title = fmt.Sprintf("Environment variables (%d)", t.variables.Total())
		t.variable.Empty = []string{"No environment variables", "No environment variables associated with this function."}
		t.variable.Height = max(3, min(room, t.variables.Total()+1))
		body = t.page.Ring.View(t.variable, inner)
	case sectionTags:
		title = t.tags.Title()
		t.tags.Fit(room - 2)
		body = component.Stack(inner, page.Styled(inner, theme.Faint, page.AboutTags), t.page.Ring.View(t.tags.Table, inner))
	case sectionConcurrency:
		body = t.viewConcurrency(inner)
	case sectionAsync:
		body = t.viewAsync(inner)
	}
	if t.fault != nil {
		body = component.Stack(inner, page.Fault(inner, "The settings could not be read", t.fault), body)
	}
	return component.Stack(width, head, component.Container(width, title, t.page.Show(t.actions()...), body))
}

func (t *configurationTab) viewGeneral(width int) component.Block {
	f := t.page.configuration
	return component.KeyValues(width, max(1, min(3, width/24)),
		component.Pair{Label: "Description", Value: component.Clean(f.Description)},
		component.Pair{Label: "Memory", Value: strconv.Itoa(f.MemorySize) + " MB"},
		component.Pair{Label: "Ephemeral storage", Value: strconv.Itoa(max(512, f.EphemeralStorage.Size)) + " MB"},
		component.Pair{Label: "Timeout", Value: duration(f.Timeout)},
		component.Pair{Label: "SnapStart", Value: orNone(f.SnapStart.ApplyOn)})
}

func orNone(text string) string {
	if text == "" {
		return "None"
	}
	return text
}

// viewTriggers draws the triggers, and all about the current one.
func (t *configurationTab) viewTriggers(width int) component.Block {
	t.triggerRow.Empty = []string{"No triggers", "Add trigger has something set the function off."}
	t.triggerRow.Height = min(8, t.triggers.Total()) + 2
	parts := []component.Block{t.page.Ring.View(t.triggerRow, width)}
	if t.page.triggersFault != nil {
		parts = append(parts, page.Fault(width, "The triggers could not be read", t.page.triggersFault))
	}
	if g := t.currentTrigger(); g != nil {
		if text := g.warning(); text != "" {
			parts = append(parts, page.Styled(width, theme.Warning, "⚠ "+component.Clean(text)))
		}
		parts = append(parts, component.Text(width, theme.Heading.Render("Details")), t.viewEndpoint(width),
			component.KeyValues(width, max(1, min(3, width/34)), g.details()...))
	}
	return component.Stack(width, parts...)
}

// viewEndpoint draws the URL of the current trigger, if it is of a kind that has
// one.
func (t *configurationTab) viewEndpoint(width int) component.Block {
	switch url, why := t.currentURL(); {
	case url != "":
		return component.Stack(width, component.Text(width, theme.Heading.Render("API endpoint")), t.page.Ring.View(t.endpoint, width))
	case why != "":
		return component.KeyValues(width, 1, component.Pair{Label: "API endpoint", Value: "– " + why, Style: theme.Faint})
	}
	return component.Block{Width: width}
}

func (t *configurationTab) viewPermissions(width, room int) component.Block {
	role := component.Row(width, 1, component.Text(14, theme.Heading.Render("Execution role")), t.page.Ring.View(t.role, max(0, width-16)))
	head := component.Stack(width, role,
		page.Styled(width, theme.Faint, "What the function may do is what this role's policies allow."),
		component.Text(width, theme.Heading.Render(fmt.Sprintf("Resource-based policy statements (%d)", t.statements.Total()))),
		page.Styled(width, theme.Faint, "Who else may use the function: services and accounts, as their triggers need it."))
	t.statement.Empty = []string{"No policy statements"}
	t.statement.Height = min(6, t.statements.Total()) + 2
	parts := []component.Block{head, t.page.Ring.View(t.statement, width)}
	if t.statements.Total() > 0 {
		t.document.Height = max(6, room-head.Height()-t.statement.Height)
		parts = append(parts, t.page.Ring.View(t.document, width))
	}
	return component.Stack(width, parts...)
}

func (t *configurationTab) viewConcurrency(width int) component.Block {
	if t.concurrency == nil {
		return component.Text(width, theme.Info.Render("◌ Loading"))
	}
	own := "Use unreserved account concurrency"
	if n, ok := t.concurrency.reserved.Get(); ok {
		own = fmt.Sprintf("Reserved concurrency: %d", n)
		if n == 0 {
			own += " (throttled: the function is never run)"
		}
	}
	return component.KeyValues(width, max(1, min(2, width/40)),
		component.Pair{Label: "Function concurrency", Value: own},
		component.Pair{Label: "Unreserved account concurrency", Value: strconv.Itoa(t.concurrency.unreserved)})
}

func (t *configurationTab) viewAsync(width int) component.Block {
	if t.async == nil {
		return component.Text(width, theme.Info.Render("◌ Loading"))
	}
	a := t.async.age
	return component.KeyValues(width, max(1, min(3, width/30)),
		component.Pair{Label: "Maximum age of event", Value: fmt.Sprintf("%d h %d min %d sec", a/3600, a/60%60, a%60)},
		component.Pair{Label: "Retry attempts", Value: strconv.Itoa(t.async.retries)},
		component.Pair{Label: "Dead-letter queue service", Value: "None"})
}
