package local_test

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/aws"
)

// probe tries what each of the event's steps says, and tells what came of it.
const probe = `
import os, socket, subprocess, sys, urllib.request
def attempt(step):
    do, what = step
    try:
        match do:
            case "read": return open(os.path.expanduser(what)).read(100)
            case "list": return " ".join(os.listdir(os.path.expanduser(what)))
            case "write": return open(os.path.expanduser(what), "w").write("x")
            case "dial":
                host, _, port = what.rpartition(":")
                socket.create_connection((host, int(port)), 1).close()
                return "connected"
            case "resolve": return socket.gethostbyname(what)
            case "environment": return " ".join(name + "=" + value for name, value in os.environ.items())
            case "parent": return open("/proc/%d/environ" % os.getppid(), errors="replace").read(100_000)
            case "fork":
                child = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3600)', sys.argv[1]], start_new_session=True); time.sleep(3600)"
                subprocess.Popen([sys.executable, "-c", child, what], start_new_session=True)
                return "forked"
            case "bomb":
                import time
                for n in range(1000):
                    if os.fork() == 0:
                        time.sleep(3600)
                time.sleep(3600) # until it is ended
                return "forked"
            case "exit": os._exit(1)
            case "loop":
                while True: pass
    except (OSError, RuntimeError) as e:
        return "refused: %s" % e
def handler(event, context):
    return [attempt(step) for step in event]
`

type step [2]string

// tries has the probe do some steps and gives what came of each; nothing when it
// did not live to tell.
func (s sandbox) tries(t *testing.T, function string, steps ...step) (results []string, failure string) {
	t.Helper()
	event, err := json.Marshal(steps)
	if err != nil {
		t.Fatal(err)
	}
	out, tail := s.invoke(t, function, string(event))
	if out.FunctionError != "" {
		return nil, string(out.Payload)
	}
	var answers []any
	if err := json.Unmarshal(out.Payload, &answers); err != nil || len(answers) != len(steps) {
		t.Fatalf("the probe answers %s:\n%s", out.Payload, tail)
	}
	for _, a := range answers {
		results = append(results, fmt.Sprint(a))
	}
	return results, ""
}

// A function sees nothing of the user's: no file, no key, no network but the
// sandbox's. It runs alone, since it sets this process's variables.
func TestNothingOfTheUsers(t *testing.T) {
	const secret = "the user's own secret"
	home := t.TempDir()
	if err := os.MkdirAll(filepath.Join(home, ".aws"), 0o755); err != nil {
		t.Fatal(err)
	}
	credentials := filepath.Join(home, ".aws", "credentials")
	if err := os.WriteFile(credentials, []byte(secret), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOME", home)
	t.Setenv("AWS_SECRET_ACCESS_KEY", secret)
	t.Setenv("AWS_PROFILE", secret)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", credentials)
	t.Setenv("GITHUB_TOKEN", secret)
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = other.Close() }) // it only listens

	s := open(t, t.TempDir())
	s.python(t, "Probe", probe)
	results, failure := s.tries(t, "Probe", step{"environment"}, step{"parent"}, step{"read", "~/.aws/credentials"})
	if all := fmt.Sprint(results, failure); strings.Contains(all, secret) || !strings.Contains(all, "AWS_ACCESS_KEY_ID=ASIA") {
		t.Errorf("the function sees %s", all)
	}
	how := s.Engines.Engine("python3.14").Confined
	if !strings.HasPrefix(how, "own network") {
		t.Skipf("this computer lets functions have %s", how)
	}
	steps := []step{
		{"read", credentials}, {"list", home}, {"list", "/root"}, {"list", "/home"}, {"list", filepath.Dir(s.dir)}, {"read", "/etc/shadow"},
		{"write", "/var/task/code.py"}, {"write", "/usr/x"}, {"write", filepath.Join(home, "x")},
		{"dial", other.Addr().String()}, {"dial", strings.TrimPrefix(s.Place.Endpoint, "http://")}, {"dial", "192.0.2.1:80"}, {"dial", "169.254.169.254:80"}, {"resolve", "example.com"},
	}
	results, failure = s.tries(t, "Probe", steps...)
	if failure != "" {
		t.Fatal(failure)
	}
	for n, result := range results {
		if !strings.HasPrefix(result, "refused: ") {
			t.Errorf("%s: %s", steps[n], result)
		}
	}
}

