package iam

import (
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// sandbox opens a sandbox with its ready-made roles.
func sandbox(t testing.TB) aws.Cloud {
	t.Helper()
	s, err := fake.Open(t.TempDir(), fake.Options{Delay: aws.Some(time.Duration(0))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s.Cloud()
}

func newBench(t testing.TB) *pagetest.Bench {
	t.Helper()
	return pagetest.New(t, Pages(), sandbox(t))
}

func TestReadyMadeRoles(t *testing.T) {
	t.Parallel()
	b := newBench(t).Open(nav.Route{Page: rolesID})
	b.Shows("Roles (2)", "lambda-basic-execution", "lambda-execution-role", "AWS Service: lambda")
	b.Keys("/").Keys("b", "a", "s").Shows("Roles (1/2)").Lacks("lambda-execution-role").Keys("esc").Shows("Roles (2)")
	b.Press("lambda-execution-role").Press("lambda-execution-role").Follow()
	b.Shows("arn:aws:iam::", "AWSLambdaBasicExecutionRole", "AWS managed", "Customer inline", "1 hour")
	b.Keys("]").Shows("sts:AssumeRole", "lambda.amazonaws.com")
}

// TestRoleFromFormToDeletion makes a role with a policy, gives it another of its
// own, takes both away and deletes it.
func TestRoleFromFormToDeletion(t *testing.T) {
	t.Parallel()
	b := newBench(t).Open(nav.Route{Page: createRoleID})
	b.Press("Create role").Shows("Role name: Enter a name")
	b.TypeIn("Role name", "reader")
	if b.Page.Unsaved() == "" {
		t.Error("a half-filled form can be left without a word")
	}
	p := pagetest.PageOf[*createRolePage](b)
	p.policies.filter.SetValue("S3Read")
	p.policies.list.Filter("S3Read")
	b.Do(p.Ring.Focus(p.policies.table))
	b.Keys("space").Press("Create role").Follow()
	b.Shows("reader", "AmazonS3ReadOnlyAccess", "s3:Get*")

	b.Press("Create inline policy").Follow()
	e := pagetest.PageOf[*inlinePage](b)
	e.document.SetValue(`{"Version":`)
	b.TypeIn("Policy name", "own").Press("Create policy").Shows("The document is no JSON")
	e.document.SetValue(`{"Version":"2012-10-17","Statement":[{"Effect":"Perhaps","Action":"s3:*","Resource":"*"}]}`)
	b.Press("Create policy").Shows("MalformedPolicyDocument")
	e.document.SetValue(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:GetItem","Resource":"*"}]}`)
	b.Press("Create policy")
	pagetest.Asked[nav.Back](b)

	b.Open(nav.Route{Page: roleID, Name: "reader"}).Shows("own", "Customer inline")
	b.Open(nav.Route{Page: inlineID, Name: "reader", Detail: "own"}).Shows("dynamodb:GetItem", "Save changes")
	b.Open(nav.Route{Page: roleID, Name: "reader"}).Press("Remove").Confirm().Lacks("AmazonS3ReadOnlyAccess")

	b.Open(nav.Route{Page: rolesID}).Press("reader").Keys("d")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != "reader" {
		t.Errorf("the role's name is not asked for: %+v", ask)
	}
	b.Confirm().Lacks("reader")
}

func TestPoliciesShowTheirDocuments(t *testing.T) {
	t.Parallel()
	b := newBench(t).Open(nav.Route{Page: policiesID}).Shows("AWSLambdaBasicExecutionRole", "AWS managed")
	b.Press("AWSLambdaBasicExecutionRole").Press("AWSLambdaBasicExecutionRole").Follow().Shows("logs:CreateLogGroup", "arn:aws:iam::aws:policy/service-")
}

func TestFaultsAreTold(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t))
	b := pagetest.New(t, Pages(), cloud.Cloud)
	b.Open(nav.Route{Page: roleID, Name: "none"}).Shows("NoSuchEntity")
	b.Open(nav.Route{Page: createRoleID}).TypeIn("Role name", "lambda-basic-execution").Press("Create role").Shows("exists already")
	cloud.Refuse("ListRoles")
	b.Open(nav.Route{Page: rolesID}).Shows("The roles could not be read", "It went wrong")
	cloud.Allow()
	b.Keys("r").Shows("Roles (2)").Lacks("could not be read")
}

// TestPagesFitEverySize draws each page in small and in large.
func TestPagesFitEverySize(t *testing.T) {
	t.Parallel()
	for _, route := range []nav.Route{
		{Page: rolesID}, {Page: policiesID}, {Page: createRoleID}, {Page: roleID, Name: "lambda-execution-role"},
		{Page: attachID, Name: "lambda-execution-role"}, {Page: inlineID, Name: "lambda-execution-role"},
		{Page: policyID, Name: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"},
	} {
		b := newBench(t).Open(route)
		for _, size := range [][2]int{{40, 10}, {80, 24}, {170, 55}} {
			b.Width, b.Height = size[0], size[1]
			if !strings.Contains(b.Text(), " ") {
				t.Errorf("%s is empty at %v", route.Page, size)
			}
		}
	}
}

func BenchmarkRolesView(b *testing.B) {
	bench := newBench(b)
	bench.Width, bench.Height = 170, 55
	bench.Open(nav.Route{Page: rolesID})
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}
