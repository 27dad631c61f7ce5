package trail_test

import (
	"context"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/trail"
)

// scripted is a DynamoDB that answers two operations.
type scripted struct {
	aws.DynamoDB
	puts int
}

var errBroken = &aws.Error{Operation: "ListTables", Code: "ValidationException", Message: "no"}

func (s *scripted) PutItem(context.Context, aws.PutItemInput) (aws.PutItemOutput, error) {
	s.puts++
	return aws.PutItemOutput{Attributes: aws.Item{"a": aws.S("old")}}, nil
}

func (s *scripted) ListTables(context.Context, aws.ListTablesInput) (aws.ListTablesOutput, error) {
	return aws.ListTablesOutput{TableNames: []string{"never shown"}}, errBroken
}

func (s *scripted) ExecuteStatement(context.Context, aws.ExecuteStatementInput) (aws.ExecuteStatementOutput, error) {
	return aws.ExecuteStatementOutput{}, nil
}

// ticking is a clock that goes on by a second each time it is read.
func ticking() func() time.Time {
	now := time.Date(2026, 11, 22, 13, 43, 15, 0, time.UTC)
	return func() time.Time {
		now = now.Add(time.Second)
		return now
	}
}

func TestTrailRecordsCallsAsTheyStartAndEnd(t *testing.T) {
	t.Parallel()
	db := &scripted{}
	tr := trail.New(aws.Cloud{DynamoDB: db}, trail.Options{Now: ticking()})
	var told []trail.Event
	stop := tr.Observe(func(e trail.Event) { told = append(told, e) })

	out, err := tr.Cloud().DynamoDB.PutItem(t.Context(), aws.PutItemInput{TableName: "T"})
	if err != nil || out.Attributes["a"] != aws.S("old") {
		t.Fatalf("%v, %v", out, err)
	}
	ctx := trail.WithOrigin(t.Context(), trail.OriginGuide)
	if _, err := tr.Cloud().DynamoDB.ListTables(ctx, aws.ListTablesInput{}); !errors.Is(err, aws.ErrInvalid) {
		t.Fatalf("%v", err)
	}
	stop()
	revision := tr.Revision()
	if _, err := tr.Cloud().DynamoDB.PutItem(t.Context(), aws.PutItemInput{}); err != nil {
		t.Fatal(err)
	}
	if tr.Revision() == revision {
		t.Error("the revision stands still")
	}

	if len(told) != 4 || told[0].Done || !told[1].Done || told[0].ID != told[1].ID {
		t.Fatalf("told %+v", told)
	}
	events := tr.Events()
	if len(events) != 3 {
		t.Fatalf("%d events", len(events))
	}
	put, list := events[0], events[1]
	if last, ok := tr.Last(trail.OriginGuide); !ok || last.ID != list.ID {
		t.Errorf("the guide's last call is %+v, %v", last, ok)
	}
	if _, ok := tr.Last("nobody"); ok {
		t.Error("nobody has called")
	}
	if put.Operation.Name != "PutItem" || !reflect.DeepEqual(put.In, aws.PutItemInput{TableName: "T"}) || put.Duration != time.Second || put.Origin != trail.OriginConsole {
		t.Errorf("put %+v", put)
	}
	if list.Out != nil || list.Err == nil || list.Origin != trail.OriginGuide {
		t.Errorf("list %+v", list)
	}
}

