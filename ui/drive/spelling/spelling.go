// Package spelling finds the name that was probably meant, for messages that
// help: "no Runn here; did you mean Run?".
package spelling

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// longest bounds the names that are compared, in runes: the cost of comparing
// is the product of two lengths.
const longest = 200

// Nearest returns the candidate most like want, or false when none is alike:
// the same but for case and spaces, an extension of it, or few letters away.
func Nearest(want string, candidates []string) (string, bool) {
	best, bestCost := "", -1
	for _, c := range candidates {
		if cost, alike := compare(want, c); alike && (bestCost < 0 || cost < bestCost) {
			best, bestCost = c, cost
		}
	}
	return best, bestCost >= 0
}

// Alike reports whether one of the two was probably meant to be the other.
func Alike(a, b string) bool {
	_, alike := compare(a, b)
	return alike
}

// Fold is a name without the differences that the eye misses: case, and spaces
// around and within.
func Fold(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}

func compare(a, b string) (cost int, alike bool) {
	if a == b {
		return 0, true
	}
	a, b = Fold(a), Fold(b)
	switch {
	case a == b:
		return 1, true
	case a == "" || b == "" || utf8.RuneCountInString(a) > longest || utf8.RuneCountInString(b) > longest:
		return 0, false
	}
	length := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	if d := Distance(a, b); d <= max(1, length/4) {
		return 1 + d, true
	}
	if strings.HasPrefix(a, b) || strings.HasPrefix(b, a) {
		return 2 + length/4, true
	}
	return 0, false
}

// Distance is the number of letters to insert, delete, change or swap with the
// next one to make b of a. Its cost is the product of the lengths.
func Distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			change := last[j-1]
			if x[i-1] != y[j-1] {
				change++
			}
			row[j] = slices.Min([]int{change, last[j] + 1, row[j-1] + 1})
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
