package component

import (
	"strings"

	"awslab/ui/theme"
)

// FlowBox is a box of a Flow.
type FlowBox struct {
	Title string
	Draw  func(width int) Block // the inside, at a width; nil for none
}

// The measures of a Flow, in cells.
const (
	flowArrow  = 5
	flowWidest = 40 // of a box
	flowBeside = 60 // from which on the columns stand side by side
)

// Flow shows what leads to something, and where that leads on to: boxes at the
// left, the one in the middle, boxes at the right, with arrows between them.
// Where there is no room for that, they stand under each other.
func Flow(width int, left []FlowBox, center FlowBox, right []FlowBox) Block {
	width = max(0, width)
	if width < flowBeside {
		return flowDown(width, left, center, right)
	}
	columns := 1
	for _, side := range [][]FlowBox{left, right} {
		if len(side) > 0 {
			columns++
		}
	}
	each := min(flowWidest, (width-flowArrow*(columns-1))/columns)
	middle := boxes(each, []FlowBox{center})
	lefts, rights := boxes(each, left), boxes(each, right)
	height := max(len(middle.block.Lines), len(lefts.block.Lines), len(rights.block.Lines))
	var parts []Block
	if len(left) > 0 {
		lefts, middle := lefts.amid(height), middle.amid(height)
		parts = append(parts, lefts.block, arrows(height, lefts.joints, middle.joints))
	}
	middle = middle.amid(height)
	parts = append(parts, middle.block)
	if len(right) > 0 {
		rights := rights.amid(height)
		parts = append(parts, arrows(height, middle.joints, rights.joints), rights.block)
	}
	return Beside(height, parts...).Fit(width, height)
}

// flowDown is the boxes under each other.
func flowDown(width int, left []FlowBox, center FlowBox, right []FlowBox) Block {
	down := Text(width, theme.Border.Render(pad(Spaces(width/2)+"▼", width, false)))
	parts := make([]Block, 0, 5)
	if len(left) > 0 {
		parts = append(parts, boxes(width, left).block, down)
	}
	parts = append(parts, boxes(width, []FlowBox{center}).block)
	if len(right) > 0 {
		parts = append(parts, down, boxes(width, right).block)
	}
	return Stack(width, parts...)
}

// stackedBoxes is boxes under each other, and the lines where arrows meet them.
type stackedBoxes struct {
	block  Block
	joints []int
}

func boxes(width int, of []FlowBox) stackedBoxes {
	out := stackedBoxes{block: Block{Width: width}}
	for _, b := range of {
		inside := Block{}
		if b.Draw != nil {
			inside = b.Draw(max(0, width-ContainerSides))
		}
		box := Container(width, b.Title, nil, inside)
		out.joints = append(out.joints, len(out.block.Lines)+len(box.Lines)/2)
		out.block = Stack(width, out.block, box)
	}
	return out
}

// amid puts boxes in the middle of a height.
func (s stackedBoxes) amid(height int) stackedBoxes {
	above := (height - len(s.block.Lines)) / 2
	joints := make([]int, len(s.joints))
	for i, y := range s.joints {
		joints[i] = y + above
	}
	return stackedBoxes{Stack(s.block.Width, Blank(s.block.Width, above), s.block).Fit(s.block.Width, height), joints}
}

// arrows joins lines at the left with lines at the right.
func arrows(height int, left, right []int) Block {
	const up, down, toLeft, toRight = 1, 2, 4, 8
	corners := [16]string{
		0: " ", up | down: "│", toLeft | toRight: "─", down | toLeft: "┐", up | toLeft: "┘", down | toRight: "┌", up | toRight: "└",
		up | down | toLeft: "┤", up | down | toRight: "├", down | toLeft | toRight: "┬", up | toLeft | toRight: "┴", 15: "┼",
	}
	trunk := make([]int, height)
	first, final := height, 0
	mark := func(ys []int, side int) {
		for _, y := range ys {
			trunk[y] |= side
			first, final = min(first, y), max(final, y)
		}
	}
	mark(left, toLeft)
	mark(right, toRight)
	lines := make([]string, height)
	for y := range lines {
		if y > first && y <= final {
			trunk[y] |= up
		}
		if y >= first && y < final {
			trunk[y] |= down
		}
		line := strings.Repeat(" ", 2)
		if trunk[y]&toLeft != 0 {
			line = "──"
		}
		line += corners[trunk[y]]
		if trunk[y]&toRight != 0 {
			line += "─▸"
		}
		lines[y] = theme.Border.Render(pad(line, flowArrow, false))
	}
	return Block{Width: flowArrow, Lines: lines}
}
