package dynamodb

import (
	"strconv"
	"strings"
)

// DynamoDB's limits of a number.
const (
	numberDigits  = 38   // significant digits
	largestPower  = 125  // 9.99…E+125
	smallestPower = -130 // 1E-130
)

// numberFault says in AWS's words why DynamoDB would not take a number as it
// is written; "" when it would.
func numberFault(text string) string {
	digits, power, ok := scientific(text)
	switch {
	case !ok:
		return "The parameter cannot be converted to a numeric value: " + text
	case digits == "":
		return ""
	case len(digits) > numberDigits:
		return "Attempting to store more than 38 significant digits in a Number"
	case power > largestPower:
		return "Number overflow. Attempting to store a number with magnitude larger than supported range"
	case power < smallestPower:
		return "Number underflow. Attempting to store a number with magnitude smaller than supported range"
	}
	return ""
}

// scientific reads a decimal as d.ddd × 10^power: its significant digits, ""
// for zero, and the power of ten of the first. The sign is dropped.
func scientific(text string) (digits string, power int, ok bool) {
	rest := text
	if rest != "" && (rest[0] == '-' || rest[0] == '+') {
		rest = rest[1:]
	}
	if at := strings.IndexAny(rest, "eE"); at >= 0 {
		power, ok = exponent(rest[at+1:])
		if !ok {
			return "", 0, false
		}
		rest = rest[:at]
	}
	whole, fraction, _ := strings.Cut(rest, ".")
	digits = whole + fraction
	if digits == "" || strings.Trim(digits, "0123456789") != "" {
		return "", 0, false
	}
	power += len(whole) - 1
	significant := strings.TrimLeft(digits, "0")
	power -= len(digits) - len(significant)
	significant = strings.TrimRight(significant, "0")
	if significant == "" {
		power = 0
	}
	return significant, power, true
}

// exponent reads what follows the E. One far outside of any number's range is
// brought to its edge, so that no text can overflow.
func exponent(text string) (int, bool) {
	negative := strings.HasPrefix(text, "-")
	if negative || strings.HasPrefix(text, "+") {
		text = text[1:]
	}
	if text == "" {
		return 0, false
	}
	n := 0
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n < 1_000_000_000 {
			n = n*10 + int(c-'0')
		}
	}
	if negative {
		n = -n
	}
	return n, true
}

// jsonNumber writes a number as JSON has them, without touching its digits:
// JSON knows no leading +, no leading zeros and no bare point.
func jsonNumber(text string) string {
	sign := ""
	switch {
	case strings.HasPrefix(text, "-"):
		sign, text = "-", text[1:]
	case strings.HasPrefix(text, "+"):
		text = text[1:]
	}
	tail := ""
	if at := strings.IndexAny(text, "eE"); at >= 0 {
		text, tail = text[:at], text[at:]
	}
	whole, fraction, _ := strings.Cut(text, ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction + tail
}

// canonicalNumber writes equal numbers alike, however they were written.
func canonicalNumber(text string) string {
	digits, power, ok := scientific(text)
	switch {
	case !ok:
		return text
	case digits == "":
		return "0"
	case strings.HasPrefix(text, "-"):
		digits = "-" + digits
	}
	return digits + "e" + strconv.Itoa(power)
}
