package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"awslab/ui/nav"
)

// TestALongQuestionScrolls: where there is no room for all of it, a question says so,
// and shows the rest, before anybody agrees to it.
func TestALongQuestionScrolls(t *testing.T) {
	t.Parallel()
	b := open(t, setup{width: 80, height: 24})
	text := []string{"This deletes:"}
	for i := range 20 {
		text = append(text, fmt.Sprintf("• bucket number %d of %s", i+1, strings.Repeat("many ", 12)))
	}
	ask := nav.Confirm{Title: "End", Text: text, Word: "confirm", Action: "End lab"}
	b.Send(ask)
	b.see("This deletes:", "bucket number 1 of", "lines 1 to 13 of 42", "To confirm, type confirm", "End lab")
	b.gone("bucket number 20")
	b.do(b.Keys("pgdown", "pgdown", "pgdown", "pgdown", "pgdown"))
	b.see("bucket number 20 of", "lines 30 to 42 of 42")
	b.do(b.Keys("pgup"))
	b.see("lines 17 to 29 of 42")
	b.Resize(170, 60)
	b.see("This deletes:", "bucket number 1 of", "bucket number 20 of")
	b.gone("of 42")
}
