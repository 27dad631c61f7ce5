package lab_test

import (
	"context"
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/drive"
	"awslab/ui/lab"

	tea "charm.land/bubbletea/v2"
)

// sit starts a session on a desk with the music lab.
func sit(t *testing.T, d *desk) *drive.Session {
	t.Helper()
	s := drive.Start(t.Context(), d, 130, 40)
	t.Cleanup(s.Close)
	return s
}

func newMusicDesk(t *testing.T) *desk {
	t.Helper()
	return newDesk(t, newWorld(t, 0), lab.NewLibrary(parseLab(t, musicLab)))
}

func keys(t *testing.T, s *drive.Session, names ...string) {
	t.Helper()
	if err := s.Keys(names...); err != nil {
		t.Fatal(err)
	}
}

// see waits for texts on the screen.
func see(t *testing.T, s *drive.Session, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if err := s.WaitFor(t.Context(), text); err != nil {
			t.Fatal(err)
		}
	}
}

func TestALabFromStartToEnd(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	s := sit(t, d)
	see(t, s, "Labs", "▸ Lab 7 · Music", "about 5 minutes", "Learn to sing.", "S Start lab")
	keys(t, s, "S")
	see(t, s, "Lab 7 · Music", "step 1 of 3", "● Welcome", "○ Create the table", "Hello, you.")
	keys(t, s, "n")
	see(t, s, "step 2 of 3", "✓ Welcome", "● Create the table", "Because it is fun.", "✗ table Music: expected a table of this name, found —")
	keys(t, s, "n")
	see(t, s, "This step is not done yet: do it, or skip it.")
	if err := s.Click("Create table"); err != nil {
		t.Fatal(err)
	}
	see(t, s, "✓ Step done", "✓ table Music")
	if _, step, _ := d.guide.Active(); step != 2 {
		t.Errorf("it went on to step %d by itself", step)
	}
	if err := s.Click("next"); err != nil {
		t.Fatal(err)
	}
	see(t, s, "step 3 of 3", "That was it.")
	keys(t, s, "n")
	see(t, s, "You are through", "All 3 steps are done.", "• DynamoDB table Music")
	keys(t, s, "E")
	if err := s.WaitUntil(t.Context(), "no question", func() bool { return d.asked != nil }); err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(d.asked.Text, "\n"); d.asked.Word != "confirm" || !strings.Contains(text, "• DynamoDB table Music") {
		t.Errorf("asked %+v", d.asked)
	}
	keys(t, s, "y")
	see(t, s, "Lab 7 · Music has ended.", "✓ DynamoDB table Music: deleted", "3 of 3 steps, ended", "S Start lab again")
	if got := d.tables(); got != "" {
		t.Errorf("tables left: %q", got)
	}
}

func TestAStepStaysDone(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	s := sit(t, d)
	keys(t, s, "S", "n")
	if err := s.Click("Create table"); err != nil {
		t.Fatal(err)
	}
	see(t, s, "✓ Step done")
	d.deleteTable("Music")
	keys(t, s, "c")
	see(t, s, "✗ table Music", "✓ Step done — n goes on")
	d.guide.SetFocused(false) // where n is the page's
	s.Resize(130, 41)
	see(t, s, "✓ Step done — ctrl+g n goes on")
	if done := d.store.Progress("music").Done; len(done) != 2 {
		t.Errorf("the steps done are %v", done)
	}
}

func TestProgressIsThereAfterARestart(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	s := sit(t, d)
	keys(t, s, "S", "n")
	if err := s.Click("Create table"); err != nil {
		t.Fatal(err)
	}
	see(t, s, "✓ Step done")
	if err := s.WaitIdle(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, below: d.below, trail: d.trail, store: openStore(t, d.dir), dir: d.dir}
	again := sit(t, newDesk(t, w, lab.NewLibrary(parseLab(t, musicLab))))
	see(t, again, "step 2 of 3", "✓ Welcome", "✓ Step done", "✓ Done on")
}

func TestHintsComeOneByOne(t *testing.T) {
	t.Parallel()
	s := sit(t, newMusicDesk(t))
	keys(t, s, "S", "n", "h")
	see(t, s, "Hint 1 of 2", "The first hint.")
	if err := s.WaitGone(t.Context(), "The second hint."); err != nil {
		t.Error(err)
	}
	keys(t, s, "h")
	see(t, s, "The second hint.")
	keys(t, s, "h")
	see(t, s, "There are no more hints; s shows how it is done.")
}

func TestChecksSayWhatTheLabSaysToTheCause(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	d.table = "music"
	s := sit(t, d)
	keys(t, s, "S", "n")
	if err := s.Click("Create table"); err != nil {
		t.Fatal(err)
	}
	see(t, s, `found a table "music"`, "Upper and lower case count", "Mind the name.")
}

func TestTablesInPassingAreCheckedAgain(t *testing.T) {
	t.Parallel()
	d := newDesk(t, newWorld(t, 1500*1e6), lab.NewLibrary(parseLab(t, musicLab)))
	s := sit(t, d)
	keys(t, s, "S", "n")
	if err := s.Click("Create table"); err != nil {
		t.Fatal(err)
	}
	see(t, s, "◌ table Music: expected Active, found Creating", "✓ Step done")
}

func TestShowMePlaysAndSkipGoesOn(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	s := sit(t, d)
	keys(t, s, "S", "n", "s")
	see(t, s, "✓ Step done", "step 2 of 3")
	if d.play.Fast || d.play.Caption != "Create the table" {
		t.Errorf("played %+v", d.play)
	}

	other := newMusicDesk(t)
	s = sit(t, other)
	keys(t, s, "S", "n", "k")
	see(t, s, "step 3 of 3")
	if did := other.store.Progress("music").Done["create-the-table"]; !did.Skipped || !other.play.Fast {
		t.Errorf("skipped as %+v", did)
	}
}

