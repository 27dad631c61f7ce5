package awstest

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
)

// slow is an account where things take their time, as on AWS: roles and policies
// are not known for a while, logs are read as they were, APIs are deleted one in half
// a minute, and few tables can be made at once.
type slow struct {
	aws.Cloud
	mu       sync.Mutex
	at       time.Time
	young    map[string]time.Time // roles and policies
	written  time.Time            // to logs
	deleted  time.Time            // an API
	making   int                  // refusals of tables, still to come
	refusals map[string]int       // by operation
}

func (s *slow) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

func (s *slow) wait() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = s.at.Add(time.Second / 2)
}

// newSlow is a sandbox that is slow.
func newSlow(t *testing.T) *slow {
	t.Helper()
	s := &slow{at: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), young: make(map[string]time.Time), refusals: make(map[string]int), making: 3}
	sandbox, err := fake.Open(t.TempDir(), fake.Options{Now: s.now, Delay: aws.Some(20 * time.Second)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sandbox.Close(); err != nil {
			t.Error(err)
		}
	})
	s.Cloud = aws.Intercept(sandbox.Cloud(), s.around)
	return s
}

// around answers as AWS does that has not heard yet of what was done a moment ago.
func (s *slow) around(ctx context.Context, op aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
	if ctx.Err() != nil {
		return next(ctx)
	}
	if late, ok := in.(aws.FilterLogEventsInput); ok && s.since(&s.written) < 4*time.Second && late.NextToken == "" {
		return aws.FilterLogEventsOutput{}, nil
	}
	if code, message := s.refusal(op, in); code != "" {
		return nil, &aws.Error{Service: op.Service, Operation: op.Name, Code: code, Message: message, Status: 400, RequestID: "1"}
	}
	return next(ctx)
}

// since is how long ago something was.
func (s *slow) since(at *time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at.Sub(*at)
}

// refusal is how a call is refused, if it is; it notes what will be known later.
func (s *slow) refusal(op aws.Operation, in any) (code, message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		if code != "" {
			s.refusals[op.String()]++
		}
	}()
	switch in := in.(type) {
	case aws.CreateRoleInput:
		s.young[in.RoleName] = s.at
	case aws.AttachRolePolicyInput:
		if s.at.Sub(s.young[in.RoleName]) < 15*time.Second {
			return "NoSuchEntity", "The role with name " + in.RoleName + " cannot be found."
		}
	case aws.CreateFunctionInput:
		if _, role, _ := strings.Cut(in.Role, ":role/"); s.at.Sub(s.young[role]) < 30*time.Second {
			return "InvalidParameterValueException", "The role defined for the function cannot be assumed by Lambda."
		}
	case aws.CreateTableInput:
		if s.making--; s.making >= 0 {
			return "LimitExceededException", "Subscriber limit exceeded: Only 500 tables can be created, updated, or deleted simultaneously"
		}
	case aws.PutLogEventsInput:
		s.written = s.at
	case aws.DeleteRestApiInput:
		if s.at.Sub(s.deleted) < 30*time.Second {
			return "TooManyRequestsException", "Too Many Requests"
		}
		s.deleted = s.at
	}
	return "", ""
}

// TestSlowAccount has tests of the suite kept in an account that is slow, and
// nothing left there.
func TestSlowAccount(t *testing.T) {
	t.Parallel()
	s := newSlow(t)
	t.Cleanup(func() {
		for _, op := range []string{"iam:AttachRolePolicy", "lambda:CreateFunction", "dynamodb:CreateTable", "apigateway:DeleteRestApi"} {
			if s.refusals[op] == 0 {
				t.Errorf("%s was never refused: the account is not slow", op)
			}
		}
		left, err := site{s.Cloud, nil}.left(context.Background(), nameMark)
		if err != nil || len(left) > 0 {
			t.Errorf("what is left is %v (%v)", left, err)
		}
	})
	chosen := []string{"iam:AttachRolePolicy", "iam:ListPolicies", "lambda:GetFunctionConfiguration", "lambda:ListFunctions", "s3:PutBucketNotificationConfiguration",
		"dynamodb:ListTables", "dynamodb:DeleteTable", "apigateway:DeleteRestApi", "apigateway:GetRestApis", "logs:FilterLogEvents"}
	RunInTurn(t, func(op aws.Operation) bool { return slices.Contains(chosen, op.String()) },
		Tenants(t, Account{Cloud: s.Cloud, Record: filepath.Join(t.TempDir(), "record"), Now: s.now, Wait: s.wait}))
}

