package lambda

import "time"

// span is how far back the graphs look, and the period of their points.
type span struct {
	label        string
	back, period time.Duration
}

// spans are the choices, the first one by default.
var spans = []span{
	{"1h", time.Hour, time.Minute}, {"3h", 3 * time.Hour, 5 * time.Minute},
	{"12h", 12 * time.Hour, 5 * time.Minute}, {"1d", 24 * time.Hour, 15 * time.Minute},
}
