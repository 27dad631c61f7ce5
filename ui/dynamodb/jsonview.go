package dynamodb

import (
	"fmt"

	"awslab/aws"
)

// notation is how the JSON view writes an item.
type notation bool

// The two notations: DynamoDB JSON names each value's type, {"N":"1973"};
// plain JSON does not, and so knows no sets and no binary values.
const (
	plainJSON    notation = false
	dynamoDBJSON notation = true
)

// orderedItem is an item whose attributes stand in an order; one whose order
// does not say so of an attribute has it at the end, by name.
type orderedItem struct {
	Item  aws.Item
	Order []string
}

// names lists the attributes in their order.
func (o orderedItem) names() []string {
	out := make([]string, 0, len(o.Item))
	listed := make(map[string]bool, len(o.Order))
	for _, name := range o.Order {
		if _, ok := o.Item[name]; ok && !listed[name] {
			listed[name] = true
			out = append(out, name)
		}
	}
	for _, name := range sortedNames(o.Item) {
		if !listed[name] {
			out = append(out, name)
		}
	}
	return out
}

// parseItem reads an item from JSON, with AWS's reason where it is not one.
func parseItem(text string, in notation) (orderedItem, *textFault) {
	root, fault := readJSON(text)
	if fault != nil {
		return orderedItem{}, fault
	}
	p := itemParser{text: text}
	if root.kind != kindObject {
		return orderedItem{}, p.fault(root, "An item is a JSON object: { … }")
	}
	out := orderedItem{Item: make(aws.Item, len(root.names))}
	for i, name := range root.names {
		value, fault := p.value(root.children[i], in)
		if fault != nil {
			return orderedItem{}, fault
		}
		if name.text == "" {
			return orderedItem{}, p.fault(name, "An attribute needs a name")
		}
		out.Item[name.text] = value
		out.Order = append(out.Order, name.text)
	}
	return out, nil
}

type itemParser struct{ text string }

func (p itemParser) fault(n node, format string, args ...any) *textFault {
	return faultAt(p.text, n.at, format, args...)
}

func (p itemParser) value(n node, in notation) (aws.AttributeValue, *textFault) {
	if in == dynamoDBJSON {
		return p.typed(n)
	}
	switch n.kind {
	case kindString:
		return aws.S(n.text), nil
	case kindNumber:
		if reason := numberFault(n.text); reason != "" {
			return nil, p.fault(n, "%s", reason)
		}
		return aws.N(n.text), nil
	case kindTrue, kindFalse:
		return aws.BOOL(n.kind == kindTrue), nil
	case kindArray:
		return p.list(n, in)
	case kindObject:
		return p.object(n, in)
	default:
		return aws.NULL(true), nil
	}
}

func (p itemParser) list(n node, in notation) (aws.AttributeValue, *textFault) {
	out := make(aws.L, len(n.children))
	for i, child := range n.children {
		value, fault := p.value(child, in)
		if fault != nil {
			return nil, fault
		}
		out[i] = value
	}
	return out, nil
}

func (p itemParser) object(n node, in notation) (aws.AttributeValue, *textFault) {
	out := make(aws.M, len(n.names))
	for i, name := range n.names {
		value, fault := p.value(n.children[i], in)
		if fault != nil {
			return nil, fault
		}
		out[name.text] = value
	}
	return out, nil
}

// typed reads a value with its type: {"S":"Psy"}.
func (p itemParser) typed(n node) (aws.AttributeValue, *textFault) {
	switch {
	case n.kind != kindObject:
		return nil, p.fault(n, `DynamoDB JSON names the type of each value, as in {"S": "text"} or {"N": "1973"}`)
	case len(n.names) == 0:
		return nil, p.fault(n, "%s", aws.ErrNoType)
	case len(n.names) > 1:
		return nil, p.fault(n.names[1], "%s", aws.ErrManyTypes)
	}
	kind, body := aws.AttributeType(n.names[0].text), n.children[0]
	switch kind {
	case aws.TypeL:
		if body.kind != kindArray {
			return nil, p.fault(body, "A List (L) is an array: [ … ]")
		}
		return p.list(body, dynamoDBJSON)
	case aws.TypeM:
		if body.kind != kindObject {
			return nil, p.fault(body, "A Map (M) is an object: { … }")
		}
		return p.object(body, dynamoDBJSON)
	case aws.TypeSS, aws.TypeNS, aws.TypeBS:
		return p.set(kind, body)
	case aws.TypeBOOL:
		if body.kind != kindTrue && body.kind != kindFalse {
			return nil, p.fault(body, "A Boolean (BOOL) is true or false, without quotes")
		}
		return aws.BOOL(body.kind == kindTrue), nil
	case aws.TypeNULL:
		if body.kind != kindTrue {
			return nil, p.fault(body, "One or more parameter values were invalid: Null attribute value types must have the value of true")
		}
		return aws.NULL(true), nil
	case aws.TypeS, aws.TypeN, aws.TypeB:
		return p.scalar(kind, body)
	}
	return nil, p.fault(n.names[0], "%s: %q is not a type", aws.ErrNoType, cut(string(kind), 20))
}

