package js

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	update   = flag.Bool("update", false, "write testdata/node.txt anew from the node of this computer")
	allNodes = flag.Bool("node", false, "run every case on this computer's node, not only those that need no particular version")
)

// transcripts is where real Node's transcripts are kept, each under a line "=== name".
const transcripts = "testdata/node.txt"

func allCases() []testCase { return slices.Concat(handlerCases, errorCases, logCases, moduleCases) }

func TestCaseNamesAreUnique(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, c := range allCases() {
		if seen[c.name] {
			t.Errorf("two cases are named %q", c.name)
		}
		seen[c.name] = true
	}
}

// TestLikeNode runs every case on both engines: what functions answer and log must be what real Node.js does.
func TestLikeNode(t *testing.T) {
	t.Parallel()
	recorded := readTranscripts(t)
	for _, engine := range []string{"quickjs", "node"} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			if engine == "node" && *update {
				t.Skip("being recorded")
			}
			cases := allCases()
			if engine == "node" && !*allNodes {
				cases = handlerCases
			}
			for i, c := range cases {
				if raced && i%30 != 0 {
					continue
				}
				t.Run(c.name, func(t *testing.T) {
					t.Parallel()
					got := transcript(t, engine, c)
					if engine == "quickjs" && c.differs != "" {
						for _, want := range c.want {
							if !strings.Contains(got, want) {
								t.Errorf("%q is missing in:\n%s", want, got)
							}
						}
						return
					}
					if want := recorded[c.name]; got != want {
						t.Errorf("got\n%s\nNode:\n%s", got, want)
					}
				})
			}
		})
	}
}

func TestRecordNode(t *testing.T) {
	if !*update {
		t.Skip("only with -update")
	}
	if _, err := exec.LookPath("node"); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, c := range allCases() {
		all[c.name] = transcript(t, "node", c)
	}
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&text, "=== %s\n%s", name, all[name])
	}
	if err := os.WriteFile(transcripts, []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
}

func readTranscripts(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(transcripts)
	if err != nil && !*update {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, part := range strings.Split("\n"+string(data), "\n=== ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		all[name] = strings.TrimSuffix(text, "\n") + "\n"
	}
	return all
}

// transcript is what a case did, with what changes from run to run taken out.
func transcript(t *testing.T, engine string, c testCase) string {
	t.Helper()
	f := start(t, engine, c.files, c.env...)
	var answers strings.Builder
	for _, event := range c.events {
		a := f.invoke(t, event)
		if a.Path == "" {
			break // it has ended
		}
		fmt.Fprintf(&answers, "%s %s %s\n", a.Path, a.ErrorType, a.Body)
	}
	status := ""
	select {
	case <-f.exited:
		status = fmt.Sprintf("exit status %d\n", f.cmd.ProcessState.ExitCode())
	default:
		if strings.HasPrefix(answers.String(), "/init/error") {
			<-f.exited
			status = fmt.Sprintf("exit status %d\n", f.cmd.ProcessState.ExitCode())
		}
	}
	var logged strings.Builder
	f.stop()
	for _, e := range f.out.all() {
		fmt.Fprintf(&logged, "log %s\n", strings.ReplaceAll(e, "\n", "\n    | "))
	}
	return normal(logged.String() + answers.String() + status)
}

// changing is what differs between runs and engines without meaning: times, and Node's own frames.
var changing = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(\t|",")`), "TIME$1"},
	{regexp.MustCompile(`\n[ |]*at (async )?[^\n]*\(?node:[^\n]*`), ""},
	{regexp.MustCompile(`,"    at [^"]*node:[^"]*"`), ""},
	{regexp.MustCompile(`00000000-0000-4000-8000-00000000000`), "REQUEST-"},
}

func normal(text string) string {
	for _, c := range changing {
		text = c.pattern.ReplaceAllString(text, c.with)
	}
	return text
}
