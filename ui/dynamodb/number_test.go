package dynamodb

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumberFault(t *testing.T) {
	t.Parallel()
	const (
		notNumber = "The parameter cannot be converted to a numeric value: "
		tooLong   = "Attempting to store more than 38 significant digits in a Number"
		overflow  = "Number overflow. Attempting to store a number with magnitude larger than supported range"
		underflow = "Number underflow. Attempting to store a number with magnitude smaller than supported range"
	)
	nines := strings.Repeat("9", 38)
	for text, want := range map[string]string{
		"0": "", "-0.000": "", "1971": "", "+5": "", ".5": "", "5.": "", "1e3": "", "1E+3": "", "1e-3": "", "007": "",
		nines: "", nines + "000": "", "0.000" + nines: "", "1" + strings.Repeat("0", 125): "", "9.99E+125": "", "1E-130": "", "-1E-130": "",
		"0e999999999999999999999": "",
		"":                        notNumber, "abc": notNumber + "abc", " 1": notNumber + " 1", "1 ": notNumber + "1 ", "1e": notNumber + "1e",
		"e5": notNumber + "e5", ".": notNumber + ".", "-": notNumber + "-", "--1": notNumber + "--1", "1.2.3": notNumber + "1.2.3",
		"0x10": notNumber + "0x10", "NaN": notNumber + "NaN", "Infinity": notNumber + "Infinity", "1_000": notNumber + "1_000", "１": notNumber + "１",
		nines + "9": tooLong, "1." + strings.Repeat("0", 37) + "1": tooLong,
		"1E+126": overflow, "-10E+125": overflow, "1e999999999999999999999": overflow,
		"1E-131": underflow, "0.1E-130": underflow, "1e-999999999999999999999": underflow,
	} {
		if got := numberFault(text); got != want {
			t.Errorf("numberFault(%q) = %q, not %q", text, got, want)
		}
	}
}

// decimal draws a number in one of the ways in which people write them.
func decimal(t *rapid.T) string {
	digits := rapid.StringMatching(`[0-9]{1,38}`).Draw(t, "digits")
	text := rapid.SampledFrom([]string{"", "-", "+"}).Draw(t, "sign") + digits
	if point := rapid.IntRange(0, len(digits)).Draw(t, "point"); point < len(digits) {
		text = text[:len(text)-point] + "." + text[len(text)-point:]
	}
	if rapid.Bool().Draw(t, "exponential") {
		text += "e" + strconv.Itoa(rapid.IntRange(-80, 80).Draw(t, "exponent"))
	}
	return text
}

func TestNumbersKeepTheirValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := decimal(t)
		if fault := numberFault(text); fault != "" {
			t.Fatalf("%q: %s", text, fault)
		}
		want, ok := new(big.Rat).SetString(text)
		if !ok {
			t.Fatalf("big.Rat does not read %q", text)
		}
		plain := jsonNumber(text)
		if !json.Valid([]byte(plain)) {
			t.Fatalf("%q becomes %q, which is not JSON", text, plain)
		}
		if got, ok := new(big.Rat).SetString(plain); !ok || got.Cmp(want) != 0 {
			t.Fatalf("%q becomes %q", text, plain)
		}
		other := decimal(t)
		otherValue, ok := new(big.Rat).SetString(other)
		if same := canonicalNumber(text) == canonicalNumber(other); !ok || same != (want.Cmp(otherValue) == 0) {
			t.Fatalf("canonicalNumber(%q) == canonicalNumber(%q) is %v", text, other, same)
		}
		if canonicalNumber(text) != canonicalNumber(plain) {
			t.Fatalf("%q and %q are the same number", text, plain)
		}
	})
}