// TestUndeletable checks that what cannot be deleted is told, and stays in the record
// until it is deleted.
func TestUndeletable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "record")
	s := newSlow(t)
	stuck := aws.Intercept(s.Cloud, func(ctx context.Context, op aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		if op.Name == "DeleteLogGroup" {
			return nil, &aws.Error{Service: op.Service, Operation: op.Name, Code: "AccessDeniedException", Message: "no"}
		}
		return next(ctx)
	})
	record, err := openRecord(path, s.Place.AccountID, s.Place.Region)
	if err != nil {
		t.Fatal(err)
	}
	a := &tenancy{account: Account{Cloud: stuck, Run: "stuck1", Now: s.now, Wait: s.wait}, record: record}
	here := a.tenant()
	must(t, here.cloud().Logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: "/g"})
	left := a.site().delete(t.Context(), here.made, record.deleted)
	if len(left) != 1 || left[0].String() != "log group awslabstuck1001/g" || left[0].err == nil {
		t.Errorf("what could not be deleted is %v", left)
	}
	if err := record.close(); err != nil {
		t.Fatal(err)
	}
	record, err = openRecord(path, s.Place.AccountID, s.Place.Region)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "the record", record.remaining(), []thing{{groups, "awslabstuck1001/g"}})
	same(t, "what cannot be deleted", len(site{s.Cloud, a.wait}.delete(t.Context(), record.remaining(), record.deleted)), 0)
	if err := record.close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the record is still there (%v)", err)
	}
}

// TestInterrupted checks that an interrupted run does nothing more, but deletes what
// it made.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	s := newSlow(t)
	interrupted := make(chan struct{})
	t.Run("run", func(t *testing.T) {
		open := Tenants(t, Account{Cloud: s.Cloud, Record: filepath.Join(t.TempDir(), "record"), Now: s.now, Wait: s.wait, Interrupted: interrupted})
		t.Run("test", func(t *testing.T) {
			f := open(t)
			f.bucket(t, bucketName)
			close(interrupted)
			if _, err := f.Cloud.S3.HeadBucket(t.Context(), aws.HeadBucketInput{Bucket: bucketName}); !errors.Is(err, errInterrupted) {
				t.Errorf("error is %v, want that of the interruption", err)
			}
		})
	})
	if left, err := (site{s.Cloud, nil}).left(t.Context(), nameMark); err != nil || len(left) > 0 {
		t.Errorf("what is left is %v (%v)", left, err)
	}
}

// TestSweep checks that what AWS makes by itself of the run's name, when its test has
// ended, is deleted with the run, and what has another name is not.
func TestSweep(t *testing.T) {
	t.Parallel()
	s := newSlow(t)
	t.Run("run", func(t *testing.T) {
		Tenants(t, Account{Cloud: s.Cloud, Record: filepath.Join(t.TempDir(), "record"), Run: "swept1", Now: s.now, Wait: s.wait})
		for _, name := range []string{functionLogs + "awslabswept1001Echo", functionLogs + "awslabother1001Echo"} {
			must(t, s.Logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: name})
		}
	})
	left, err := site{s.Cloud, nil}.left(t.Context(), nameMark)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "what is left", left, []thing{{groups, functionLogs + "awslabother1001Echo"}})
}

