package page

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// AboutTags says what tags are.
const AboutTags = "A tag is a label that you assign to an AWS resource. Each tag consists of a key and an optional value. You can use tags to search and filter your resources or track your AWS costs."

// TagTable shows a resource's tags.
type TagTable struct {
	Table *component.Table
	list  *component.List
}

// NewTagTable makes a table without tags.
func NewTagTable() *TagTable {
	t := &TagTable{list: component.NewList()}
	t.Table = component.NewTable(t.list, func() []component.Column { return []component.Column{{Title: "Key"}, {Title: "Value"}} })
	t.Table.Empty = []string{"No tags", "No tags are associated with this resource."}
	return t
}

// Set shows tags in the order of their keys.
func (t *TagTable) Set(tags map[string]string) {
	var rows []component.ListRow
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		rows = append(rows, component.ListRow{Key: key, Cells: []component.Cell{
			{Text: component.Clean(key), Style: theme.Strong}, {Text: component.Clean(tags[key])},
		}})
	}
	t.list.Set(rows)
}

// Title is "Tags" with how many there are.
func (t *TagTable) Title() string { return fmt.Sprintf("Tags (%d)", t.list.Total()) }

// Fit makes the table as high as its rows, or what it says without, and as the
// room allows.
func (t *TagTable) Fit(room int) {
	const least = 4
	t.Table.Height = max(least, min(room, t.list.Total()+1))
}

// TagsBox shows tags among other things, so many at most; unread says why they could
// not be read, if so.
func TagsBox(width, most int, tags map[string]string, unread error) component.Block {
	inner := width - component.ContainerSides
	title := fmt.Sprintf("Tags (%d)", len(tags))
	switch {
	case unread != nil:
		return component.Container(width, "Tags", nil, Fault(inner, "The tags could not be read", unread))
	case len(tags) == 0:
		return component.Container(width, title, nil, component.Text(inner, "No tags associated with this resource."))
	}
	const keyWidth = 30
	lines := []string{theme.Heading.Render(component.FitLine("Key", keyWidth) + "Value")}
	for n, t := range ListOfTags(tags) {
		if n == most {
			lines = append(lines, theme.Faint.Render("and "+Counted(len(tags)-n, "more tag")))
			break
		}
		lines = append(lines, component.FitLine(component.Clean(t.Key), keyWidth-1)+" "+component.Clean(t.Value))
	}
	return component.Container(width, title, nil, component.Text(inner, lines...))
}

// ListOfTags is tags as some services take them, in the order of their keys.
func ListOfTags(tags map[string]string) []aws.Tag {
	out := make([]aws.Tag, 0, len(tags))
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, aws.Tag{Key: key, Value: tags[key]})
	}
	return out
}

// MapOfTags is a list of tags by their keys.
func MapOfTags(tags []aws.Tag) map[string]string {
	out := make(map[string]string, len(tags))
	for _, t := range tags {
		out[t.Key] = t.Value
	}
	return out
}

// Tagged is a resource whose tags a form changes.
type Tagged struct {
	Title string // of the form; "Manage tags" unless given
	Name  string // "the function FAQ"
	Most  int    // how many tags it may have; 50 unless given
	Tags  func(context.Context, aws.Cloud) (map[string]string, error)
	Tag   func(context.Context, aws.Cloud, map[string]string) error
	Untag func(ctx context.Context, cloud aws.Cloud, tagKeys []string) error
}

// mostTags is how many tags a resource has at most.
const mostTags = 50

// tagForm is "Manage tags".
type tagForm struct {
	of     Tagged
	pairs  *Pairs
	before map[string]string
}

// NewTagForm makes the page that changes a resource's tags.
func NewTagForm(env Env, of Tagged) *FormPage {
	of.Title, of.Most = cmp.Or(of.Title, "Manage tags"), cmp.Or(of.Most, mostTags)
	f := &tagForm{of: of, pairs: &Pairs{Key: "Key", Add: "Add new tag"}}
	f.pairs.Check.Key, f.pairs.Check.Value = tagKeyFault, tagValueFault
	return NewForm(env, f)
}

