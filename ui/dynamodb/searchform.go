package dynamodb

import (
	"slices"
	"strconv"

	"awslab/aws"
	"awslab/ui/component"

	tea "charm.land/bubbletea/v2"
)

// searchForm is the panel "Scan or query items".
type searchForm struct {
	table  aws.TableDescription
	submit func() tea.Cmd

	section    *component.Section
	mode       *component.Radio
	index      *component.Select
	projection *component.Select
	attributes *component.TextField
	pageSize   *component.Select

	partition    *component.TextField
	sortOp       *component.Select
	sort, upper  *component.TextField
	descending   *component.Checkbox
	filterPart   *component.Section
	filters      []*filterForm
	removeFilter func(*filterForm) tea.Cmd
}

// The values of the form's choices.
const (
	modeScan     = "scan"
	modeQuery    = "query"
	projectAll   = "all"
	projectNamed = "specific"
)

func newSearchForm(submit func() tea.Cmd) *searchForm {
	f := &searchForm{
		submit:  submit,
		section: component.NewSection("Scan or query items"),
		mode: component.NewRadio("",
			component.Option{Value: modeScan, Label: "Scan"}, component.Option{Value: modeQuery, Label: "Query"}),
		index:      component.NewSelect("Select a table or index"),
		projection: component.NewSelect("Select attribute projection"),
		attributes: component.NewTextField("Specific attributes"),
		pageSize:   component.NewSelect("Page size"),
		partition:  bareField("", submit),
		sortOp:     component.NewSelect("Sort key condition", operatorOptions(sortOperators())...),
		sort:       bareField("", submit),
		upper:      bareField("", submit),
		descending: component.NewCheckbox("Sort descending"),
		filterPart: component.NewSection("Filters - optional"),
	}
	f.section.SetOpen(true)
	f.sortOp.Bare = true
	f.attributes.Hint = "Names with commas between them; the key attributes always come along"
	f.attributes.Submit = submit
	f.projection.Options = []component.Option{
		{Value: projectAll, Label: "All attributes"}, {Value: projectNamed, Label: "Specific attributes"},
	}
	for _, n := range []int{10, 25, 50, 100, 200, 300} {
		f.pageSize.Options = append(f.pageSize.Options, component.Option{Value: strconv.Itoa(n), Label: strconv.Itoa(n)})
	}
	f.mode.Changed = func() tea.Cmd {
		f.section.SetOpen(true)
		return nil
	}
	f.index.Changed = func() tea.Cmd {
		f.useKey()
		return nil
	}
	f.reset()
	return f
}

// reset empties the form.
func (f *searchForm) reset() {
	f.mode.SetValue(modeScan)
	f.index.SetValue("")
	f.projection.SetValue(projectAll)
	f.pageSize.SetValue("50")
	for _, field := range []*component.TextField{f.attributes, f.partition, f.sort, f.upper} {
		field.SetValue("")
		field.Error = ""
	}
	f.sortOp.SetValue(string(opEqual))
	f.descending.Set(false)
	f.filters = nil
	f.useKey()
}

// describe takes in the table that is searched.
func (f *searchForm) describe(t aws.TableDescription) {
	f.table = t
	chosen := f.index.Value()
	f.index.Options = []component.Option{{Value: "", Label: "Table - " + t.TableName}}
	for _, i := range t.GlobalSecondaryIndexes {
		f.index.Options = append(f.index.Options, component.Option{
			Value: i.IndexName, Label: "Index - " + i.IndexName, Disabled: notActive(i.IndexStatus),
		})
	}
	for _, i := range t.LocalSecondaryIndexes {
		f.index.Options = append(f.index.Options, component.Option{Value: i.IndexName, Label: "Index - " + i.IndexName})
	}
	f.index.SetValue("")
	f.index.SetValue(chosen)
	f.useKey()
}

func notActive(s aws.Status) string {
	if s == aws.StatusActive {
		return ""
	}
	return "The index is " + statusName(s)
}

// key is the key of the table or index chosen.
func (f *searchForm) key() keySchema { return indexKey(f.table, f.index.Value()) }