// marked counts the processes that have a mark among their arguments.
func marked(t testing.TB, mark string) (count int) {
	t.Helper()
	for _, p := range processes(t) {
		arguments, _ := os.ReadFile(filepath.Join("/proc", p.pid, "cmdline")) // it may have ended
		if strings.Contains(string(arguments), mark) {
			count++
		}
	}
	return count
}

// What a function has started ends with its environment, however that ends.
func TestChildren(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("it looks for processes in /proc")
	}
	for _, c := range []struct {
		name string
		end  func(t *testing.T, s sandbox)
	}{
		{"closed", func(t *testing.T, s sandbox) { s.shut(t) }},
		{"exit", func(t *testing.T, s sandbox) {
			if _, failure := s.tries(t, "Probe", step{"exit"}); !strings.Contains(failure, "Runtime.ExitError") {
				t.Error(failure)
			}
		}},
		{"timeout", func(t *testing.T, s sandbox) {
			if _, failure := s.tries(t, "Probe", step{"loop"}); !strings.Contains(failure, "Sandbox.Timedout") {
				t.Error(failure)
			}
		}},
		{"update", func(t *testing.T, s sandbox) {
			must(t, s.Lambda.UpdateFunctionConfiguration, aws.UpdateFunctionConfigurationInput{FunctionName: "Probe", Timeout: 30})
			if results, failure := s.tries(t, "Probe", step{"read", "/proc/self/comm"}); len(results) != 1 {
				t.Error(failure)
			}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := open(t, t.TempDir())
			s.python(t, "Probe", probe, timeout(2))
			mark := fmt.Sprint("child-", c.name, "-", time.Now().UnixNano())
			if results, failure := s.tries(t, "Probe", step{"fork", mark}); !slices.Equal(results, []string{"forked"}) {
				t.Fatal(results, failure)
			}
			await(t, "the child and its child", func() bool { return marked(t, mark) >= 2 })
			c.end(t, s)
			await(t, "the end of the children", func() bool { return marked(t, mark) == 0 })
		})
	}
}

// A function that forks without end runs out of memory.
func TestForkBomb(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.python(t, "Probe", probe)
	if results, failure := s.tries(t, "Probe", step{"bomb"}); !strings.Contains(failure, "Runtime.OutOfMemory") {
		t.Error(results, failure)
	}
	if results, failure := s.tries(t, "Probe", step{"read", "/var/task/code.py"}); len(results) != 1 {
		t.Error(failure)
	}
}

// TestFunctionsHaveNoOtherKeys: the keys that are as good as any outside are
// nobody's within a function.
func TestFunctionsHaveNoOtherKeys(t *testing.T) {
	t.Parallel()
	s := open(t, t.TempDir())
	s.bucket(t, "image-1")
	name := s.python(t, "Burglar", `
import os
os.environ["AWS_ACCESS_KEY_ID"] = "AKIALEARNERSANDBOX00"
os.environ.pop("AWS_SESSION_TOKEN", None)
import boto3
def handler(event, context):
    boto3.client("s3").put_object(Bucket="image-1", Key="mine", Body=b"x")
`)
	out, _ := s.invoke(t, name, "{}")
	if !strings.Contains(string(out.Payload), "InvalidAccessKeyId") {
		t.Errorf("it answers %s", out.Payload)
	}
	if keys := s.keys(t, "image-1"); len(keys) > 0 {
		t.Errorf("there is %v", keys)
	}
}
