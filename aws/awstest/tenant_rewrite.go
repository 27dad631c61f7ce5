package awstest

import (
	"reflect"
	"strings"

	"awslab/aws"
)

// rewrite copies a value with each text in it rewritten; text is told the type and
// the member that hold it. Attribute values are left alone: they are the tests'.
func rewrite[T any](value T, text func(owner, member, text string) string) T {
	w := rewriter{text}
	from := reflect.ValueOf(&value).Elem()
	if from.Kind() == reflect.Interface {
		from = from.Elem()
	}
	out, _ := w.value(from, "", "").Interface().(T)
	return out
}

type rewriter struct {
	text func(owner, member, text string) string
}

var itemType = reflect.TypeFor[aws.Item]()

// value copies v, which a member of the type owner holds.
func (w rewriter) value(v reflect.Value, owner, member string) reflect.Value {
	switch v.Kind() {
	case reflect.String:
		return reflect.ValueOf(w.text(owner, member, v.String())).Convert(v.Type())
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		out := reflect.New(v.Type().Elem())
		out.Elem().Set(w.value(v.Elem(), owner, member))
		return out
	case reflect.Slice:
		return w.slice(v, owner, member)
	case reflect.Map:
		return w.entries(v, owner, member)
	case reflect.Struct:
		out := reflect.New(v.Type()).Elem()
		out.Set(v)
		owner := ownerOf(v)
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				out.Field(i).Set(w.value(v.Field(i), owner, field.Name))
			}
		}
		return out
	}
	return v
}

// ownerOf is what the members of a structure are known by: the type's name, and of
// a metric's dimension which one it is.
func ownerOf(v reflect.Value) string {
	switch d := v.Interface().(type) {
	case aws.Dimension:
		return "Dimension " + d.Name
	case aws.DimensionFilter:
		return "Dimension " + d.Name
	}
	return v.Type().Name()
}

func (w rewriter) slice(v reflect.Value, owner, member string) reflect.Value {
	if v.IsNil() {
		return v
	}
	if v.Type().Elem().Kind() == reflect.Uint8 {
		if member != "Payload" { // JSON, of functions
			return v
		}
		return reflect.ValueOf([]byte(w.text(owner, member, string(v.Bytes())))).Convert(v.Type())
	}
	out := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		out.Index(i).Set(w.value(v.Index(i), owner, member))
	}
	return out
}

func (w rewriter) entries(v reflect.Value, owner, member string) reflect.Value {
	if v.IsNil() || v.Type() == itemType {
		return v
	}
	out := reflect.MakeMapWithSize(v.Type(), v.Len())
	for key, value := range v.Seq2() {
		out.SetMapIndex(w.value(key, owner, member+"{key}"), w.value(value, owner, member))
	}
	return out
}

// opaque reports whether a member holds what only AWS reads, which must come back
// as it went: it may be about what is another's.
func opaque(member string) bool {
	for _, end := range []string{"Token", "Marker", "Position", "ID"} {
		if strings.HasSuffix(member, end) {
			return true
		}
	}
	return member == "LastEvaluatedStreamArn"
}
