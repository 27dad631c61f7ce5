package js

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
)

// Worker serves one function in this process with the embedded engine and never returns. The environment says all:
// AWS_LAMBDA_RUNTIME_API, _HANDLER, LAMBDA_TASK_ROOT, AWS_EXECUTION_ENV (which runtime to be), and the rest of what
// a function sees; AWS_LAMBDA_FUNCTION_MEMORY_SIZE bounds the engine's memory in MB, and running into it kills
// the process as the kernel would on Lambda; AWSLAB_JS_CACHE names the folder of the compiled prelude.
func Worker() {
	runtime.LockOSThread()
	code, err := serve(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		if errors.Is(err, errOutOfMemory) {
			killSelf()
		}
	}
	os.Exit(code)
}

// serve runs the event loop until the function or the Runtime API ends it, and returns the exit status.
func serve(ctx context.Context) (int, error) {
	settings, err := settingsFromEnvironment()
	if err != nil {
		return 1, err
	}
	e, err := newEngine(settings)
	if err != nil {
		return 1, err
	}
	code, err := e.loop(ctx)
	runtime.KeepAlive(e.limits)
	return code, errors.Join(err, e.out.flush())
}

// settings is what a worker is told by its environment.
type settings struct {
	runtimeAPI, taskRoot, tmp, cache, endpoint string
	memoryMB                                   int
}

func settingsFromEnvironment() (settings, error) {
	s := settings{
		runtimeAPI: os.Getenv("AWS_LAMBDA_RUNTIME_API"),
		taskRoot:   os.Getenv("LAMBDA_TASK_ROOT"),
		tmp:        os.TempDir(),
		cache:      os.Getenv("AWSLAB_JS_CACHE"),
		endpoint:   os.Getenv("AWS_ENDPOINT_URL"),
	}
	if s.runtimeAPI == "" || s.taskRoot == "" {
		return s, errors.New("AWS_LAMBDA_RUNTIME_API and LAMBDA_TASK_ROOT must be set")
	}
	if text := os.Getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"); text != "" {
		mb, err := strconv.Atoi(text)
		if err != nil || mb <= 0 {
			return s, fmt.Errorf("AWS_LAMBDA_FUNCTION_MEMORY_SIZE %q is no number of megabytes", text)
		}
		s.memoryMB = mb
	}
	return s, nil
}

// killSelf ends this process as the kernel ends one that is out of memory.
func killSelf() {
	if p, err := os.FindProcess(os.Getpid()); err == nil {
		_ = p.Kill() // if it fails, the exit ends it
	}
	if runtime.GOOS == "windows" {
		os.Exit(1)
	}
	select {} // the signal is on its way
}
