package expr

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"awslab/aws"
)

// path is a document path, such as Album.Tracks[0]; its first step is a name.
type path []step

// step goes from a map to its attribute, or from a list to its element.
type step struct {
	name  string
	index int // of a list; noIndex for a name
}

const noIndex = -1

func nameStep(name string) step { return step{name: name, index: noIndex} }

func (s step) isIndex() bool { return s.index != noIndex }

// String writes the step as messages do.
func (s step) String() string {
	if s.isIndex() {
		return "[" + strconv.Itoa(s.index) + "]"
	}
	return s.name
}

// from takes the step; nil when there is nothing there.
func (s step) from(v aws.AttributeValue) aws.AttributeValue {
	switch v := v.(type) {
	case aws.M:
		if !s.isIndex() {
			return v[s.name]
		}
	case aws.L:
		if s.isIndex() && s.index < len(v) {
			return v[s.index]
		}
	}
	return nil
}

// String writes the path as messages do: [Album, Tracks, [0]].
func (p path) String() string {
	steps := make([]string, len(p))
	for i, s := range p {
		steps[i] = s.String()
	}
	return "[" + strings.Join(steps, ", ") + "]"
}

func (p path) resolve(item aws.Item) aws.AttributeValue {
	v := item[p[0].name]
	for _, s := range p[1:] {
		if v == nil {
			return nil
		}
		v = s.from(v)
	}
	return v
}

func (p path) staticType() aws.AttributeType { return "" }

// tree holds paths by their steps, so that those meet that overlap, and so
// that a map or list is gone through once for all the paths that lead into it.
type tree[T any] struct {
	first    path // the first path put through here, for messages
	leaf     *T   // what was put at the path that ends here
	children []branch[T]
}

type branch[T any] struct {
	step step
	tree *tree[T]
}

// put adds a path with what belongs to it. If the path cannot be together with
// one that is there already, it gives that one and the word for it, "overlap"
// or "conflict".
func (t *tree[T]) put(p path, leaf *T) (other path, clash string) {
	for _, s := range p {
		if t.leaf != nil {
			return t.first, "overlap"
		}
		if len(t.children) > 0 && t.children[0].step.isIndex() != s.isIndex() {
			return t.children[0].tree.first, "conflict"
		}
		t = t.child(s, p)
	}
	if t.leaf != nil || len(t.children) > 0 {
		return t.first, "overlap"
	}
	t.leaf = leaf
	return nil, ""
}

// child finds or makes the subtree at s; children stay in the order of steps.
func (t *tree[T]) child(s step, through path) *tree[T] {
	at, found := slices.BinarySearchFunc(t.children, s, func(b branch[T], s step) int {
		return cmp.Or(cmp.Compare(b.step.index, s.index), cmp.Compare(b.step.name, s.name))
	})
	if !found {
		t.children = slices.Insert(t.children, at, branch[T]{step: s, tree: &tree[T]{first: through}})
	}
	return t.children[at].tree
}

// attributes lists the top-level names, sorted.
func (t *tree[T]) attributes() []string {
	names := make([]string, len(t.children))
	for i, b := range t.children {
		names[i] = b.step.name
	}
	return names
}

// project gives of v only what the paths lead to, nil if that is nothing.
// List elements close up, in their order.
func (t *tree[T]) project(v aws.AttributeValue) aws.AttributeValue {
	if t.leaf != nil {
		return v
	}
	switch v := v.(type) {
	case aws.M:
		if out := t.projectMap(v); len(out) > 0 {
			return out
		}
	case aws.L:
		var out aws.L
		for _, b := range t.children {
			if part := b.tree.project(b.step.from(v)); part != nil {
				out = append(out, part)
			}
		}
		if out != nil {
			return out
		}
	}
	return nil
}

func (t *tree[T]) projectMap(m aws.M) aws.M {
	out := make(aws.M, min(len(t.children), len(m)))
	for _, b := range t.children {
		if part := b.tree.project(b.step.from(m)); part != nil {
			out[b.step.name] = part
		}
	}
	return out
}
