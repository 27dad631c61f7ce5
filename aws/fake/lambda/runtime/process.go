package runtime

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"os/exec"
	goruntime "runtime"
	"strings"
	"sync"
)

// process is the process of an environment, with all that it starts.
type process struct {
	command  *exec.Cmd
	address  string       // host:port of its server, as it knows it
	listener net.Listener // of that server
	stdout   *os.File
	stderr   *os.File
	usage    usage
	folder   string // its temporary files, removed after it; "" when it is confined

	stop func()        // ends all of it, without waiting
	once sync.Once     // stops once
	done chan struct{} // closed when it has ended; then the rest is set

	status  string // how it ended: "exit status 1", "signal: killed"
	refused string // why its program could not be started
}

func (p *process) kill() { p.once.Do(p.stop) }

// clear removes what an ended process leaves.
func (p *process) clear() {
	_ = p.listener.Close() // the server may have closed it
	if p.folder != "" {
		_ = os.RemoveAll(p.folder) // what cannot be removed stays in the system's temporary folder
	}
}

// begin starts the process of an environment.
func (e *Engines) begin(s Spec, made program, confined bool) (*process, error) {
	if confined {
		return e.beginConfined(s, made)
	}
	folder, err := os.MkdirTemp("", "awslab-function-")
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // loopback answers at once
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	spot := place{task: s.Code, temp: folder, address: listener.Addr().String()}
	p, err := e.beginPlain(plan{
		QuickJS: made.quickJS, Args: made.args, Dir: s.Code, Temp: folder,
		Env: append(variables(s, spot), made.env...), Restrict: e.restriction(s, made, folder, listener.Addr()),
	})
	if err != nil {
		return nil, errors.Join(err, listener.Close(), os.RemoveAll(folder))
	}
	p.address, p.listener, p.folder = spot.address, listener, folder
	return p, nil
}

// restriction is what an unconfined program may reach, where that can be ruled.
func (e *Engines) restriction(s Spec, made program, folder string, address net.Addr) *restriction {
	server, err := netip.ParseAddrPort(address.String())
	if err != nil || made.quickJS || e.options.Confine == ConfineNone || landlockVersion() == 0 {
		return nil // a QuickJS function reaches nothing but what its worker lets it
	}
	return &restriction{Read: append(made.folders, s.Code), Write: folder, Port: server.Port()}
}

// finished records how the process ended, as its keeper told or as the system
// says.
func (p *process) finished(told string) {
	if told == "" {
		told = p.command.ProcessState.String()
	}
	p.status = strings.TrimSuffix(told, " (core dumped)")
	p.usage.close()
	close(p.done)
}

// outputs makes the pipes of a process and gives them to the command; started
// closes the ends that are the child's.
func outputs(command *exec.Cmd) (p *process, started func(), err error) {
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	errRead, errWrite, err := os.Pipe()
	if err != nil {
		return nil, nil, errors.Join(err, outRead.Close(), outWrite.Close())
	}
	command.Stdout, command.Stderr = outWrite, errWrite
	started = func() {
		_, _ = outWrite.Close(), errWrite.Close() // nothing was written to them here
	}
	return &process{command: command, stdout: outRead, stderr: errRead, done: make(chan struct{})}, started, nil
}

func (p *process) closeOutputs() {
	_, _ = p.stdout.Close(), p.stderr.Close() // they were only to be read
}

// starter starts processes from one OS thread, which lives as long as it: the
// kernel kills a process that asked to die with its parent when the thread
// that started it ends.
type starter struct {
	jobs  chan func()
	begun sync.Once
	quit  chan struct{}
	ended sync.Once
}

func newStarter() *starter {
	return &starter{jobs: make(chan func()), quit: make(chan struct{})}
}

// run runs f on the thread and returns its error.
func (s *starter) run(f func() error) error {
	s.begun.Do(func() { go s.work() })
	answer := make(chan error, 1)
	select {
	case s.jobs <- func() { answer <- f() }:
		return <-answer
	case <-s.quit:
		return errors.New("the sandbox is closing")
	}
}

func (s *starter) work() {
	goruntime.LockOSThread() // and never unlocked: the thread ends with this goroutine
	for {
		select {
		case job := <-s.jobs:
			job()
		case <-s.quit:
			return
		}
	}
}

func (s *starter) stop() { s.ended.Do(func() { close(s.quit) }) }
