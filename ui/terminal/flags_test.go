//go:build unix

package terminal_test

import (
	"errors"
	"os/exec"
	"strings"
	"testing"
)

// TestFlagsThatDoNotFit: a flag that a command cannot honour is an error.
func TestFlagsThatDoNotFit(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]string{
		"check dynamodb --profile work":         "--profile is for AWS accounts",
		"lab list --region eu-west-1":           "--region is for AWS accounts",
		"serve --endpoint-url http://x":         "--endpoint-url is for AWS accounts",
		"serve --aws":                           "serve works on a sandbox",
		"sandbox path --aws":                    "path works on a sandbox",
		"lab test dynamodb --aws":               "test works on a sandbox",
		"check dynamodb --aws --sandbox /x":     "--sandbox is for sandboxes",
		"lab list --aws --js-engine quickjs":    "--js-engine is for sandboxes",
		"serve --images blocks":                 "serve shows no pictures",
		"serve --addr 192.0.2.1:80":             "this machine's own addresses only",
		"check nothing":                         "nothing",
		"lab list --aws --region us-west-2":     "no credentials were found",
		"check dynamodb --aws --profile nobody": `there is no profile "nobody"`,
	} {
		t.Run(command, func(t *testing.T) {
			t.Parallel()
			args := strings.Fields(command)
			if !strings.Contains(command, "--sandbox") && !strings.Contains(command, "--aws") {
				args = append(args, "--sandbox", t.TempDir())
			}
			run := exec.CommandContext(t.Context(), binary, args...)
			run.Env = []string{"HOME=" + t.TempDir(), "AWS_EC2_METADATA_DISABLED=true"}
			out, err := run.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.Contains(string(out), want) {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
}
