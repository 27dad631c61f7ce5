//go:build unix

// Package terminal runs a program on a pseudo-terminal and reads its screen as
// a person would, for the tests of the built binary. It is used by tests only.
package terminal

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/creack/pty"
	"github.com/gdamore/tcell/v3/color"
	"github.com/gdamore/tcell/v3/vt"
)

// Session is a program on a pseudo-terminal whose output an emulator shows.
type Session struct {
	command *exec.Cmd
	file    *os.File
	screen  vt.MockTerm
	feeding sync.Mutex // what the emulator is given, it gets in one piece
	readers sync.WaitGroup
	changed chan struct{} // a signal that output has arrived; closed at its end
	exited  chan struct{}
	err     error
}

// Run starts a program on a terminal of width by height cells.
func Run(command *exec.Cmd, width, height int) (*Session, error) {
	s := &Session{
		command: command, changed: make(chan struct{}, 1), exited: make(chan struct{}),
		screen: vt.NewMockTerm(vt.MockOptSize{X: vt.Col(width), Y: vt.Row(height)}, vt.MockOptColors(1<<24)),
	}
	if err := s.screen.Start(); err != nil {
		return nil, fmt.Errorf("start the emulator: %w", err)
	}
	file, err := pty.StartWithSize(command, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}) // #nosec G115 -- terminal sizes are small
	if err != nil {
		return nil, errors.Join(err, s.screen.Stop())
	}
	s.file = file
	s.readers.Add(1)
	go s.read()
	go s.answer()
	go func() {
		s.err = command.Wait()
		s.readers.Wait()
		close(s.exited)
	}()
	return s, nil
}

// read shows the program's output until the program ends.
func (s *Session) read() {
	defer s.readers.Done()
	defer close(s.changed)
	buffer := make([]byte, 64<<10)
	for {
		n, err := s.file.Read(buffer)
		if n > 0 {
			s.feed(buffer[:n], func() {})
			select {
			case s.changed <- struct{}{}:
			default:
			}
		}
		if err != nil {
			return
		}
	}
}

// feed shows output, and does something before more of it comes.
func (s *Session) feed(output []byte, then func()) {
	s.feeding.Lock()
	defer s.feeding.Unlock()
	_, _ = s.screen.Write(output) // the emulator takes anything
	then()
}

// answer passes the emulator's replies to queries back to the program.
func (s *Session) answer() {
	_, _ = io.Copy(s.file, s.screen) // ends when the emulator is stopped or the program is gone
}

// Send types raw input: text, or a key's escape sequence.
func (s *Session) Send(text string) error {
	_, err := s.file.WriteString(text)
	return err
}

// Click presses and releases the left button on a cell.
func (s *Session) Click(x, y int) error {
	return s.Send(fmt.Sprintf("\x1b[<0;%d;%dM\x1b[<0;%d;%dm", x+1, y+1, x+1, y+1))
}

// Resize changes the terminal's size.
func (s *Session) Resize(width, height int) error {
	// The emulator looks at the last character that it drew, which may be out of the
	// new bounds, unless the cursor has moved since.
	s.feed([]byte("\x1b[H"), func() { s.screen.SetSize(vt.Coord{X: vt.Col(width), Y: vt.Row(height)}) })
	return pty.Setsize(s.file, &pty.Winsize{Rows: uint16(height), Cols: uint16(width)}) // #nosec G115 -- terminal sizes are small
}

// Screen is what can be read now.
func (s *Session) Screen() string {
	size, err := s.screen.WindowSize()
	if err != nil {
		return ""
	}
	var out strings.Builder
	for y := range size.Height {
		var line strings.Builder
		for x := 0; x < size.Width; {
			cell := s.screen.GetCell(vt.Coord{X: vt.Col(x), Y: vt.Row(y)})
			if cell.C == "" {
				line.WriteByte(' ')
			} else {
				line.WriteString(cell.C)
			}
			x += max(1, cell.W)
		}
		out.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return out.String()
}

// Coloured reports whether any cell has a colour of its own.
func (s *Session) Coloured() bool {
	size, err := s.screen.WindowSize()
	if err != nil {
		return false
	}
	for y := range size.Height {
		for x := range size.Width {
			style := s.screen.GetCell(vt.Coord{X: vt.Col(x), Y: vt.Row(y)}).S
			// The emulator starts in silver on black.
			if style.Fg() != color.Silver || style.Bg() != color.Black {
				return true
			}
		}
	}
	return false
}

// Find is the cell at which a text starts on the screen.
func (s *Session) Find(text string) (x, y int, ok bool) {
	for y, line := range strings.Split(s.Screen(), "\n") {
		if before, _, found := strings.Cut(line, text); found {
			return len([]rune(before)), y, true
		}
	}
	return 0, 0, false
}

// patience is how long a wait may take before it has failed.
const patience = 20 * time.Second

// WaitFor waits until the screen satisfies a condition.
func (s *Session) WaitFor(what string, condition func(screen string) bool) error {
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	for {
		screen := s.Screen()
		if condition(screen) {
			return nil
		}
		select {
		case _, more := <-s.changed:
			if !more && !condition(s.Screen()) {
				return fmt.Errorf("the program ended before %s; its screen:\n%s", what, s.Screen())
			}
		case <-deadline.C:
			return fmt.Errorf("no %s within %s; the screen:\n%s", what, patience, screen)
		}
	}
}

// WaitText waits until a text is on the screen.
func (s *Session) WaitText(text string) error {
	return s.WaitFor(fmt.Sprintf("%q", text), func(screen string) bool { return strings.Contains(screen, text) })
}

// Kill ends the program at once, as kill -9 does.
func (s *Session) Kill() error { return s.command.Process.Kill() }

// Wait waits for the program's end and returns how it ended.
func (s *Session) Wait() error {
	<-s.exited
	return errors.Join(s.err, s.file.Close(), s.screen.Stop())
}
