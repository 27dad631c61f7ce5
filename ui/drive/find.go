package drive

import (
	"cmp"
	"slices"
	"strings"

	"awslab/ui/component"

	"github.com/charmbracelet/x/ansi"
)

// Aside is the role of an area beside the page that speaks about it, as the lab
// guide does: what is read there is no proof of what is on the page, so that
// `wait` does not look there, and a label is looked for there last.
const Aside component.Role = "aside"

// target is what a script looks for: a label on something of a certain role.
type target struct {
	what  string           // for messages: "button", "field"
	roles []component.Role // the more likely first
	label string
	// repeated says that forms show several of them under one label, of which
	// the last one counts: the row that was added last.
	repeated bool
	// within also takes a zone whose text merely contains the label.
	within bool
}

// The degrees to which a zone's label can be the one that was asked for.
const (
	mismatch = iota
	contains
	prefix
	folded
	exact
)

// match tells how well a zone answers to the target.
func (t target) match(z component.Zone) int {
	switch {
	case !slices.Contains(t.roles, z.Role):
		return mismatch
	case z.Label == t.label:
		return exact
	case strings.EqualFold(z.Label, t.label):
		return folded
	case t.label != "" && len(z.Label) > len(t.label) && strings.EqualFold(z.Label[:len(t.label)], t.label):
		return prefix
	case t.within && (containsFold(z.Label, t.label) || containsFold(z.Value, t.label)):
		return contains
	}
	return mismatch
}

func containsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// find picks the zone that a person would take: the best match, on the page
// before beside it, enabled before disabled, in sight before out of sight, and
// on top (or last in a form) before the others.
func (t target) find(frame component.Block) (component.Zone, bool) {
	asides := zonesOf(frame, Aside)
	best, bestRank := -1, []int(nil)
	for i, z := range frame.Zones {
		quality := t.match(z)
		if quality == mismatch {
			continue
		}
		rank := []int{
			quality,
			truth(!inside(z, asides)),
			truth(z.Disabled == ""),
			-slices.Index(t.roles, z.Role),
			truth(z.Reveal == nil || t.repeated),
		}
		if bestRank == nil || slices.Compare(rank, bestRank) >= 0 {
			best, bestRank = i, rank
		}
	}
	if best < 0 {
		return component.Zone{}, false
	}
	return frame.Zones[best], true
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func zonesOf(frame component.Block, role component.Role) []component.Zone {
	var out []component.Zone
	for _, z := range frame.Zones {
		if z.Role == role {
			out = append(out, z)
		}
	}
	return out
}

func inside(z component.Zone, areas []component.Zone) bool {
	return slices.ContainsFunc(areas, func(a component.Zone) bool {
		return z.X >= a.X && z.X < a.X+a.W && z.Y >= a.Y && z.Y < a.Y+a.H
	})
}

// cell is a cell at which a click meets the zone and nothing above it, from its
// middle outwards; false when something covers all of it.
func cell(frame component.Block, z component.Zone) (component.Point, bool) {
	for dy := range max(1, z.H) {
		y := z.Y + outward(dy, z.H)
		for dx := range max(1, z.W) {
			x := z.X + outward(dx, z.W)
			if top, ok := frame.At(x, y, clickable); ok && sameZone(top, z) {
				return component.Point{X: x, Y: y}, true
			}
		}
	}
	return component.Point{}, false
}

// outward orders 0…n-1 from the middle: m, m+1, m-1, m+2, …
func outward(i, n int) int {
	step := (i + 1) / 2
	if i%2 == 0 {
		step = -step
	}
	return (max(1, n)-1)/2 + step
}

func clickable(z component.Zone) bool { return z.Click != nil }

func sameZone(a, b component.Zone) bool {
	return a.X == b.X && a.Y == b.Y && a.W == b.W && a.H == b.H && a.Role == b.Role && a.Label == b.Label
}

// PageText is what can be read on the page, without styles, and without the
// areas aside: one line of text for each line of the screen.
func PageText(frame component.Block) string {
	asides := zonesOf(frame, Aside)
	lines := make([]string, len(frame.Lines))
	for y, line := range frame.Lines {
		for _, a := range asides {
			if y >= a.Y && y < a.Y+a.H {
				line = ansi.Cut(line, 0, a.X) + component.Spaces(a.W) + ansi.Cut(line, a.X+a.W, frame.Width)
			}
		}
		lines[y] = strings.TrimRight(ansi.Strip(line), " ")
	}
	return strings.Join(lines, "\n")
}

// ScreenText is all that can be read on the screen, without styles.
func ScreenText(frame component.Block) string {
	lines := make([]string, len(frame.Lines))
	for y, line := range frame.Lines {
		lines[y] = strings.TrimRight(ansi.Strip(line), " ")
	}
	return strings.Join(lines, "\n")
}

// labels lists the labels of the roles that are on the screen, each once, those
// of the page before those beside it.
func labels(frame component.Block, roles []component.Role) []string {
	asides := zonesOf(frame, Aside)
	zones := slices.Clone(frame.Zones)
	slices.SortStableFunc(zones, func(a, b component.Zone) int {
		return cmp.Compare(truth(inside(a, asides)), truth(inside(b, asides)))
	})
	var out []string
	for _, z := range zones {
		if slices.Contains(roles, z.Role) && z.Label != "" && !slices.Contains(out, z.Label) {
			out = append(out, z.Label)
		}
	}
	return out
}
