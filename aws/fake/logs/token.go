package logs

import (
	"encoding/base64"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The directions that the tokens of a stream lead in.
const (
	forward  = "f/"
	backward = "b/"
)

// pageToken is a token of GetLogEvents: a direction and 56 digits, which are
// the boundary to go on from, and the stream it is in.
func pageToken(direction string, m stream, at place) string {
	return fmt.Sprintf("%s%019d%017d%020d/s", direction, at.time, m.ID, at.seq)
}

func parsePageToken(token string, m stream) (direction string, at place, err error) {
	direction, digits := token[:min(2, len(token))], token[min(2, len(token)):]
	digits, whole := strings.CutSuffix(digits, "/s")
	if direction != forward && direction != backward || !whole || len(digits) != 56 {
		return "", place{}, badToken()
	}
	if at.time, err = strconv.ParseInt(digits[:19], 10, 64); err != nil {
		return "", place{}, badToken()
	}
	if at.seq, err = strconv.ParseUint(digits[36:], 10, 64); err != nil || pageToken(direction, m, at) != token {
		return "", place{}, badToken() // of another stream, or not ours
	}
	return direction, at, nil
}

// spot is where an event lies in a group: in order of time, then of streams.
type spot struct {
	time   int64
	stream uint64
	seq    uint64
}

// in is the boundary of a stream that is the spot's.
func (p spot) in(m stream) place {
	switch {
	case m.ID < p.stream:
		return place{time: p.time + 1}
	case m.ID > p.stream:
		return place{time: p.time}
	}
	return place{p.time, p.seq}
}

// filterToken is a token of FilterLogEvents: the spot to go on from.
func filterToken(g group, p spot) string {
	return base64.URLEncoding.EncodeToString(fmt.Appendf(nil, "%d %d %d %d", g.ID, p.time, p.stream, p.seq))
}

func parseFilterToken(token string, g group) (spot, error) {
	if token == "" {
		return spot{}, nil
	}
	var p spot
	raw, err := base64.URLEncoding.DecodeString(token)
	if err != nil {
		return p, badToken()
	}
	var id uint64
	if _, err := fmt.Sscanf(string(raw), "%d %d %d %d", &id, &p.time, &p.stream, &p.seq); err != nil || filterToken(g, p) != token ||
		p.time < 0 || p.time == math.MaxInt64 || id != g.ID {
		return p, badToken()
	}
	return p, nil
}