// useKey names the key fields after the key; what was entered for an attribute
// of another name goes.
func (f *searchForm) useKey() {
	key := f.key()
	rename := func(field *component.TextField, a keyAttribute, label string) {
		if field.Label != label {
			field.Label = label
			field.SetValue("")
			field.Error = ""
		}
		field.Placeholder = "Enter the " + a.Type.Name()
		field.Check = func(text string) string {
			if text == "" {
				return ""
			}
			if _, err := parseScalar(a.Type, text); err != nil {
				return err.Error()
			}
			return ""
		}
	}
	rename(f.partition, key.Partition, key.Partition.Name)
	rename(f.sort, key.Sort, key.Sort.Name)
	rename(f.upper, key.Sort, key.Sort.Name+upperValue)
	for _, field := range []*component.TextField{f.partition, f.sort} {
		field.Changed = func() tea.Cmd {
			field.Hint = spaceHint(field.Value(), "")
			return nil
		}
	}
}

// query reports whether a query is wanted.
func (f *searchForm) query() bool { return f.mode.Value() == modeQuery }

// search is what the form says.
func (f *searchForm) search() search {
	size, err := strconv.Atoi(f.pageSize.Value())
	if err != nil {
		size = 50 // the select offers nothing but numbers
	}
	s := search{
		Table: f.table.TableName, TableKey: tableKey(f.table), Index: f.index.Value(), Key: f.key(),
		Query: f.query(), PageSize: size,
	}
	if s.Query {
		s.Partition, s.Descending = f.partition.Value(), f.descending.On()
		if f.sort.Value() != "" {
			s.Sort = condition{Op: operator(f.sortOp.Value()), Value: f.sort.Value(), Upper: f.upper.Value()}
		}
	}
	if f.projection.Value() == projectNamed {
		s.Projection = slices.Concat([]string{}, splitNames(f.attributes.Value()))
	}
	for _, filter := range f.filters {
		s.Filters = append(s.Filters, filter.filter())
	}
	return s
}

// fault shows what is wrong at the fields, and gives the first of them; nil
// when nothing is.
func (f *searchForm) fault(faults []fault) component.Control {
	fields := map[string]*component.TextField{f.upper.Label: f.upper, f.sort.Label: f.sort, f.partition.Label: f.partition}
	for i, filter := range f.filters {
		fields[filterField(i)], fields[filterField(i)+upperValue] = filter.value, filter.upper
		filter.name.Error = ""
		if filter.name.Value() == "" || f.query() && f.key().has(filter.name.Value()) {
			fields[filterField(i)] = filter.name
		}
	}
	for _, field := range fields {
		field.Error = ""
	}
	var first component.Control
	for _, wrong := range faults {
		field, ok := fields[wrong.Field]
		if !ok || field.Error != "" {
			continue
		}
		field.Error = wrong.Message
		if first == nil {
			first = field
		}
	}
	return first
}

// addFilter adds an empty filter.
func (f *searchForm) addFilter() *filterForm {
	filter := newFilterForm(f.submit, f.remove)
	f.filters = append(f.filters, filter)
	f.section.SetOpen(true)
	f.filterPart.SetOpen(true)
	return filter
}

// remove takes a filter away, and gives the focus to the next one.
func (f *searchForm) remove(filter *filterForm) tea.Cmd {
	at := slices.Index(f.filters, filter)
	if at < 0 {
		return nil
	}
	f.filters = slices.Delete(f.filters, at, at+1)
	return f.removeFilter(filter)
}

// controls lists the fields that are shown, in their order.
func (f *searchForm) controls(add component.Control) []component.Control {
	out := []component.Control{f.section, f.mode}
	if !f.section.Open() {
		return out
	}
	out = append(out, f.index, f.projection)
	if f.projection.Value() == projectNamed {
		out = append(out, f.attributes)
	}
	out = append(out, f.pageSize)
	if f.query() {
		out = append(out, f.partition)
		if f.key().Sort.Name != "" {
			out = append(out, f.sortOp, f.sort)
			if f.sortOp.Value() == string(opBetween) {
				out = append(out, f.upper)
			}
		}
		out = append(out, f.descending)
	}
	out = append(out, f.filterPart)
	if f.filterPart.Open() {
		for _, filter := range f.filters {
			out = append(out, filter.controls()...)
		}
	}
	return append(out, add)
}
