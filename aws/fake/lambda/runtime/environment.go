package runtime

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"path/filepath"
	"sync"
	"time"
)

// initLimit is how long an init phase may take.
const initLimit = 10 * time.Second

// lastWords is how long a process that reported a failed init may take to say
// the rest and end.
const lastWords = 100 * time.Millisecond

// watchEvery is how often the memory of a busy process is looked at.
const watchEvery = 10 * time.Millisecond

// Spec says what an environment runs.
type Spec struct {
	Runtime string // "python3.13"
	Handler string // "lambda_function.lambda_handler"
	// Code is the folder with the unpacked package. Confined functions see it
	// read-only as /var/task.
	Code string
	// Env holds "NAME=value": the function's variables, what AWS_LAMBDA_* the
	// caller knows, and the role's credentials. What the runtime itself needs
	// (_HANDLER, AWS_LAMBDA_RUNTIME_API, AWS_ENDPOINT_URL …) it sets.
	Env         []string
	MemoryMB    int    // 0: 128
	FunctionARN string // told with each event
	// Log gets each line of output as it comes, one at a time. It may be nil,
	// and must not call the environment.
	Log func(Line)

	// RequestID names the request in whose time a second init runs, after one
	// that failed; its failures name it.
	RequestID string
	// InitLimit is how long the init may take; 0: 10 s.
	InitLimit time.Duration
}

// Init is how an init phase went.
type Init struct {
	Duration    time.Duration // from the start of the process to its first question
	MaxMemoryMB int
	Failure     *Failure // nil: the environment is ready
}

// Event is what an environment is invoked with.
type Event struct {
	RequestID     string
	Payload       []byte        // JSON
	Deadline      time.Duration // the function's timeout, from now
	ClientContext string        // JSON, for the context object
}

// Outcome is what came of an invocation.
type Outcome struct {
	Payload     []byte   // what Invoke answers
	Failure     *Failure // nil: it worked
	Duration    time.Duration
	MaxMemoryMB int  // the most that the environment ever used, in its limit
	Dead        bool // the environment is gone: timeout, exit, out of memory
}

// Environment is one execution environment: a process that serves one event at
// a time. It must be closed.
type Environment struct {
	engines *Engines
	spec    Spec
	bare    bool // the bootstrap writes no frames
	quickJS bool
	started time.Time
	process *process
	journal *journal
	streams []*stream
	api     *api
	server  *http.Server
	memory  memory

	busy   sync.Mutex // held by the invocation under way
	ending sync.Once
	ended  chan struct{} // closed when end has done its work
}

// Start starts an environment and waits until it is ready for events. When the
// init phase fails, the environment is nil and nothing of it is left. AWS then
// runs the init phase once more, in the time of the first request: the caller
// starts again, with RequestID set.
func (e *Engines) Start(ctx context.Context, s Spec) (*Environment, Init) {
	s.InitLimit = cmp.Or(s.InitLimit, initLimit)
	v, failed := e.launch(ctx, s)
	if failed != nil {
		return nil, Init{Failure: failed}
	}
	outcome := v.awaitReady(ctx)
	outcome.Duration = time.Since(v.started)
	if outcome.Failure == nil {
		v.settle("")
		v.memory.sample()
		outcome.MaxMemoryMB = v.memory.peakMB()
		return v, outcome
	}
	v.end()
	outcome.MaxMemoryMB = v.memory.peakMB()
	return nil, outcome
}

// launch starts the process and its server.
func (e *Engines) launch(ctx context.Context, s Spec) (*Environment, *Failure) {
	code, err := filepath.Abs(s.Code)
	if err != nil {
		return nil, failure(TypeFailed, s.RequestID, err.Error())
	}
	s.Code = code
	confined := e.confinement() == ""
	task := s.Code
	if confined {
		task = confinedTask
	}
	program, failed := e.programFor(ctx, s, task)
	if failed != nil {
		return nil, failed
	}
	started := time.Now()
	process, err := e.begin(s, program, confined)
	if err != nil {
		return nil, failure(TypeFailed, s.RequestID, "the sandbox could not start a process: "+err.Error())
	}
	v := &Environment{
		engines: e, spec: s, bare: program.bare, quickJS: program.quickJS, started: started, process: process,
		journal: &journal{log: s.Log}, ended: make(chan struct{}),
		api:    newAPI(s.FunctionARN, process.address, e.options.Endpoint),
		memory: memory{process: process, limit: program.memoryLimit(s), shown: cmp.Or(s.MemoryMB, defaultMemoryMB)},
	}
	v.streams = []*stream{newStream(process.stdout, v.journal), newStream(process.stderr, v.journal)}
	v.server = &http.Server{
		Handler: v.api, ReadHeaderTimeout: 10 * time.Second, MaxHeaderBytes: 64 << 10,
		ErrorLog: log.New(io.Discard, "", 0), // a function's broken connections are not ours to report
	}
	go v.serve()
	if !e.enter(v) {
		v.end()
		return nil, failure(TypeFailed, s.RequestID, "the sandbox is closing")
	}
	return v, nil
}

