package spec_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/lab/spec"
)

// twofold is a lab that says something else in an account.
const twofold = head0 + `names:
  source: {kind: "s3:bucket", like: "image-*", default: "image-##"}
  files: {kind: "s3:bucket", like: "files-*", default: "files-##", sandbox: files}
needs:
  - role: worker
    trust: lambda.amazonaws.com
    managed: [service-role/AWSLambdaBasicExecutionRole]
    policy: buckets
    allows:
      - {action: "s3:GetObject", on: ["arn:aws:s3:::{source}/*"]}
  - {bucket: "{files}", files: [HappyFace.jpg]}
---
## Welcome

<!-- on sandbox -->
All of {files} is there.
<!-- on account -->
Prepare {files}.
<!-- end -->

## Do it

Do it.

` + "```check\n<!-- on sandbox -->\nbucket(\"{files}\")\n<!-- on account -->\nbucket(\"{source}\")\n<!-- end -->\n```\n```do\npress \"A\"\n<!-- on account -->\npress \"B\"\n<!-- end -->\n```" + `

<!-- on account -->
## Only there

Text.

` + "```check\nnoBucket(\"a\")\n```\n```do\npress \"C\"\n```" + `
<!-- end -->

## Bye

Bye.
`

func TestALabHasAFormForEachKind(t *testing.T) {
	t.Parallel()
	sandbox, err := spec.Parse("lab.md", []byte(twofold))
	if err != nil {
		t.Fatal(err)
	}
	account := sandbox.On(aws.Account)
	for _, c := range []struct {
		lab                *spec.Lab
		steps, does        int
		welcome, check     string
		files, role, grant string
		makes              bool
	}{
		{sandbox, 3, 1, "All of files is there.", `bucket("files")`, "files", "worker", "arn:aws:s3:::image-00/*", false},
		{account, 4, 2, "Prepare files-00.", `bucket("image-00")`, "files-00", "worker", "arn:aws:s3:::image-00/*", true},
		{account.With(map[string]string{"source": "image-7", "files": "files-7"}), 4, 2, "Prepare files-7.", `bucket("image-7")`, "files-7", "worker", "arn:aws:s3:::image-7/*", true},
		{account.On(aws.Sandbox).With(map[string]string{"source": "image-7", "files": "files-7"}), 3, 1, "All of files is there.", `bucket("files")`, "files", "worker", "arn:aws:s3:::image-7/*", false},
	} {
		l := c.lab
		if len(l.Steps) != c.steps || len(l.Steps[1].Do) != c.does || l.Steps[0].Parts[0].Text != c.welcome || len(l.Steps[1].Checks) != 1 || l.Steps[1].Checks[0].Source != c.check {
			t.Errorf("got %+v, want %+v", l.Steps, c)
		}
		if l.Needs[0].Role != c.role || l.Needs[0].Allows[0].On[0] != c.grant || l.Needs[1].Bucket != c.files || l.Makes("files") != c.makes || !l.Makes("source") {
			t.Errorf("needs %+v, want %+v", l.Needs, c)
		}
		if line := strings.Split(twofold, "\n")[l.Steps[1].Checks[0].Line-1]; !strings.HasPrefix(line, "bucket(") {
			t.Errorf("the check is told to be at %q", line)
		}
	}
	if sandbox.On(aws.Sandbox) != sandbox || sandbox.On("") != sandbox || account.On(aws.Account) != account {
		t.Error("the form that there is, is read again")
	}
	if got := account.Needs[0].OwnPolicy(); !strings.Contains(got, `"Action": "s3:GetObject"`) || !strings.Contains(got, `"Version": "2012-10-17"`) {
		t.Errorf("the policy reads %s", got)
	}
	if got := account.Needs[0].TrustPolicy(); !strings.Contains(got, `"Service": "lambda.amazonaws.com"`) || !strings.Contains(got, "sts:AssumeRole") {
		t.Errorf("the trust policy reads %s", got)
	}
}

func TestFaultsOfFormsAndNeeds(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, tells string }{
		{"<!-- on account -->\nPrepare", "<!-- on moon -->\nPrepare", `lab.md:24: there is no "moon" to be on`},
		{"## Welcome\n", "## Welcome\n<!-- end -->\n", "lab.md:21: nothing ends here"},
		{"## Bye\n", "## Bye\n<!-- on account -->\n", "what begins here does not end"},
		{"noBucket(\"a\")", "noBuket(\"a\")", "unknown name noBuket"},
		{"bucket(\"{files}\")", "buckt(\"{files}\")", "unknown name buckt"},
		{"Prepare {files}.", "Prepare {file}.", "there is no name {file}"},
		{"sandbox: files", "sandbox: \"a b\"", "which is no plain name"},
		{"role: worker", "role: worker man", "no role can have"},
		{"role: worker", "role: \"{source}-worker-{sorce}\"", "there is no name {sorce}"},
		{"trust: lambda.amazonaws.com", "trust: lambda", "trusts \"lambda\""},
		{"trust: lambda.amazonaws.com", "files: [a]\n    trust: lambda.amazonaws.com", "which go with a bucket"},
		{"service-role/AWS", "service role/AWS", "has the managed policy"},
		{"trust: lambda.amazonaws.com", "also: [a]\n    trust: lambda.amazonaws.com", "which go with a bucket"},
		{"policy: buckets", "policy: the buckets", "which is no name"},
		{"policy: buckets\n", "\n", "together, or neither"},
		{"s3:GetObject", "GetObject", "it takes an action"},
		{`on: ["arn:aws:s3:::{source}/*"]`, "on: []", "it takes an action"},
		{`bucket: "{files}"`, `role: r, bucket: "{files}"`, "is a role or a bucket"},
		{`bucket: "{files}"`, `bucket: "a b"`, "no bucket can have"},
		{"files: [HappyFace.jpg]", "files: []", "a bucket without files"},
		{"files: [HappyFace.jpg]", "files: [a], policy: b", "has what goes with a role"},
	} {
		source := strings.Replace(twofold, c.from, c.to, 1)
		_, err := spec.Parse("lab.md", []byte(source))
		var fault *spec.Fault
		if source == twofold || !errors.As(err, &fault) || !strings.Contains(err.Error(), c.tells) {
			t.Errorf("%s for %s: %v; want it to tell %q", c.to, c.from, err, c.tells)
			continue
		}
		if told := strings.Split(err.Error(), "\n"); len(slices.Compact(slices.Clone(told))) != len(told) {
			t.Errorf("%s for %s: told twice: %v", c.to, c.from, err)
		}
	}
}
