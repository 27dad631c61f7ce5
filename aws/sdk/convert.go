package sdk

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"awslab/aws"
)

// converter copies a value of one type into one of another.
type converter func(to, from reflect.Value) error

// pair is the two types that a converter stands between.
type pair struct{ to, from reflect.Type }

// converters holds those that were needed so far. Members go by AWS's names,
// which are the JSON names of ours and, whatever their case, the names of the
// SDK's; exceptions holds what differs.
type converters struct {
	mu   sync.Mutex
	made map[pair]converter
}

// between gives the converter of two types. It fails where a member of ours has no
// counterpart in the SDK's type, whichever of the two is ours.
func (c *converters) between(to, from reflect.Type) (converter, error) {
	p := pair{to, from}
	c.mu.Lock()
	made, ok := c.made[p]
	c.mu.Unlock()
	if ok {
		return made, nil
	}
	made, err := c.make(p)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil {
		c.made = make(map[pair]converter)
	}
	c.made[p] = made
	return made, nil
}

// convert copies from into what to points to.
func (c *converters) convert(to, from any) error {
	target, source := reflect.ValueOf(to).Elem(), reflect.ValueOf(from)
	convert, err := c.between(target.Type(), source.Type())
	if err != nil {
		return err
	}
	return convert(target, source)
}

// make chooses the way between two types.
func (c *converters) make(p pair) (converter, error) {
	if special, ok := exceptions[p]; ok {
		return special, nil
	}
	if p.from.AssignableTo(p.to) {
		return func(to, from reflect.Value) error { to.Set(from); return nil }, nil
	}
	if option, ok := options[p.from]; ok {
		return c.fromOption(option, p)
	}
	if option, ok := options[p.to]; ok {
		return c.toOption(option, p)
	}
	switch {
	case p.from.Kind() == reflect.Pointer:
		return c.fromPointer(p)
	case p.to.Kind() == reflect.Pointer:
		return c.toPointer(p)
	case isNumber(p.to) && isNumber(p.from):
		return number, nil
	case p.to.Kind() != p.from.Kind():
		return nil, unlike(p)
	}
	switch p.to.Kind() {
	case reflect.String, reflect.Bool:
		return plain, nil
	case reflect.Slice:
		return c.slices(p)
	case reflect.Map:
		return c.maps(p)
	case reflect.Struct:
		return c.structs(p)
	}
	return nil, unlike(p)
}

func unlike(p pair) error { return fmt.Errorf("%v cannot become %v", p.from, p.to) }

// plain copies what differs by name alone.
func plain(to, from reflect.Value) error {
	to.Set(from.Convert(to.Type()))
	return nil
}

func isNumber(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Int, reflect.Int32, reflect.Int64, reflect.Float64:
		return true
	}
	return false
}

// number copies a number that the other type can hold.
func number(to, from reflect.Value) error {
	converted := from.Convert(to.Type())
	if back := converted.Convert(from.Type()); !back.Equal(from) {
		return fmt.Errorf("%v is out of range", from)
	}
	to.Set(converted)
	return nil
}

// fromPointer copies what is pointed to; nothing, from nil.
func (c *converters) fromPointer(p pair) (converter, error) {
	target := p.to
	if target.Kind() == reflect.Pointer {
		target = target.Elem()
	}
	inner, err := c.between(target, p.from.Elem())
	if err != nil {
		return nil, err
	}
	return func(to, from reflect.Value) error {
		if from.IsNil() {
			return nil
		}
		if to.Kind() == reflect.Pointer {
			to.Set(reflect.New(target))
			to = to.Elem()
		}
		return inner(to, from.Elem())
	}, nil
}

// toPointer makes something to point to.
func (c *converters) toPointer(p pair) (converter, error) {
	inner, err := c.between(p.to.Elem(), p.from)
	if err != nil {
		return nil, err
	}
	return func(to, from reflect.Value) error {
		to.Set(reflect.New(p.to.Elem()))
		return inner(to.Elem(), from)
	}, nil
}

