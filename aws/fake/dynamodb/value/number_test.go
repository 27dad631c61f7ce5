package value

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/cockroachdb/apd/v3"
	"pgregory.net/rapid"

	"awslab/aws"
)

const (
	overflowText  = "Number overflow. Attempting to store a number with magnitude larger than supported range"
	underflowText = "Number underflow. Attempting to store a number with magnitude smaller than supported range"
	digitsText    = "Attempting to store more than 38 significant digits in a Number"
)

// textOf is the wording of a fault, "" if there is none.
func textOf(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var fault *Fault
	if !errors.As(err, &fault) {
		t.Fatalf("error %v is a %T, want *Fault", err, err)
	}
	return fault.Text
}

func TestNumberForms(t *testing.T) {
	t.Parallel()
	nines := strings.Repeat("9", 38)
	for _, c := range []struct{ in, want string }{
		{"1", "1"}, {"1.0", "1"}, {"+1", "1"}, {"01", "1"}, {"-0", "0"}, {"0.00", "0"}, {"0e125", "0"}, {"0e-130", "0"},
		{"1e3", "1000"}, {"1E+3", "1000"}, {"12.50", "12.5"}, {"-1.5e-3", "-0.0015"}, {".5", "0.5"}, {"5.", "5"},
		{"100", "100"}, {"0.1e1", "1"}, {"123e-2", "1.23"}, {"1.5e1", "15"}, {"1.25e1", "12.5"},
		{nines, nines}, {"1" + strings.Repeat("0", 60), "1" + strings.Repeat("0", 60)},
		{"1e125", "1" + strings.Repeat("0", 125)}, {"-9.9e125", "-99" + strings.Repeat("0", 124)},
		{"1e-130", "0." + strings.Repeat("0", 129) + "1"},
		{"0." + strings.Repeat("0", 129) + "1000", "0." + strings.Repeat("0", 129) + "1"},
		{"0.0000000000001e13", "1"},
	} {
		got, err := Normalize(aws.N(c.in))
		if err != nil || got != aws.N(c.want) {
			t.Errorf("Normalize(%q) = %v, %v; want %s", c.in, got, err, c.want)
		}
	}
}

func TestNumberFaults(t *testing.T) {
	t.Parallel()
	const words = "The parameter cannot be converted to a numeric value"
	for _, c := range []struct{ in, text, older string }{
		{"abc", words + ": abc", words + ": abc"},
		{"", words + ": ", words},
		{" 1", words + ":  1", words + ":  1"},
		{"1 ", words + ": 1 ", words + ": 1 "},
		{"-", words + ": -", words + ": -"},
		{".", words + ": .", words + ": ."},
		{"1e", words + ": 1e", words + ": 1e"},
		{"1e+", words + ": 1e+", words + ": 1e+"},
		{"1e5x", words + ": 1e5x", words + ": 1e5x"},
		{"1.2.3", words + ": 1.2.3", words + ": 1.2.3"},
		{"0x10", words + ": 0x10", words + ": 0x10"},
		{"NaN", words + ": NaN", words + ": NaN"},
		{"1e126", overflowText, overflowText},
		{"-1e126", overflowText, overflowText},
		{"1e2147483646", overflowText, overflowText},
		{"1e2147483647", overflowText, underflowText},
		{"1e2147483648", overflowText, words + ": 1e2147483648"},
		{"1e9223372036854775807", overflowText, words + ": 1e9223372036854775807"},
		{"1e9223372036854775808", words + ": 1e9223372036854775808", words + ": 1e9223372036854775808"},
		{"0e126", overflowText, overflowText},
		{"0e-131", underflowText, underflowText},
		{"1e-131", underflowText, underflowText},
		{"1e-2147483647", underflowText, underflowText},
		{"1e-2147483648", underflowText, words + ": 1e-2147483648"},
		{strings.Repeat("1", 39), digitsText, digitsText},
		{"1." + strings.Repeat("0", 37) + "1", digitsText, digitsText},
		{"1" + strings.Repeat("0", 37) + "1", digitsText, digitsText},
	} {
		_, err := Normalize(aws.N(c.in))
		var fault *Fault
		if !errors.As(err, &fault) {
			t.Errorf("Normalize(%q) = %v, want a fault", c.in, err)
			continue
		}
		if fault.Text != c.text || fault.Older != c.older {
			t.Errorf("Normalize(%q): %q, older %q; want %q, %q", c.in, fault.Text, fault.Older, c.text, c.older)
		}
	}
}

func TestAddAndSub(t *testing.T) {
	t.Parallel()
	nines := aws.N(strings.Repeat("9", 38))
	for _, c := range []struct{ a, b, sum, difference aws.N }{
		{"1", "2", "3", "-1"},
		{"0", "0", "0", "0"},
		{"5", "5", "10", "0"},
		{"-5", "5", "0", "-10"},
		{"0.1", "0.2", "0.3", "-0.1"},
		{"999", "1", "1000", "998"},
		{"1000", "0.001", "1000.001", "999.999"},
		{"1e20", "1e-17", "100000000000000000000.00000000000000001", "99999999999999999999.99999999999999999"},
		{nines, "1", aws.N("1" + strings.Repeat("0", 38)), nines[:37] + "8"},
	} {
		if got, err := Add(c.a, c.b); err != nil || got != c.sum {
			t.Errorf("%s + %s = %s, %v; want %s", c.a, c.b, got, err, c.sum)
		}
		if got, err := Sub(c.a, c.b); err != nil || got != c.difference {
			t.Errorf("%s - %s = %s, %v; want %s", c.a, c.b, got, err, c.difference)
		}
	}
}

