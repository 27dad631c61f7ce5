package iam

import (
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake/iam/policy"
	"awslab/aws/fake/store"
)

const account = "000000000000"

// world is a Service in a store of its own, with the roles of a new sandbox and
// a clock that the test sets.
type world struct {
	*Service
	offset atomic.Int64
}

func open(t testing.TB) *world {
	t.Helper()
	w := &world{}
	var mu sync.Mutex
	source := rand.New(rand.NewPCG(1, 2))
	config := Config{
		AccountID: account,
		Now: func() time.Time {
			return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC).Add(time.Duration(w.offset.Load()))
		},
		Random: func() uint64 {
			mu.Lock()
			defer mu.Unlock()
			return source.Uint64()
		},
	}
	st, err := store.Open(t.TempDir(), store.Options{Migrations: []store.Migration{{Name: "seed", Apply: New(nil, config).Seed}}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	w.Service = New(st, config)
	return w
}

// role makes a role that Lambda may assume, with one inline policy of the
// statements given.
func (w *world) withRole(t *testing.T, name, statements string) Session {
	t.Helper()
	created, err := w.CreateRole(t.Context(), aws.CreateRoleInput{RoleName: name, AssumeRolePolicyDocument: lambdaTrust})
	if err != nil {
		t.Fatal(err)
	}
	if statements != "" {
		w.allow(t, name, statements)
	}
	session, err := w.Assume(created.Role.Arn, "F")
	if err != nil {
		t.Fatal(err)
	}
	return session
}

func (w *world) allow(t *testing.T, role, statements string) {
	t.Helper()
	in := aws.PutRolePolicyInput{RoleName: role, PolicyName: "P", PolicyDocument: `{"Version":"2012-10-17","Statement":[` + statements + `]}`}
	if _, err := w.PutRolePolicy(t.Context(), in); err != nil {
		t.Fatal(err)
	}
}

func roleARN(name string) string { return "arn:aws:iam::" + account + ":role/" + name }

func TestReadyMadeRoles(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, c := range []struct {
		role, action, resource string
		allowed                bool
	}{
		{BasicExecutionRole, "logs:PutLogEvents", "arn:aws:logs:us-west-2:000000000000:log-group:/aws/lambda/F:log-stream:s", true},
		{BasicExecutionRole, "s3:GetObject", "arn:aws:s3:::image-1/k", false},
		{ExecutionRole, "logs:CreateLogGroup", "arn:aws:logs:us-west-2:000000000000:log-group:/aws/lambda/F:log-stream:", true},
		{ExecutionRole, "s3:GetObject", "arn:aws:s3:::image-1/a/b.jpg", true},
		{ExecutionRole, "s3:GetObject", "arn:aws:s3:::images-1/b.jpg", false},
		{ExecutionRole, "s3:PutObject", "arn:aws:s3:::image-1/b.jpg", false},
		{ExecutionRole, "s3:PutObject", "arn:aws:s3:::image-1-resized/b.jpg", true},
		{ExecutionRole, "s3:ListBucket", "arn:aws:s3:::image-1", true},
		{ExecutionRole, "s3:ListBucket", "arn:aws:s3:::image-1-resized", true},
		{ExecutionRole, "s3:ListBucket", "arn:aws:s3:::other", false},
		{ExecutionRole, "s3:DeleteObject", "arn:aws:s3:::image-1-resized/b.jpg", false},
	} {
		session, err := w.Assume(roleARN(c.role), "F")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Authorize(session, c.action, c.resource, nil); (err == nil) != c.allowed {
			t.Errorf("%s: %s on %s: %v", c.role, c.action, c.resource, err)
		}
	}
}

func TestSeedLeavesRolesAsTheyAre(t *testing.T) {
	t.Parallel()
	w := open(t)
	before, err := w.GetRole(t.Context(), aws.GetRoleInput{RoleName: ExecutionRole})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.store.Update(w.Seed); err != nil {
		t.Fatal(err)
	}
	after, err := w.GetRole(t.Context(), aws.GetRoleInput{RoleName: ExecutionRole})
	if err != nil || !reflect.DeepEqual(after, before) {
		t.Errorf("the role was %+v, is %+v, %v", before, after, err)
	}
}

// TestAWSPolicies reads the whole table: every document is a good policy of a
// role, every time a time, every id its own.
func TestAWSPolicies(t *testing.T) {
	t.Parallel()
	ids := make(map[string]string)
	for _, row := range awsPolicies {
		p := row.policy()
		found, ok := awsManaged(p.Arn)
		if !ok {
			t.Errorf("%s has no document", row.name)
			continue
		}
		if err := document(found.Document, policy.Document.Identity); err != nil {
			t.Errorf("%s: %v", row.name, err)
		}
		if p.CreateDate.IsZero() || p.UpdateDate.Before(p.CreateDate) || len(p.PolicyID) != 21 || ids[p.PolicyID] != "" {
			t.Errorf("%+v is not right", p)
		}
		ids[p.PolicyID] = row.name
	}
	if _, ok := awsManaged("/AWSLambdaExecute"); ok {
		t.Error("half an ARN finds a policy")
	}
}

func TestRefusalsAreInAWSsWords(t *testing.T) {
	t.Parallel()
	w := open(t)
	session := w.withRole(t, "R", `{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}`)
	who := "User: arn:aws:sts::000000000000:assumed-role/R/F is not authorized to perform: "
	for _, c := range []struct{ action, resource, want string }{
		{"s3:GetObject", "arn:aws:s3:::b/k", `s3:GetObject on resource: "arn:aws:s3:::b/k" because no identity-based policy allows the s3:GetObject action`},
		{"s3:PutObject", "arn:aws:s3:::b/k", `s3:PutObject on resource: "arn:aws:s3:::b/k" with an explicit deny in an identity-based policy`},
		{"s3:ListAllMyBuckets", "*", "s3:ListAllMyBuckets because no identity-based policy allows the s3:ListAllMyBuckets action"},
		{"dynamodb:GetItem", "arn:aws:dynamodb:us-west-2:1:table/T", "dynamodb:GetItem on resource: arn:aws:dynamodb:us-west-2:1:table/T because no identity-based policy allows the dynamodb:GetItem action"},
		{"lambda:ListFunctions", "*", "lambda:ListFunctions on resource: * because no identity-based policy allows the lambda:ListFunctions action"},
	} {
		err := w.Authorize(session, c.action, c.resource, nil)
		var got *aws.Error
		if !errors.As(err, &got) || got.Code != "AccessDenied" || got.Status != 403 || got.Message != who+c.want {
			t.Errorf("error is %v, want\n%s", err, who+c.want)
		}
	}
}

func TestChangesOfARoleCountAtOnce(t *testing.T) {
	t.Parallel()
	w := open(t)
	session := w.withRole(t, "R", "")
	get := func() bool {
		err := w.Authorize(session, "s3:GetObject", "arn:aws:s3:::b/k", nil)
		if err != nil && !errors.Is(err, aws.ErrAccessDenied) {
			t.Fatal(err)
		}
		return err == nil
	}
	step := func(what string, err error, want bool) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if got := get(); got != want {
			t.Errorf("after %s the role may read: %v", what, got)
		}
	}
	ctx := t.Context()
	arn := "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
	own := "arn:aws:iam::" + account + ":policy/Mine"
	allow := `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}`
	deny := strings.Replace(allow, "Allow", "Deny", 1)
	step("making it", nil, false)
	_, err := w.AttachRolePolicy(ctx, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: arn})
	step("attaching", err, true)
	_, err = w.PutRolePolicy(ctx, aws.PutRolePolicyInput{RoleName: "R", PolicyName: "P", PolicyDocument: deny})
	step("a deny", err, false)
	_, err = w.DeleteRolePolicy(ctx, aws.DeleteRolePolicyInput{RoleName: "R", PolicyName: "P"})
	step("deleting the deny", err, true)
	_, err = w.DetachRolePolicy(ctx, aws.DetachRolePolicyInput{RoleName: "R", PolicyArn: arn})
	step("detaching", err, false)
	// A policy of the account, and another of its name.
	for _, c := range []struct {
		text string
		want bool
	}{{allow, true}, {deny, false}} {
		if _, err := w.CreatePolicy(ctx, aws.CreatePolicyInput{PolicyName: "Mine", PolicyDocument: c.text}); err != nil {
			t.Fatal(err)
		}
		_, err = w.AttachRolePolicy(ctx, aws.AttachRolePolicyInput{RoleName: "R", PolicyArn: own})
		step("attaching mine", err, c.want)
		if _, err := w.DetachRolePolicy(ctx, aws.DetachRolePolicyInput{RoleName: "R", PolicyArn: own}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.DeletePolicy(ctx, aws.DeletePolicyInput{PolicyArn: own}); err != nil {
			t.Fatal(err)
		}
	}
	_, err = w.PutRolePolicy(ctx, aws.PutRolePolicyInput{RoleName: "R", PolicyName: "P", PolicyDocument: allow})
	step("an inline policy", err, true)
	if _, err := w.DeleteRolePolicy(ctx, aws.DeleteRolePolicyInput{RoleName: "R", PolicyName: "P"}); err != nil {
		t.Fatal(err)
	}
	_, err = w.DeleteRole(ctx, aws.DeleteRoleInput{RoleName: "R"})
	step("deleting the role", err, false)
}

