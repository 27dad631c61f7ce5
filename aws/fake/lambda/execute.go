package lambda

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"awslab/aws"
	"awslab/aws/fake/cloudwatch"
	"awslab/aws/fake/iam"
	"awslab/aws/fake/lambda/runtime"
)

// execution is one invocation of a function.
type execution struct {
	function string
	settings settings
	request  string // its id
	payload  []byte
	context  string // the client context, JSON
	chain    int    // how many invocations led to it
}

// result is how an execution went.
type result struct {
	payload  []byte
	failure  *runtime.Failure // the function's; nil: it worked
	duration time.Duration
	tail     []byte
}

// execute runs a function in a warm environment, or a fresh one. The error says
// that it could not be run at all. It runs to its end whoever asked for it.
func (s *Service) execute(x execution) (result, error) {
	began := s.now()
	e := s.pool.take(x.function, x.settings, began)
	var cold time.Duration
	if e == nil {
		var failed *result
		var err error
		if e, cold, failed, err = s.start(x); err != nil {
			return result{}, err
		}
		if failed != nil {
			s.measure(x.function, began, *failed)
			return *failed, nil
		}
	}
	e.journal.start(startLine(x.request))
	e.chain.Store(int64(x.chain) + 1)
	timeout := time.Duration(x.settings.Timeout) * time.Second
	outcome := e.process.Invoke(s.running, runtime.Event{
		RequestID: x.request, Payload: x.payload, Deadline: timeout, ClientContext: x.context,
	})
	if outcome.Failure != nil && outcome.Failure.Status == "timeout" {
		outcome.Duration = timeout // and not the moment longer that it took to notice
	}
	e.journal.platform(endLine(x.request))
	tail := e.journal.end(report{
		request: x.request, duration: outcome.Duration, init: cold,
		memory: x.settings.Memory, used: outcome.MaxMemoryMB, failure: outcome.Failure,
	}.line())
	if outcome.Dead {
		s.pool.end([]*environment{e})
	} else {
		s.pool.put(e, s.now())
		s.events.wake() // it may be the first to wait for the end of its idling
	}
	r := result{outcome.Payload, outcome.Failure, outcome.Duration, tail}
	s.measure(x.function, began, r)
	return r, nil
}

// start starts an environment. When its init phase fails, Lambda tries once more,
// within the invocation; if that fails too, the failed result says so.
func (s *Service) start(x execution) (e *environment, cold time.Duration, failed *result, err error) {
	session, err := s.config.Roles.Assume(x.settings.Role, x.function)
	if err != nil {
		return nil, 0, nil, assumeFault(err)
	}
	s.code.pin(x.settings.Code)
	defer func() {
		if e == nil {
			s.code.release(x.settings.Code)
		}
	}()
	dir, err := s.code.open(x.settings.Code)
	if err != nil {
		return nil, 0, nil, fmt.Errorf("unpack the function's code: %w", err)
	}
	made := &environment{
		function: x.function, settings: x.settings, session: session,
		journal: s.newJournal(x.function, session),
		release: func() { s.code.release(x.settings.Code) },
	}
	made.chain.Store(int64(x.chain) + 1)
	s.pool.enter(made)
	spec := s.spec(made, dir)
	made.journal.platform(s.initStart(x.settings.Runtime))
	process, init := s.engine().Start(s.running, spec)
	if init.Failure != nil {
		closeFailed(process)
		made.journal.platform(initReport(init, "init"))
		spec.RequestID, spec.InitLimit = x.request, time.Duration(x.settings.Timeout)*time.Second
		process, init = s.engine().Start(s.running, spec)
	} else {
		cold = init.Duration
	}
	if init.Failure == nil {
		made.process = process
		return made, cold, nil, nil
	}
	closeFailed(process)
	s.pool.forget(made)
	return nil, 0, made.initFailed(x, init), nil
}

// initFailed ends the log of an environment whose init phase failed twice.
func (e *environment) initFailed(x execution, init runtime.Init) *result {
	e.journal.platform(initReport(init, "invoke"))
	e.journal.start(startLine(x.request))
	e.journal.platform(endLine(x.request))
	tail := e.journal.end(report{
		request: x.request, duration: init.Duration, memory: x.settings.Memory, used: init.MaxMemoryMB, failure: init.Failure,
	}.line())
	return &result{init.Failure.Payload, init.Failure, init.Duration, tail}
}

func closeFailed(process Environment) {
	if process != nil {
		process.Close()
	}
}

func (s *Service) engine() Engines {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.engines
}

// assumeFault words what keeps Lambda from assuming a function's role.
func assumeFault(err error) error {
	if errors.Is(err, iam.ErrRoleMissing) || errors.Is(err, iam.ErrNotTrusted) {
		return fault(codeDenied, cannotAssume)
	}
	return fmt.Errorf("assume the function's role: %w", err)
}

// spec is what an environment is started with.
func (s *Service) spec(e *environment, dir string) runtime.Spec {
	set := e.settings
	env := []string{
		"TZ=:UTC",
		"AWS_LAMBDA_FUNCTION_NAME=" + e.function,
		"AWS_LAMBDA_FUNCTION_VERSION=" + latest,
		fmt.Sprintf("AWS_LAMBDA_FUNCTION_MEMORY_SIZE=%d", set.Memory),
		"AWS_LAMBDA_LOG_GROUP_NAME=" + e.journal.group,
		"AWS_LAMBDA_LOG_STREAM_NAME=" + e.journal.stream,
		"AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
		"AWS_REGION=" + s.config.Region,
		"AWS_DEFAULT_REGION=" + s.config.Region,
		"AWS_EXECUTION_ENV=AWS_Lambda_" + string(set.Runtime),
		"AWS_ACCESS_KEY_ID=" + e.session.AccessKeyID,
		"AWS_SECRET_ACCESS_KEY=" + e.session.SecretAccessKey,
		"AWS_SESSION_TOKEN=" + e.session.Token,
	}
	own := make([]string, 0, len(set.Variables))
	for name, value := range set.Variables {
		own = append(own, name+"="+value)
	}
	slices.Sort(own)
	return runtime.Spec{
		Runtime: string(set.Runtime), Handler: set.Handler, Code: dir, Env: append(env, own...),
		MemoryMB: set.Memory, FunctionARN: s.functionARN(e.function), Log: e.journal.output,
	}
}

// namespace is that of Lambda's metrics.
const namespace = "AWS/Lambda"

// count makes a datum of a function's metric.
func count(function, name string, at time.Time, value float64) cloudwatch.Datum {
	return cloudwatch.Datum{
		Namespace: namespace, Name: name, Time: at, Value: value, Unit: "Count",
		Dimensions: []aws.Dimension{{Name: "FunctionName", Value: function}},
	}
}

// measure records the metrics of an execution.
func (s *Service) measure(function string, began time.Time, r result) {
	failed := 0.0
	if r.failure != nil {
		failed = 1
	}
	duration := count(function, "Duration", began, milliseconds(r.duration))
	duration.Unit = "Milliseconds"
	s.records.measure(
		count(function, "Invocations", began, 1),
		count(function, "Errors", began, failed),
		count(function, "Throttles", began, 0),
		count(function, "ConcurrentExecutions", began, float64(s.pool.concurrency(function))),
		duration,
	)
}
