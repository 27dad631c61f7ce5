package runtime

import (
	"bytes"
	"strconv"
	"strings"
)

// Frames that a bootstrap may write between its lines. Both begin with a byte
// that no log line has.
//
//	\x00EVENT <length>\n<bytes>\n   one event of several lines
//	\x00END <request id>\n          all output of the request has been written
const (
	frameMark  = 0
	frameEvent = "EVENT "
	frameEnd   = "END "
	// maxHeader bounds a frame's first line: what is longer is no frame.
	maxHeader = 128
)

// framer cuts one output of a function into events. It holds no more than one
// event of the largest size.
type framer struct {
	add   func(text []byte)
	ended func(requestID string)

	text   []byte // the line or event under way
	header []byte // a frame's first line under way, with its mark
	event  int64  // bytes missing of the event under way
	after  bool   // the newline after an event may come
}

// write takes the next bytes of the output, which need not be whole lines.
func (f *framer) write(data []byte) {
	for len(data) > 0 {
		switch {
		case f.event > 0:
			data = f.inEvent(data)
		case f.after:
			f.after = false
			if data[0] == '\n' {
				data = data[1:]
			}
		case len(f.header) > 0:
			data = f.inHeader(data)
		default:
			data = f.inLine(data)
		}
	}
}

// flush ends the line under way, as at the end of a request.
func (f *framer) flush() {
	f.literal()
	if len(f.text) > 0 {
		f.emit()
	}
	f.event = 0
}

func (f *framer) emit() {
	f.add(f.text)
	f.text = f.text[:0]
}

// literal takes what looked like a frame as text.
func (f *framer) literal() {
	header := f.header
	f.header = nil
	f.keep(header)
}

// keep adds text to the event under way, and cuts it at the largest size.
func (f *framer) keep(text []byte) {
	for len(f.text)+len(text) > maxLine {
		room := maxLine - len(f.text)
		f.text = append(f.text, text[:room]...)
		text = text[room:]
		whole := wholeRunes(f.text, maxLine)
		rest := append([]byte(nil), f.text[whole:]...)
		f.text = f.text[:whole]
		f.emit()
		f.text = append(f.text, rest...)
	}
	f.text = append(f.text, text...)
}

func (f *framer) inLine(data []byte) []byte {
	end := bytes.IndexAny(data, "\n\x00")
	if end < 0 {
		f.keep(data)
		return nil
	}
	f.keep(data[:end])
	if data[end] == '\n' {
		f.emit()
		return data[end+1:]
	}
	f.header = append(f.header, frameMark)
	return data[end+1:]
}

func (f *framer) inHeader(data []byte) []byte {
	end := bytes.IndexByte(data, '\n')
	part := data
	if end >= 0 {
		part = data[:end]
	}
	if bytes.IndexByte(part, frameMark) >= 0 || len(f.header)+len(part) > maxHeader || !f.maybeFrame(part) {
		f.literal()
		return data
	}
	f.header = append(f.header, part...)
	if end < 0 {
		return nil
	}
	f.frame(string(f.header[1:]))
	return data[end+1:]
}

// maybeFrame says whether the header, with what comes, may still become a
// frame: text with a zero byte must not wait for its newline.
func (f *framer) maybeFrame(part []byte) bool {
	header := string(f.header[1:]) + string(part)
	begins := func(frame string) bool {
		return strings.HasPrefix(header, frame) || strings.HasPrefix(frame, header)
	}
	return begins(frameEvent) || begins(frameEnd)
}

// frame acts on a frame's first line, which has ended.
func (f *framer) frame(header string) {
	if length, ok := strings.CutPrefix(header, frameEvent); ok {
		if n, err := strconv.ParseInt(length, 10, 64); err == nil && n >= 0 {
			f.begin()
			if f.event, f.after = n, true; n == 0 {
				f.emit()
			}
			return
		}
	}
	if request, ok := strings.CutPrefix(header, frameEnd); ok {
		f.begin()
		f.ended(request)
		return
	}
	f.literal()
	f.emit()
}

// begin ends the line that a frame cuts short.
func (f *framer) begin() {
	f.header = nil
	if len(f.text) > 0 {
		f.emit()
	}
}

func (f *framer) inEvent(data []byte) []byte {
	n := min(int64(len(data)), f.event)
	f.keep(data[:n])
	if f.event -= n; f.event == 0 {
		f.emit()
	}
	return data[n:]
}
