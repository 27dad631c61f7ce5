package lambda

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// running is a test under way.
type running struct {
	since  time.Time
	frame  int
	cancel *component.Button
}

// frameEvery is how often a run's spinner turns.
const frameEvery = 100 * time.Millisecond

// result is how a test went.
type result struct {
	queued    bool   // it was asynchronous: only that it was accepted is known
	err       error  // the function was not run
	cancelled string // it was given up after so long; "" when not
	failed    bool   // the function ran, and failed
	summary   string // why it failed, in a line
	sha       string // of the code that ran
	report    report
	response  *component.Editor
	log       *component.Editor
	details   *component.Section
	logs      *component.Link
}

// answer is an invocation's answer, made ready to be shown.
type answer struct {
	out      aws.InvokeOutput
	response string
	log      string
}

// test runs the function with the event in the editor.
func (t *testTab) test() tea.Cmd {
	if cmd, ok := t.valid(); !ok {
		return cmd
	}
	in := aws.InvokeInput{FunctionName: t.f.name, InvocationType: t.invocation.Value(), Payload: aws.Payload(t.editor.Value())}
	if in.InvocationType == aws.InvokeRequestResponse {
		in.LogType = "Tail"
	}
	r := &running{since: t.f.Env.Now()}
	r.cancel = component.NewButton("Cancel", t.cancel)
	r.cancel.Shortcut = "esc"
	t.running = r
	t.f.arrange()
	cloud, sha := t.f.Env.Cloud.Lambda, t.f.configuration.CodeSha256
	return tea.Batch(t.f.Ring.Focus(r.cancel), t.spin(r), page.Latest(t.f.Env.Calls, "invoke",
		func(ctx context.Context) (a answer, err error) {
			if a.out, err = cloud.Invoke(ctx, in); err != nil {
				return a, err
			}
			a.response = pretty(a.out.Payload)
			log, err := base64.StdEncoding.DecodeString(a.out.LogResult)
			if err != nil {
				return a, fmt.Errorf("read the log's end: %w", err)
			}
			a.log = string(log)
			return a, nil
		},
		func(a answer, err error) tea.Cmd {
			return t.done(t.resultOf(a, err, in.InvocationType == aws.InvokeEvent, sha))
		}))
}

// spin turns the spinner while a run lasts.
func (t *testTab) spin(r *running) tea.Cmd {
	return t.f.Env.Calls.After(frameEvery, func() tea.Cmd {
		if t.running != r {
			return nil
		}
		r.frame++
		return t.spin(r)
	})
}

// cancel waits no longer for a run.
func (t *testTab) cancel() tea.Cmd {
	if t.running == nil {
		return nil
	}
	t.f.Env.Calls.Cancel("invoke")
	return t.done(&result{cancelled: t.elapsed()})
}

// elapsed is how long the run has lasted, in seconds.
func (t *testTab) elapsed() string {
	return fmt.Sprintf("%d s", int(t.f.Env.Now().Sub(t.running.since).Seconds()))
}

// resultOf makes an answer ready to be shown.
func (t *testTab) resultOf(a answer, err error, queued bool, sha string) *result {
	r := &result{err: err, queued: queued, failed: a.out.FunctionError != "", sha: sha}
	if err != nil || queued {
		return r
	}
	r.report = readReport(a.log)
	if r.failed {
		r.summary = failure(a.out.Payload)
	}
	r.response, r.log = shownText("Response", "json", a.response), shownText("Log output", "text", a.log)
	r.details = component.NewSection("Details")
	if t.result != nil && t.result.details != nil {
		r.details.SetOpen(t.result.details.Open())
	}
	r.details.Changed = func() tea.Cmd { t.f.arrange(); return nil }
	return r
}

// mostShown is the lines of a result's text that are in sight at once.
const mostShown = 14

// shownText is an editor that only shows a text, as high as that needs.
func shownText(label, language, text string) *component.Editor {
	const around = 2 // the label, and the line that tells the place
	text = strings.TrimRight(text, "\n")
	e := component.NewEditor()
	e.Label, e.Language, e.ReadOnly = label, language, true
	e.Height = around + min(strings.Count(text, "\n")+1, mostShown)
	e.SetValue(text)
	return e
}

// done shows how a run went, and goes there.
func (t *testTab) done(r *result) tea.Cmd {
	r.logs = component.NewLink("logs", func() tea.Cmd { return openLogs(t.f.configuration, t.f.name) })
	t.running, t.result = nil, r
	t.f.arrange()
	if r.details != nil {
		return t.f.focus(t, r.details)
	}
	return t.f.focus(t, r.logs)
}

// failure is what a failed function answered, in a line.
func failure(payload []byte) string {
	var told struct {
		Type    string `json:"errorType"`
		Message string `json:"errorMessage"`
	}
	if err := json.Unmarshal(payload, &told); err != nil {
		return "" // the function made its own answer; Details show it
	}
	return strings.Trim(told.Type+": "+told.Message, ": ")
}

// pretty sets JSON out in lines; what is none stays as it is.
func pretty(data []byte) string {
	var out bytes.Buffer
	if err := json.Indent(&out, bytes.TrimSpace(data), "", "  "); err != nil {
		return string(data)
	}
	return out.String()
}
