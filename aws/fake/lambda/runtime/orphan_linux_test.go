package runtime_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	goruntime "runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"awslab/aws/fake/lambda/runtime"
)

// running counts the processes of this computer that have a mark among their
// arguments or variables.
func running(t *testing.T, mark string) int {
	t.Helper()
	entries, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for _, entry := range entries {
		arguments, _ := os.ReadFile(filepath.Join(entry, "cmdline")) // it may have ended
		variables, _ := os.ReadFile(filepath.Join(entry, "environ"))
		if strings.Contains(string(arguments), mark) || strings.Contains(string(variables), "_HANDLER="+mark) {
			count++
		}
	}
	return count
}

// awaitNone waits until none is left.
func awaitNone(t *testing.T, left func() int) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(20 * time.Second)
	for left() > 0 {
		select {
		case <-tick.C:
		case <-limit:
			t.Fatalf("%d processes are left", left())
		}
	}
}

func TestForksEndWithTheEnvironment(t *testing.T) {
	t.Parallel()
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		mark := fmt.Sprint(sleeper, "closed-", confine, "-", time.Now().UnixNano())
		environment := start(t, newEngines(t, runtime.Options{Confine: confine}), func(s *runtime.Spec) { s.Handler = mark })
		if outcome := environment.Invoke(t.Context(), event(order{Do: "fork", Text: mark})); string(outcome.Payload) != `"forked"` {
			t.Fatalf("got %s", outcome.Payload)
		}
		if running(t, mark) < 2 {
			t.Fatal("the function did not fork")
		}
		environment.Close()
		if left := running(t, mark); left > 0 {
			t.Errorf("%d processes are left", left)
		}
	})
}

func TestForksEndWhenTheFunctionExits(t *testing.T) {
	t.Parallel()
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		mark := fmt.Sprint(sleeper, "exited-", confine, "-", time.Now().UnixNano())
		environment := start(t, newEngines(t, runtime.Options{Confine: confine}), func(s *runtime.Spec) { s.Handler = mark })
		environment.Invoke(t.Context(), event(order{Do: "fork", Text: mark}))
		if outcome := environment.Invoke(t.Context(), event(order{Do: "exit", N: 1})); !outcome.Dead {
			t.Fatalf("got %+v", outcome)
		}
		if left := running(t, mark); left > 0 {
			t.Errorf("%d processes are left", left)
		}
	})
}

// A console that is killed takes its functions, and what they forked, with it.
func TestNothingOutlivesAKilledParent(t *testing.T) {
	t.Parallel()
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		mark := fmt.Sprint(sleeper, "killed-", confine, "-", time.Now().UnixNano())
		how := strconv.Itoa(int(confine))
		own, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		parent := exec.CommandContext(context.Background(), own)
		parent.Env = []string{"TMPDIR=" + t.TempDir(), parentVariable + "=" + strings.Join([]string{how, bootstrap(t), t.TempDir(), mark}, "\n"), "PATH=" + os.Getenv("PATH")}
		output, err := parent.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := parent.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(output).ReadString('\n'); strings.TrimSpace(line) != `"forked"` {
			t.Errorf("the parent said %q, %v", line, err)
		}
		children := childrenOf(t, parent.Process.Pid)
		if running(t, mark) < 2 || len(children) < 2 {
			t.Error("the functions do not run")
		}
		if err := parent.Process.Kill(); err != nil {
			t.Error(err)
		}
		_ = parent.Wait() // killed
		awaitNone(t, func() int { return running(t, mark) })
		awaitNone(t, func() int {
			return len(slices.DeleteFunc(slices.Clone(children), func(child string) bool { return !strings.Contains(processes(t), child) }))
		})
	})
}

// processes lists the processes of this computer: number, name, state, parent
// and so on, a line each.
func processes(t *testing.T) string {
	t.Helper()
	entries, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, entry := range entries {
		line, _ := os.ReadFile(entry) // it may have ended
		all.Write(line)
	}
	return all.String()
}

// childrenOf lists the numbers and names of a process's children.
func childrenOf(t *testing.T, parent int) []string {
	t.Helper()
	var children []string
	for line := range strings.Lines(processes(t)) {
		if fields := strings.Fields(line); len(fields) > 3 && fields[3] == fmt.Sprint(parent) {
			children = append(children, "\n"+fields[0]+" "+fields[1])
		}
	}
	return children
}

// Environments that came and went leave no open files, goroutines or folders.
// It runs alone: others would leave theirs.
func TestNothingLeaks(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	code := bootstrap(t)
	for _, confine := range []runtime.Confinement{runtime.ConfineBest, runtime.ConfineFiles, runtime.ConfineNone} {
		engines := newEngines(t, runtime.Options{Confine: confine})
		round := func(handler string) {
			environment, begun := engines.Start(t.Context(), runtime.Spec{Runtime: "provided.al2023", Code: code, Handler: handler})
			if environment != nil {
				environment.Invoke(t.Context(), event(order{Do: "echo"}))
				environment.Close()
			} else if handler == "" {
				t.Fatal(begun.Failure.Message)
			}
		}
		round("") // what is made once is made
		files, goroutines := open(t), goruntime.NumGoroutine()
		for range 2 {
			round("")
			round("init.exit")
		}
		awaitNone(t, func() int { return open(t) - files })
		awaitNone(t, func() int { return goruntime.NumGoroutine() - goroutines })
		left, err := os.ReadDir(temporary)
		if err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
}

// open counts the open files of this process.
func open(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}
