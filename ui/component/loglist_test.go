package component

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"pgregory.net/rapid"
)

// journal is events in memory; those from loaded on are not loaded.
type journal struct {
	events []LogEvent
	absent map[int]bool
}

func (j *journal) Len() int { return len(j.events) }

func (j *journal) Event(i int) (LogEvent, bool) { return j.events[i], !j.absent[i] }

func (j *journal) add(messages ...string) {
	for _, m := range messages {
		j.events = append(j.events, LogEvent{noon.Add(time.Duration(len(j.events)) * time.Second), m})
	}
}

func newJournal(messages ...string) *journal {
	j := &journal{absent: map[int]bool{}}
	j.add(messages...)
	return j
}

// numberedLines is events called event 0, event 1, …
func numberedLines(n int) *journal {
	j := newJournal()
	for i := range n {
		j.add(fmt.Sprintf("event %d\n", i))
	}
	return j
}

func anyLogList(t *rapid.T) Control {
	j := newJournal(rapid.SliceOfN(rapid.OneOf(wild(), rapid.SampledFrom([]string{`{"a": [1, "日本", true]}`, "one\ntwo\n\nthree", strings.Repeat("x", 300)})), 0, 12).Draw(t, "messages")...)
	l := NewLogList(j)
	l.Height, l.Empty, l.Loading = rapid.IntRange(-1, 12).Draw(t, "height"), []string{wild().Draw(t, "empty")}, rapid.Bool().Draw(t, "loading")
	l.SetFollow(rapid.Bool().Draw(t, "follow"))
	return l
}

func TestLogListDraws(t *testing.T) {
	t.Parallel()
	j := newJournal("START RequestId: 1\n", `{"level": "info", "n": [1]}`, "Traceback:\n  boom\n")
	j.absent[2] = true
	l := NewLogList(j)
	l.Height = 10
	l.Focus()
	pressAll(l, "down", "enter")
	expect(t, "log", shown(l.View(60)), strings.TrimPrefix(`
    Time          Message
  + 12:00:00.000  START RequestId: 1
▸ - 12:00:01.000
      {
        "level": "info",
        "n": [
          1
        ]
      }
                  loading…`, "\n"))
	pressAll(l, "enter", "home")
	if got := shown(l.View(80)); !strings.Contains(got, "▸ + 2026-03-01T12:00:00.000Z  START RequestId: 1") {
		t.Errorf("it shows\n%s", got)
	}
}

func TestLogListWraps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ message, want string }{
		{"", ""},
		{"abcdef", "abcde|f"},
		{"日本語", "日本|語"},
		{"one\ntwo\n\nx\n", "one|two||x"},
		{"[]", "[]"},
		{`[1`, "[1"},
		{`[1]`, "[|  1|]"},
		{"a\tb\x1b[31m", "a   b"},
	} {
		var got []string
		for _, line := range messageLines(c.message, 5) {
			got = append(got, line.text)
		}
		expect(t, c.message, strings.Join(got, "|"), c.want)
	}
}

// TestMessagesLoseNothing: the lines of a message are all of it, none is too
// wide, and the colours go to their ends.
func TestMessagesLoseNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		message := rapid.OneOf(wild(), rapid.SampledFrom([]string{`{"key": "a value that is long", "n": -1.5e3}`})).Draw(t, "message")
		width := rapid.IntRange(2, 20).Draw(t, "width")
		text := strings.TrimRight(message, "\r\n")
		if pretty, ok := prettyJSON(text); ok {
			text = pretty
		}
		var all strings.Builder
		for _, line := range messageLines(message, width) {
			all.WriteString(line.text)
			if measure(line.text) > width {
				t.Fatalf("%q is wider than %d", line.text, width)
			}
			if n := len(line.tokens); n == 0 || line.tokens[n-1].end != len(line.text) {
				t.Fatalf("the colours of %q end at %v", line.text, line.tokens)
			}
		}
		if want := strings.Join(CleanLines(text), ""); all.String() != want {
			t.Fatalf("%q became %q", want, all.String())
		}
	})
}

// inSight is the events whose times are on the screen, as rows.
func inSight(l *LogList) []string {
	var out []string
	for _, z := range l.View(80).Zones {
		if z.Role == RoleRow && z.Reveal == nil {
			_, message, _ := strings.Cut(z.Value, "  ")
			out = append(out, strings.TrimSuffix(message, "⏎"))
		}
	}
	return out
}