// tagLetters are those of keys and values.
var tagLetters = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$`)

const onlyTagLetters = "Only letters, digits, spaces and _ . : / = + - @ are allowed"

func tagKeyFault(key string) string {
	switch {
	case strings.HasPrefix(strings.ToLower(key), "aws:"):
		return "Keys that start with aws: are AWS's own"
	case utf8.RuneCountInString(key) > 128:
		return "A key has at most 128 characters"
	case !tagLetters.MatchString(key):
		return onlyTagLetters
	}
	return ""
}

func tagValueFault(value string) string {
	switch {
	case utf8.RuneCountInString(value) > 256:
		return "A value has at most 256 characters"
	case !tagLetters.MatchString(value):
		return onlyTagLetters
	}
	return ""
}

func (f *tagForm) Words() Words {
	return Words{
		Title: f.of.Title, Of: f.of.Name, Action: "Save", Failed: "The tags were not saved",
		Lost: "The tags of " + f.of.Name + " were changed and not saved; the changes would be lost.",
	}
}

func (f *tagForm) Read(ctx context.Context, cloud aws.Cloud) (func(), error) {
	tags, err := f.of.Tags(ctx, cloud)
	return func() {
		// Those of AWS's own are not the user's to change.
		maps.DeleteFunc(tags, func(key, _ string) bool { return strings.HasPrefix(key, "aws:") })
		f.before = tags
		f.pairs.Set(tags)
	}, err
}

func (f *tagForm) Fields() []component.Control { return f.pairs.Fields() }

func (f *tagForm) First() component.Control {
	if fields := f.Fields(); len(fields) > 0 {
		return fields[0]
	}
	return nil
}

func (f *tagForm) Bindings(p *Panel) []keys.Binding { return f.pairs.Bindings(p, f.Fields) }

func (f *tagForm) Fault() string {
	if f.pairs.Len() > f.of.Most {
		return fmt.Sprintf("A resource has at most %d tags", f.of.Most)
	}
	return f.pairs.Fault()
}

func (f *tagForm) Values() string { return f.pairs.Values() }

// Saving takes away the tags that are gone, and gives those that differ.
func (f *tagForm) Saving() func(context.Context, aws.Cloud) (tea.Cmd, error) {
	given := f.pairs.Map()
	var gone []string
	for _, key := range slices.Sorted(maps.Keys(f.before)) {
		if _, stays := given[key]; !stays {
			gone = append(gone, key)
		}
	}
	maps.DeleteFunc(given, func(key, value string) bool {
		was, there := f.before[key]
		return there && was == value
	})
	return func(ctx context.Context, cloud aws.Cloud) (tea.Cmd, error) {
		if len(gone) > 0 {
			if err := f.of.Untag(ctx, cloud, gone); err != nil {
				return nil, err
			}
		}
		if len(given) > 0 {
			if err := f.of.Tag(ctx, cloud, given); err != nil {
				return nil, err
			}
		}
		back := nav.Send(nav.Back{})
		if len(gone) == 0 && len(given) == 0 {
			return back, nil
		}
		return tea.Batch(back, nav.Done("Successfully updated the tags of "+f.of.Name+".")), nil
	}
}

func (f *tagForm) View(p *Panel, width int) component.Block {
	parts := []component.Block{Styled(width, theme.Faint, AboutTags)}
	if f.pairs.Len() == 0 {
		parts = append(parts, Styled(width, theme.Plain, "No tags. Add new tag makes the first."))
	}
	left := f.of.Most - f.pairs.Len()
	return component.Stack(width, append(parts, f.pairs.View(p, width),
		Styled(width, theme.Faint, fmt.Sprintf("You can add up to %d more tags.", max(0, left))))...)
}
