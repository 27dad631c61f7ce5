package s3

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// shareForm makes a URL with which anyone can read an object for a while.
type shareForm struct {
	env         page.Env
	bucket, key string
	unit        *component.Radio
	number      *component.TextField
	create      *component.Button
	open        bool
	url         string // as made last
	until       time.Time
	fault       error
}

// longestShare is the longest time that the console offers; S3 itself allows
// seven days.
const longestShare = 12 * time.Hour

// The units of the form.
const (
	minutes = "minutes"
	hours   = "hours"
)

func newShareForm(env page.Env, bucket, key string) *shareForm {
	f := &shareForm{env: env, bucket: bucket, key: key}
	f.unit = component.NewRadio("Time interval until the presigned URL expires",
		component.Option{Value: minutes, Label: "Minutes"}, component.Option{Value: hours, Label: "Hours"})
	f.number = component.NewTextField("Number of minutes")
	f.number.Width, f.number.Check = 6, f.numberFault
	f.unit.Changed = func() tea.Cmd { f.name(); return nil }
	f.create = component.NewButton("Create presigned URL", f.make)
	f.create.Primary = true
	f.number.Submit = f.make
	f.name()
	return f
}

// name names the number's field by the unit.
func (f *shareForm) name() {
	f.number.Label = "Number of " + f.unit.Value()
	f.number.Hint = fmt.Sprintf("Must be a whole number from 1 to %d", f.most())
}

// unitTime is how long one of the unit is.
func (f *shareForm) unitTime() time.Duration {
	if f.unit.Value() == hours {
		return time.Hour
	}
	return time.Minute
}

// most is the greatest number of the unit.
func (f *shareForm) most() int { return int(longestShare / f.unitTime()) }

func (f *shareForm) numberFault(text string) string {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err != nil || n < 1 || n > f.most() {
		return f.number.Hint
	}
	return ""
}

// refusal says why no URL can be made; "" when one can.
func (f *shareForm) refusal() string {
	if f.env.Cloud.Presign == nil {
		return "A URL needs an address to lead to: start awslab so that the sandbox answers AWS's protocols."
	}
	return ""
}

// make makes the URL, shows it and copies it.
func (f *shareForm) make() tea.Cmd {
	if f.number.Validate() != "" {
		return nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(f.number.Value()))
	if err != nil {
		return nil // Validate has said so
	}
	in := aws.PresignGetObjectInput{Bucket: f.bucket, Key: f.key, Expires: time.Duration(n) * f.unitTime()}
	until := f.env.Now().Add(in.Expires)
	return page.Latest(f.env.Calls, "presign",
		func(ctx context.Context) (string, error) { return f.env.Cloud.Presign.PresignGetObject(ctx, in) },
		func(url string, err error) tea.Cmd {
			if f.fault = err; err != nil {
				return nil
			}
			f.url, f.until = url, until
			return nav.Send(nav.Copy{Text: url, What: "the presigned URL"})
		})
}

func (f *shareForm) controls() []component.Control {
	if !f.open {
		return nil
	}
	return []component.Control{f.unit, f.number, f.create}
}

func (f *shareForm) view(p *page.Panel, width int) component.Block {
	inner := width - component.ContainerSides
	parts := []component.Block{
		page.Styled(inner, theme.Faint, "Anyone who has the presigned URL can access the object until it expires, even if the bucket and object are private."),
		p.Ring.View(f.unit, inner), p.Ring.View(f.number, inner), p.Ring.View(f.create, f.create.Natural()),
	}
	switch {
	case f.fault != nil:
		parts = append(parts, page.Fault(inner, "The URL was not made", f.fault))
	case f.url != "":
		parts = append(parts, page.Styled(inner, theme.Success, "✓ The presigned URL was copied; it is valid until "+f.until.Local().Format(time.DateTime)+":"),
			page.Styled(inner, theme.Plain, component.Clean(f.url)))
	}
	return component.Container(width, "Share with a presigned URL", nil, component.Stack(inner, parts...))
}
