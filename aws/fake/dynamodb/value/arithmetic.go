package value

import "awslab/aws"

// Add gives a + b exactly. The fault is that of a number that is none, or of
// a sum that is outside DynamoDB's range or has more than 38 digits.
func Add(a, b aws.N) (aws.N, error) { return sum(a, b, false) }

// Sub gives a - b exactly, with the faults of Add.
func Sub(a, b aws.N) (aws.N, error) { return sum(a, b, true) }

func sum(a, b aws.N, subtract bool) (aws.N, error) {
	x, fault := parseNumber(string(a))
	if fault != nil {
		return "", fault
	}
	y, fault := parseNumber(string(b))
	if fault != nil {
		return "", fault
	}
	if subtract {
		y.negative = !y.negative
	}
	var acc accumulator
	acc.add(&x)
	acc.add(&y)
	total, fault := acc.number()
	if fault != nil {
		return "", fault
	}
	return aws.N(total.text()), nil
}

// lowestExponent is that of the last of 38 digits of the smallest number.
const lowestExponent = minExponent - maxDigits + 1

// accumulator holds one signed digit for each power of ten that a number or
// the sum of two can have.
type accumulator [maxExponent + 1 - lowestExponent + 1]int16

func (acc *accumulator) add(n *number) {
	for i, digit := range n.digits[:n.count] {
		at := n.exponent - i - lowestExponent
		if n.negative {
			acc[at] -= int16(digit)
		} else {
			acc[at] += int16(digit)
		}
	}
}

// number brings the digits into 0 to 9 and checks what they make.
func (acc *accumulator) number() (number, *Fault) {
	var n number
	n.negative = acc.normalize()
	top := acc.top()
	if top < 0 {
		return number{}, nil
	}
	n.exponent = top + lowestExponent
	if fault := outOfRange(int64(n.exponent)); fault != nil {
		return number{}, fault
	}
	low := 0
	for acc[low] == 0 {
		low++
	}
	if top-low >= maxDigits {
		return number{}, overflow() // so DynamoDB calls it, whatever the magnitude
	}
	for at := top; at >= low; at-- {
		n.digits[n.count] = byte(acc[at]) //nolint:gosec // a digit, 0 to 9
		n.count++
	}
	return n, nil
}

// normalize makes every digit 0 to 9 and tells whether the sum is negative,
// which is what its first digit is.
func (acc *accumulator) normalize() (negative bool) {
	top := acc.top()
	if top >= 0 && acc[top] < 0 {
		negative = true
		for at := range acc {
			acc[at] = -acc[at]
		}
	}
	for at := 0; at < len(acc)-1; at++ {
		switch {
		case acc[at] < 0:
			acc[at] += 10
			acc[at+1]--
		case acc[at] > 9:
			acc[at] -= 10
			acc[at+1]++
		}
	}
	return negative
}

// top is where the first digit is, or -1.
func (acc *accumulator) top() int {
	for at := len(acc) - 1; at >= 0; at-- {
		if acc[at] != 0 {
			return at
		}
	}
	return -1
}