func (p itemParser) scalar(kind aws.AttributeType, n node) (aws.AttributeValue, *textFault) {
	if n.kind != kindString {
		return nil, p.fault(n, `A %s (%s) is written as text in quotes, as in {"%s": "…"}`, kind.Name(), kind, kind)
	}
	value, err := parseScalar(kind, n.text)
	if err != nil {
		return nil, p.fault(n, "%s", err)
	}
	return value, nil
}

func (p itemParser) set(kind aws.AttributeType, n node) (aws.AttributeValue, *textFault) {
	if n.kind != kindArray {
		return nil, p.fault(n, "A %s (%s) is an array of texts: [ … ]", kind.Name(), kind)
	}
	members := make([]aws.AttributeValue, len(n.children))
	for i, child := range n.children {
		member, fault := p.scalar(memberType(kind), child)
		if fault != nil {
			return nil, fault
		}
		members[i] = member
	}
	if reason := setFault(kind, members); reason != "" {
		return nil, p.fault(n, "%s", reason)
	}
	return makeSet(kind, members), nil
}

// formatItem writes an item as JSON. Plain JSON of an item that plainFault
// objects to would not read back as the same item.
func formatItem(item orderedItem, in notation) string {
	w := jsonWriter{in: in}
	names := item.names()
	w.block('{', '}', len(names), 0, func(i int) {
		w.member(names[i], item.Item[names[i]], 1)
	})
	return string(w.out) + "\n"
}

// plainFault says why an item cannot be shown as plain JSON; "" when it can.
func plainFault(item aws.Item) string {
	for _, name := range sortedNames(item) {
		if kind, ok := unplain(item[name]); ok {
			return fmt.Sprintf("%s holds a %s, which plain JSON cannot tell from another type; it is written in DynamoDB JSON", name, kind.Name())
		}
	}
	return ""
}

// unplain finds a type in a value that plain JSON does not have.
func unplain(value aws.AttributeValue) (aws.AttributeType, bool) {
	var within []aws.AttributeValue
	switch v := value.(type) {
	case aws.B, aws.SS, aws.NS, aws.BS:
		return v.Type(), true
	case aws.L:
		within = v
	case aws.M:
		for _, name := range sortedNames(v) {
			within = append(within, v[name])
		}
	}
	for _, v := range within {
		if kind, ok := unplain(v); ok {
			return kind, true
		}
	}
	return "", false
}

type jsonWriter struct {
	in  notation
	out []byte
}

// block writes what is within brackets, a line each.
func (w *jsonWriter) block(opening, closing byte, n, depth int, part func(int)) {
	w.out = append(w.out, opening)
	for i := range n {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.line(depth + 1)
		part(i)
	}
	if n > 0 {
		w.line(depth)
	}
	w.out = append(w.out, closing)
}

func (w *jsonWriter) line(depth int) {
	w.out = append(w.out, '\n')
	for range depth {
		w.out = append(w.out, "  "...)
	}
}

func (w *jsonWriter) member(name string, value aws.AttributeValue, depth int) {
	w.out = append(append(w.out, quoteJSON(name)...), ": "...)
	w.value(value, depth)
}

func (w *jsonWriter) value(value aws.AttributeValue, depth int) {
	if value == nil {
		w.out = append(w.out, "null"...)
		return
	}
	if w.in == dynamoDBJSON {
		w.out = append(append(append(w.out, `{"`...), value.Type()...), `": `...)
		defer func() { w.out = append(w.out, '}') }()
	}
	switch v := value.(type) {
	case aws.L:
		w.block('[', ']', len(v), depth, func(i int) { w.value(v[i], depth+1) })
	case aws.M:
		names := sortedNames(v)
		w.block('{', '}', len(v), depth, func(i int) { w.member(names[i], v[names[i]], depth+1) })
	default:
		w.out = append(w.out, w.flat(v)...)
	}
}

// flat writes a value that stands on one line.
func (w *jsonWriter) flat(value aws.AttributeValue) string {
	switch v := value.(type) {
	case aws.N:
		if w.in == dynamoDBJSON {
			return quoteJSON(string(v))
		}
		return jsonNumber(string(v))
	case aws.NULL:
		if w.in == dynamoDBJSON {
			return "true"
		}
		return "null"
	case aws.BOOL:
		return scalarText(v)
	case aws.SS, aws.NS, aws.BS:
		return flatSet(setMembers(value))
	}
	return quoteJSON(scalarText(value))
}

func flatSet(members []aws.AttributeValue) string {
	out := []byte{'['}
	for i, m := range members {
		if i > 0 {
			out = append(out, ", "...)
		}
		out = append(out, quoteJSON(scalarText(m))...)
	}
	return string(append(out, ']'))
}
