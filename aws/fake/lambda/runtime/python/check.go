package python

import (
	"context"
	"os"
	"os/exec"
	"strings"
)

// Checks reports whether a file of this name is a module.
func Checks(file string) bool { return strings.HasSuffix(file, ".py") }

// reader reads a module's source from the standard input, and tells what is wrong with it. What it warns of is no
// fault, and does not matter here.
const reader = `
import sys, json, warnings
warnings.simplefilter("ignore")
fault = None
try:
    compile(sys.stdin.buffer.read(), sys.argv[1], "exec", dont_inherit=True)
except SyntaxError as e:
    fault = {"Line": e.lineno or 1, "Column": e.offset or 0, "Message": e.msg}
print(json.dumps(fault))
`

// Check is a program that reads a module from its standard input as Python does, without running anything of it. It
// writes the first fault of the syntax, in Python's words, as a JSON object of Line and Column (from 1, in
// characters; 0 where it is not known) and Message; null when there is none. It ends with ctx.
func (i *Interpreter) Check(ctx context.Context, file string) *exec.Cmd {
	command := exec.CommandContext(ctx, i.executable(), "-I", "-S", "-B", "-X", "utf8", "-c", reader, file) //nolint:gosec // our own interpreter
	command.Env = []string{"SYSTEMROOT=" + os.Getenv("SYSTEMROOT")}
	command.Dir = i.home
	return command
}