func TestAddFaults(t *testing.T) {
	t.Parallel()
	large := aws.N("9.9999999999999999999999999999999999999E+125")
	for _, c := range []struct {
		a, b aws.N
		want string
	}{
		{large, "1E125", overflowText},
		{"-9E125", "-9E125", overflowText},
		{"1E-100", "1", overflowText},
		{"1E38", "1", overflowText},
		{"1.00001E-126", "-1E-126", underflowText},
		{"x", "1", "The parameter cannot be converted to a numeric value: x"},
		{"1", "y", "The parameter cannot be converted to a numeric value: y"},
	} {
		_, err := Add(c.a, c.b)
		if got := textOf(t, err); got != c.want {
			t.Errorf("%s + %s: %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func decimal(t *rapid.T, text string) *apd.Decimal {
	d, _, err := apd.NewFromString(text)
	if err != nil {
		t.Fatalf("apd: %v", err)
	}
	return d
}

func TestNumberOrderIsDecimalOrder(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers().Draw(t, "a"), numbers().Draw(t, "b")
		want := decimal(t, a).Cmp(decimal(t, b))
		got, ok := Compare(aws.N(a), aws.N(b))
		if !ok || got != want {
			t.Fatalf("Compare(%s, %s) = %d, %v; want %d", a, b, got, ok, want)
		}
		if Equal(aws.N(a), aws.N(b)) != (want == 0) {
			t.Fatalf("Equal(%s, %s) is not %v", a, b, want == 0)
		}
	})
}

func TestNormalizedNumberIsTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := numbers().Draw(t, "in")
		out, err := Normalize(aws.N(in))
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprint(out)
		if decimal(t, in).Cmp(decimal(t, text)) != 0 {
			t.Fatalf("Normalize(%s) = %s", in, text)
		}
		want := new(apd.Decimal)
		want.Reduce(decimal(t, in))
		if want.IsZero() {
			want = apd.New(0, 0)
		}
		if text != want.Text('f') {
			t.Fatalf("Normalize(%s) = %s, want %s", in, text, want.Text('f'))
		}
		if again, _ := Normalize(out); again != out {
			t.Fatalf("Normalize(%s) = %v the second time", text, again)
		}
	})
}

func TestSumIsExact(t *testing.T) {
	t.Parallel()
	ctx := apd.BaseContext.WithPrecision(600)
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers().Draw(t, "a"), numbers().Draw(t, "b")
		want := new(apd.Decimal)
		operation, exact := Add, ctx.Add
		if rapid.Bool().Draw(t, "subtract") {
			operation, exact = Sub, ctx.Sub
		}
		if _, err := exact(want, decimal(t, a), decimal(t, b)); err != nil {
			t.Fatal(err)
		}
		got, err := operation(aws.N(a), aws.N(b))
		if text := faultOf(want); text != "" {
			if err == nil || err.Error() != text {
				t.Fatalf("%s, %s: %v, %v; want the fault %q", a, b, got, err, text)
			}
			return
		}
		if err != nil || want.Cmp(decimal(t, string(got))) != 0 {
			t.Fatalf("%s, %s: %v, %v; want %s", a, b, got, err, want)
		}
	})
}

// faultOf is what DynamoDB says of an exact sum.
func faultOf(d *apd.Decimal) string {
	if d.IsZero() {
		return ""
	}
	var reduced apd.Decimal
	reduced.Reduce(d)
	exponent := int(reduced.NumDigits()) - 1 + int(reduced.Exponent)
	switch {
	case exponent < minExponent:
		return underflowText
	case exponent > maxExponent, reduced.NumDigits() > maxDigits:
		return overflowText
	}
	return ""
}

func FuzzNormalizeNumber(f *testing.F) {
	for _, seed := range []string{"0", "-1.50", "1e125", "1E-130", "9.99e+125", "00.00", "1e", "--1", "1.2.3", "1e126", "0e1000000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		out, err := Normalize(aws.N(text))
		if err != nil {
			textOf(t, err)
			return
		}
		if again, err := Normalize(out); err != nil || again != out {
			t.Fatalf("Normalize(%q) = %q, then %q, %v", text, out, again, err)
		}
		d, _, err := apd.NewFromString(text)
		if err != nil {
			if len(text) < 100 && out != aws.N("0") { // apd limits the exponent, even of zero
				t.Fatalf("Normalize(%q) = %q, but apd says %v", text, out, err)
			}
			return
		}
		got, _, err := apd.NewFromString(fmt.Sprint(out))
		if err != nil || got.Cmp(d) != 0 {
			t.Fatalf("Normalize(%q) = %q, %v", text, out, err)
		}
	})
}
