package runtime

import (
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// maxLine is the size of the largest log event, in bytes. Longer output is cut
// into several.
const maxLine = 256 << 10

// Line is one log event of a function.
type Line struct {
	Time time.Time
	// RequestID is the request it belongs to: that under way, or the last one
	// when there is none; empty in the init phase.
	RequestID string
	// Text is without the newline at the end. It has several lines when the
	// bootstrap made one event of them, and at most 256 KB of valid UTF-8.
	Text string
}

// journal gives the lines of both outputs, one at a time, to the one who asked
// for them.
type journal struct {
	mu      sync.Mutex
	log     func(Line)
	request string
}

func (j *journal) setRequest(id string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.request = id
}

func (j *journal) add(text []byte) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.log != nil {
		j.log(Line{Time: time.Now(), RequestID: j.request, Text: strings.ToValidUTF8(string(text), "�")})
	}
}

// wholeRunes returns how many of the first n bytes of text end with a whole
// character, so that a cut there splits none.
func wholeRunes(text []byte, n int) int {
	for back := 1; back < utf8.UTFMax && back < n; back++ {
		if utf8.RuneStart(text[n-back]) {
			if utf8.FullRune(text[n-back : n]) {
				return n
			}
			return n - back
		}
	}
	return n
}
