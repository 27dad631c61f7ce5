package dynamodb_test

import (
	"testing"

	"awslab/aws"
)

// TestTakingAwayMakesNoItem: an update that only takes away makes no item where
// there is none, in no form and in no transaction; any other makes one, even if it
// changes nothing.
func TestTakingAwayMakesNoItem(t *testing.T) {
	t.Parallel()
	s, arn := streaming(t, &clock{})
	key := aws.Item{"ID": aws.N("1")}
	update := func(change func(in *aws.UpdateItemInput)) aws.Item {
		in := aws.UpdateItemInput{TableName: "Sessions", Key: key, ReturnValues: aws.ReturnAllNew}
		change(&in)
		out, err := s.UpdateItem(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		return out.Attributes
	}
	older := func(u aws.AttributeValueUpdate) func(in *aws.UpdateItemInput) {
		return func(in *aws.UpdateItemInput) { in.AttributeUpdates = map[string]aws.AttributeValueUpdate{"A": u} }
	}
	values := aws.Item{":a": aws.SS{"x"}}
	for name, change := range map[string]func(in *aws.UpdateItemInput){
		"REMOVE": func(in *aws.UpdateItemInput) { in.UpdateExpression = "REMOVE A, B" },
		"DELETE": func(in *aws.UpdateItemInput) {
			in.UpdateExpression, in.ExpressionAttributeValues = "DELETE A :a", values
		},
		"DELETE an older": older(aws.AttributeValueUpdate{Action: aws.ActionDelete}),
		"DELETE members":  older(aws.AttributeValueUpdate{Action: aws.ActionDelete, Value: aws.Value{AttributeValue: aws.SS{"x"}}}),
	} {
		if got := update(change); got != nil || count(t, s) != 0 {
			t.Errorf("%s makes %v", name, got)
		}
	}
	_, err := s.TransactWriteItems(t.Context(), aws.TransactWriteItemsInput{TransactItems: []aws.TransactWriteItem{
		{Update: &aws.Update{TableName: "Sessions", Key: key, UpdateExpression: "REMOVE A"}}}})
	if got := count(t, s); err != nil || got != 0 {
		t.Errorf("a transaction makes %d items, %v", got, err)
	}
	if got := records(t, s, arn); len(got) != 0 {
		t.Errorf("records are %+v", got)
	}
	for name, change := range map[string]func(in *aws.UpdateItemInput){
		"nothing":        func(*aws.UpdateItemInput) {},
		"no changes":     func(in *aws.UpdateItemInput) { in.AttributeUpdates = map[string]aws.AttributeValueUpdate{} },
		"SET and REMOVE": func(in *aws.UpdateItemInput) { in.UpdateExpression = "SET A = ID REMOVE B" },
		"ADD and DELETE": func(in *aws.UpdateItemInput) {
			in.UpdateExpression, in.ExpressionAttributeValues = "ADD A :a DELETE B :a", values
		},
		"PUT of an older": older(aws.AttributeValueUpdate{Value: aws.Value{AttributeValue: aws.S("x")}}),
	} {
		if got := update(change); got == nil || count(t, s) != 1 {
			t.Errorf("%s makes nothing", name)
		}
		if _, err := s.DeleteItem(t.Context(), aws.DeleteItemInput{TableName: "Sessions", Key: key}); err != nil {
			t.Fatal(err)
		}
	}
}
