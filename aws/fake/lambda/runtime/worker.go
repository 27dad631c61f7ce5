package runtime

import (
	"fmt"
	"os"
	"strings"
)

// roleVariable, in the environment of this program, makes it a worker. A
// worker's environment holds nothing else.
const (
	roleVariable = "AWSLAB_FUNCTION_WORKER"
	roleWorker   = "1"
)

// plan is what a worker is to do. It reads it, as JSON, from its standard
// input, which stays open as long as its parent lives.
type plan struct {
	Confine  *confinement // first it shuts itself in
	Restrict *restriction // or this is all that its program may reach
	QuickJS  bool         // then it becomes a QuickJS worker
	Check    *checking    // or reads this file
	Args     []string     // or runs this program (none: it ends)
	Env      []string     // with this environment, "NAME=value"
	Dir      string       // in this folder
	Temp     string       // and removes this one afterwards
}

// confinement is what a confined process sees besides the system's programs.
type confinement struct {
	Root      string   // an empty folder, where the process builds its own root
	Code      string   // shown read-only as /var/task
	Folders   []string // files and folders shown read-only where they are
	Processes bool     // it is the first of its own processes, which /proc shows
}

// restriction is what the program of an unconfined process may reach.
type restriction struct {
	Read  []string // files and folders, besides the system's programs
	Write string   // a folder
	Port  uint16   // the TCP port it may connect to, where that can be ruled
}

// Worker runs this process as what it was started for, when it was started by
// this package: what confines a function or keeps watch over it, or a QuickJS
// worker. Then it does not return. Call it first in main, and in TestMain.
func Worker() {
	if os.Getenv(roleVariable) != roleWorker {
		return
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// becomeQuickJS goes on as a QuickJS worker, and does not return.
func becomeQuickJS(p plan) error {
	os.Clearenv()
	for _, pair := range p.Env {
		name, value, _ := strings.Cut(pair, "=")
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	if err := os.Chdir(p.Dir); err != nil {
		return err
	}
	go dieWithParent(p.Temp)
	quickJS()
	return nil
}

// dieWithParent waits for the end of the standard input, which only the
// parent's end brings about, and removes the folder of temporary files. When
// the worker misses its server first, the folder is left to the system.
func dieWithParent(temp string) {
	buffer := make([]byte, 16)
	for {
		if _, err := os.Stdin.Read(buffer); err != nil {
			if temp != "" {
				_ = os.RemoveAll(temp) // nobody is left to be told
			}
			os.Exit(1)
		}
	}
}
