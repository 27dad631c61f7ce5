package lambda

import (
	"context"
	"fmt"
	"path"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// checkLimit is how long a Deploy waits at most to learn whether the code can be
// read; usually it takes some 20 ms a file.
const checkLimit = 2 * time.Second

// draftFaults are what is wrong with the syntax of files, by their place among
// the drafts.
type draftFaults map[int]aws.SyntaxError

// checkDrafts reads the files that were written, as the runtime would. What
// cannot be told (on AWS, or when the reader fails) is no fault: it only spares
// the user the invocation that tells it.
func checkDrafts(ctx context.Context, engines aws.Engines, runtime aws.Runtime, drafts []draft) draftFaults {
	if engines == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	faults := make(draftFaults)
	for i, d := range drafts {
		if d.text == nil {
			continue
		}
		fault, err := engines.Check(ctx, runtime, d.name, []byte(*d.text))
		if err == nil && fault != nil {
			faults[i] = *fault
		}
	}
	return faults
}

// tellFaults marks what is wrong in the files that were deployed, brings the
// first of them to the front, and says it. The handler's file is the first.
func (t *codeTab) tellFaults(faults draftFaults) tea.Cmd {
	handler := firstShown(t.files, t.f.configuration.Handler)
	first := -1
	for i, c := range t.files {
		fault, wrong := faults[i]
		if !wrong {
			continue
		}
		if first < 0 || c == handler {
			first = i
		}
		if c.editor != nil && !c.written() { // else it has been edited since
			c.editor.GoTo(fault.Line, max(1, fault.Column))
			c.editor.MarkError(fault.Line, max(1, fault.Column), component.Clean(fault.Message))
		}
	}
	c, fault := t.files[first], faults[first]
	return tea.Batch(t.front(c, true), nav.Send(nav.Notify{
		Level: nav.Warning,
		Title: fmt.Sprintf("Deployed, but %s has a syntax error in line %d", component.Clean(c.name), fault.Line),
		Text:  component.Clean(fault.Message) + consequence(c, handler) + otherFaults(len(faults)-1),
	}))
}

// consequence says what a syntax error in a file leads to.
func consequence(c, handler *codeFile) string {
	switch {
	case c == handler:
		return "; invoking it gives Runtime.UserCodeSyntaxError."
	case path.Ext(c.name) == ".json":
		return "; code that reads it fails."
	}
	return "; code that imports it fails."
}

func otherFaults(n int) string {
	switch {
	case n == 1:
		return " One more file has one."
	case n > 1:
		return fmt.Sprintf(" %d more files have one.", n)
	}
	return ""
}
