package expr

import (
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// Placeholders are the ExpressionAttributeNames and ExpressionAttributeValues
// of one request. All its expressions share them, for each placeholder must be
// used by one of them. It is not for concurrent use.
type Placeholders struct {
	names      map[string]string
	values     aws.Item // normalised
	usedNames  map[string]struct{}
	usedValues map[string]struct{}
	fault      *value.Fault
	unbounded  bool // see Unbounded
}

// NewPlaceholders takes the two maps of a request, either of which may be nil
// for "not given". Ask Err about them before parsing an expression.
func NewPlaceholders(names map[string]string, values aws.Item) *Placeholders {
	p := &Placeholders{names: names, usedNames: map[string]struct{}{}, usedValues: map[string]struct{}{}}
	p.fault = keysFault("ExpressionAttributeNames", '#', names)
	if p.fault == nil {
		p.fault = keysFault("ExpressionAttributeValues", ':', values)
	}
	if p.fault == nil {
		p.values, p.fault = normalizeValues(values)
	}
	return p
}

// Unbounded lets the expressions be of any length: they are written anew from a
// statement of PartiQL, which has a limit of its own.
func (p *Placeholders) Unbounded() *Placeholders {
	p.unbounded = true
	return p
}

// Err is the fault of the placeholders themselves, a *value.Fault: a map that
// is empty, a key that is no placeholder, or a value that is not valid.
func (p *Placeholders) Err() error {
	if p.fault != nil {
		return p.fault
	}
	return nil
}

// Unused is the fault, a *value.Fault, that a name or value is used by none of
// the expressions parsed so far. Ask once all are parsed.
func (p *Placeholders) Unused() error {
	if fault := unusedFault("ExpressionAttributeNames", p.names, p.usedNames); fault != nil {
		return fault
	}
	if fault := unusedFault("ExpressionAttributeValues", p.values, p.usedValues); fault != nil {
		return fault
	}
	return nil
}

// name gives the attribute name that key (#x) stands for.
func (p *Placeholders) name(key string) (string, bool) {
	name, found := p.names[key]
	if found {
		p.usedNames[key] = struct{}{}
	}
	return name, found
}

// value gives the value that key (:x) stands for.
func (p *Placeholders) value(key string) (aws.AttributeValue, bool) {
	v, found := p.values[key]
	if found {
		p.usedValues[key] = struct{}{}
	}
	return v, found
}

func keysFault[V any](parameter string, sign byte, m map[string]V) *value.Fault {
	if m != nil && len(m) == 0 {
		return value.Faultf("%s must not be empty", parameter)
	}
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if len(key) < 2 || key[0] != sign || span(key, isNamePart) != len(key) {
			return value.Faultf("%s contains invalid key: Syntax error; key: \"%s\"", parameter, key)
		}
	}
	return nil
}

func normalizeValues(values aws.Item) (aws.Item, *value.Fault) {
	out := make(aws.Item, len(values))
	for _, key := range slices.Sorted(maps.Keys(values)) {
		normal, err := value.Normalize(values[key])
		if err != nil {
			return nil, asFault(err).OfPlaceholder(key)
		}
		out[key] = normal
	}
	return out, nil
}

func unusedFault[V any](parameter string, m map[string]V, used map[string]struct{}) *value.Fault {
	if len(used) == len(m) {
		return nil
	}
	var unused []string
	for key := range m {
		if _, found := used[key]; !found {
			unused = append(unused, key)
		}
	}
	slices.Sort(unused)
	return value.Faultf("Value provided in %s unused in expressions: keys: {%s}", parameter, strings.Join(unused, ", "))
}
