package trail

import (
	"errors"
	"reflect"
	"slices"
	"time"

	"awslab/aws"
)

// What a Trail keeps: so many events, and so many bytes of their inputs and outputs.
const (
	kept    = 2000
	details = 32 << 20
)

// Gone is the Out of an older event that read, when it had to make room for newer ones.
type Gone string

const gone Gone = "no longer kept: newer calls took its place"

// shed makes room when inputs and outputs take more than they may: the oldest answers to
// reads that take more than their share go, and if that is not enough, the oldest events
// of which anything does; how a write went, its output may have to tell. What is small
// stays for as long as its event does. The newest event stays whole, and the newest of
// the console, which can be shown as a command.
func (t *Trail) shed() {
	if t.held <= t.details {
		return
	}
	share := t.details / kept / 2
	console, _ := t.newest(OriginConsole)
	older := func(e Event) bool { return e.ID != t.last && e.ID != console.ID }
	for i := range t.events {
		if e := &t.events[i]; t.held > t.details && e.out > share && e.Out != nil && e.Operation.Access == aws.Reads && older(*e) {
			t.held -= e.out
			e.Out, e.out = gone, 0
		}
	}
	t.events = slices.DeleteFunc(t.events, func(e Event) bool {
		goes := t.held > t.details && max(e.in, e.out) > share && older(e)
		if goes {
			t.held -= e.in + e.out
		}
		return goes
	})
}

// size estimates the bytes of memory that an input or output takes.
func size(value any) int {
	if value == nil {
		return 0
	}
	v := reflect.ValueOf(value)
	return int(v.Type().Size()) + behind(v)
}

// answered is size for what a call came to: errors may bring items.
func answered(out any, err error) int {
	if failed, ok := errors.AsType[*aws.Error](err); ok {
		return size(failed)
	}
	return size(out)
}

var (
	attributeValue = reflect.TypeFor[aws.AttributeValue]()
	timestamp      = reflect.TypeFor[time.Time]()
)

// behind estimates the bytes that a value refers to, without its own.
func behind(v reflect.Value) int {
	n := 0
	switch v.Kind() {
	case reflect.String:
		n = v.Len()
	case reflect.Slice:
		element := v.Type().Elem()
		if n = v.Cap() * int(element.Size()); element.Kind() <= reflect.Complex128 {
			return n // numbers and bytes refer to nothing
		}
		for i := range v.Len() {
			n += behind(v.Index(i))
		}
	case reflect.Map:
		return behindMap(v)
	case reflect.Struct:
		if v.Type() == timestamp {
			return 0 // it refers to a time zone, which is everybody's
		}
		for i := range v.NumField() {
			n += behind(v.Field(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			n = int(v.Type().Elem().Size()) + behind(v.Elem())
		}
	case reflect.Interface:
		if !v.IsNil() && v.Type() == attributeValue {
			n = int(v.Elem().Type().Size()) + behind(v.Elem())
		}
	}
	return n
}

// behindMap is behind for a map, which has at least eight places.
func behindMap(v reflect.Value) int {
	const least, header = 8, 48
	if v.IsNil() {
		return 0
	}
	n := header + max(least, v.Len()*5/4)*int(v.Type().Key().Size()+v.Type().Elem().Size())
	if v.CanInterface() { // reflection is slow with maps, and these are the many
		switch m := v.Interface().(type) {
		case aws.Item:
			return n + behindAttributes(m)
		case aws.M:
			return n + behindAttributes(m)
		}
	}
	for entries := v.MapRange(); entries.Next(); {
		n += behind(entries.Key()) + behind(entries.Value())
	}
	return n
}

func behindAttributes(attributes map[string]aws.AttributeValue) int {
	n := 0
	for name, value := range attributes {
		n += len(name) + size(value)
	}
	return n
}
