package dynamodb

import (
	"context"
	"fmt"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// noDelete says why a table cannot be deleted now; "" when it can.
func noDelete(t aws.TableDescription) string {
	switch {
	case t.DeletionProtectionEnabled:
		return "Deletion protection is on for " + t.TableName + ". Turn it off first, in the table's settings."
	case t.TableStatus == aws.StatusDeleting:
		return t.TableName + " is being deleted already."
	case t.TableStatus == aws.StatusCreating || t.TableStatus == aws.StatusUpdating:
		return t.TableName + " is " + statusName(t.TableStatus) + "; wait until it is Active."
	}
	return ""
}

// confirmDeleteTable asks, says what is lost, deletes the table, and then goes on.
func confirmDeleteTable(env page.Env, t aws.TableDescription, then func() tea.Cmd) tea.Cmd {
	lost := "All of its items are lost, and cannot be brought back."
	if t.ItemCount > 0 {
		lost = fmt.Sprintf("%s (by the last count) are lost, and cannot be brought back.", page.Counted(t.ItemCount, "item"))
	}
	if n := len(t.LocalSecondaryIndexes) + len(t.GlobalSecondaryIndexes); n > 0 {
		lost += fmt.Sprintf(" So are %s.", page.Counted(n, "index"))
	}
	return nav.Send(nav.Confirm{
		Title:  "Delete table",
		Text:   []string{"Delete the table " + t.TableName + " permanently?", lost},
		Word:   "confirm",
		Action: "Delete",
		Do:     func() tea.Cmd { return deleteTable(env, t.TableName, then) },
	})
}

func deleteTable(env page.Env, name string, then func() tea.Cmd) tea.Cmd {
	return page.Do(env.Calls,
		func(ctx context.Context) (aws.DeleteTableOutput, error) {
			return env.Cloud.DynamoDB.DeleteTable(ctx, aws.DeleteTableInput{TableName: name})
		},
		func(_ aws.DeleteTableOutput, err error) tea.Cmd {
			if err != nil {
				return nav.Failed("The table "+name+" was not deleted", err)
			}
			return tea.Batch(nav.Done("The table "+name+" is being deleted."), then())
		})
}
