package component

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func link(label string) FlowBox {
	return FlowBox{Title: "S3", Draw: func(width int) Block { return NewLink(label, nil).View(width) }}
}

func TestFlow(t *testing.T) {
	t.Parallel()
	function := FlowBox{Title: "Function", Draw: func(width int) Block { return Text(width, "thumbnail", "Layers (0)") }}
	b := Flow(66, []FlowBox{link("images"), link("more")}, function, []FlowBox{link("target")})
	expect(t, "side by side", shown(b), strings.TrimPrefix(`
┌─ S3 ───────────┐
│ images         │──┐  ┌─ Function ─────┐     ┌─ S3 ───────────┐
└────────────────┘  │  │ thumbnail      │  ┌─▸│ target         │
┌─ S3 ───────────┐  ├─▸│ Layers (0)     │──┘  └────────────────┘
│ more           │──┘  └────────────────┘
└────────────────┘`, "\n"))
	zone(t, b, RoleLink, "target")
	narrow := Flow(30, []FlowBox{link("images")}, function, nil)
	expect(t, "stacked", shown(narrow), strings.TrimPrefix(`
┌─ S3 ───────────────────────┐
│ images                     │
└────────────────────────────┘
               ▼
┌─ Function ─────────────────┐
│ thumbnail                  │
│ Layers (0)                 │
└────────────────────────────┘`, "\n"))
	zone(t, narrow, RoleLink, "images")
}

func TestFlowAnyHow(t *testing.T) {
	t.Parallel()
	box := rapid.Custom(func(t *rapid.T) FlowBox {
		b := FlowBox{Title: wild().Draw(t, "title")}
		if lines := rapid.SliceOfN(wild(), 0, 4).Draw(t, "lines"); rapid.Bool().Draw(t, "drawn") {
			b.Draw = func(width int) Block {
				var blocks []Block
				for _, line := range lines {
					blocks = append(blocks, NewLink(line, nil).View(width))
				}
				return Stack(width, blocks...)
			}
		}
		return b
	})
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.SliceOfN(box, 0, 4)
		width := rapid.IntRange(-1, 170).Draw(t, "width")
		b := Flow(width, side.Draw(t, "left"), box.Draw(t, "center"), side.Draw(t, "right"))
		if b.Width != max(0, width) {
			t.Fatalf("%d wide at %d", b.Width, width)
		}
		checkBlock(t, "flow", b)
	})
}
