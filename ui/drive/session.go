package drive

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"awslab/ui/component"

	tea "charm.land/bubbletea/v2"
)

// Console is a program to drive: a Bubble Tea model that can show its zones.
type Console interface {
	tea.Model
	// Frame is the whole screen as View last drew it, with its zones.
	Frame() component.Block
	// Busy reports whether service calls are under way whose answers will
	// change the screen.
	Busy() bool
}

// Session is an event loop around a Console, without a terminal: it runs the
// commands, feeds messages to Update one at a time, and draws after each, as
// tea.Program does. It belongs to one goroutine, which is the Console's Update
// while one of the methods runs; between the methods nothing moves.
type Session struct {
	// Limit bounds how long a method waits for something to happen on the
	// screen; 10 seconds unless set.
	Limit time.Duration

	ctx     context.Context
	cancel  context.CancelFunc
	console Console
	results chan result
	fresh   map[*command]bool // under way since the last input, or little longer
	pending int               // commands under way, old ones too
	quit    bool
}

// command is a command under way.
type command struct {
	started chan struct{}
	done    func() // what follows when its message has been delivered
}

type result struct {
	command *command
	msg     tea.Msg
}

// ErrEnded is the error of a session whose program has quit, or that is closed.
var ErrEnded = errors.New("the program has ended")

// grace is how long a command may run that was started by an input before it
// counts as a timer or a subscription, for which an input need not wait.
const grace = 20 * time.Millisecond

// relook is how long Play waits for a change before it looks again, and
// idleLooks how often it looks again when nothing is under way that could bring
// one.
const (
	relook    = 50 * time.Millisecond
	idleLooks = 2 * searching
)

// settling bounds the wait for commands that start others in their turn.
const settling = 250 * time.Millisecond

// Start starts a program on a screen of width by height cells.
func Start(ctx context.Context, console Console, width, height int) *Session {
	ctx, cancel := context.WithCancel(ctx)
	s := &Session{
		Limit: 10 * time.Second,
		ctx:   ctx, cancel: cancel, console: console,
		results: make(chan result), fresh: make(map[*command]bool),
	}
	s.start(console.Init(), func() {})
	s.Send(tea.WindowSizeMsg{Width: width, Height: height})
	return s
}

// Close ends the loop: nothing reaches the program any more. Commands that are
// still under way end by themselves (those of a closed Console at once, a timer
// when it is due) and what they bring is dropped.
func (s *Session) Close() { s.cancel() }

// Ended reports whether the program has quit, or the session was closed.
func (s *Session) Ended() bool { return s.quit || s.ctx.Err() != nil }

// Console is the program, as its last Update returned it.
func (s *Session) Console() Console { return s.console }

// Frame is the screen as it is.
func (s *Session) Frame() component.Block { return s.console.Frame() }

// Screen is the text on the screen, without styles.
func (s *Session) Screen() string { return ScreenText(s.console.Frame()) }

// Send feeds messages to the program, and lets it settle.
func (s *Session) Send(msgs ...tea.Msg) {
	for _, msg := range msgs {
		s.deliver(msg, func() {})
	}
	s.settle()
}

// Keys presses keys by their names ("ctrl+k", "tab", "enter").
func (s *Session) Keys(names ...string) error {
	for _, name := range names {
		key, err := ParseKey(name)
		if err != nil {
			return err
		}
		s.Send(key)
	}
	return nil
}

// Type types a text, key by key.
func (s *Session) Type(text string) { s.Send(Typing(text)...) }

// Paste pastes a text in one go.
func (s *Session) Paste(text string) { s.Send(tea.PasteMsg{Content: text}) }

