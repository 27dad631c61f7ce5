package expr

import (
	"encoding/base64"
	"fmt"
	"slices"

	"awslab/aws"
)

// The types that an operator or function takes.
var (
	ordered   = []aws.AttributeType{aws.TypeS, aws.TypeN, aws.TypeB}
	textual   = []aws.AttributeType{aws.TypeS, aws.TypeB}
	sized     = []aws.AttributeType{aws.TypeS, aws.TypeB, aws.TypeM, aws.TypeL, aws.TypeSS, aws.TypeNS, aws.TypeBS}
	typeNames = []aws.AttributeType{aws.TypeS}
)

// arity is how many operands each function of a condition takes.
func arity(function string) (operands int, known bool) {
	switch function {
	case "attribute_exists", "attribute_not_exists", "size":
		return 1, true
	case "attribute_type", "begins_with", "contains":
		return 2, true
	}
	return 0, false
}

// isUpdateFunction reports whether updates have the function.
func isUpdateFunction(name string) bool { return name == "if_not_exists" || name == "list_append" }

// reportFunction reports a function that the expression does not have; elsewhere
// says that others do.
func (p *parser) reportFunction(name string, elsewhere bool, expression string) {
	if elsewhere {
		p.report(rankFunction, "The function is not allowed in %s expression; function: %s", expression, name)
		return
	}
	p.report(rankFunction, "Invalid function name; function: %s", name)
}

// call makes a function of its operands, and reports what is wrong with them.
func (p *conditionParser) call(name string, operands []operand) node {
	want, known := arity(name)
	if !known {
		p.reportFunction(name, isUpdateFunction(name), "a condition")
		return node{condition: nothing{}}
	}
	if !p.checkCount(name, len(operands), want) {
		if name == "size" {
			return node{operand: constant{}}
		}
		return node{condition: nothing{}}
	}
	p.checkDistinct(name, operands...)
	first := operands[0]
	switch name {
	case "size":
		p.checkTypes(name, sized, first.staticType())
		return node{operand: sizeOf{first}}
	case "attribute_type":
		p.checkTypeName(operands[1])
		return node{condition: hasType{of: first, typ: operands[1]}}
	case "begins_with":
		p.checkTypes(name, textual, first.staticType(), operands[1].staticType())
		return node{condition: beginsWith{of: first, prefix: operands[1]}}
	case "contains":
		return node{condition: contains{of: first, part: operands[1]}}
	}
	of, ok := first.(path)
	if !ok {
		p.reportNoPath(name)
		return node{condition: nothing{}}
	}
	if name == "attribute_exists" {
		return node{condition: exists{of}}
	}
	return node{condition: notExists{of}}
}

// checkTypeName wants the abbreviation of a type, as a placeholder's value.
func (p *conditionParser) checkTypeName(o operand) {
	c, ok := o.(constant)
	if ok && c.value == nil {
		return // not defined, which is reported already
	}
	if !ok {
		p.faults.report(rankType, p.kind.wrongType("attribute_type", "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}"))
		return
	}
	name, ok := c.value.(aws.S)
	if !ok {
		p.checkTypes("attribute_type", typeNames, c.staticType())
		return
	}
	if !slices.Contains(aws.AttributeTypes(), aws.AttributeType(name)) {
		p.report(rankType, "Invalid attribute type name found; type: %s, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}", string(name))
	}
}

// describe writes a value as messages do: its type and itself.
func describe(v aws.AttributeValue) string {
	if b, ok := v.(aws.B); ok {
		return "B:" + base64.StdEncoding.EncodeToString(b)
	}
	return fmt.Sprintf("%s:%v", v.Type(), v)
}