func TestLogListMoves(t *testing.T) {
	t.Parallel()
	l := NewLogList(numberedLines(100))
	l.Height = 4 // three events
	for _, c := range []struct {
		keys    string
		current int
		first   string
	}{
		{"", 0, "event 0"}, {"down down down", 3, "event 1"}, {"up up up", 0, "event 0"},
		{"pgdown", 2, "event 2"}, {"pgdown", 4, "event 4"}, {"pgup", 4, "event 2"},
		{"end", 99, "event 97"}, {"down", 99, "event 97"}, {"pgup pgup", 95, "event 93"}, {"home", 0, "event 0"},
	} {
		pressAll(l, strings.Fields(c.keys)...)
		if got := inSight(l); l.Current() != c.current || got[0] != c.first {
			t.Errorf("%s: at %d, from %s", c.keys, l.Current(), got[0])
		}
	}
}

// TestLogListWalksThroughTallMessages line by line, down and up again.
func TestLogListWalksThroughTallMessages(t *testing.T) {
	t.Parallel()
	j := newJournal("first", strings.Repeat("line\n", 10), "last")
	l := NewLogList(j)
	l.Height = 5
	l.View(80)
	l.Toggle(1)
	pressAll(l, "down")
	if l.Current() != 1 || l.top != (place{1, 0}) {
		t.Fatalf("at %d, top %v", l.Current(), l.top)
	}
	n := 0
	for ; l.Current() == 1 && n < 20; n++ {
		pressAll(l, "down")
	}
	if n != 8 || l.Current() != 2 { // seven lines, and then the next event
		t.Errorf("%d steps down, at %d", n, l.Current())
	}
	for n = 0; l.Current() != 0 && n < 20; n++ {
		pressAll(l, "up")
	}
	if n != 10 || l.top != (place{}) {
		t.Errorf("%d steps up, top %v", n, l.top)
	}
}

func TestLogListFollows(t *testing.T) {
	t.Parallel()
	j := numberedLines(10)
	l := NewLogList(j)
	l.Height = 4
	changes := 0
	l.Changed = func() tea.Cmd { changes++; return nil }
	at := func(what, last string, follow bool) {
		t.Helper()
		seen := inSight(l)
		if got := seen[len(seen)-1]; got != last || l.Follow() != follow {
			t.Errorf("%s: the last in sight is %s, following: %v", what, got, l.Follow())
		}
	}
	j.add("not followed")
	at("at first", "event 2", false)
	pressAll(l, "f")
	at("followed", "not followed", true)
	j.add("more")
	at("more come", "more", true)
	pressAll(l, "up")
	j.add("while paused")
	at("paused", "more", false)
	pressAll(l, "down", "down")
	at("back at the end", "while paused", true)
	j.add("on")
	at("it goes on", "on", true)
	pressAll(l, "f", "up", "end")
	j.add("off")
	at("ended by f, it stays so", "on", false)
	pressAll(l, "f", "enter")
	j.add("read in peace")
	at("a message that is shown stays in sight", "off", false)
	if changes != 6 {
		t.Errorf("%d changes were told", changes)
	}
}

// TestLogListKeepsItsPlace when events are put before the first, or taken away.
func TestLogListKeepsItsPlace(t *testing.T) {
	t.Parallel()
	j := numberedLines(50)
	l := NewLogList(j)
	l.Height = 6
	l.View(80)
	l.SetCurrent(20)
	l.Toggle(19)
	before := shown(l.View(80))
	older := numberedLines(7)
	j.events = append(older.events, j.events...)
	l.Shifted(7)
	expect(t, "older events", shown(l.View(80)), before)
	j.events = j.events[10:]
	l.Shifted(-10)
	expect(t, "fewer events", shown(l.View(80)), before)
	j.events = nil
	l.View(80)
	if l.Current() != -1 || l.CopyText() != "" {
		t.Error("there is a current event of none")
	}
}

