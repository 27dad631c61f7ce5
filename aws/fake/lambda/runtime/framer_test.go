package runtime

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// framed cuts output into events, given in the pieces as they are read.
func framed(pieces ...string) (events, ended []string) {
	f := framer{
		add:   func(text []byte) { events = append(events, string(text)) },
		ended: func(id string) { ended = append(ended, id) },
	}
	for _, piece := range pieces {
		f.write([]byte(piece))
	}
	f.flush()
	return events, ended
}

func TestFramer(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxLine)
	tests := []struct {
		name, output string
		events       []string
		ended        []string
	}{
		{"nothing", "", nil, nil},
		{"lines", "a\n\nb\n", []string{"a", "", "b"}, nil},
		{"part of a line", "a\nb", []string{"a", "b"}, nil},
		{"event", "\x00EVENT 3\na\nb\nc\n", []string{"a\nb", "c"}, nil},
		{"event without newline", "\x00EVENT 3\na\nbc\n", []string{"a\nb", "c"}, nil},
		{"empty event", "\x00EVENT 0\n\nc\n", []string{"", "c"}, nil},
		{"event after part", "a\x00EVENT 1\nb\n", []string{"a", "b"}, nil},
		{"event with a mark", "\x00EVENT 5\n\x00END \n", []string{"\x00END "}, nil},
		{"end", "a\n\x00END id-1\nb\n", []string{"a", "b"}, []string{"id-1"}},
		{"end after part", "a\x00END id-1\n", []string{"a"}, []string{"id-1"}},
		{"zero bytes", "a\x00b\n\x00\n\x00\x00END i\n", []string{"a\x00b", "\x00", "\x00"}, []string{"i"}},
		{"almost a frame", "\x00EVENTS\n", []string{"\x00EVENTS"}, nil},
		{"bad length", "\x00EVENT -1\na\n", []string{"\x00EVENT -1", "a"}, nil},
		{"unfinished event", "\x00EVENT 9\na", []string{"a"}, nil},
		{"unfinished frame", "\x00EVE", []string{"\x00EVE"}, nil},
		{"long header", "\x00END " + strings.Repeat("i", maxHeader) + "\n", []string{"\x00END " + strings.Repeat("i", maxHeader)}, nil},
		{"long line", long + "y\n", []string{long, "y"}, nil},
		{"long event", fmt.Sprintf("\x00EVENT %d\n%sy\nz\n", maxLine+1, long), []string{long, "y", "z"}, nil},
		{"cut before a character", long[1:] + "é\n", []string{long[1:], "é"}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			events, ended := framed(test.output)
			if !slices.Equal(events, test.events) || !slices.Equal(ended, test.ended) {
				t.Errorf("got %.200q and %q", events, ended)
			}
		})
	}
}

// However the output is cut when it is read, the events are the same.
func TestFramerHasNoPieces(t *testing.T) {
	t.Parallel()
	part := rapid.SampledFrom([]string{"a", "é", "\n", "\x00", "\x00EVENT ", "3", "12", "\n", "\x00END ", "id", "x\ny"})
	rapid.Check(t, func(t *rapid.T) {
		output := strings.Join(rapid.SliceOf(part).Draw(t, "output"), "")
		whole, wholeEnded := framed(output)
		var pieces []string
		for rest := output; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "n")
			pieces, rest = append(pieces, rest[:n]), rest[n:]
		}
		events, ended := framed(pieces...)
		if !slices.Equal(events, whole) || !slices.Equal(ended, wholeEnded) {
			t.Fatalf("whole %q %q, in pieces %q %q", whole, wholeEnded, events, ended)
		}
	})
}

func FuzzFramer(f *testing.F) {
	f.Add("a\n\x00EVENT 3\na\nb\nc\n\x00END id\n")
	f.Add("\x00EVENT 99999999999999999999\n")
	f.Fuzz(func(t *testing.T, output string) {
		events, _ := framed(output)
		size := 0
		for _, event := range events {
			if len(event) > maxLine {
				t.Fatalf("an event has %d bytes", len(event))
			}
			if utf8.ValidString(output) && !utf8.ValidString(event) {
				t.Fatalf("a character was cut: %q", event)
			}
			size += len(event)
		}
		if size > len(output) {
			t.Fatalf("%d bytes of events from %d of output", size, len(output))
		}
	})
}
