// Package prose draws the Markdown of labs: paragraphs, headings, lists, quotes
// and code, with bold, emphasis, code and links in them, wrapped to a width.
package prose

import (
	"fmt"
	"strings"

	"awslab/ui/component"
	"awslab/ui/theme"

	"github.com/charmbracelet/x/ansi"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// narrowest is the width below which text is drawn as if there were this much
// room, and cut by whoever shows it.
const narrowest = 8

// Render draws Markdown in lines of at most width cells, styled, not padded. A
// blank line stands between blocks.
func Render(markdown string, width int) []string {
	source := []byte(markdown)
	doc := goldmark.New().Parser().Parse(text.NewReader(source))
	d := drawing{source: source, width: max(width, narrowest)}
	d.blocks(doc, prefix{})
	return d.lines
}

// drawing is a document being drawn.
type drawing struct {
	source []byte
	width  int
	lines  []string
}

// prefix is what stands before the lines of a block: the first, and the rest.
type prefix struct {
	first, rest string
	cells       int
}

// then is a prefix within this one.
func (p prefix) then(first, rest string, cells int) prefix {
	return prefix{p.first + first, p.rest + rest, p.cells + cells}
}

// after is the prefix of the blocks that follow the first one.
func (p prefix) after() prefix { return prefix{p.rest, p.rest, p.cells} }

// deepest bounds how deep blocks are drawn within each other.
const deepest = 8

// blocks draws the blocks within a node, with blank lines between them.
func (d *drawing) blocks(parent ast.Node, p prefix) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if n.PreviousSibling() != nil && !tight(n) {
			d.lines = append(d.lines, strings.TrimRight(p.rest, " "))
		}
		d.block(n, p)
		p = p.after()
	}
}

// tight reports whether a block follows the one before without a blank line.
func tight(n ast.Node) bool {
	switch parent := n.Parent().(type) {
	case *ast.List:
		return parent.IsTight
	case *ast.ListItem:
		list, ok := parent.Parent().(*ast.List)
		return ok && list.IsTight
	}
	return false
}

func (d *drawing) block(n ast.Node, p prefix) {
	if p.cells > d.width/2 || depth(n) > deepest {
		p = prefix{}
	}
	switch n := n.(type) {
	case *ast.Heading:
		d.wrap([]run{{d.plain(n), theme.Heading}}, p)
	case *ast.List:
		d.list(n, p)
	case *ast.Blockquote:
		bar := theme.Faint.Render("│ ")
		d.blocks(n, p.then(bar, bar, 2))
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		d.code(n, p)
	case *ast.ThematicBreak:
		d.lines = append(d.lines, p.first+theme.Faint.Render(strings.Repeat("─", d.width-p.cells)))
	case *ast.HTMLBlock:
		d.code(n, p)
	default:
		d.wrap(d.inline(n, theme.Plain), p)
	}
}

func depth(n ast.Node) int {
	count := 0
	for ; n != nil; n = n.Parent() {
		count++
	}
	return count
}

// list draws the items with their bullets or numbers.
func (d *drawing) list(list *ast.List, p prefix) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "• "
		if list.IsOrdered() {
			mark = fmt.Sprintf("%d. ", number)
			number++
		}
		if item.PreviousSibling() != nil && !list.IsTight {
			d.lines = append(d.lines, strings.TrimRight(p.rest, " "))
		}
		d.blocks(item, p.then(mark, component.Spaces(component.Width(mark)), component.Width(mark)))
		p = p.after()
	}
}

// code draws lines as they are, cut to the width.
func (d *drawing) code(n ast.Node, p prefix) {
	segments := n.Lines()
	for i := range segments.Len() {
		at := segments.At(i)
		line := component.Clean(strings.TrimRight(string(at.Value(d.source)), "\r\n"))
		d.lines = append(d.lines, p.first+"  "+theme.CodeString.Render(ansi.Truncate(line, d.width-p.cells-2, "…")))
		p = p.after()
	}
}

// run is text in one style.
type run struct {
	text  string
	style theme.Style
}

// hardBreak is a run that ends the line.
const hardBreak = "\n"

// inline gathers the runs within a block.
func (d *drawing) inline(parent ast.Node, style theme.Style) []run {
	var out []run
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			out = append(out, run{d.text(n), style})
			switch {
			case n.HardLineBreak():
				out = append(out, run{hardBreak, style})
			case n.SoftLineBreak():
				out = append(out, run{" ", style})
			}
		case *ast.String:
			out = append(out, run{string(n.Value), style})
		case *ast.CodeSpan:
			out = append(out, run{d.plain(n), theme.CodeString})
		case *ast.Emphasis:
			out = append(out, d.inline(n, theme.Strong)...)
		case *ast.Link:
			out = append(out, d.inline(n, theme.Link)...)
			out = append(out, run{" (" + string(n.Destination) + ")", theme.Faint})
		case *ast.AutoLink:
			out = append(out, run{string(n.URL(d.source)), theme.Link})
		case *ast.Image:
			out = append(out, run{"[picture: " + d.plain(n) + "]", theme.Faint})
		case *ast.RawHTML:
			for i := range n.Segments.Len() {
				at := n.Segments.At(i)
				out = append(out, run{string(at.Value(d.source)), style})
			}
		default:
			out = append(out, d.inline(n, style)...)
		}
	}
	return out
}

// text is a text with its escapes and entities resolved, but for code.
func (d *drawing) text(n *ast.Text) string {
	value := n.Value(d.source)
	if !n.IsRaw() {
		value = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value)))
	}
	return string(value)
}

// plain is the text within a node, without styles.
func (d *drawing) plain(n ast.Node) string {
	var b strings.Builder
	for _, r := range d.inline(n, theme.Plain) {
		b.WriteString(r.text)
	}
	return b.String()
}
