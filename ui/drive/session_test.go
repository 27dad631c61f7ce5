package drive_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"awslab/ui/drive"
	"awslab/ui/keys"
)

func start(t *testing.T, console drive.Console) *drive.Session {
	t.Helper()
	s := drive.Start(t.Context(), console, 80, 30)
	t.Cleanup(s.Close)
	return s
}

func TestPlaysWhatAPersonWouldDo(t *testing.T) {
	t.Parallel()
	console := newShop()
	console.form = true
	console.answer <- "it"
	s := start(t, console)
	if err := s.Run(`
		open DynamoDB > Tables
		mark "john lennon"
		open DynamoDB > Tables > Psy
		wait "This is Psy"
		type "Artist" Pink  Floyd
		type "Value" "with end "
		choose "Query"
		choose "Query"
		select "Condition" "Less than"
		press "Save"
		wait "saved it"
	`); err != nil {
		t.Fatal(err)
	}
	if got, want := console.log, []string{"open Psy", "saved it"}; !slices.Equal(got, want) {
		t.Errorf("log %q, want %q", got, want)
	}
	if got := console.fields; got["Artist"] != "Pink  Floyd" || got["Value#1"] != "old" || got["Value#2"] != "with end " {
		t.Errorf("fields %q", got)
	}
	if !console.query || console.condition != "Less than" {
		t.Errorf("query %v, condition %q", console.query, console.condition)
	}
	if want := []string{"John Lennon"}; !slices.Equal(console.marked, want) {
		t.Errorf("marked %q, want %q", console.marked, want)
	}
}

func TestTheSideNavigationIsBroughtWhenItIsHidden(t *testing.T) {
	t.Parallel()
	console := newShop()
	console.narrow = true
	s := start(t, console)
	if err := s.Run("open DynamoDB > Tables > Psy"); err != nil {
		t.Fatal(err)
	}
	if want := []string{"open Psy"}; !slices.Equal(console.log, want) {
		t.Errorf("log %q, want %q", console.log, want)
	}
	if services := keys.Lookup(keys.Services).Label; services != drive.ServicesLabel {
		t.Errorf("the services menu is opened by %q", services)
	}
	if names := keys.Lookup(keys.SideNav).Keys; !slices.Contains(names, drive.SideNavKey) {
		t.Errorf("the side navigation is brought by %q", names)
	}
}

func TestConfirmTypesAndPresses(t *testing.T) {
	t.Parallel()
	console := newShop()
	console.dialog = true
	s := start(t, console)
	if err := s.Run(`confirm "confirm"`); err != nil {
		t.Fatal(err)
	}
	if want := []string{"deleted"}; !slices.Equal(console.log, want) {
		t.Errorf("log %q, want %q", console.log, want)
	}
}

func TestFailuresSayWhatIsThere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		script string
		tells  []string
	}{
		{`press "Savv"`, []string{`line 1: press "Savv": no button "Savv" here`, `did you mean "Save"?`, `buttons here: "≡ Services"`}},
		{"\nopen DynamoDB > Tabels", []string{"line 2", `no link, row, tab or button "Tabels"`, `did you mean "Tables"?`}},
		{`type "Artists" x`, []string{`no field "Artists"`, `did you mean "Artist"?`, `fields here: "Artist", "Value"`}},
		{`wait "look for gold"`, []string{`no text "look for gold" on the page`}}, // it is only beside it
		{`select "Condition" "Greater"`, []string{`no option "Greater"`, `"Equal to", "Less than"`}},
	} {
		console := newShop()
		console.form = true
		err := start(t, console).Run(c.script)
		if !has(err, c.tells...) {
			t.Errorf("%s: %v\nwant it to tell %q", c.script, err, c.tells)
		}
	}
}

func TestDisabledIsToldWithItsReason(t *testing.T) {
	t.Parallel()
	console := newShop()
	console.dialog = true
	err := start(t, console).Run(`press "Delete"`)
	if !has(err, `the button "Delete" is disabled: type the word first`) {
		t.Error(err)
	}
}

func TestBesideComesLast(t *testing.T) {
	t.Parallel()
	console := newShop()
	s := start(t, console)
	if err := s.Click("Delete"); err != nil || !slices.Equal(console.log, []string{"pressed beside"}) {
		t.Errorf("with nothing on the page: %v, %q", err, console.log)
	}
}

func TestWaitsThroughTimersAndAnswers(t *testing.T) {
	t.Parallel()
	console := &timers{shop: newShop()}
	console.page = "Tables"
	s := start(t, console)
	if err := s.Run(`row "Late row"`); err != nil {
		t.Fatal(err)
	}
	if want := []string{"open Late row"}; !slices.Equal(console.log, want) {
		t.Errorf("log %q, want %q", console.log, want)
	}
}

func TestBusyProgramIsWaitedFor(t *testing.T) {
	t.Parallel()
	console := newShop()
	console.form, console.below = true, false
	s := start(t, console)
	if err := s.Click("Save"); err != nil {
		t.Fatal(err)
	}
	if !console.Busy() {
		t.Fatal("not busy while a call is under way")
	}
	s.Limit = 0
	if err := s.Run(`press "Save"`); !has(err, "still busy") {
		t.Errorf("played on a busy program: %v", err)
	}
	s.Limit = 1 << 40
	console.answer <- "late"
	if err := s.WaitIdle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.WaitFor(t.Context(), "saved late"); err != nil {
		t.Error(err)
	}
}

func TestSequenceKeepsItsOrder(t *testing.T) {
	t.Parallel()
	console := newShop()
	s := start(t, console)
	if err := s.Keys("ctrl+o"); err != nil {
		t.Fatal(err)
	}
	if want := []string{"ordered 1", "ordered 2", "ordered 2", "ordered 3"}; !slices.Equal(console.log, want) {
		t.Errorf("%q, want %q", console.log, want)
	}
}

func TestWaitForTellsTheScreen(t *testing.T) {
	t.Parallel()
	s := start(t, newShop())
	err := s.WaitFor(t.Context(), "nowhere")
	if err == nil || !strings.Contains(err.Error(), "look for gold") {
		t.Errorf("the error does not show the screen: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.WaitFor(ctx, "nowhere"); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled wait: %v", err)
	}
	if err := s.WaitGone(t.Context(), "nowhere"); err != nil {
		t.Error(err)
	}
}

func TestQuitEndsTheSession(t *testing.T) {
	t.Parallel()
	s := start(t, newShop())
	if err := s.Keys("ctrl+q"); err != nil {
		t.Fatal(err)
	}
	if !s.Ended() {
		t.Fatal("still going")
	}
	if err := s.Run(`press "≡ Services"`); !errors.Is(err, drive.ErrEnded) {
		t.Errorf("playing on: %v", err)
	}
}

func TestPasteTypeAndResize(t *testing.T) {
	t.Parallel()
	console := newShop()
	console.form, console.focus = true, "Artist"
	s := start(t, console)
	s.Type("Pyé A")
	s.Paste("!")
	if got := console.fields["Artist"]; got != "Pyé A!" {
		t.Errorf("typed %q", got)
	}
	s.Resize(50, 12)
	if f := s.Frame(); f.Width != 50 || f.Height() != 12 {
		t.Errorf("%d by %d after the resize", f.Width, f.Height())
	}
}