// TestLags checks that calls wait for what was written before them, and that those
// which need not do not.
func TestLags(t *testing.T) {
	t.Parallel()
	s := newSlow(t)
	s.making = 0
	open := Tenants(t, Account{Cloud: s.Cloud, Record: filepath.Join(t.TempDir(), "record"), Now: s.now, Wait: s.wait})
	cloud := open(t).Cloud
	began := s.now()
	passed := func(after string, want time.Duration) {
		t.Helper()
		same(t, "time that passed before "+after, s.now().Sub(began), want)
	}
	must(t, cloud.DynamoDB.CreateTable, simple("One", aws.TypeS))
	must(t, cloud.DynamoDB.CreateTable, simple("Two", aws.TypeS))
	passed("a write to DynamoDB", 0)
	must(t, cloud.DynamoDB.ListTables, aws.ListTablesInput{})
	passed("a read from DynamoDB", lags[aws.ServiceDynamoDB][aws.Reads])
	began = s.now()
	must(t, cloud.IAM.CreateRole, aws.CreateRoleInput{RoleName: "One", AssumeRolePolicyDocument: lambdaTrust})
	passed("the first write to IAM", 0)
	must(t, cloud.IAM.CreateRole, aws.CreateRoleInput{RoleName: "Two", AssumeRolePolicyDocument: lambdaTrust})
	passed("a write to IAM", lags[aws.ServiceIAM][aws.Writes])
}

// TestHurry has an index be ACTIVE before the suite looks again: its test bears it,
// since it was told that time hurries.
func TestHurry(t *testing.T) {
	t.Parallel()
	s := newSlow(t)
	s.making = 0
	cloud := aws.Intercept(s.Cloud, func(ctx context.Context, op aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		out, err := next(ctx)
		for until := s.now().Add(time.Minute); op.Name == "UpdateTable" && s.now().Before(until); {
			s.wait()
		}
		return out, err
	})
	testBusyIndex(t, Fixture{Cloud: cloud, Wait: s.wait, Hurries: true})
}

// TestLateLogs has a function write its log while what was made is deleted: the log
// group goes too.
func TestLateLogs(t *testing.T) {
	t.Parallel()
	s := newSlow(t)
	late := aws.Intercept(s.Cloud, func(ctx context.Context, op aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		if op.Name == "DeleteRole" {
			must(t, s.Logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: functionLogs + "awslablater1001Echo"})
		}
		return next(ctx)
	})
	record, err := openRecord(filepath.Join(t.TempDir(), "record"), s.Place.AccountID, s.Place.Region)
	if err != nil {
		t.Fatal(err)
	}
	a := &tenancy{account: Account{Cloud: late, Run: "later1", Now: s.now, Wait: s.wait}, record: record}
	here := a.tenant()
	must(t, here.cloud().IAM.CreateRole, aws.CreateRoleInput{RoleName: "R", AssumeRolePolicyDocument: lambdaTrust})
	if err := here.note(thing{groups, functionLogs + "awslablater1001Echo"}); err != nil {
		t.Fatal(err)
	}
	a.delete(t, here.made)
	if left, err := (site{s.Cloud, nil}).left(t.Context(), nameMark); err != nil || len(left) > 0 {
		t.Errorf("what is left is %v (%v)", left, err)
	}
	if err := record.close(); err != nil {
		t.Fatal(err)
	}
}

// TestStray checks that something made under a name that was to be refused is told.
func TestStray(t *testing.T) {
	t.Parallel()
	s := newSlow(t)
	lenient := aws.Intercept(s.Cloud, func(ctx context.Context, _ aws.Operation, in any, next func(context.Context) (any, error)) (any, error) {
		if group, ok := in.(aws.CreateLogGroupInput); ok && group.LogGroupName == "a b" {
			return aws.CreateLogGroupOutput{}, nil
		}
		return next(ctx)
	})
	open := Tenants(t, Account{Cloud: lenient, Record: filepath.Join(t.TempDir(), "record"), Now: s.now, Wait: s.wait})
	logs := open(t).Cloud.Logs
	must(t, logs.CreateLogGroup, aws.CreateLogGroupInput{LogGroupName: "a-b"})
	if _, err := logs.CreateLogGroup(t.Context(), aws.CreateLogGroupInput{LogGroupName: "a b"}); err == nil || !strings.Contains(err.Error(), "made a log group") {
		t.Errorf("error is %v, want that there is a log group which is not deleted", err)
	}
}
