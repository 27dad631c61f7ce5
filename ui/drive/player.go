package drive

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"awslab/ui/component"
	"awslab/ui/drive/spelling"

	tea "charm.land/bubbletea/v2"
)

// Player plays a script on a screen: at each look it says what a person would
// do next. It holds no screen and waits for nothing; whoever has the screen
// calls Next, feeds the inputs to the program, and looks again.
type Player struct {
	// Patience is for how many looks a thing may be missing before the player
	// gives up; a busy program has ten times as many. DefaultPatience if 0.
	Patience int
	// Fast types whole texts in one look, and asks for no pauses.
	Fast bool

	script Script
	line   int    // the line that is played
	goals  []goal // what is left of it
	looks  int    // for how long nothing has moved
	wants  attempt
	frame  component.Block
	said   string
}

// DefaultPatience is for how many looks a player waits for a thing.
const DefaultPatience = 100

// reveals is how often the player asks for one thing to be scrolled into view.
const reveals = 20

// Move is what a player answers to a look: something to do, or that the script
// is Done, or its Err. With none of these, look again when the screen has
// changed, or in a while.
type Move struct {
	Line Line      // the line that is played
	Msgs []tea.Msg // clicks and key presses to feed to the program, in their order
	// Reveal is not nil when something has to be scrolled into view first: call
	// it as part of the program's Update.
	Reveal func() tea.Cmd
	// Caption is a text to show, of a say line; "" leaves the one that is shown.
	Caption string
	// Pause is how long a person would take before the next look.
	Pause time.Duration
	Done  bool
	Err   error // an *Error
}

// ErrStopped is for whoever plays a script: it was stopped before its end.
var ErrStopped = errors.New("stopped before its end")

// The pauses of a person at an easy pace.
const (
	pauseClick   = 700 * time.Millisecond
	pauseKey     = 70 * time.Millisecond
	pauseCaption = 1200 * time.Millisecond
	pauseLetter  = 45 * time.Millisecond // of a caption, to read
)

// NewPlayer makes a player of a script.
func NewPlayer(script Script) *Player { return &Player{script: script} }

// Next looks at the screen (the whole frame, as it was last drawn) and says what
// to do. While the program is busy, only waiting is done.
func (p *Player) Next(frame component.Block, busy bool) Move {
	p.frame = frame
	for {
		if p.line >= len(p.script) {
			return Move{Done: true}
		}
		if busy {
			p.wants = attempt{missing: "the program is still busy"}
			return p.wait(10)
		}
		if len(p.goals) == 0 {
			p.begin()
		}
		a := p.goals[0].try(frame)
		if a.missing != "" {
			p.wants = a
			return p.wait(1)
		}
		line := p.script[p.line]
		if p.looks = 0; a.reached {
			p.advance()
		}
		if a.caption != "" {
			p.said = a.caption
		}
		if len(a.inputs) > 0 || a.caption != "" {
			return Move{Line: line, Msgs: a.inputs, Caption: a.caption, Pause: p.pause(a)}
		}
	}
}

// Caption is what the last say line said; "" before the first.
func (p *Player) Caption() string { return p.said }

// begin makes the goals of the next line.
func (p *Player) begin() {
	line := p.script[p.line]
	if verb, ok := VerbNamed(line.Verb); ok {
		p.goals = verb.goals(line.Args)
	}
	for _, g := range p.goals {
		if typing, ok := g.(*typeGoal); ok {
			typing.slow = !p.Fast
		}
	}
}

// advance goes on to the next goal, of the next line if this one has no more.
func (p *Player) advance() {
	if p.goals = p.goals[1:]; len(p.goals) == 0 {
		p.line++
	}
}

func (p *Player) wait(patience int) Move {
	limit := p.Patience
	if limit == 0 {
		limit = DefaultPatience
	}
	if p.looks++; p.looks > limit*patience {
		return Move{Line: p.script[p.line], Err: p.Missing()}
	}
	move := Move{Line: p.script[p.line]}
	if p.looks <= reveals {
		move.Reveal = p.wants.reveal
	}
	return move
}

func (p *Player) pause(a attempt) time.Duration {
	switch {
	case p.Fast:
		return 0
	case a.caption != "":
		return pauseCaption + time.Duration(len([]rune(a.caption)))*pauseLetter
	}
	if _, typing := a.inputs[0].(tea.KeyPressMsg); typing && !a.reached {
		return pauseKey
	}
	return pauseClick
}

// Missing is what the player is waiting for, as an *Error; nil when it has not
// been waiting.
func (p *Player) Missing() error {
	if p.line >= len(p.script) || p.wants.missing == "" {
		return nil
	}
	e := &Error{Line: p.script[p.line], Missing: p.wants.missing}
	for _, role := range p.wants.among {
		if found := labels(p.frame, []component.Role{role}); len(found) > 0 {
			e.Present = append(e.Present, Labels{role, found})
		}
	}
	e.Nearest, _ = spelling.Nearest(p.wants.label, labels(p.frame, p.wants.among))
	return e
}

// Error is a line that could not be played: what it looked for, and what is on
// the screen instead.
type Error struct {
	Line    Line
	Missing string   // `no button "Runn" here`
	Nearest string   // the label that was probably meant; "" for none
	Present []Labels // of the roles that would have done
}

// Labels are the labels on the screen of one role.
type Labels struct {
	Role   component.Role
	Labels []string
}

// shown is how many labels of a role a message names.
const shown = 15

// Error tells all of it in one line.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "line %d: %s: %s", e.Line.Number, e.Line.Text, e.Missing)
	if e.Nearest != "" {
		fmt.Fprintf(&b, "; did you mean %q?", e.Nearest)
	}
	for _, p := range e.Present {
		quoted := make([]string, 0, shown)
		for _, label := range p.Labels[:min(shown, len(p.Labels))] {
			quoted = append(quoted, strconv.Quote(label))
		}
		if more := len(p.Labels) - shown; more > 0 {
			quoted = append(quoted, fmt.Sprintf("and %d more", more))
		}
		fmt.Fprintf(&b, "; %ss here: %s", p.Role, strings.Join(quoted, ", "))
	}
	return b.String()
}
