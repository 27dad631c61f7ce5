package lambda

import (
	"fmt"
	"strings"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// settled reports whether no change of a function is under way.
func settled(f aws.FunctionConfiguration) bool {
	return f.State != aws.FunctionPending && f.LastUpdateStatus != aws.UpdateInProgress
}

// changed reports whether a function is another than before.
func changed(before, now aws.FunctionConfiguration) bool {
	return before.RevisionID != now.RevisionID || before.State != now.State || before.LastUpdateStatus != now.LastUpdateStatus
}

// state tells in what state a function is, and what that means for it.
func state(f aws.FunctionConfiguration) (component.StatusKind, string) {
	switch {
	case f.State == aws.FunctionPending:
		return component.StatusInProgress, "Pending: the function is being created"
	case f.State == aws.FunctionFailed:
		return component.StatusError, reasoned("Failed", f.StateReason)
	case f.State == aws.FunctionInactive:
		return component.StatusStopped, reasoned("Inactive", f.StateReason)
	case f.LastUpdateStatus == aws.UpdateInProgress:
		return component.StatusInProgress, "Updating: a change is being applied"
	case f.LastUpdateStatus == aws.UpdateFailed:
		return component.StatusError, reasoned("The last update failed", f.LastUpdateStatusReason)
	}
	return component.StatusSuccess, "Active"
}

func reasoned(what, reason string) string {
	if reason == "" {
		return what
	}
	return what + ": " + reason
}

// busyReason says why a function cannot be changed now; "" when it can.
func (p *functionPage) busyReason() string {
	switch {
	case !p.loaded:
		return "The function is not there yet."
	case !p.settled():
		return "The function is being changed; wait until that is done."
	}
	return ""
}

// runtimeLabel is a runtime as the console names it, "Python 3.14".
func runtimeLabel(name aws.Runtime) string {
	if r, ok := aws.LambdaRuntimeNamed(name); ok {
		return r.Label
	}
	return string(name)
}

// modified is a function's last change in local time; what does not read as a
// time stays as it is.
func modified(text string) string {
	t, err := time.Parse("2006-01-02T15:04:05.000-0700", text)
	if err != nil {
		return component.Clean(text)
	}
	return t.Local().Format(time.DateTime)
}

// ago tells how long a time lies back, as AWS's console does: "5 minutes ago".
func ago(now time.Time, text string) string {
	t, err := time.Parse("2006-01-02T15:04:05.000-0700", text)
	if err != nil {
		return component.Clean(text)
	}
	past := max(0, now.Sub(t))
	for _, u := range []struct {
		size time.Duration
		name string
	}{{365 * 24 * time.Hour, "year"}, {30 * 24 * time.Hour, "month"}, {24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		switch n := past / u.size; {
		case n == 1:
			return "1 " + u.name + " ago"
		case n > 1:
			return fmt.Sprintf("%d %ss ago", n, u.name)
		}
	}
	return "just now"
}

// duration is a number of seconds as the console tells it, "1 min 3 sec".
func duration(seconds int) string { return fmt.Sprintf("%d min %d sec", seconds/60, seconds%60) }

// architecture is the processor a function runs on.
func architecture(f aws.FunctionConfiguration) string {
	if len(f.Architectures) == 0 {
		return "x86_64"
	}
	return strings.Join(f.Architectures, ", ")
}

// roleName is the name of a role, for its ARN.
func roleName(arn string) string { return arn[strings.LastIndexByte(arn, '/')+1:] }

// logGroup is where a function logs.
func logGroup(f aws.FunctionConfiguration, name string) string {
	if f.LoggingConfig.LogGroup != "" {
		return f.LoggingConfig.LogGroup
	}
	return "/aws/lambda/" + name
}

// openLogs goes to a function's log group.
func openLogs(f aws.FunctionConfiguration, name string) tea.Cmd {
	return nav.Go("cloudwatch/log-group", logGroup(f, name), "")
}
