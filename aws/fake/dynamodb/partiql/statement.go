package partiql

import (
	"fmt"
	"strconv"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
)

// Verb is what a statement does.
type Verb string

// The five verbs; EXISTS is for transactions only.
const (
	Select Verb = "SELECT"
	Insert Verb = "INSERT"
	Update Verb = "UPDATE"
	Delete Verb = "DELETE"
	Exists Verb = "EXISTS"
)

// Reads reports whether the verb leaves everything as it was.
func (v Verb) Reads() bool { return v == Select }

// Statement is a statement as read, with its parameters in their places.
type Statement struct {
	Verb  Verb
	Table string
	Index string // "" for the table itself; an INSERT has none
	// Paths are what a SELECT gives of each item; nil is all.
	Paths []Path
	// Where is the condition; nil for none.
	Where Condition
	// Order is the order of a SELECT.
	Order []Ordering
	// Item is the item of an INSERT.
	Item aws.Item
	// Changes are those of an UPDATE.
	Changes []Change
	// Returning is what an UPDATE or DELETE gives back; "" is nothing.
	Returning Returning
}

// Returning is the RETURNING clause: which attributes, of which item.
type Returning string

// The four clauses.
const (
	AllOld      Returning = "ALL OLD"
	ModifiedOld Returning = "MODIFIED OLD"
	AllNew      Returning = "ALL NEW"
	ModifiedNew Returning = "MODIFIED NEW"
)

// Ordering is one part of ORDER BY.
type Ordering struct {
	Path       Path
	Descending bool
}

// Path is a document path; its first step is a name.
type Path []Step

// Step goes to a named attribute, or, with an Index, to an element of a list.
type Step struct {
	Name  string
	Index aws.Option[int]
}

// Leaf is the name under which a SELECT gives what the path leads to: the last
// name in it, with the indexes that follow.
func (p Path) Leaf() string {
	leaf := ""
	for _, s := range p {
		if index, is := s.Index.Get(); is {
			leaf += "[" + strconv.Itoa(index) + "]"
		} else {
			leaf = s.Name
		}
	}
	return leaf
}

// Attribute reports whether the path is just that attribute.
func (p Path) Attribute(name string) bool { return len(p) == 1 && p[0].Name == name }

// Find gives what the path leads to; nil if that is nothing.
func (p Path) Find(item aws.Item) aws.AttributeValue {
	v := item[p[0].Name]
	for _, s := range p[1:] {
		index, indexed := s.Index.Get()
		switch of := v.(type) {
		case aws.M:
			v = nil
			if !indexed {
				v = of[s.Name]
			}
		case aws.L:
			v = nil
			if indexed && index < len(of) {
				v = of[index]
			}
		default:
			return nil
		}
	}
	return v
}

// Change is one change of an UPDATE.
type Change struct {
	Path Path
	// Operation is SET, REMOVE, ADD (of set_add) or DELETE (of set_delete).
	Operation string
	// Terms are the operands: none of REMOVE; else one, or two with the Operator
	// between them, or two of the function list_append.
	Terms    []Operand
	Operator string // "+", "-", "list_append" or ""
}

// malformed is the fault of a statement that is none.
func malformed(format string, args ...any) error {
	return value.Faultf("Statement wasn't well formed, can't be processed: %s", fmt.Sprintf(format, args...))
}

// leftover is the fault of what follows a statement that is whole.
func leftover() error { return malformed("Unexpected token after expression") }

// quotedWords are the keywords that are attributes only in quotes.
var quotedWords = []string{
	"SELECT", "INSERT", "INTO", "VALUE", "UPDATE", "SET", "REMOVE", "DELETE", "FROM", "WHERE", "ORDER", "BY", "RETURNING",
	"AND", "OR", "NOT", "IN", "BETWEEN", "IS", "MISSING", "NULL", "TRUE", "FALSE", "EXISTS", "AS",
}

// upper is a word as keywords are written here.
func upper(t token) string { return strings.ToUpper(t.text) }
