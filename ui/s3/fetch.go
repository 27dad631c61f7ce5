package s3

import (
	"time"
)

// wholeTime is a time as the console writes it out.
func wholeTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("January 2, 2006, 15:04:05 (UTC-07:00)")
}

// shortTime is a time in a table.
func shortTime(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Local().Format(time.DateTime)
}
