package runtime

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

const nodeFile = "node.exe"

var systemPath = os.Getenv("SystemRoot") + `\System32`

// systemVariables are those without which Windows programs do not work.
func systemVariables(p place) map[string]string {
	return map[string]string{
		"SYSTEMROOT": os.Getenv("SystemRoot"), "COMSPEC": os.Getenv("ComSpec"), "PATHEXT": ".COM;.EXE;.BAT;.CMD",
		"TEMP": p.temp, "TMP": p.temp, "USERPROFILE": p.temp,
	}
}

// workerPairs are those that a worker needs beside its role.
func workerPairs() []string { return []string{"SYSTEMROOT=" + os.Getenv("SystemRoot")} }

func executable(os.FileInfo) bool { return true }

func landlockVersion() int { return 0 }

func (e *Engines) tryConfinement() error {
	return errors.New("this system cannot confine it further")
}

func (e *Engines) beginConfined(Spec, program) (*process, error) { return nil, errors.ErrUnsupported }

// work does what the plan on the standard input says.
func work() error {
	var p plan
	if err := json.NewDecoder(os.Stdin).Decode(&p); err != nil {
		return err
	}
	if p.Check != nil {
		return p.Check.work()
	}
	return becomeQuickJS(p)
}

// workerProgram is this program.
func workerProgram() (string, error) { return os.Executable() }

// beginPlain starts a program, or this one as a QuickJS worker, in a job that
// ends with us.
func (e *Engines) beginPlain(todo plan) (*process, error) {
	command, err := commandFor(todo)
	if err != nil {
		return nil, err
	}
	p, started, err := outputs(command)
	if err != nil {
		return nil, err
	}
	var plans io.WriteCloser
	if todo.QuickJS {
		if plans, err = command.StdinPipe(); err != nil {
			started()
			p.closeOutputs()
			return nil, err
		}
	}
	err = e.starter.run(command.Start)
	started()
	if err != nil {
		p.closeOutputs()
		return nil, err
	}
	job, err := jobFor(command.Process.Pid)
	if err == nil && plans != nil {
		err = json.NewEncoder(plans).Encode(todo)
	}
	if err != nil {
		_ = command.Process.Kill() // the error says more
		_ = command.Wait()
		p.closeOutputs()
		return nil, err
	}
	p.usage.job = job
	p.stop = func() { _ = windows.TerminateJobObject(job, 1) } // all have ended, if it fails
	go func() {
		_ = command.Wait() // its state says the same
		p.kill()           // what it started and left
		p.finished("")
	}()
	return p, nil
}

func commandFor(todo plan) (*exec.Cmd, error) {
	args, env := todo.Args, todo.Env
	if todo.QuickJS {
		own, err := workerProgram()
		if err != nil {
			return nil, err
		}
		args, env = []string{own}, append(workerPairs(), roleVariable+"="+roleWorker)
	} else if filepath.Ext(args[0]) == "" {
		copied := filepath.Join(todo.Temp, filepath.Base(args[0])+".exe") // Windows runs no file without an ending
		if err := copyFile(args[0], copied); err != nil {
			return nil, err
		}
		args = append([]string{copied}, args[1:]...)
	}
	command := exec.Command(args[0], args[1:]...) //nolint:noctx,gosec // the function's own program; it ends with the environment
	command.Env, command.Dir = env, todo.Dir
	command.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: windows.CREATE_NEW_PROCESS_GROUP}
	return command, nil
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from) //nolint:gosec // the function's own code
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o700) //nolint:gosec // a program
}

// jobFor puts a process, and what it will start, into a job that ends when we
// do.
func jobFor(pid int) (windows.Handle, error) {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return 0, err
	}
	var limits windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits))) //nolint:gosec // as the call wants it
	if err == nil {
		err = assign(job, pid)
	}
	if err != nil {
		return 0, errors.Join(err, windows.CloseHandle(job))
	}
	return job, nil
}

func assign(job windows.Handle, pid int) error {
	process, err := windows.OpenProcess(windows.PROCESS_SET_QUOTA|windows.PROCESS_TERMINATE, false, uint32(pid)) //nolint:gosec // a process number
	if err != nil {
		return err
	}
	return errors.Join(windows.AssignProcessToJobObject(job, process), windows.CloseHandle(process))
}
