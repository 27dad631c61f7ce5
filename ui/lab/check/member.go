package check

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"awslab/ui/drive/spelling"
)

// wanted is what a check asks of the members of T, as the AWS API names them.
// In texts, * stands for any characters.
type wanted[T any] map[string]any

// parseWanted reads the optional argument of a check, {Handler: "…", …}.
func parseWanted[T any](given []map[string]any) (wanted[T], error) {
	switch len(given) {
	case 0:
		return nil, nil
	case 1:
	default:
		return nil, fmt.Errorf("there is one group of members, {member: value, …}, not %d", len(given))
	}
	known := memberNames(reflect.TypeFor[T]())
	for name := range given[0] {
		if !slices.Contains(known, name) {
			near, _ := spelling.Nearest(name, known)
			return nil, fmt.Errorf("there is no member %q (nearest: %q); there are %s", name, near, strings.Join(known, ", "))
		}
	}
	return given[0], nil
}

// memberNames lists the members of a type, as JSON names them.
func memberNames(t reflect.Type) []string {
	var names []string
	for _, field := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "" {
			name = field.Name
		}
		if !field.Anonymous && name != "-" {
			names = append(names, name)
		}
	}
	return names
}

// compare says which members differ; cause tells for which cause each of them is.
func (w wanted[T]) compare(got any, cause func(member string) Cause) Findings {
	var wrong Findings
	object, err := decoded(got)
	if err != nil {
		return unreadable("it", err)
	}
	members, _ := object.(map[string]any)
	for _, name := range slices.Sorted(maps.Keys(w)) {
		if f, differs := compareMember(name, w[name], members[name]); differs {
			if f.Cause == "" {
				f.Cause = cause(name)
			}
			wrong = append(wrong, f)
		}
	}
	return wrong
}

// compareMember says how a member differs from what is wanted; its cause is
// empty but for a space.
func compareMember(name string, want, got any) (Finding, bool) {
	text, isText := want.(string)
	found, _ := got.(string)
	if isText {
		if Like(text, found) {
			return Finding{}, false
		}
		f := Finding{Subject: name, Expected: quote(text), Found: quote(found)}
		if found == "" {
			f.Found = nothing
			return f, true
		}
		cause, advice := spotted(text, found)
		if f.Advice = advice; cause == CauseSpace {
			f.Cause = cause
		}
		return f, true
	}
	value, err := decoded(want)
	path, w, g, ok := within(value, got, name, sameJSON)
	if err == nil && ok {
		return Finding{}, false
	}
	return Finding{Subject: path, Expected: showJSON(w), Found: showJSON(g)}, true
}

// parsed is JSON as within compares it; false when it is none.
func parsed(body []byte) (any, bool) {
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.UseNumber()
	var out any
	if err := decoder.Decode(&out); err != nil {
		return nil, false
	}
	return out, true
}

// absentService is the error of a Cloud that lacks a service.
func absentService(title string) error { return fmt.Errorf("there is no %s here", title) }
