package component

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// Graphics is a way in which a terminal can show pictures.
type Graphics int

// The ways.
const (
	GraphicsBlocks     Graphics = iota // half blocks, two colours a cell: everywhere
	GraphicsKitty                      // kitty's protocol: the image itself, in cells that stand for it
	GraphicsCharacters                 // characters from dark to bright, for terminals without colours
)

// graphicsNames is what the ways are called.
var graphicsNames = [...]string{GraphicsBlocks: "blocks", GraphicsKitty: "kitty", GraphicsCharacters: "characters"}

// ParseGraphics reads the name of a way: blocks, kitty or characters.
func ParseGraphics(name string) (Graphics, error) {
	if i := slices.Index(graphicsNames[:], name); i >= 0 {
		return Graphics(i), nil
	}
	return GraphicsBlocks, fmt.Errorf("no graphics are called %q: choose one of auto, %s", name, strings.Join(graphicsNames[:], ", "))
}

// DetectGraphics tells the way from the environment. Terminals whose cells
// cannot stand for images are half blocks; so are multiplexers, which do not
// pass images on.
func DetectGraphics(getenv func(string) string) Graphics {
	term, program := getenv("TERM"), strings.ToLower(getenv("TERM_PROGRAM"))
	switch {
	case getenv("NO_COLOR") != "", term == "dumb":
		return GraphicsCharacters
	case cmp.Or(getenv("TMUX"), getenv("ZELLIJ"), getenv("STY")) != "":
		return GraphicsBlocks
	case program == "ghostty", program == "kitty", term == "xterm-kitty", term == "xterm-ghostty":
		return GraphicsKitty
	case program == "" && getenv("KITTY_WINDOW_ID") != "":
		return GraphicsKitty // another terminal started in kitty would have set its name
	}
	return GraphicsBlocks
}

// The ids that images have in the terminal: few, used again in turn, so that
// the terminal never holds many. A cell tells its id by its colour, of which
// terminals with 256 keep only the lowest byte.
const (
	firstID    = 100
	mostImages = 16
	mostPlaced = 256 // rows and columns that cells can tell
	finest     = 1024
	coarse     = 512 // pixels of a side: more than half blocks on any terminal
)

// Gallery gives pictures their place in the terminal's memory. One serves a
// whole console.
type Gallery struct {
	graphics Graphics
	holds    [mostImages]*Picture
	next     int
}

// NewGallery makes the gallery of a terminal that shows pictures in some way.
func NewGallery(g Graphics) *Gallery { return &Gallery{graphics: g} }

// Graphics is how the terminal shows pictures; half blocks for a nil gallery.
func (g *Gallery) Graphics() Graphics {
	if g == nil {
		return GraphicsBlocks
	}
	return g.graphics
}

// Prepare makes an image ready to be shown: large ones are scaled down, which
// takes long enough to be done beside the program, in a command.
func (g *Gallery) Prepare(img image.Image) Print {
	if img == nil || img.Bounds().Empty() {
		return Print{}
	}
	side := coarse
	if g.Graphics() == GraphicsKitty {
		side = finest
	}
	size := img.Bounds().Size()
	return Print{Size: size, pixels: average(img, fitted(size, image.Pt(side, side)))}
}

// Clear takes all images off the terminal, as a program does at its end.
func (g *Gallery) Clear() tea.Cmd {
	if g == nil {
		return nil
	}
	all := ""
	for _, p := range g.holds {
		if p != nil {
			all += g.drop(p)
		}
	}
	if all == "" {
		return nil
	}
	return tea.Raw(all)
}

// claim gives a picture an id, taken from another picture when there is none left.
func (g *Gallery) claim(p *Picture) {
	if p.id != 0 {
		return
	}
	if free := slices.Index(g.holds[:], nil); free >= 0 {
		g.next = free
	}
	if old := g.holds[g.next]; old != nil {
		old.id, old.sent = 0, false
	}
	g.holds[g.next] = p
	p.id = firstID + g.next
	g.next = (g.next + 1) % mostImages
}

// release gives a picture's id back; the command deletes the image.
func (g *Gallery) release(p *Picture) tea.Cmd {
	if g == nil || p.id == 0 {
		return nil
	}
	return tea.Raw(g.drop(p))
}

func (g *Gallery) drop(p *Picture) string {
	image := "i=" + strconv.Itoa(p.id)
	g.holds[p.id-firstID] = nil
	p.id, p.sent = 0, false
	return ansi.KittyGraphics(nil, "a=d", "d=I", "q=2", image)
}

// transmission is an image on its way to the terminal. Only from when it is
// written may cells stand for it; that moment is when the program asks for its
// text, in the loop that also calls Update.
type transmission struct {
	picture  *Picture
	pixels   *image.RGBA
	id       int
	sequence string
}

// String is the sequence, which is written now. It places the image as it was
// drawn last, since the program may write the next frame before it.
func (t transmission) String() string {
	p := t.picture
	if p.id != t.id || p.print.pixels != t.pixels {
		return "" // it has come too late
	}
	p.sent = true
	return t.sequence + placement(t.id, p.drawn.columns, p.drawn.rows)
}

// transmit sends the picture's image. One that cannot be encoded stays in half
// blocks.
func (p *Picture) transmit() tea.Cmd {
	t := transmission{picture: p, pixels: p.print.pixels, id: p.id}
	return func() tea.Msg {
		var b bytes.Buffer
		err := kitty.EncodeGraphics(&b, t.pixels, &kitty.Options{
			ID: t.id, Action: kitty.Transmit, Transmission: kitty.Direct, Format: kitty.PNG, Quiet: 2, Chunk: true,
		})
		if err != nil {
			return nil
		}
		t.sequence = b.String()
		return tea.RawMsg{Msg: t}
	}
}

// placement says how many cells an image has. Saying it again changes nothing.
func placement(id, columns, rows int) string {
	if columns == 0 || rows == 0 {
		return ""
	}
	return ansi.KittyGraphics(nil, "a=p", "U=1", "q=2", fmt.Sprintf("i=%d,p=1,c=%d,r=%d", id, columns, rows))
}

// placeholders draws cells that stand for an image: each tells its row and
// column by accents, so that the image can be covered, cut and moved as text.
// The first one carries the placement, which so follows every change of size.
func placeholders(id, columns, rows int) []string {
	lines := make([]string, rows)
	colour := fmt.Sprintf("\x1b[38;5;%dm", id)
	var b strings.Builder
	for y := range lines {
		b.Reset()
		if y == 0 {
			b.WriteString(placement(id, columns, rows))
		}
		b.WriteString(colour)
		for x := range columns {
			b.WriteRune(kitty.Placeholder)
			b.WriteRune(kitty.Diacritic(y))
			b.WriteRune(kitty.Diacritic(x))
		}
		b.WriteString(ansi.ResetStyle)
		lines[y] = b.String()
	}
	return lines
}