func TestLogListClicks(t *testing.T) {
	t.Parallel()
	l := NewLogList(numberedLines(30))
	l.Height = 10
	click(t, l.View(80), RoleRow, "2026-03-01T12:00:03.000Z")
	if !l.Expanded(3) || l.Current() != 3 {
		t.Error("a click does not show the message")
	}
	expect(t, "copied", l.CopyText(), "event 3\n")
	z := zone(t, l.View(80), RoleRow, "2026-03-01T12:00:03.000Z")
	if z.H != 2 {
		t.Fatalf("it is %d lines high", z.H)
	}
	z.Click(8, 1)
	if !l.Expanded(3) {
		t.Error("a click on the message hides it")
	}
	z.Click(3, 0)
	if l.Expanded(3) {
		t.Error("a second click does not hide it")
	}
	far := zone(t, l.View(80), RoleRow, "2026-03-01T12:00:25.000Z")
	if far.Reveal == nil {
		t.Fatal("it is in sight")
	}
	far.Reveal()
	if l.Current() != 25 {
		t.Errorf("revealed %d", l.Current())
	}
}

func TestLogListAsks(t *testing.T) {
	t.Parallel()
	j := numberedLines(40)
	for i := 10; i < 40; i++ {
		j.absent[i] = true
	}
	l := NewLogList(j)
	l.Height = 6
	var asked []string
	l.Need = func(from, to int) tea.Cmd { asked = append(asked, fmt.Sprintf("%d-%d", from, to)); return nil }
	l.Start = func() tea.Cmd { asked = append(asked, "start"); return nil }
	l.End = func() tea.Cmd { asked = append(asked, "end"); return nil }
	l.Check()
	pressAll(l, "pgdown", "pgdown", "down", "down", "end")
	expect(t, "asked", strings.Join(asked, " "), "start 10-13 35-40 end")
}

// TestLogListAnyHow: the current event is in sight after any key, whatever is
// shown whole and whatever comes.
func TestLogListAnyHow(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		j := newJournal()
		for range rapid.IntRange(1, 20).Draw(t, "events") {
			j.add(strings.Repeat("a line\n", rapid.IntRange(1, 9).Draw(t, "lines")))
		}
		l := NewLogList(j)
		l.Height = rapid.IntRange(2, 8).Draw(t, "height")
		l.View(60)
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			key := rapid.SampledFrom([]string{"up", "up", "down", "down", "pgup", "pgdown", "home", "end", "enter", "f", "more", "wheel"}).Draw(t, "key")
			switch key {
			case "more":
				j.add("more")
			case "wheel":
				l.wheel(0, rapid.IntRange(-5, 5).Draw(t, "dy"))
			default:
				pressAll(l, key)
			}
			b := l.View(60)
			checkBlock(t, "log", b)
			last := l.step(l.top, l.lines()-1)
			if cur := l.Current(); cur < l.top.row || cur > last.row || b.Height() != l.Height {
				t.Fatalf("after %s: %d is not in sight, which is %v to %v", key, cur, l.top, last)
			}
			if l.Follow() && l.Current() != j.Len()-1 {
				t.Fatalf("after %s: it follows, at %d of %d", key, l.Current(), j.Len())
			}
		}
	})
}

// manyEvents is a million events that are made when they are looked at.
type manyEvents int

func (n manyEvents) Len() int { return int(n) }

func (n manyEvents) Event(i int) (LogEvent, bool) {
	return LogEvent{noon.Add(time.Duration(i) * time.Millisecond), `{"level": "INFO", "message": "resized", "bucket": "images", "key": "HappyFace.jpg"}`}, true
}

func BenchmarkLogList(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		l := NewLogList(manyEvents(n))
		l.Height = 50
		l.Focus()
		l.SetCurrent(n / 2)
		for i := n/2 - 10; i < n/2+10; i++ {
			l.Toggle(i)
		}
		l.View(170)
		b.Run(fmt.Sprintf("key+view/%d", n), func(b *testing.B) {
			keys := []tea.KeyPressMsg{press("down"), press("up")}
			for i := 0; b.Loop(); i++ {
				l.Key(keys[i%2])
				l.View(170)
			}
		})
		b.Run(fmt.Sprintf("end+view/%d", n), func(b *testing.B) {
			keys := []tea.KeyPressMsg{press("end"), press("home")}
			for i := 0; b.Loop(); i++ {
				l.Key(keys[i%2])
				l.View(170)
			}
		})
	}
	b.Run("expand/256KB", func(b *testing.B) {
		message := strings.Repeat("a message that is long, and 日本語. ", 256<<10/40)
		for b.Loop() {
			messageLines(message, 120)
		}
	})
}
