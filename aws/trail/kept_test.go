package trail_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"awslab/aws"
	"awslab/aws/trail"
)

// sizable is a DynamoDB that answers as much as it is told to.
type sizable struct{ aws.DynamoDB }

func (sizable) Scan(_ context.Context, in aws.ScanInput) (aws.ScanOutput, error) {
	return aws.ScanOutput{Items: []aws.Item{text(in.Limit.Or(1))}}, nil
}

func (sizable) PutItem(context.Context, aws.PutItemInput) (aws.PutItemOutput, error) {
	return aws.PutItemOutput{}, nil
}

// DeleteItem answers with what there was.
func (sizable) DeleteItem(_ context.Context, in aws.DeleteItemInput) (aws.DeleteItemOutput, error) {
	bytes, err := strconv.Atoi(in.TableName)
	return aws.DeleteItemOutput{Attributes: text(bytes)}, err
}

// UpdateItem fails, with the item as it is.
func (sizable) UpdateItem(_ context.Context, in aws.UpdateItemInput) (aws.UpdateItemOutput, error) {
	bytes, err := strconv.Atoi(in.TableName)
	return aws.UpdateItemOutput{}, errors.Join(err, &aws.Error{Code: "ConditionalCheckFailedException", Item: text(bytes)})
}

func (sizable) BatchWriteItem(context.Context, aws.BatchWriteItemInput) (aws.BatchWriteItemOutput, error) {
	return aws.BatchWriteItemOutput{}, nil
}

// text is an item of so many bytes.
func text(bytes int) aws.Item { return aws.Item{"a": aws.L{aws.S(strings.Repeat("x", bytes))}} }

const (
	room = 4 << 20 // of the Trails here: a kilobyte for each input and output
	many = 1 << 20
)

// used calls the operations on a Trail with little room, in order: what each is named,
// the bytes that it is about, and whose it is.
func used(t *testing.T, calls ...string) *trail.Trail {
	t.Helper()
	tr := trail.New(aws.Cloud{DynamoDB: sizable{}}, trail.Options{Details: room})
	for _, c := range calls {
		var operation, origin string
		var bytes int
		if _, err := fmt.Sscan(c, &operation, &bytes, &origin); err != nil {
			t.Fatal(err)
		}
		var err error
		ctx, db := trail.WithOrigin(t.Context(), origin), tr.Cloud().DynamoDB
		switch operation {
		case "scan":
			_, err = db.Scan(ctx, aws.ScanInput{TableName: "T", Limit: aws.Some(bytes)})
		case "put":
			_, err = db.PutItem(ctx, aws.PutItemInput{TableName: "T", Item: text(bytes)})
		case "delete":
			_, err = db.DeleteItem(ctx, aws.DeleteItemInput{TableName: strconv.Itoa(bytes)})
		case "update":
			if _, err = db.UpdateItem(ctx, aws.UpdateItemInput{TableName: strconv.Itoa(bytes)}); errors.Is(err, aws.ErrCondition) {
				err = nil
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return tr
}

// TestRoom sees which of the calls stay whole when there is no room for all.
func TestRoom(t *testing.T) {
	t.Parallel()
	scan, put, remove := fmt.Sprint("scan ", many, " app"), fmt.Sprint("put ", many, " app"), fmt.Sprint("delete ", many, " app")
	mine := fmt.Sprint("put ", many, " ", trail.OriginConsole)
	for _, c := range []struct {
		name  string
		calls []string
		want  []string // what is kept
	}{
		{"all fit", slices.Repeat([]string{scan}, 3), []string{"1", "2", "3"}},
		{"old answers go", slices.Repeat([]string{scan}, 6), []string{"1 gone", "2 gone", "3 gone", "4", "5", "6"}},
		{"old requests go with their events", slices.Repeat([]string{put}, 6), []string{"4", "5", "6"}},
		{"so do answers to writes", slices.Repeat([]string{remove}, 6), []string{"4", "5", "6"}},
		{"and the items that errors bring", slices.Repeat([]string{fmt.Sprint("update ", many, " app")}, 6), []string{"4", "5", "6"}},
		{"answers before requests", []string{put, scan, put, scan, put}, []string{"1", "2 gone", "3", "4 gone", "5"}},
		{
			"the small stay", slices.Concat([]string{"put 10 app", "scan 10 app", "delete 10 app"}, slices.Repeat([]string{put}, 6)),
			[]string{"1", "2", "3", "7", "8", "9"},
		},
		{
			"the console's last stays", slices.Concat([]string{mine, mine}, slices.Repeat([]string{put}, 5)),
			[]string{"2", "6", "7"},
		},
		{"the newest stays", []string{put, scan, fmt.Sprint("scan ", 2*room, " app")}, []string{"2 gone", "3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, e := range used(t, c.calls...).Events() {
				what := fmt.Sprint(e.ID)
				if _, isGone := e.Out.(trail.Gone); isGone {
					what += " gone"
				}
				got = append(got, what)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("kept are %q, want %q", got, c.want)
			}
		})
	}
}

// TestRoomTakenByForms sees that bytes count wherever they are.
func TestRoomTakenByForms(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", many)
	for name, value := range map[string]aws.AttributeValue{
		"a string": aws.S(long), "a number": aws.N(long), "bytes": aws.B(long), "a map": aws.M{"m": aws.S(long)}, "a list": aws.L{aws.NULL(true), aws.S(long)},
		"a set": aws.SS{"a", long}, "a set of bytes": aws.BS{[]byte(long)}, "a name": aws.M{long: aws.BOOL(true)}, "many small": slices.Repeat(aws.L{aws.BOOL(true)}, many/16),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tr := trail.New(aws.Cloud{DynamoDB: sizable{}}, trail.Options{Details: room})
			for range 5 {
				_, err := tr.Cloud().DynamoDB.BatchWriteItem(t.Context(), aws.BatchWriteItemInput{RequestItems: map[string][]aws.WriteRequest{
					"T": {{PutRequest: &aws.PutRequest{Item: aws.Item{"a": value}}}},
				}})
				if err != nil {
					t.Fatal(err)
				}
			}
			if n := len(tr.Events()); n != 3 {
				t.Errorf("%d are kept, want 3", n)
			}
		})
	}
}

// TestRoomForManyAtOnce has programs call at once.
func TestRoomForManyAtOnce(t *testing.T) {
	t.Parallel()
	tr := trail.New(aws.Cloud{DynamoDB: sizable{}}, trail.Options{Details: room})
	var programs sync.WaitGroup
	for range 4 {
		programs.Go(func() {
			for range 10 {
				if _, err := tr.Cloud().DynamoDB.Scan(t.Context(), aws.ScanInput{Limit: aws.Some(many)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	programs.Wait()
	events, whole := tr.Events(), 0
	for _, e := range events {
		if out, ok := e.Out.(aws.ScanOutput); ok && len(out.Items) == 1 {
			whole++
		}
	}
	if len(events) != 40 || whole != 3 {
		t.Errorf("of %d events %d are whole", len(events), whole)
	}
}
