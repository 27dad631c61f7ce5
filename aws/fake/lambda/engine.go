package lambda

import (
	"context"

	"awslab/aws/fake/lambda/runtime"
)

// Engines runs functions.
type Engines interface {
	// Describe says what runs the functions of a runtime.
	Describe(name string) runtime.Engine
	// Start starts an environment and runs its init phase; the Environment is nil
	// when it could not start at all.
	Start(context.Context, runtime.Spec) (Environment, runtime.Init)
	// Close ends every environment.
	Close()
}

// Environment is an execution environment, which serves one event at a time.
type Environment interface {
	Invoke(context.Context, runtime.Event) runtime.Outcome
	Close()
}

// processes runs functions as processes of this computer.
type processes struct{ engines *runtime.Engines }

func (p processes) Describe(name string) runtime.Engine { return p.engines.Describe(name) }

func (p processes) Start(ctx context.Context, spec runtime.Spec) (Environment, runtime.Init) {
	process, init := p.engines.Start(ctx, spec)
	if process == nil {
		return nil, init // and not an interface that holds nil
	}
	return process, init
}

func (p processes) Close() { p.engines.Close() }

// Run lets functions run from now on, as processes of this computer, and
// delivers the events that are queued. It is called once. Before it, Invoke says
// that nothing runs functions here.
func (s *Service) Run(engines *runtime.Engines) { s.RunOn(processes{engines}) }

// RunOn is Run by engines of any kind.
func (s *Service) RunOn(engines Engines) {
	s.mu.Lock()
	s.engines = engines
	s.mu.Unlock()
	if s.begin() {
		go s.tend()
	}
}

// Engine says what runs the functions of a runtime here.
func (s *Service) Engine(name string) runtime.Engine {
	s.mu.Lock()
	engines := s.engines
	s.mu.Unlock()
	if engines == nil {
		return runtime.Engine{Why: noEngines}
	}
	return engines.Describe(name)
}

const noEngines = "This sandbox runs no functions."

// begin counts one more thing under way; false when the service is closed. Who
// began calls work.Done.
func (s *Service) begin() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.work.Add(1)
	}
	return !s.closed
}

// Close ends deliveries and environments, and waits for them. Events that are
// queued, and those whose invocation was under way, stay in the store for the
// next run. It may be called again.
func (s *Service) Close() {
	s.mu.Lock()
	done := s.closed
	s.closed = true
	engines := s.engines
	s.mu.Unlock()
	if done {
		return
	}
	s.stop()
	if engines != nil {
		engines.Close()
	}
	s.work.Wait()
	s.pool.close()
	s.records.rounds.Drain()
	s.code.close()
}

// tend delivers events as they are due and ends environments that idle, until
// the service is closed.
func (s *Service) tend() {
	defer s.work.Done()
	s.code.clear()
	s.tidy()
	for {
		due := s.deliverDue()
		ended, idle := s.pool.reap(s.now())
		if ended {
			s.tidy() // their code may have been needed by them alone
		}
		if !s.sleep(earlier(due, idle)) {
			return
		}
	}
}
