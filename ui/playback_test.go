package ui_test

import (
	"testing"

	"awslab/aws"
)

// TestShowMePlaysTheStepOnTheScreen, and gives the keyboard back to the guide.
func TestShowMePlaysTheStepOnTheScreen(t *testing.T) {
	t.Parallel()
	for _, width := range []int{80, 150} {
		b := open(t, setup{lab: "dynamodb", width: width, height: 30, faster: 20})
		b.see("Welcome")
		b.do(b.Keys("n"))
		b.see("Open the DynamoDB console")
		b.do(b.Keys("s"))
		if width > 100 {
			b.see("Tables (0)") // where it is narrow, the guide is back only when it is over
		}
		b.gone("any key stops")
		b.see("Step done")
		b.do(b.Keys("n"))
		b.see("Create the table Music")
		b.do(b.Keys("k"))
		b.see("step 4 of 11")
		out, err := b.cloud.DynamoDB.DescribeTable(t.Context(), aws.DescribeTableInput{TableName: "Music"})
		if err != nil || len(out.Table.KeySchema) != 2 {
			t.Errorf("%+v, %v", out, err)
		}
	}
}

// TestAnyKeyStopsShowMe: the user's own hands win.
func TestAnyKeyStopsShowMe(t *testing.T) {
	t.Parallel()
	b := open(t, setup{lab: "dynamodb"})
	b.do(b.Keys("n", "s", "x"))
	b.see("Stopped: the keyboard is yours again")
	b.do(b.Keys("ctrl+g"))
	b.see("Open the DynamoDB console")
}

// TestAPlaybackWhoseCallFails says so, and is not played over what it left behind
// without a question.
func TestAPlaybackWhoseCallFails(t *testing.T) {
	t.Parallel()
	b := open(t, setup{lab: "dynamodb", readOnly: true, faster: 20})
	b.do(b.Keys("n", "k"))
	b.see("step 3 of 11")
	b.do(b.Keys("s"))
	b.see("The step could not be done", "ReadOnlySession", "Table details")
	b.do(b.Keys("s"))
	b.see("Leave without saving?")
	b.do(b.Keys("esc"))
	b.gone("Leave without saving?")
	b.see("│ Music")
	b.do(b.Keys("s", "tab", "enter"))
	b.see("any key stops") // the form is left, and the step begins anew
}
