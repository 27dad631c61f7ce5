package s3

import (
	"fmt"
	"strconv"
	"strings"
)

// span is a range of an object's bytes.
type span struct{ from, length int64 }

// contentRange says which bytes of how many there are.
func (r span) contentRange(size int64) string {
	return fmt.Sprintf("bytes %d-%d/%d", r.from, r.from+r.length-1, size)
}

// parseRange reads a Range header ("bytes=0-99", "bytes=100-", "bytes=-100")
// against an object's size. As in S3, one that is none, or asks for several
// ranges, counts as not given; one that has no byte of the object is
// InvalidRange.
func parseRange(header string, size int64) (r span, given bool, err error) {
	whole := span{0, size}
	text, ok := strings.CutPrefix(header, "bytes=")
	if !ok {
		return whole, false, nil
	}
	first, last, ok := strings.Cut(text, "-")
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	if !ok || !digits(first) || !digits(last) || first+last == "" {
		return whole, false, nil
	}
	if first == "" {
		length := min(position(last), size)
		if length == 0 {
			return whole, true, outside(header, size)
		}
		return span{size - length, length}, true, nil
	}
	from, to := position(first), size-1
	if last != "" {
		end := position(last)
		if end < from {
			return whole, false, nil
		}
		to = min(to, end)
	}
	if from >= size {
		return whole, true, outside(header, size)
	}
	return span{from, to - from + 1}, true, nil
}

// outside is the error of a range of which an object has no byte.
func outside(header string, size int64) error {
	return invalidRange.about("RangeRequested", header, "ActualObjectSize", strconv.FormatInt(size, 10))
}

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }

// position reads digits; what is too large for a number is as good as the
// largest.
func position(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