func TestConditionsOfEveryRequest(t *testing.T) {
	t.Parallel()
	w := open(t)
	session := w.withRole(t, "R", `{"Effect":"Allow","Action":"s3:ListBucket","Resource":"*","Condition":{
		"StringLike":{"s3:prefix":"home/*"},"StringEquals":{"aws:PrincipalAccount":"`+account+`"},
		"ArnEquals":{"aws:PrincipalArn":"`+roleARN("R")+`"},"DateLessThan":{"aws:CurrentTime":"2026-11-22T13:00:00Z"}}}`)
	list := func(prefix string) error {
		return w.Authorize(session, "s3:ListBucket", "arn:aws:s3:::b", map[string]string{"s3:prefix": prefix})
	}
	if err := list("home/me"); err != nil {
		t.Error(err)
	}
	if err := list("other"); err == nil {
		t.Error("another prefix is allowed")
	}
	w.offset.Store(int64(2 * time.Hour))
	if err := list("home/me"); err == nil {
		t.Error("it is allowed after the date")
	}
}

func TestAssume(t *testing.T) {
	t.Parallel()
	w := open(t)
	other := strings.Replace(lambdaTrust, "lambda.amazonaws.com", "ec2.amazonaws.com", 1)
	if _, err := w.CreateRole(t.Context(), aws.CreateRoleInput{RoleName: "EC2", AssumeRolePolicyDocument: other, Path: "/a/b/"}); err != nil {
		t.Fatal(err)
	}
	for arn, want := range map[string]error{
		roleARN(BasicExecutionRole):                nil,
		roleARN("a/b/EC2"):                         ErrNotTrusted,
		roleARN("EC2"):                             ErrRoleMissing,
		roleARN("nobody"):                          ErrRoleMissing,
		roleARN(strings.ToUpper(ExecutionRole)):    ErrRoleMissing,
		"arn:aws:iam::111111111111:role/" + "role": ErrRoleMissing,
		"": ErrRoleMissing,
	} {
		if err := w.Trusts(arn, "lambda.amazonaws.com"); !errors.Is(err, want) {
			t.Errorf("%s is trusted: %v, want %v", arn, err, want)
		}
		if _, err := w.Assume(arn, "F"); !errors.Is(err, want) {
			t.Errorf("%s is assumed: %v, want %v", arn, err, want)
		}
	}
	if err := w.Trusts(roleARN("a/b/EC2"), "ec2.amazonaws.com"); err != nil {
		t.Error(err)
	}
}

