package component

import (
	"image"
	"image/color"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// Picture shows an image, fitted into the cells there are for it. A cell is
// taken to be twice as high as wide, so that half of one is a square pixel.
type Picture struct {
	Background color.Color // under pixels that are partly transparent; nil for black

	gallery *Gallery
	print   Print
	id      int  // the terminal's, while the gallery keeps it for this picture; 0 for none
	sent    bool // the terminal has what is shown under that id

	drawn look
	lines []string // what was drawn last
}

// look is what a picture's drawing depends on.
type look struct {
	pixels        *image.RGBA
	columns, rows int
	under         color.RGBA
	id            int // of the image in the terminal; 0 while it is not there
}

// Print is an image made ready to be shown. It is never changed.
type Print struct {
	Size   image.Point // of the image itself, in pixels
	pixels *image.RGBA // the image, or a smaller one, with alpha multiplied in
}

// NewPicture makes an empty picture that shows in the gallery's way; a nil
// gallery's is half blocks.
func NewPicture(g *Gallery) *Picture { return &Picture{gallery: g} }

// Empty reports whether there is nothing to show.
func (p *Picture) Empty() bool { return p.print.pixels == nil }

// Set shows an image. The command sends it to the terminal where that is
// needed; until it has come there, the image shows in half blocks.
func (p *Picture) Set(print Print) tea.Cmd {
	p.print, p.sent = print, false
	if p.Empty() || p.gallery.Graphics() != GraphicsKitty {
		return nil
	}
	p.gallery.claim(p)
	return p.transmit()
}

// Clear shows nothing any more; the command takes the image off the terminal.
func (p *Picture) Clear() tea.Cmd {
	p.print, p.sent, p.lines, p.drawn = Print{}, false, nil, look{}
	return p.gallery.release(p)
}

// Fit is the cells that the image takes of some, its aspect kept. An image that
// is smaller than the place for it is not enlarged: half a cell is a pixel.
func (p *Picture) Fit(width, height int) (columns, rows int) {
	size := p.fit(width, height)
	return size.X, (size.Y + 1) / 2
}

// fit is the size of the image in half cells.
func (p *Picture) fit(width, height int) image.Point {
	if p.Empty() || width <= 0 || height <= 0 {
		return image.Point{}
	}
	return fitted(p.print.Size, image.Pt(width, 2*height))
}

// View draws the image in the cells that Fit gives.
func (p *Picture) View(width, height int) Block {
	size := p.fit(width, height)
	now := look{pixels: p.print.pixels, columns: size.X, rows: (size.Y + 1) / 2, under: opaque(p.Background)}
	if p.sent && max(now.columns, now.rows) <= mostPlaced {
		now.id = p.id
	}
	if now != p.drawn {
		p.drawn, p.lines = now, p.draw(now, size)
	}
	return Block{Width: now.columns, Lines: slices.Clone(p.lines)}
}

func (p *Picture) draw(as look, size image.Point) []string {
	switch {
	case size == image.Point{}:
		return nil
	case p.gallery.Graphics() == GraphicsCharacters:
		return shades(average(as.pixels, image.Pt(as.columns, as.rows)), as.under)
	case as.id != 0:
		return placeholders(as.id, as.columns, as.rows)
	}
	return halfBlocks(average(as.pixels, size), as.under)
}

// opaque is a colour without transparency.
func opaque(c color.Color) color.RGBA {
	if c == nil {
		return color.RGBA{A: 255}
	}
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255} //nolint:gosec // the upper byte of 16 bits
}
