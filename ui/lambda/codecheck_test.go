package lambda

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// reader finds faults in files that hold "fault", in their second line.
type reader struct {
	err error

	mu   sync.Mutex
	read []string
}

func (r *reader) Engine(aws.Runtime) aws.Engine { return aws.Engine{Name: "CPython", Runs: true} }
func (r *reader) Prepare()                      {}
func (r *reader) Preparing() (string, float64)  { return "", 0 }
func (r *reader) Check(_ context.Context, runtime aws.Runtime, file string, source []byte) (*aws.SyntaxError, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.read = append(r.read, string(runtime)+" "+file)
	if strings.Contains(string(source), "fault") && r.err == nil {
		return &aws.SyntaxError{Line: 2, Column: 3, Message: "unexpected \x1b[31mfault"}, nil
	}
	return nil, r.err
}

func TestDeployTellsSyntaxErrors(t *testing.T) {
	t.Parallel()
	cloud := withFunction(t, helloFiles()...)
	engines := &reader{}
	cloud.Engines = engines
	b := codeBench(t, cloud, "code")
	b.TypeIn("lambda_function.py", "# a fault")
	b.Press("  tool.sh").Keys("enter").TypeIn("lib/tool.sh", "echo 2").Press("Deploy")
	b.Lacks("Changes not deployed").Shows("✗ line 2, column 3: unexpected ", "✗2 │")
	told := pagetest.Asked[nav.Notify](b)
	if told.Level != nav.Warning || told.Title != "Deployed, but lambda_function.py has a syntax error in line 2" ||
		!strings.HasSuffix(told.Text, "fault; invoking it gives Runtime.UserCodeSyntaxError.") || strings.Contains(told.Text, "\x1b") {
		t.Errorf("Deploy says %+v", told)
	}
	if !strings.Contains(codeNow(t, cloud.Cloud)["lambda_function.py"], "# a fault") {
		t.Error("the code was not deployed, as AWS does")
	}
	if want := []string{"python3.14 lambda_function.py", "python3.14 lib/tool.sh"}; !slices.Equal(engines.read, want) {
		t.Errorf("checked were %q, want what was changed: %q", engines.read, want)
	}
	if z := b.Zone("lambda_function.py", component.RoleText); !z.Focused {
		t.Error("the faulty file has no focus")
	}
	b.Keys("X").Shows("  X  return 'hello'", "Changes not deployed").Lacks("✗")
	b.Keys("up").TypeIn("lambda_function.py", "# mine").Press("Deploy")
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Success {
		t.Errorf("without a fault, Deploy says %+v", told)
	}
}

// TestDeployTellsTheHandlersFileFirst, and how many others there are.
func TestDeployTellsTheHandlersFileFirst(t *testing.T) {
	t.Parallel()
	cloud := withFunction(t, packedFile{name: "a.py", data: "\n\n", mode: 0o644}, packedFile{name: "lambda_function.py", data: "\n\n", mode: 0o644})
	cloud.Engines = &reader{}
	b := codeBench(t, cloud, "code")
	b.TypeIn("lambda_function.py", "# a fault")
	b.Press("a.py").Keys("enter").TypeIn("a.py", "# a fault").Press("Deploy")
	told := pagetest.Asked[nav.Notify](b)
	if !strings.Contains(told.Title, "lambda_function.py") || !strings.HasSuffix(told.Text, " One more file has one.") {
		t.Errorf("Deploy says %+v", told)
	}
	b.Press("a.py").Keys("enter").TypeIn("a.py", "# another fault").Press("Deploy")
	if told := pagetest.Asked[nav.Notify](b); !strings.Contains(told.Title, "a.py") || !strings.HasSuffix(told.Text, "; code that imports it fails.") {
		t.Errorf("Deploy says %+v", told)
	}
}

// TestDeployNeedsNoReader: where nothing tells syntax errors, Deploy says what it
// always says.
func TestDeployNeedsNoReader(t *testing.T) {
	t.Parallel()
	for name, engines := range map[string]aws.Engines{"on AWS": nil, "broken": &reader{err: errors.New("crashed")}} {
		cloud := withFunction(t, helloFiles()...)
		cloud.Engines = engines
		b := codeBench(t, cloud, "code")
		b.TypeIn("lambda_function.py", "# a fault").Press("Deploy").Lacks("✗")
		if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Success {
			t.Errorf("%s: Deploy says %+v", name, told)
		}
	}
}
