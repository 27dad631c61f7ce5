package lambda

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestLabFunction makes the function of the lab, as a learner does.
func TestLabFunction(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	b := newBench(t, cloud).Open(nav.Route{Page: functionsID}).Shows("Functions (0)")
	b.Press("Create function").Follow()
	b.Shows("Author from scratch", "Use a blueprint", "Container image", "Python 3.7", "since 2024-01-09")
	b.TypeIn("Function name", "Create-Thumbnail").Choose("Runtime", "Python 3.14")
	b.Press("Change default execution role").Press("Use an existing role").Choose("Existing role", "lambda-execution-role")
	b.Press("Create function").Follow()
	b.Shows("Create-Thumbnail", "Python 3.14", "Function overview", "Code", "Test", "Monitor", "Configuration")
	c := configuration(t, cloud, "Create-Thumbnail")
	if c.Runtime != "python3.14" || c.Handler != "lambda_function.lambda_handler" || !strings.HasSuffix(c.Role, "role/lambda-execution-role") {
		t.Errorf("%+v", c)
	}
	b.Open(nav.Route{Page: functionsID}).Shows("Functions (1)", "Create-Thumbnail", "Zip", "Python 3.14")
	b.Keys("d").Confirm()
	b.Shows("Functions (0)")
	if asked := pagetest.Asked[nav.Notify](b); asked.Level != nav.Success {
		t.Errorf("%+v", asked)
	}
}

func TestNamesAreCheckedInTheForm(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	makeFunction(t, cloud, "taken")
	for name, want := range map[string]string{
		"": "Enter a function name", "my function": "Use only letters", "taken": "exists already", strings.Repeat("x", 65): "at most 64",
	} {
		b := newBench(t, cloud).Open(nav.Route{Page: createID})
		b.TypeIn("Function name", name).Press("Create function").Shows("Function name: ", want)
	}
}

func TestNoRoleChosen(t *testing.T) {
	t.Parallel()
	b := newBench(t, sandbox(t)).Open(nav.Route{Page: createID}).TypeIn("Function name", "f")
	b.Press("Change default execution role").Press("Use an existing role").Press("Create function").Shows("Existing role: choose a role")
	if b.Page.Unsaved() == "" {
		t.Error("a half-filled form can be left without a word")
	}
}

// TestNewRole makes a function with a role of its own, which may be assumed only
// after a while.
func TestNewRole(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(sandbox(t))
	fails := 2
	w.Fail(func(operation string, _ any) error {
		if operation != "CreateFunction" || fails == 0 {
			return nil
		}
		fails--
		return &aws.Error{Operation: operation, Code: "InvalidParameterValueException", Message: "The role defined for the function cannot be assumed by Lambda."}
	})
	b := newBench(t, w.Cloud).Open(nav.Route{Page: createID})
	pagetest.PageOf[*createPage](b).random = bytes.NewReader([]byte{0, 1, 2, 3, 4, 5, 26, 27})
	b.TypeIn("Function name", "hello").Press("Create function").Shows("waiting until Lambda may assume the new role hello-role-abcdef01")
	b.Tick()
	b.Tick()
	b.Follow().Shows("hello")
	if w.Count("CreateFunction") != 3 || w.Count("CreateRole") != 1 {
		t.Error("the function was not tried again, or the role was made again")
	}
	policies, err := w.IAM.ListAttachedRolePolicies(t.Context(), aws.ListAttachedRolePoliciesInput{RoleName: "hello-role-abcdef01"})
	if err != nil || len(policies.AttachedPolicies) != 1 || policies.AttachedPolicies[0].PolicyArn != basicExecution {
		t.Errorf("%+v, %v", policies, err)
	}
}

// TestRoleIsTakenBack when it cannot be given its policy.
func TestRoleIsTakenBack(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(sandbox(t))
	w.Refuse("AttachRolePolicy")
	b := newBench(t, w.Cloud).Open(nav.Route{Page: createID}).TypeIn("Function name", "f").Press("Create function")
	b.Shows("The function was not created", "It went wrong")
	w.Allow()
	roles, err := listLambdaRoles(t.Context(), w.IAM)
	if err != nil || len(roles) != 2 {
		t.Errorf("%d roles, %v", len(roles), err)
	}
}

// TestPendingIsPolled: a function on its way says so, and then that it is there.
func TestPendingIsPolled(t *testing.T) {
	t.Parallel()
	clock := pagetest.NewClock(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))
	cloud := sandboxWith(t, fake.Options{Now: clock.Now, Delay: aws.Some(time.Second)})
	makeFunction(t, cloud, "f")
	b := newBench(t, cloud)
	b.Env.Now = clock.Now
	b.Open(nav.Route{Page: functionID, Name: "f"}).Shows("Pending")
	b.Tick()
	b.Shows("Pending")
	clock.Pass(2 * time.Second)
	b.Tick()
	b.Lacks("Pending")
}

// TestHelloCode: every runtime of the form has code to start with, the same each
// time.
func TestHelloCode(t *testing.T) {
	t.Parallel()
	for _, r := range aws.LambdaRuntimes() {
		if !r.Shown(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)) {
			continue
		}
		handler, one, err := helloCode(r.Name)
		_, two, again := helloCode(r.Name)
		if err != nil || again != nil || handler == "" || !bytes.Equal(one, two) {
			t.Errorf("%s: %q, %v, %v", r.Name, handler, err, again)
		}
	}
	if _, _, err := helloCode("cobol"); err == nil {
		t.Error("there is code for an unknown runtime")
	}
}