func TestAStoppedPlaybackLeavesTheStepAsItIs(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	s := sit(t, d)
	keys(t, s, "S", "n", "k")
	see(t, s, "step 3 of 3")
	d.play.Done(drive.ErrStopped)
	if _, step, _ := d.guide.Active(); step != 3 {
		t.Errorf("a stop that came late went to step %d", step)
	}
}

func TestResetAsksAndStartsAgain(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	s := sit(t, d)
	keys(t, s, "S", "n", "s")
	see(t, s, "✓ Step done")
	keys(t, s, "R")
	if err := s.WaitUntil(t.Context(), "no question", func() bool { return d.asked != nil }); err != nil {
		t.Fatal(err)
	}
	keys(t, s, "y")
	see(t, s, "step 1 of 3", "○ Create the table")
	if r := d.store.Progress("music").Resources; len(r) != 1 {
		t.Errorf("what the lab created is forgotten: %+v", r)
	}
}

func TestStepsCanBeLookedAtByTheirTitles(t *testing.T) {
	t.Parallel()
	s := sit(t, newMusicDesk(t))
	keys(t, s, "S")
	if err := s.Click("Bye"); err != nil {
		t.Fatal(err)
	}
	see(t, s, "step 3 of 3", "That was it.", "○ Create the table")
	keys(t, s, "p", "p", "p")
	see(t, s, "step 1 of 3", "This is the first step.")
}

func TestAnAccountIsTold(t *testing.T) {
	t.Parallel()
	labs, err := lab.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, 0)
	const told = "This is an AWS account. It costs far less than a cent"
	see(t, sit(t, newDesk(t, w, labs)), "about 20 minutes")
	if screen := sit(t, newDesk(t, w, labs)).Screen(); strings.Contains(screen, "This is an AWS account") {
		t.Error("the sandbox is told to be an account")
	}
	w.below.Place.Kind = aws.Account
	see(t, sit(t, newDesk(t, w, labs)), told, "DynamoDB table Music.")
}

func TestUnknownLabsAndEmptyLibraries(t *testing.T) {
	t.Parallel()
	d := newDesk(t, newWorld(t, 0), lab.NewLibrary())
	s := sit(t, d)
	see(t, s, "There are no labs.")
	keys(t, s, "enter", "down", "S")
	s.Send(d.guide.Start("music")())
	see(t, s, "The lab cannot be started")
	if title, step, of := d.guide.Active(); title != "" || step != 0 || of != 0 {
		t.Errorf("active: %q, %d, %d", title, step, of)
	}
}

// The pane keeps its size and its escapes in order at any size.
func TestThePaneFitsAnySize(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	s := sit(t, d)
	for range 4 {
		for _, size := range [][2]int{{0, 0}, {1, 1}, {5, 3}, {30, 8}, {40, 20}, {60, 50}, {80, 21}} {
			b := d.guide.View(size[0], size[1])
			if b.Width != size[0] || b.Height() != size[1] {
				t.Errorf("%v: drawn %d by %d", size, b.Width, b.Height())
			}
			for _, line := range b.Lines {
				if w := component.Width(line); w != size[0] {
					t.Errorf("%v: a line of %d cells: %q", size, w, line)
				}
			}
		}
		keys(t, s, "S", "n", "h")
	}
}

func TestTheTextScrolls(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	s := sit(t, d)
	s.Resize(100, 16)
	keys(t, s, "S", "n", "h", "h")
	see(t, s, "The second hint.")
	keys(t, s, "home")
	see(t, s, "Make it now.")
	if err := s.WaitGone(t.Context(), "The second hint."); err != nil {
		t.Error(err)
	}
	keys(t, s, "end")
	see(t, s, "expected a table") // the findings stand last
}

func TestTheKeysAreNamedWithTheWayToThem(t *testing.T) {
	t.Parallel()
	d := newMusicDesk(t)
	d.guide.SetFocused(false)
	s := sit(t, d)
	see(t, s, "ctrl+g, then")
	d.guide.SetFocused(true)
	s.Resize(130, 41)
	if err := s.WaitGone(t.Context(), "ctrl+g, then"); err != nil {
		t.Error(err)
	}
}

// BenchmarkView draws the guide with a step of the first lab, as beside the
// console on a screen of 170 by 55.
func BenchmarkView(b *testing.B) {
	labs, err := lab.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	store, err := lab.OpenStore(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	g := benchGuide(b, labs, store)
	g.Start("dynamodb")
	for b.Loop() {
		g.View(51, 51)
	}
}

// TestACheckThatTakesLong says that it runs.
func TestACheckThatTakesLong(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 0)
	held, release := make(chan struct{}, 1), make(chan struct{})
	w.below = aws.Intercept(w.below, func(ctx context.Context, _ aws.Operation, _ any, next func(context.Context) (any, error)) (any, error) {
		select {
		case <-held:
			<-release
		default:
		}
		return next(ctx)
	})
	s := sit(t, newDesk(t, w, lab.NewLibrary(parseLab(t, musicLab))))
	keys(t, s, "S", "n")
	see(t, s, "✗ table Music: expected a table of this name, found —")
	held <- struct{}{}
	s.Send(tea.KeyPressMsg{Code: 'c', Text: "c"})
	if screen := s.Screen(); !strings.Contains(screen, "Looking how it stands") {
		t.Errorf("the check runs, and the guide shows\n%s", screen)
	}
	close(release)
	if err := s.WaitGone(t.Context(), "Looking how it stands"); err != nil {
		t.Error(err)
	}
}
