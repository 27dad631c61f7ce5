package cloudwatch

import (
	"fmt"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// The choices of a time range that are no durations.
const (
	allTimes   = "all"
	customTime = "custom"
)

// timeRange is the fields that say of which times events are shown, and in
// which timezone times are.
type timeRange struct {
	span     *component.Select
	from, to *component.TextField
	zone     *component.Select
	local    *time.Location
}

// The timezones to choose from.
const (
	zoneUTC   = "UTC"
	zoneLocal = "local"
)

func newTimeRange(env page.Env, changed, zoned func() tea.Cmd) timeRange {
	r := timeRange{
		span: component.NewSelect("Time range",
			component.Option{Value: allTimes, Label: "All"},
			component.Option{Value: "1m", Label: "Last 1 minute"}, component.Option{Value: "30m", Label: "Last 30 minutes"},
			component.Option{Value: "1h", Label: "Last 1 hour"}, component.Option{Value: "12h", Label: "Last 12 hours"},
			component.Option{Value: customTime, Label: "Custom"}),
		from: component.NewTextField("From"), to: component.NewTextField("To"),
		zone: component.NewSelect("Timezone",
			component.Option{Value: zoneLocal, Label: "Local timezone"}, component.Option{Value: zoneUTC, Label: "UTC timezone"}),
		local: env.Now().Location(),
	}
	r.span.Changed, r.zone.Changed = changed, zoned
	for _, f := range []*component.TextField{r.from, r.to} {
		f.Width, f.Placeholder = 21, env.Now().Format(time.DateTime)
		f.Check = func(text string) string {
			_, problem := r.moment(text)
			return problem
		}
	}
	return r
}

// location is the timezone that is chosen.
func (r timeRange) location() *time.Location {
	if r.zone.Value() == zoneUTC {
		return time.UTC
	}
	return r.local
}

// custom reports whether the ends of the range are typed.
func (r timeRange) custom() bool { return r.span.Value() == customTime }

// momentLayouts are the ways to write a time, in the timezone that is chosen
// where they name none.
var momentLayouts = []string{time.DateTime, "2006-01-02 15:04", time.DateOnly, "2006-01-02T15:04:05", time.RFC3339}

// moment reads a time; nothing is no bound.
func (r timeRange) moment(text string) (at aws.Option[int64], problem string) {
	if text == "" {
		return at, ""
	}
	for _, layout := range momentLayouts {
		if t, err := time.ParseInLocation(layout, text, r.location()); err == nil && t.UnixMilli() >= 0 {
			return aws.Some(t.UnixMilli()), ""
		}
	}
	return at, fmt.Sprintf("Write a time like %s", time.Date(2026, time.January, 31, 16, 30, 0, 0, time.UTC).Format(time.DateTime))
}

// bounds are the first millisecond of the range, and the first one after it.
func (r timeRange) bounds(now time.Time) (from, to aws.Option[int64]) {
	switch chosen := r.span.Value(); chosen {
	case allTimes:
	case customTime:
		from, _ = r.moment(r.from.Value())
		to, _ = r.moment(r.to.Value())
	default:
		if d, err := time.ParseDuration(chosen); err == nil {
			from = aws.Some(max(0, now.Add(-d).UnixMilli()))
		}
	}
	return from, to
}

// problem says what is wrong with the range, and where; "" when nothing is.
func (r timeRange) problem() (component.Control, string) {
	if !r.custom() {
		return nil, ""
	}
	if wrong, text := page.Validate([]component.Control{r.from, r.to}); wrong != nil {
		return wrong, text
	}
	from, to := r.bounds(time.Time{})
	start, begins := from.Get()
	if end, ends := to.Get(); begins && ends && end <= start {
		r.to.Error = "It must be later than From"
		return r.to, "To: " + r.to.Error
	}
	return nil, ""
}

// controls are the fields that are shown.
func (r timeRange) controls() []component.Control {
	if r.custom() {
		return []component.Control{r.span, r.from, r.to, r.zone}
	}
	return []component.Control{r.span, r.zone}
}