// Resize gives the program another screen size.
func (s *Session) Resize(width, height int) {
	s.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Click clicks on what has the label, as `press` does.
func (s *Session) Click(label string) error {
	return s.Play(Script{{Number: 1, Verb: "press", Args: []string{label}, Text: fmt.Sprintf("press %q", label)}})
}

// Run parses a script and plays it.
func (s *Session) Run(text string) error {
	script, err := Parse(text)
	if err != nil {
		return err
	}
	return s.Play(script)
}

// Play plays a script as fast as the program goes along. The error is an
// *Error that says what was not there, or ErrEnded.
func (s *Session) Play(script Script) error {
	player := NewPlayer(script)
	player.Fast = true
	player.Patience = int(^uint(0)>>1) / 100 // the session's own limits count
	limit, idle := time.Now().Add(s.Limit), 0
	for {
		s.settle()
		if s.Ended() {
			return s.ended()
		}
		move := player.Next(s.console.Frame(), s.console.Busy())
		switch {
		case move.Done:
			return nil
		case move.Err != nil:
			return move.Err
		case move.Reveal != nil && time.Now().Before(limit):
			s.start(move.Reveal(), func() {})
			s.draw()
		case len(move.Msgs) == 0 && move.Caption == "":
			if s.step(min(relook, time.Until(limit))) {
				idle = 0
			} else if idle++; s.Ended() || !time.Now().Before(limit) || s.pending == 0 && idle > idleLooks {
				return errors.Join(player.Missing(), s.ended())
			}
		default:
			for _, msg := range move.Msgs {
				s.deliver(msg, func() {})
			}
			limit, idle = time.Now().Add(s.Limit), 0
		}
	}
}

// WaitFor waits until the text is on the screen, as long as anything can still
// change it; the error shows the screen.
func (s *Session) WaitFor(ctx context.Context, text string) error {
	return s.wait(ctx, fmt.Sprintf("%q is not on the screen", text), func() bool {
		return strings.Contains(s.Screen(), text)
	})
}

// WaitGone waits until the text is no longer on the screen.
func (s *Session) WaitGone(ctx context.Context, text string) error {
	return s.wait(ctx, fmt.Sprintf("%q is still on the screen", text), func() bool {
		return !strings.Contains(s.Screen(), text)
	})
}

// WaitIdle waits until the program is no longer busy.
func (s *Session) WaitIdle(ctx context.Context) error {
	return s.wait(ctx, "the program is still busy", func() bool { return !s.console.Busy() })
}

// WaitUntil waits until a condition holds, which may look at anything that the
// program changes.
func (s *Session) WaitUntil(ctx context.Context, what string, holds func() bool) error {
	return s.wait(ctx, what, holds)
}

// Pump lets the program live for a while: timers fall due, answers arrive.
func (s *Session) Pump(d time.Duration) {
	for limit := time.Now().Add(d); s.step(time.Until(limit)); {
	}
	if s.pending > 0 || s.Ended() {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-s.ctx.Done():
	}
}

func (s *Session) wait(ctx context.Context, what string, holds func() bool) error {
	limit := time.Now().Add(s.Limit)
	for {
		if s.settle(); holds() {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("%s: %w\n%s", what, err, s.Screen())
		}
		if !s.step(time.Until(limit)) {
			return errors.Join(fmt.Errorf("%s:\n%s", what, s.Screen()), s.ended())
		}
	}
}

func (s *Session) ended() error {
	if s.Ended() {
		return ErrEnded
	}
	return nil
}

// settle takes in what the last inputs have started, until only timers and
// subscriptions are under way.
func (s *Session) settle() {
	limit := time.Now().Add(min(s.Limit, settling))
	for len(s.fresh) > 0 && !s.Ended() && time.Now().Before(limit) {
		for c := range s.fresh {
			<-c.started
		}
		if !s.step(grace) {
			clear(s.fresh)
		}
	}
}

// step waits for the next message and delivers it; false when none can come or
// none came in time.
func (s *Session) step(d time.Duration) bool {
	if s.pending == 0 || s.Ended() || d <= 0 {
		return false
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case r := <-s.results:
		s.pending--
		delete(s.fresh, r.command)
		s.deliver(r.msg, r.command.done)
		return true
	case <-timer.C:
	case <-s.ctx.Done():
	}
	return false
}

// start runs a command beside the loop; done is called when its message, and
// those of the commands in it, have been delivered.
func (s *Session) start(cmd tea.Cmd, done func()) {
	if cmd == nil {
		done()
		return
	}
	c := &command{started: make(chan struct{}), done: done}
	s.pending++
	s.fresh[c] = true
	go func() {
		close(c.started)
		msg := cmd()
		select {
		case s.results <- result{c, msg}:
		case <-s.ctx.Done():
		}
	}()
}

// deliver hands a message to the program, taking batches and sequences apart.
func (s *Session) deliver(msg tea.Msg, done func()) {
	if s.Ended() {
		return
	}
	switch msg := msg.(type) {
	case nil:
		done()
	case tea.BatchMsg:
		s.together(msg, done)
	case tea.QuitMsg, tea.InterruptMsg:
		s.quit = true
	default:
		if commands, ok := sequence(msg); ok {
			s.inOrder(commands, done)
			return
		}
		model, cmd := s.console.Update(msg)
		if console, ok := model.(Console); ok {
			s.console = console
		}
		s.draw()
		s.start(cmd, func() {})
		done()
	}
}

// draw brings Frame up to date.
func (s *Session) draw() { s.console.View() }

func (s *Session) together(commands []tea.Cmd, done func()) {
	left := len(commands)
	if left == 0 {
		done()
	}
	for _, cmd := range commands {
		s.start(cmd, func() {
			if left--; left == 0 {
				done()
			}
		})
	}
}

func (s *Session) inOrder(commands []tea.Cmd, done func()) {
	if len(commands) == 0 {
		done()
		return
	}
	s.start(commands[0], func() { s.inOrder(commands[1:], done) })
}

// sequence recognises the message of tea.Sequence, whose type is not exported:
// a list of commands that is no batch.
func sequence(msg tea.Msg) ([]tea.Cmd, bool) {
	v, list := reflect.ValueOf(msg), reflect.TypeFor[[]tea.Cmd]()
	if v.Kind() != reflect.Slice || v.Type().Elem() != list.Elem() {
		return nil, false
	}
	commands, ok := v.Convert(list).Interface().([]tea.Cmd)
	return commands, ok
}
