package value

import (
	"bytes"
	"math"
	"strings"
)

// The limits of a DynamoDB number.
const (
	maxDigits   = 38   // significant digits
	maxExponent = 125  // of the largest magnitude, 9.99…E+125
	minExponent = -130 // of the smallest, 1E-130
)

// number is a decimal within DynamoDB's limits, d₁.d₂d₃… × 10^exponent. It has
// neither leading nor trailing zero digits; zero has no digits at all. It
// needs no heap, so that comparing and encoding keys costs no garbage.
type number struct {
	negative bool
	exponent int
	count    int             // of digits
	digits   [maxDigits]byte // 0 to 9
}

// parseNumber reads a decimal as DynamoDB does: an optional sign, digits with
// an optional point, an optional exponent, and no spaces.
func parseNumber(text string) (number, *Fault) {
	var n number
	rest := text
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		n.negative = rest[0] == '-'
		rest = rest[1:]
	}
	rest, fits, ok := n.scanDigits(rest)
	if !ok {
		return number{}, notNumeric(text)
	}
	exponent, ok := scanExponent(rest)
	if !ok {
		return number{}, notNumeric(text)
	}
	if n.count == 0 { // zero has the exponent that it is written with
		n.exponent++
	}
	const enough = 1 << 40 // far beyond any number of digits that could offset it
	total := int64(n.exponent) + max(-enough, min(exponent, enough))
	if fault := outOfRange(total); fault != nil {
		return number{}, fault.older(text, exponent, total)
	}
	n.exponent = int(total)
	if n.count == 0 {
		return number{}, nil
	}
	if !fits {
		return number{}, tooPrecise()
	}
	return n, nil
}

// scanDigits takes digits and point off the front of text. fits is false when
// there are more significant digits than a number can hold, ok when there is
// no digit at all.
func (n *number) scanDigits(text string) (rest string, fits, ok bool) {
	fits = true
	n.exponent = -1
	point := false
	zeros := 0 // seen since the last digit that is none: significant only if another follows
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c == '.' && !point {
			point = true
			continue
		}
		if c < '0' || c > '9' {
			return text[i:], fits, ok
		}
		ok = true
		if c == '0' && n.count == 0 {
			if point {
				n.exponent--
			}
			continue
		}
		if !point {
			n.exponent++
		}
		if c == '0' {
			zeros++
			continue
		}
		if n.count+zeros >= maxDigits {
			fits = false
			continue
		}
		n.count += zeros // the array is zero already
		zeros = 0
		n.digits[n.count] = c - '0'
		n.count++
	}
	return "", fits, ok
}

// largestExponent is the largest that can be read, as text; beyond the limits of
// a number it is told apart from what is no number at all.
const largestExponent = "9223372036854775807"

// scanExponent reads the exponent that text consists of, 0 if it is empty.
func scanExponent(text string) (exponent int64, ok bool) {
	if text == "" {
		return 0, true
	}
	if text[0] != 'e' && text[0] != 'E' {
		return 0, false
	}
	text = text[1:]
	negative := false
	if text != "" && (text[0] == '-' || text[0] == '+') {
		negative = text[0] == '-'
		text = text[1:]
	}
	if text == "" {
		return 0, false
	}
	if digits := strings.TrimLeft(text, "0"); len(digits) > len(largestExponent) || len(digits) == len(largestExponent) && digits > largestExponent {
		return 0, false
	}
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		exponent = exponent*10 + int64(text[i]-'0')
	}
	if negative {
		return -exponent, true
	}
	return exponent, true
}

// older words a fault as the older layer of DynamoDB does, which reads numbers
// as Java's BigDecimal: an exponent takes 32 bits, and so does its sum with the
// digits before the point, which wraps around.
func (f *Fault) older(text string, exponent, total int64) *Fault {
	switch {
	case exponent > math.MaxInt32 || exponent < -math.MaxInt32:
		f.Older = notNumeric(text).Older
	case total+1 > math.MaxInt32:
		f.Older = underflow().Older
	}
	return f
}

func outOfRange(exponent int64) *Fault {
	switch {
	case exponent > maxExponent:
		return overflow()
	case exponent < minExponent:
		return underflow()
	}
	return nil
}

// appendText writes the number as DynamoDB gives it back: never with an
// exponent, never with a superfluous zero.
func (n *number) appendText(dst []byte) []byte {
	if n.count == 0 {
		return append(dst, '0')
	}
	if n.negative {
		dst = append(dst, '-')
	}
	if n.exponent < 0 {
		dst = append(dst, "0."...)
		for range -n.exponent - 1 {
			dst = append(dst, '0')
		}
	}
	for i, digit := range n.digits[:n.count] {
		if i == n.exponent+1 && i > 0 {
			dst = append(dst, '.')
		}
		dst = append(dst, '0'+digit)
	}
	for range n.exponent + 1 - n.count {
		dst = append(dst, '0')
	}
	return dst
}

// text is appendText as a string.
func (n *number) text() string {
	var buf [maxExponent - minExponent]byte
	return string(n.appendText(buf[:0]))
}

// compare tells whether n is less than (-1), equal to (0) or greater than m.
func (n *number) compare(m *number) int {
	if sign, other := n.sign(), m.sign(); sign != other {
		if sign < other {
			return -1
		}
		return 1
	}
	order := n.compareMagnitude(m)
	if n.negative {
		return -order
	}
	return order
}

func (n *number) sign() int {
	switch {
	case n.count == 0:
		return 0
	case n.negative:
		return -1
	}
	return 1
}

func (n *number) compareMagnitude(m *number) int {
	switch {
	case n.exponent < m.exponent:
		return -1
	case n.exponent > m.exponent:
		return 1
	}
	return bytes.Compare(n.digits[:n.count], m.digits[:m.count])
}

// size is what DynamoDB counts for the number, in bytes: one, one for each two
// significant digits on either side of the point, and one for a minus sign.
func (n *number) size() int {
	whole := min(max(n.exponent+1, 0), n.count)
	size := 1 + (whole+1)/2 + (n.count-whole+1)/2
	if n.negative {
		size++
	}
	return size
}
