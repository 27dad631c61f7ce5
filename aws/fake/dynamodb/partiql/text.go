package partiql

import (
	"fmt"
	"strconv"
	"strings"

	"awslab/aws"
)

// Text writes expressions, in which all names and values are placeholders.
type Text struct {
	Names  map[string]string // by placeholder; nil if there are none
	Values aws.Item          // likewise

	written strings.Builder
	byName  map[string]string // placeholders
}

// Condition writes a condition.
func (t *Text) Condition(c Condition) string {
	t.written.Reset()
	c.write(t)
	return t.written.String()
}

// Update writes the changes of an UPDATE, clause by clause.
func (t *Text) Update(changes []Change) string {
	t.written.Reset()
	for _, clause := range []string{"SET", "REMOVE", "ADD", "DELETE"} {
		separator := clause + " "
		for _, c := range changes {
			if c.Operation != clause {
				continue
			}
			t.put(separator)
			separator = ", "
			c.write(t)
		}
		if separator == ", " {
			t.put(" ")
		}
	}
	return strings.TrimSpace(t.written.String())
}

func (c Change) write(t *Text) {
	c.Path.writeOperand(t)
	if len(c.Terms) == 0 {
		return
	}
	t.put(" ")
	if c.Operation == "SET" {
		t.put("= ")
	}
	switch {
	case c.Operator == "list_append":
		t.put(c.Operator)
		t.list(c.Terms)
	case c.Operator != "":
		c.Terms[0].writeOperand(t)
		t.put(" " + c.Operator + " ")
		c.Terms[1].writeOperand(t)
	default:
		c.Terms[0].writeOperand(t)
	}
}

func (t *Text) put(text string) { t.written.WriteString(text) }

// name is the placeholder of an attribute's name.
func (t *Text) name(name string) string {
	if key, ok := t.byName[name]; ok {
		return key
	}
	if t.Names == nil {
		t.Names, t.byName = make(map[string]string), make(map[string]string)
	}
	key := "#" + strconv.Itoa(len(t.Names))
	t.Names[key], t.byName[name] = name, key
	return key
}

func (p Path) writeOperand(t *Text) {
	for n, s := range p {
		index, indexed := s.Index.Get()
		switch {
		case indexed:
			t.put(fmt.Sprintf("[%d]", index))
			continue
		case n > 0:
			t.put(".")
		}
		t.put(t.name(s.Name))
	}
}

func (l Literal) writeOperand(t *Text) {
	if t.Values == nil {
		t.Values = make(aws.Item)
	}
	key := ":" + strconv.Itoa(len(t.Values))
	t.Values[key] = l.Value
	t.put(key)
}

func (s Size) writeOperand(t *Text) {
	t.put("size(")
	s.Of.writeOperand(t)
	t.put(")")
}

// list writes operands in parentheses.
func (t *Text) list(operands []Operand) {
	separator := "("
	for _, o := range operands {
		t.put(separator)
		separator = ", "
		o.writeOperand(t)
	}
	t.put(")")
}

// part writes a condition within another, in parentheses if it has parts itself.
func (t *Text) part(c Condition) {
	switch c.(type) {
	case And, Or, Not:
		t.put("(")
		c.write(t)
		t.put(")")
	default:
		c.write(t)
	}
}

func (c And) write(t *Text) {
	// A chain of ANDs needs no parentheses on its left.
	if _, chain := c.Left.(And); chain {
		c.Left.write(t)
	} else {
		t.part(c.Left)
	}
	t.put(" AND ")
	t.part(c.Right)
}

func (c Or) write(t *Text) {
	if _, chain := c.Left.(Or); chain {
		c.Left.write(t)
	} else {
		t.part(c.Left)
	}
	t.put(" OR ")
	t.part(c.Right)
}

func (c Not) write(t *Text) {
	t.put("NOT ")
	t.part(c.Of)
}

func (c Comparison) write(t *Text) {
	c.Left.writeOperand(t)
	t.put(" " + c.Operator + " ")
	c.Right.writeOperand(t)
}

func (c Between) write(t *Text) {
	c.Of.writeOperand(t)
	t.put(" BETWEEN ")
	c.Low.writeOperand(t)
	t.put(" AND ")
	c.High.writeOperand(t)
}

func (c In) write(t *Text) {
	c.Of.writeOperand(t)
	t.put(" IN ")
	t.list(c.List)
}

func (c Call) write(t *Text) {
	t.put(c.Function)
	t.list(c.Operands)
}