// serve answers the process until the environment ends. A server that fails
// is as good as a dead process.
func (v *Environment) serve() {
	if err := v.server.Serve(v.process.listener); !errors.Is(err, http.ErrServerClosed) {
		v.process.kill()
	}
}

// awaitReady waits for the end of the init phase.
func (v *Environment) awaitReady(ctx context.Context) Init {
	limit := time.NewTimer(v.spec.InitLimit)
	defer limit.Stop()
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		select {
		case <-v.api.ready:
			return Init{}
		case failed := <-v.api.failed:
			v.awaitEnd(lastWords)
			return Init{Failure: failed}
		case <-v.process.done:
			return Init{Failure: v.gone(v.spec.RequestID)}
		case <-limit.C:
			return Init{Failure: timedOut(v.spec.RequestID, v.spec.InitLimit)}
		case <-tick.C:
			if v.memory.exceeded() {
				return Init{Failure: outOfMemory(v.spec.RequestID)}
			}
		case <-ctx.Done():
			return Init{Failure: failure(TypeFailed, v.spec.RequestID, ctx.Err().Error())}
		}
	}
}

func (v *Environment) awaitEnd(most time.Duration) {
	limit := time.NewTimer(most)
	defer limit.Stop()
	select {
	case <-v.process.done:
	case <-limit.C:
	}
}

// gone is the failure of a process that ended by itself, which may have told
// why just before.
func (v *Environment) gone(requestID string) *Failure {
	select {
	case failed := <-v.api.failed:
		return failed
	default:
	}
	if v.process.refused != "" {
		return failure(TypeInvalidEntrypoint, requestID, v.process.refused)
	}
	if v.quickJS && v.process.status == "signal: killed" {
		return outOfMemory(requestID) // which is when such a worker kills itself
	}
	return exited(requestID, v.process.status)
}

// Invoke hands an event to the process and waits for the answer. Invocations of
// one environment wait for each other. When ctx ends, the process is killed.
func (v *Environment) Invoke(ctx context.Context, event Event) Outcome {
	v.busy.Lock()
	defer v.busy.Unlock()
	v.journal.setRequest(event.RequestID)
	i := &invocation{event: event, taken: time.Now(), result: make(chan result, 1)}
	answer, dead := v.await(ctx, i)
	if dead {
		v.end()
	} else {
		v.settle(event.RequestID)
		v.memory.sample()
	}
	outcome := Outcome{
		Payload: answer.payload, Failure: answer.failure, Dead: dead,
		Duration: answer.at.Sub(i.taken), MaxMemoryMB: v.memory.peakMB(),
	}
	if answer.failure != nil {
		outcome.Payload = answer.failure.Payload
	}
	return outcome
}

// await waits for the answer to an invocation, or for what comes instead; dead
// says that the environment is of no more use.
func (v *Environment) await(ctx context.Context, i *invocation) (r result, dead bool) {
	limit := time.NewTimer(i.event.Deadline)
	defer limit.Stop()
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	instead := func(f *Failure, at time.Time) (result, bool) {
		select {
		case r := <-i.result: // it came in the same moment
			return r, true
		default:
			return result{failure: f, at: at}, true
		}
	}
	events := v.api.events
	for {
		select {
		case events <- i:
			events = nil
		case r := <-i.result:
			return r, false
		case <-v.process.done:
			return instead(v.gone(i.event.RequestID), time.Now())
		case <-limit.C:
			return instead(timedOut(i.event.RequestID, i.event.Deadline), i.taken.Add(i.event.Deadline))
		case <-tick.C:
			if v.memory.exceeded() {
				return instead(outOfMemory(i.event.RequestID), time.Now())
			}
		case <-ctx.Done():
			return instead(failure(TypeFailed, i.event.RequestID, ctx.Err().Error()), time.Now())
		}
	}
}

// Done is closed when the process has ended, be it between two events.
func (v *Environment) Done() <-chan struct{} { return v.process.done }

// settle waits until what the process wrote so far has been logged.
func (v *Environment) settle(requestID string) {
	for _, s := range v.streams {
		s.settle(requestID, !v.bare && requestID != "")
	}
}

// Close kills the process and all that it started, and waits until they are
// gone. It may be called again.
func (v *Environment) Close() { v.end() }

func (v *Environment) end() {
	v.ending.Do(func() {
		defer close(v.ended)
		v.process.kill()
		<-v.process.done
		for _, s := range v.streams {
			s.wait()
		}
		close(v.api.closed)
		_ = v.server.Close() // the process is gone, nothing of it can be lost
		v.process.clear()
		v.engines.leave(v)
	})
	<-v.ended
}
