package lambda

import (
	"fmt"
	"strconv"
	"strings"

	"awslab/ui/component"
)

// numberField is a field for a whole number between two others.
func numberField(label string, least, most int) *component.TextField {
	f := component.NewTextField(label)
	f.Width = 8
	f.Check = func(text string) string {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || n < least || n > most {
			return fmt.Sprintf("Enter a whole number from %d to %d", least, most)
		}
		return ""
	}
	return f
}

// number is what a number field says; 0 when that is no number.
func number(f *component.TextField) int {
	n, _ := strconv.Atoi(strings.TrimSpace(f.Value()))
	return n
}

func setNumber(f *component.TextField, n int) { f.SetValue(strconv.Itoa(n)) }