func TestReadOnlyRefusesEveryWriteAndNoRead(t *testing.T) {
	t.Parallel()
	db := &scripted{}
	tr := trail.New(aws.Cloud{
		DynamoDB: db, S3: noS3{}, Lambda: noLambda{}, APIGateway: noAPIGateway{}, Logs: noLogs{}, CloudWatch: noCloudWatch{}, IAM: noIAM{},
	}, trail.Options{ReadOnly: true})
	for _, op := range aws.Operations() {
		if op.Access != aws.Writes {
			continue
		}
		_, err := op.Call(t.Context(), tr.Cloud(), zero(op))
		if !errors.Is(err, aws.ErrReadOnly) {
			t.Errorf("%s: %v", op, err)
		}
	}
	if db.puts != 0 {
		t.Error("a write went through")
	}
	if _, err := tr.Cloud().DynamoDB.ListTables(t.Context(), aws.ListTablesInput{}); errors.Is(err, aws.ErrReadOnly) {
		t.Error("a read was refused")
	}
	for text, refused := range map[string]bool{"SELECT * FROM T": false, "DELETE FROM T WHERE K = 1": true} {
		_, err := tr.Cloud().DynamoDB.ExecuteStatement(t.Context(), aws.ExecuteStatementInput{Statement: text})
		if errors.Is(err, aws.ErrReadOnly) != refused {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// What no call may reach.
type (
	noS3         struct{ aws.S3 }
	noLambda     struct{ aws.Lambda }
	noAPIGateway struct{ aws.APIGateway }
	noLogs       struct{ aws.Logs }
	noCloudWatch struct{ aws.CloudWatch }
	noIAM        struct{ aws.IAM }
)

// objects answers one operation of S3, with a stream.
type objects struct{ aws.S3 }

func (objects) GetObject(context.Context, aws.GetObjectInput) (aws.GetObjectOutput, error) {
	return aws.GetObjectOutput{Body: io.NopCloser(strings.NewReader("picture")), ContentLength: 7}, nil
}

// TestStreamsGoBy checks that a stream reaches the caller and not the record.
func TestStreamsGoBy(t *testing.T) {
	t.Parallel()
	tr := trail.New(aws.Cloud{S3: objects{}}, trail.Options{})
	out, err := tr.Cloud().S3.GetObject(t.Context(), aws.GetObjectInput{Bucket: "b", Key: "k"})
	if err != nil || out.Body == nil {
		t.Fatalf("%+v, %v", out, err)
	}
	if body, _ := io.ReadAll(out.Body); string(body) != "picture" {
		t.Errorf("body is %q", body)
	}
	kept, ok := tr.Events()[0].Out.(aws.GetObjectOutput)
	if !ok || kept.Body != nil || kept.ContentLength != 7 {
		t.Errorf("kept %+v", kept)
	}
}

func zero(op aws.Operation) any { return reflect.Zero(op.In).Interface() }

func TestTrailForgetsTheOldest(t *testing.T) {
	t.Parallel()
	tr := trail.New(aws.Cloud{DynamoDB: &scripted{}}, trail.Options{})
	for range 2100 {
		if _, err := tr.Cloud().DynamoDB.PutItem(t.Context(), aws.PutItemInput{}); err != nil {
			t.Fatal(err)
		}
	}
	events := tr.Events()
	if len(events) != 2000 || events[len(events)-1].ID != 2100 || events[0].ID != 101 {
		t.Errorf("%d events, %d … %d", len(events), events[0].ID, events[len(events)-1].ID)
	}
}

// TestForget keeps the calls that run, and tells of their ends all the same.
func TestForget(t *testing.T) {
	t.Parallel()
	tr := trail.New(aws.Cloud{DynamoDB: &scripted{}}, trail.Options{Forget: true})
	running, ended := 0, 0
	defer tr.Observe(func(e trail.Event) {
		if e.Done {
			ended++
			return
		}
		running += len(tr.Events())
	})()
	for range 3 {
		if _, err := tr.Cloud().DynamoDB.PutItem(t.Context(), aws.PutItemInput{}); err != nil {
			t.Fatal(err)
		}
	}
	if running != 3 || ended != 3 || len(tr.Events()) != 0 {
		t.Errorf("%d ran and %d ended; %d are kept", running, ended, len(tr.Events()))
	}
}

// TestPermit asks before each write, and before no read.
func TestPermit(t *testing.T) {
	t.Parallel()
	db := &scripted{}
	var asked []string
	refused := errors.New("no")
	tr := trail.New(aws.Cloud{DynamoDB: db}, trail.Options{Permit: func(_ context.Context, op aws.Operation) error {
		asked = append(asked, op.Name)
		return refused
	}})
	if _, err := tr.Cloud().DynamoDB.ListTables(t.Context(), aws.ListTablesInput{}); errors.Is(err, refused) {
		t.Error("a read was refused")
	}
	if _, err := tr.Cloud().DynamoDB.PutItem(t.Context(), aws.PutItemInput{}); !errors.Is(err, refused) {
		t.Errorf("a write gives %v", err)
	}
	if len(asked) != 1 || asked[0] != "PutItem" || db.puts != 0 {
		t.Errorf("asked before %v, %d puts", asked, db.puts)
	}
}

// TestPermitTakesItsTime: a call begins when it is allowed, however long that took.
func TestPermitTakesItsTime(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	allowed := now.Add(time.Hour)
	var tr *trail.Trail
	tr = trail.New(aws.Cloud{DynamoDB: &scripted{}}, trail.Options{Now: func() time.Time { return now }, Permit: func(context.Context, aws.Operation) error {
		if begun := tr.Events(); len(begun) != 0 {
			t.Errorf("before it is allowed there is %v", begun)
		}
		now = allowed
		return nil
	}})
	if _, err := tr.Cloud().DynamoDB.PutItem(t.Context(), aws.PutItemInput{}); err != nil {
		t.Fatal(err)
	}
	if e := tr.Events()[0]; !e.Time.Equal(allowed) || e.Duration != 0 {
		t.Errorf("it began at %v and took %v", e.Time, e.Duration)
	}
}

// TestRetried tells of attempts: of the call whose context it is, until it has ended.
func TestRetried(t *testing.T) {
	t.Parallel()
	var contexts []context.Context
	var tr *trail.Trail
	put := func(table string) {
		if _, err := tr.Cloud().DynamoDB.PutItem(t.Context(), aws.PutItemInput{TableName: table}); err != nil {
			t.Error(err)
		}
	}
	tr = trail.New(aws.Cloud{DynamoDB: retrying{meanwhile: func(ctx context.Context) {
		if contexts = append(contexts, ctx); len(contexts) == 1 {
			put("second") // both run from here on
			return
		}
		part, cancel := context.WithCancel(contexts[0])
		defer cancel()
		trail.Retried(part, 2, errBroken)
	}}}, trail.Options{})
	type attempt struct {
		table string
		n     int
		done  bool
	}
	var told []attempt
	defer tr.Observe(func(e trail.Event) {
		in, _ := e.In.(aws.PutItemInput)
		told = append(told, attempt{in.TableName, e.Attempt, e.Done})
	})()
	put("first")
	revision := tr.Revision()
	for _, ctx := range append(contexts, t.Context()) { // two that have ended, and one of no call
		trail.Retried(ctx, 3, errBroken)
	}
	want := []attempt{{"first", 0, false}, {"second", 0, false}, {"first", 2, false}, {"second", 0, true}, {"first", 2, true}}
	if !slices.Equal(told, want) || tr.Revision() != revision {
		t.Errorf("told of %+v, want %+v", told, want)
	}
	if first := tr.Events()[0]; first.Attempt != 2 || !errors.Is(first.Before, aws.ErrInvalid) || !first.Done {
		t.Errorf("the event is %+v", first)
	}
}

// retrying is a DynamoDB that does something while it puts.
type retrying struct {
	aws.DynamoDB
	meanwhile func(context.Context)
}

func (r retrying) PutItem(ctx context.Context, _ aws.PutItemInput) (aws.PutItemOutput, error) {
	r.meanwhile(ctx)
	return aws.PutItemOutput{}, nil
}