func TestSessions(t *testing.T) {
	t.Parallel()
	w := open(t)
	var last Session
	for range 3 {
		session, err := w.Assume(roleARN(ExecutionRole), "CreateThumbnail")
		if err != nil {
			t.Fatal(err)
		}
		if session.ARN != "arn:aws:sts::000000000000:assumed-role/lambda-execution-role/CreateThumbnail" ||
			len(session.AccessKeyID) != 20 || len(session.SecretAccessKey) != 40 || session.Token == "" || session.AccessKeyID == last.AccessKeyID {
			t.Errorf("session is %+v", session)
		}
		if found, ok := w.Session(session.AccessKeyID); !ok || found != session {
			t.Errorf("found %+v, %v", found, ok)
		}
		last = session
	}
	if _, ok := w.Session("ASIAWRONG"); ok {
		t.Error("an unknown key has a session")
	}
	w.offset.Store(int64(13 * time.Hour))
	if found, ok := w.Session(last.AccessKeyID); !ok || w.config.Now().Before(found.Expires) {
		t.Errorf("an expired session is not told: %v", ok)
	}
	w.offset.Store(int64(48 * time.Hour))
	if _, err := w.Assume(roleARN(ExecutionRole), "F"); err != nil {
		t.Fatal(err)
	}
	if len(w.sessions) != 1 {
		t.Errorf("%d sessions are kept", len(w.sessions))
	}
}

// TestRolesUnderManyHands: roles are read and changed at once, and each
// decision is by the policies of some moment.
func TestRolesUnderManyHands(t *testing.T) {
	t.Parallel()
	w := open(t)
	session := w.withRole(t, "R", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`)
	var group sync.WaitGroup
	for n := range 4 {
		group.Go(func() {
			for range 20 {
				if n == 0 {
					w.allow(t, "R", `{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}`)
					w.allow(t, "R", `{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}`)
				}
				if err := w.Authorize(session, "s3:GetObject", "arn:aws:s3:::b/k", nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

func TestBadRecordsAreErrors(t *testing.T) {
	t.Parallel()
	w := open(t)
	session := w.withRole(t, "R", "")
	err := w.store.Update(func(wr *store.Writer) error {
		wr.Put(rolesBucket, roleKey("R"), []byte("{"))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"Authorize": w.Authorize(session, "s3:GetObject", "*", nil),
		"Trusts":    w.Trusts(roleARN("R"), "lambda.amazonaws.com"),
		"GetRole":   func() error { _, err := w.GetRole(context.Background(), aws.GetRoleInput{RoleName: "R"}); return err }(),
	} {
		var syntax *json.SyntaxError
		if !errors.As(err, &syntax) || errors.Is(err, aws.ErrAccessDenied) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