// slices copies element by element; nil stays nil, and empty stays empty.
func (c *converters) slices(p pair) (converter, error) {
	inner, err := c.between(p.to.Elem(), p.from.Elem())
	if err != nil {
		return nil, err
	}
	return func(to, from reflect.Value) error {
		if from.IsNil() {
			return nil
		}
		to.Set(reflect.MakeSlice(p.to, from.Len(), from.Len()))
		for i := range from.Len() {
			if err := inner(to.Index(i), from.Index(i)); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// maps copies entry by entry.
func (c *converters) maps(p pair) (converter, error) {
	inner, err := c.between(p.to.Elem(), p.from.Elem())
	if err != nil {
		return nil, err
	}
	return func(to, from reflect.Value) error {
		if from.IsNil() {
			return nil
		}
		to.Set(reflect.MakeMapWithSize(p.to, from.Len()))
		for entries := from.MapRange(); entries.Next(); {
			value := reflect.New(p.to.Elem()).Elem()
			if err := inner(value, entries.Value()); err != nil {
				return err
			}
			to.SetMapIndex(entries.Key().Convert(p.to.Key()), value)
		}
		return nil
	}, nil
}

// member is a member of a type of ours with its counterpart.
type member struct {
	to, from []int
	name     string
	// optional is a member that is not sent while it is zero: the one whose JSON
	// form leaves it out then. A list or a map that is empty, not nil, is sent.
	optional bool
	// listed is a list or a map that comes empty when AWS leaves it out: one that
	// its JSON form always has.
	listed  bool
	convert converter
}

// structs copies member by member of ours.
func (c *converters) structs(p pair) (converter, error) {
	var members []member
	var errs []error
	ours, theirs := p.to, p.from
	sending := isOurs(p.from)
	if sending {
		ours, theirs = p.from, p.to
	}
	for _, field := range reflect.VisibleFields(ours) {
		if field.Anonymous || !field.IsExported() {
			continue
		}
		m, err := c.member(field, theirs, sending)
		switch {
		case err != nil:
			errs = append(errs, err)
		case m.convert != nil:
			members = append(members, m)
		}
	}
	return func(to, from reflect.Value) error {
		for _, m := range members {
			source := from.FieldByIndex(m.from)
			if m.optional && source.IsZero() {
				continue
			}
			target := to.FieldByIndex(m.to)
			if err := m.convert(target, source); err != nil {
				return fmt.Errorf("%s: %w", m.name, err)
			}
			if m.listed && target.IsNil() {
				target.Set(empty(target.Type()))
			}
		}
		return nil
	}, errors.Join(errs...)
}

// empty is a list or a map with nothing in it.
func empty(t reflect.Type) reflect.Value {
	if t.Kind() == reflect.Map {
		return reflect.MakeMap(t)
	}
	return reflect.MakeSlice(t, 0, 0)
}

// member finds the counterpart of a member of ours; without a converter it has
// none, and needs none.
func (c *converters) member(field reflect.StructField, theirs reflect.Type, sending bool) (member, error) {
	name, optional := memberName(field)
	if _, ok := unmodelled[place{theirs, name}]; ok {
		return member{}, nil
	}
	theirName, ok := renamed[place{theirs, name}]
	if !ok {
		theirName = name
	}
	other, ok := theirs.FieldByNameFunc(func(n string) bool { return strings.EqualFold(n, theirName) })
	if !ok {
		return member{}, fmt.Errorf("%v has no member %s", theirs, name)
	}
	m := member{to: field.Index, from: other.Index, name: name}
	m.listed = !optional && (field.Type.Kind() == reflect.Slice || field.Type.Kind() == reflect.Map)
	p := pair{field.Type, other.Type}
	if sending {
		m.listed = false
		m.to, m.from, m.optional = other.Index, field.Index, optional
		p = pair{other.Type, field.Type}
	}
	var err error
	if special, ok := encoded[place{theirs, name}]; ok {
		m.convert = special
	} else {
		m.convert, err = c.between(p.to, p.from)
	}
	if err != nil {
		return member{}, fmt.Errorf("%s of %v: %w", name, theirs, err)
	}
	return m, nil
}

// memberName is what AWS calls a member of ours, and whether it may be left out.
func memberName(field reflect.StructField) (name string, optional bool) {
	name, rest, _ := strings.Cut(field.Tag.Get("json"), ",")
	if name == "" || name == "-" {
		name = field.Name
	}
	return name, strings.Contains(rest, "omit")
}

var oursPath = reflect.TypeFor[aws.Cloud]().PkgPath()

// isOurs tells our vocabulary's types from the SDK's.
func isOurs(t reflect.Type) bool { return t.PkgPath() == oursPath }
