package lab

import (
	"fmt"
	"strings"

	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/lab/spec"
	"awslab/ui/nav"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// excerpt is how many lines of code that a step gives are shown: it is to be
// copied, and read where it is pasted.
const excerpt = 12

// codeLines draws the first lines of code that a step gives, and tells how much
// there is.
func codeLines(part spec.Part, width int) []string {
	all := strings.Split(strings.TrimSuffix(part.Text, "\n"), "\n")
	shown := all[:min(excerpt, len(all))]
	e := component.NewEditor()
	e.ReadOnly, e.Language, e.Height = true, component.LanguageOf(part.File), len(shown)+1 // and its status
	e.SetValue(strings.Join(shown, "\n"))
	lines := []string{theme.Heading.Render(component.Clean(part.File))}
	lines = append(lines, e.View(width).Lines[:len(shown)]...)
	rest := fmt.Sprintf("%d lines in all", len(all))
	if len(all) > len(shown) {
		rest = "… " + rest
	}
	return append(lines, theme.Faint.Render(component.FitLine(rest, width)))
}

// copies are what of a step can be copied: the first code that it gives, or the
// first URL of its text.
func copies(s spec.Step) []keys.Binding {
	send := func(text, what string) func() tea.Cmd {
		return func() tea.Cmd { return nav.Send(nav.Copy{Text: text, What: what}) }
	}
	for _, part := range s.Parts {
		if part.Kind == spec.KindCode {
			return []keys.Binding{keys.Bind(keys.GuideCopy, send(part.Text, "the code of "+part.File)).As("Copy code")}
		}
	}
	for _, l := range s.Links {
		if l.URL != "" {
			return []keys.Binding{keys.Bind(keys.GuideCopy, send(l.URL, "the URL of "+l.Label)).As("Copy the URL")}
		}
	}
	return nil
}
