package page_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// apply runs a command and applies its answer, as the program does.
func apply(t *testing.T, cmd tea.Cmd) {
	t.Helper()
	answer, ok := cmd().(page.Answer)
	if !ok {
		t.Fatal("no answer came")
	}
	answer.Apply()
}

func value(v string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return v, nil }
}

func TestAnswersComeHome(t *testing.T) {
	t.Parallel()
	calls := page.NewCalls(t.Context())
	got := ""
	cmd := page.Do(calls, value("answer"), func(v string, _ error) tea.Cmd { got = v; return nil })
	if !calls.Busy() {
		t.Error("it is not busy while the call runs")
	}
	apply(t, cmd)
	if got != "answer" || calls.Busy() {
		t.Errorf("got %q, busy %v", got, calls.Busy())
	}
}

// TestOnlyTheLatestCounts, whichever answer comes first, and the older call is
// cancelled.
func TestOnlyTheLatestCounts(t *testing.T) {
	t.Parallel()
	for _, order := range [][2]int{{0, 1}, {1, 0}} {
		calls := page.NewCalls(t.Context())
		var got []string
		var cancelled error
		take := func(v string, _ error) tea.Cmd { got = append(got, v); return nil }
		cmds := []tea.Cmd{
			page.Latest(calls, "list", func(ctx context.Context) (string, error) { cancelled = ctx.Err(); return "old", nil }, take),
			page.Latest(calls, "list", value("new"), take),
		}
		apply(t, cmds[order[0]])
		apply(t, cmds[order[1]])
		if len(got) != 1 || got[0] != "new" || !errors.Is(cancelled, context.Canceled) {
			t.Errorf("%v: got %v, the old call's context: %v", order, got, cancelled)
		}
	}
}

func TestAnswersOfAClosedPageAreDropped(t *testing.T) {
	t.Parallel()
	calls := page.NewCalls(t.Context())
	calls.Tick = func(_ time.Duration, f func(time.Time) tea.Msg) tea.Cmd {
		return func() tea.Msg { return f(time.Time{}) }
	}
	dropped := func() tea.Cmd { t.Error("a late answer was taken"); return nil }
	first := page.Do(calls, value("late"), func(string, error) tea.Cmd { return dropped() })
	second := calls.After(time.Hour, dropped)
	third := page.Do(calls, func(ctx context.Context) (string, error) { return "", ctx.Err() }, func(string, error) tea.Cmd { return dropped() })
	calls.Close()
	apply(t, first)
	apply(t, second)
	apply(t, third)
	if calls.Busy() {
		t.Error("a closed page is busy")
	}
}
