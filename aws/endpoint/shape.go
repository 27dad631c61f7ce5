package endpoint

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"awslab/aws"
)

// shape says what a type looks like on the wire, whatever the protocol: its
// members' names are AWS's own, from the json tags. A protocol is a way to walk
// one.
type shape struct {
	kind    kind
	of      reflect.Type
	elem    *shape   // of sequences, dictionaries, pointers and options
	members []member // of structures
	byName  map[string]int
	gaps    []gap // what AWS's structure has beside the members
}

// kind is what a protocol has to tell apart.
type kind int

const (
	ofText kind = iota
	ofWhole
	ofDecimal
	ofTruth
	ofBlob
	ofMoment
	ofAttribute // an aws.AttributeValue
	ofValue     // an aws.Value, which holds one
	ofItem      // an aws.Item
	ofJSON      // what writes and reads its own JSON
	ofOption    // an aws.Option
	ofPointer
	ofSequence
	ofDictionary
	ofStructure
)

// member is one member of a structure.
type member struct {
	name  string
	index []int
	shape *shape
	omit  bool   // where it is zero
	empty string // what stands for a text that is given, but empty
}

// shapes makes shapes, each type's once.
type shapes map[reflect.Type]*shape

func (all shapes) of(t reflect.Type) *shape {
	if known := all[t]; known != nil {
		return known
	}
	s := &shape{kind: kindOf(t), of: t}
	all[t] = s // before its parts, which may hold it again
	switch s.kind {
	case ofOption:
		s.elem = all.of(optionGet(t).Type.Out(0))
	case ofPointer, ofSequence, ofDictionary:
		s.elem = all.of(t.Elem())
	case ofStructure:
		s.byName, s.gaps = make(map[string]int), gaps[t]
		all.addMembers(s, t, nil)
	default:
	}
	return s
}

// addMembers adds a structure's members, and those of structures embedded in it.
func (all shapes) addMembers(s *shape, t reflect.Type, at []int) {
	for i := range t.NumField() {
		field := t.Field(i)
		index := append(append([]int(nil), at...), i)
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		switch {
		case field.Anonymous && name == "":
			all.addMembers(s, field.Type, index)
			continue
		case !field.IsExported() || !travels(field.Type):
			continue
		case name == "" || name == "-": // bytes that JSON records leave out do travel
			name = field.Name
		}
		s.byName[name] = len(s.members)
		s.members = append(s.members, member{name, index, all.of(field.Type), strings.Contains(options, "omit"), field.Tag.Get("empty")})
	}
}

// travels reports whether values of a type can be sent at all: streams and
// functions cannot, but a protocol may treat them by itself.
func travels(t reflect.Type) bool {
	return t.Kind() != reflect.Func && t.Kind() != reflect.Chan &&
		(t.Kind() != reflect.Interface || t == reflect.TypeFor[aws.AttributeValue]())
}

func kindOf(t reflect.Type) kind {
	switch t {
	case reflect.TypeFor[time.Time]():
		return ofMoment
	case reflect.TypeFor[aws.AttributeValue]():
		return ofAttribute
	case reflect.TypeFor[aws.Value]():
		return ofValue
	case reflect.TypeFor[aws.Values]():
		return ofSequence
	case reflect.TypeFor[aws.Item]():
		return ofItem
	}
	if optionGet(t) != nil {
		return ofOption
	}
	if t.Kind() != reflect.Pointer && reflect.PointerTo(t).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return ofJSON
	}
	switch t.Kind() {
	case reflect.String:
		return ofText
	case reflect.Bool:
		return ofTruth
	case reflect.Float32, reflect.Float64:
		return ofDecimal
	case reflect.Pointer:
		return ofPointer
	case reflect.Struct:
		return ofStructure
	case reflect.Map:
		return ofDictionary
	case reflect.Slice:
		if t.Elem().Kind() == reflect.Uint8 {
			return ofBlob
		}
		return ofSequence
	default:
		return ofWhole
	}
}

// optionGet is the method that reads an aws.Option; nil for other types.
func optionGet(t reflect.Type) *reflect.Method {
	if t.Kind() != reflect.Struct || t.PkgPath() != optionPackage || !strings.HasPrefix(t.Name(), "Option[") {
		return nil
	}
	method, _ := t.MethodByName("Get")
	return &method
}

var optionPackage = reflect.TypeFor[aws.Option[int]]().PkgPath()

// unwrapped reads an option that is given.
func unwrapped(option reflect.Value) reflect.Value {
	return option.MethodByName("Get").Call(nil)[0]
}

// give puts a value into an option, by the JSON that both have in common.
func give(option, value reflect.Value) error {
	body, err := json.Marshal(value.Interface())
	if err != nil { // infinite, or no number at all
		return unfit(value.Interface(), "a number")
	}
	return json.Unmarshal(body, option.Addr().Interface())
}

// absent reports whether a member is left out of an answer. An empty list that is
// there is told as one: only a nil one is absent.
func (m member) absent(v reflect.Value) bool {
	switch m.shape.kind {
	case ofPointer, ofAttribute:
		return v.IsNil()
	case ofMoment, ofOption, ofValue:
		return v.IsZero()
	case ofSequence, ofDictionary, ofItem, ofBlob:
		return m.omit && v.IsNil()
	default:
		return m.omit && v.IsZero()
	}
}

// each calls do for the members that an answer tells.
func (s *shape) each(v reflect.Value, do func(m *member, v reflect.Value)) {
	for i := range s.members {
		m := &s.members[i]
		if field := v.FieldByIndex(m.index); !m.absent(field) {
			do(m, field)
		}
	}
}

// with is the structure with some of its members named otherwise, or, where the
// name is "", left out.
func (s *shape) with(names map[string]string) *shape {
	if len(names) == 0 {
		return s
	}
	out := &shape{kind: s.kind, of: s.of, byName: make(map[string]int), gaps: s.gaps}
	for _, m := range s.members {
		if name, other := names[m.name]; other {
			m.name = name
		}
		if m.name == "" {
			continue
		}
		out.byName[m.name] = len(out.members)
		out.members = append(out.members, m)
	}
	return out
}

// named finds a member by its name.
func (s *shape) named(name string) (member, bool) {
	i, ok := s.byName[name]
	if !ok {
		return member{}, false
	}
	return s.members[i], true
}

// moment is a time that a reflected value holds.
func moment(v reflect.Value) time.Time {
	t, _ := v.Interface().(time.Time)
	return t
}
