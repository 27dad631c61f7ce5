package js

import (
	"context"
	"fmt"
	"time"
)

// nothingToDo is what the prelude's __step answers when no timer and no immediate is left.
const nothingToDo = -1

// loop is the event loop: jobs, then one timer or immediate at a time, as Node does it. It ends with the exit status
// when the function exits, when nothing is left to wait for, or with an error when the Runtime API is gone.
func (e *engine) loop(ctx context.Context) (int, error) {
	if err := e.call("__start"); err != nil {
		return 1, err
	}
	for {
		if err := e.drain(); err != nil {
			return 1, err
		}
		switch {
		case e.exited:
			return e.status, nil
		case e.failure != nil:
			return 1, e.failure
		case e.asked:
			if err := e.deliver(ctx); err != nil {
				return 1, err
			}
			continue
		}
		wait, err := e.step()
		if err != nil {
			return 1, err
		}
		switch {
		case wait == 0 || e.exited:
		case wait > 0 || e.pending > 0:
			err = e.await(wait)
		default:
			var ended bool
			if ended, err = e.beforeExit(); ended {
				return e.status, err
			}
		}
		if err != nil {
			return 1, err
		}
	}
}

// drain runs process.nextTick callbacks and promise jobs until there are none.
func (e *engine) drain() error {
	for !e.exited {
		if err := e.call("__ticks"); err != nil {
			return err
		}
		n, err := e.vm.ExecutePendingJobs()
		if err != nil {
			if err := e.fault(err); err != nil {
				return err
			}
		}
		if n == 0 {
			return nil
		}
	}
	return nil
}

// step runs at most one timer or immediate. It answers 0 when one ran, the milliseconds until the next is due, or
// nothingToDo.
func (e *engine) step() (float64, error) {
	result, err := e.enter("__step")
	if err != nil {
		return 0, e.fault(err)
	}
	return number([]any{result}), nil
}

// await sleeps until the next timer is due (never, when wait is negative) or something outside has completed.
func (e *engine) await(wait float64) error {
	if err := e.out.flush(); err != nil {
		return err
	}
	var due <-chan time.Time
	if wait > 0 {
		timer := time.NewTimer(time.Duration(wait * float64(time.Millisecond)))
		defer timer.Stop()
		due = timer.C
	}
	select {
	case <-due:
		return nil
	case c := <-e.completed:
		e.pending--
		return e.call("__complete", c.id, c.failed, c.json)
	}
}

// deliver waits for the next invocation and hands it to JavaScript.
func (e *engine) deliver(ctx context.Context) error {
	if err := e.out.flush(); err != nil {
		return err
	}
	event, err := e.api.next(ctx)
	if err != nil {
		return err
	}
	e.asked = false
	return e.call("__deliver", event.Body, event.Headers)
}

// beforeExit gives JavaScript its last chance to start something; ended says that it did not.
func (e *engine) beforeExit() (ended bool, err error) {
	if err := e.call("__beforeExit"); err != nil {
		return false, err
	}
	if err := e.drain(); err != nil {
		return false, err
	}
	if e.exited || e.asked || e.pending > 0 || e.failure != nil {
		return false, nil
	}
	if wait, err := e.step(); err != nil || wait != nothingToDo {
		return false, err
	}
	return !e.exited && !e.asked, e.call("__ended")
}

func (e *engine) call(function string, args ...any) error {
	if _, err := e.enter(function, args...); err != nil {
		return e.fault(err)
	}
	return nil
}

// fault judges an error that came out of JavaScript: the interruption by process.exit is none.
func (e *engine) fault(err error) error {
	if e.exited {
		return nil
	}
	return fmt.Errorf("engine: %w", describe(err))
}

// hostPost(path, body, errorType) posts to the Runtime API.
func (e *engine) hostPost(args []any) (any, error) {
	if err := e.out.flush(); err != nil {
		return nil, err
	}
	if err := e.api.post(context.Background(), text(args, 0), text(args, 1), text(args, 2)); err != nil {
		e.failure = err
		e.vm.Interrupt()
	}
	return nil, nil
}
