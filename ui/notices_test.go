package ui_test

import (
	"testing"

	"awslab/aws"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// TestFailureStaysUntilDismissed, with its code and what to do next.
func TestFailureStaysUntilDismissed(t *testing.T) {
	t.Parallel()
	b := open(t, setup{readOnly: true})
	b.see("read-only")
	b.do(b.Run("open DynamoDB > Tables\npress \"Create table\"\ntype \"Table name\" Music\ntype \"Partition key\" Artist"))
	b.do(b.Keys("ctrl+s"))
	b.see("read-only", "--read-only")
	if out, err := b.cloud.DynamoDB.ListTables(t.Context(), aws.ListTablesInput{}); err != nil || len(out.TableNames) != 0 {
		t.Fatalf("%v, %v", out, err)
	}
	b.see("│ Music") // the form is kept
}

func TestNoticesAreDismissed(t *testing.T) {
	t.Parallel()
	b := open(t, setup{})
	b.do(b.Keys("alt+m"))
	b.see("The mouse is released")
	if v, ok := b.Console().View().MouseMode, true; ok && v != tea.MouseModeNone {
		t.Error("the mouse is still taken")
	}
	b.do(b.Keys("ctrl+l"))
	b.gone("The mouse is released")
}

// TestManyNoticesLeaveThePage: of several messages a small screen shows the newest and
// counts the others, a large one shows all.
func TestManyNoticesLeaveThePage(t *testing.T) {
	t.Parallel()
	b := open(t, setup{width: 80, height: 24})
	for _, title := range []string{"the first", "the second", "the third", "the last"} {
		b.Send(nav.Notify{Level: nav.Failure, Title: title, Text: "It went wrong."})
	}
	b.see("the last", "3 older messages", "Welcome to awslab")
	b.gone("the third")
	b.do(b.Keys("ctrl+l", "ctrl+l"))
	b.see("the second", "1 older message")
	b.Resize(160, 60)
	b.see("the second", "the first")
	b.gone("older message")
}
