package component

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
	"pgregory.net/rapid"
)

var (
	red  = color.NRGBA{255, 0, 0, 255}
	blue = color.NRGBA{0, 0, 255, 255}
	none = color.NRGBA{}
)

// painted is an image of rows of colours.
func painted(rows ...[]color.NRGBA) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, len(rows[0]), len(rows)))
	for y, row := range rows {
		for x, c := range row {
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func hung(g *Gallery, img image.Image) *Picture {
	p := NewPicture(g)
	p.Set(g.Prepare(img))
	return p
}

func TestPictureHalfBlocks(t *testing.T) {
	t.Parallel()
	p := hung(nil, painted(
		[]color.NRGBA{red, red, none, none},
		[]color.NRGBA{blue, none, blue, none},
		[]color.NRGBA{red, red, red, red},
	))
	b := p.View(80, 24)
	checkBlock(t, "picture", b)
	if b.Width != 4 || b.Height() != 2 {
		t.Fatalf("it is %d×%d cells", b.Width, b.Height())
	}
	screen := cellsIn(4, b.Lines)
	for x, want := range []struct {
		content  string
		fg, back color.Color
	}{{"▀", red, blue}, {"▀", red, nil}, {"▄", blue, nil}, {" ", nil, nil}} {
		content, style := cellAt(screen, x, 0)
		if content != want.content || !same(style.Fg, want.fg) || !same(style.Bg, want.back) {
			t.Errorf("cell %d is %q %v on %v, want %q %v on %v", x, content, style.Fg, style.Bg, want.content, want.fg, want.back)
		}
	}
	if content, style := cellAt(screen, 3, 1); content != "▀" || !same(style.Fg, red) || style.Bg != nil {
		t.Errorf("under the last row: %q %v", content, style)
	}
}

func same(a, b color.Color) bool {
	if a == nil || b == nil {
		return a == b
	}
	r, g, bl, al := a.RGBA()
	r2, g2, b2, a2 := b.RGBA()
	return r == r2 && g == g2 && bl == b2 && al == a2
}

func TestPictureWithoutColours(t *testing.T) {
	t.Parallel()
	white := color.NRGBA{255, 255, 255, 255}
	black := color.NRGBA{0, 0, 0, 255}
	p := hung(NewGallery(GraphicsCharacters), painted(
		[]color.NRGBA{white, black, none, white}, []color.NRGBA{white, black, none, black},
	))
	expect(t, "characters", shown(p.View(80, 24)), "@  =")
}

// TestTransparencyLetsTheBackgroundThrough, as much of it as the pixel says.
func TestTransparencyLetsTheBackgroundThrough(t *testing.T) {
	t.Parallel()
	p := hung(nil, painted([]color.NRGBA{{255, 0, 0, 128}}))
	p.Background = color.White
	_, style := cellAt(cellsIn(1, p.View(1, 1).Lines), 0, 0)
	if want := (color.RGBA{255, 127, 127, 255}); !same(style.Fg, want) {
		t.Errorf("red over white is %v, want %v", style.Fg, want)
	}
}

// TestPictureFits: whatever the image and the room, the picture is inside the
// room, keeps its aspect to a pixel, is not enlarged, and is a block.
func TestPictureFits(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.OneOf(rapid.IntRange(1, 4), rapid.IntRange(1, 700))
		w, h := side.Draw(t, "w"), side.Draw(t, "h")
		width, height := rapid.IntRange(-1, 120).Draw(t, "width"), rapid.IntRange(-1, 40).Draw(t, "height")
		g := NewGallery(Graphics(rapid.IntRange(0, 2).Draw(t, "graphics")))
		p := hung(g, image.NewYCbCr(image.Rect(3, 5, 3+w, 5+h), image.YCbCrSubsampleRatio420))
		b := p.View(width, height)
		columns, rows := p.Fit(width, height)
		if b.Width != columns || b.Height() != rows {
			t.Fatalf("Fit says %d×%d, and it is %d×%d", columns, rows, b.Width, b.Height())
		}
		checkBlock(t, "picture", b)
		if width <= 0 || height <= 0 {
			if columns != 0 || rows != 0 {
				t.Fatalf("%d×%d in %d×%d", columns, rows, width, height)
			}
			return
		}
		size := p.fit(width, height)
		if size.X < 1 || size.Y < 1 || size.X > min(w, width) || size.Y > min(h, 2*height) {
			t.Fatalf("%d×%d in %d×%d cells is %v", w, h, width, height, size)
		}
		if off := size.X*h - size.Y*w; size.X > 1 && size.Y > 1 && (off > max(w, h) || off < -max(w, h)) {
			t.Fatalf("%d×%d becomes %v", w, h, size)
		}
	})
}

// TestAverage compares with the mean taken pixel by pixel, of 16-bit channels
// that drawing cuts to 8.
func TestAverage(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.IntRange(1, 9)
		m := image.NewNRGBA(image.Rect(0, 0, side.Draw(t, "w"), side.Draw(t, "h")))
		copy(m.Pix, rapid.SliceOfN(rapid.Byte(), len(m.Pix), len(m.Pix)).Draw(t, "pixels"))
		w, h := rapid.IntRange(1, m.Rect.Dx()).Draw(t, "to w"), rapid.IntRange(1, m.Rect.Dy()).Draw(t, "to h")
		got := average(m, image.Pt(w, h))
		for y := range h {
			for x := range w {
				var sum [4]float64
				n := 0.0
				for yy := y * m.Rect.Dy() / h; yy < (y+1)*m.Rect.Dy()/h; yy++ {
					for xx := x * m.Rect.Dx() / w; xx < (x+1)*m.Rect.Dx()/w; xx++ {
						r, g, b, a := m.At(xx, yy).RGBA()
						for i, v := range []uint32{r, g, b, a} {
							sum[i] += float64(v) / 257
						}
						n++
					}
				}
				c := got.RGBAAt(x, y)
				for i, v := range []uint8{c.R, c.G, c.B, c.A} {
					if off := float64(v) - sum[i]/n; off > 1.6 || off < -1.6 {
						t.Fatalf("%d,%d channel %d is %d, want %.1f", x, y, i, v, sum[i]/n)
					}
				}
			}
		}
	})
}

func TestDetectGraphics(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		env  string
		want Graphics
	}{
		{"", GraphicsBlocks},
		{"TERM=xterm-256color", GraphicsBlocks},
		{"TERM=xterm-kitty", GraphicsKitty},
		{"TERM=xterm-256color KITTY_WINDOW_ID=1", GraphicsKitty},
		{"TERM_PROGRAM=ghostty", GraphicsKitty},
		{"TERM=xterm-ghostty", GraphicsKitty},
		{"TERM_PROGRAM=WezTerm KITTY_WINDOW_ID=1", GraphicsBlocks},
		{"TERM=tmux-256color TMUX=/tmp/x,1,0 KITTY_WINDOW_ID=1", GraphicsBlocks},
		{"TERM=xterm-kitty ZELLIJ=0", GraphicsBlocks},
		{"TERM=xterm-kitty NO_COLOR=1", GraphicsCharacters},
		{"TERM=dumb", GraphicsCharacters},
	} {
		env := map[string]string{}
		for _, pair := range strings.Fields(c.env) {
			name, value, _ := strings.Cut(pair, "=")
			env[name] = value
		}
		if got := DetectGraphics(func(name string) string { return env[name] }); got != c.want {
			t.Errorf("%s: %v, want %v", c.env, got, c.want)
		}
	}
}

func TestParseGraphics(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]Graphics{"blocks": GraphicsBlocks, "kitty": GraphicsKitty, "characters": GraphicsCharacters} {
		if got, err := ParseGraphics(name); got != want || err != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	if _, err := ParseGraphics("sixel"); err == nil || !strings.Contains(err.Error(), "kitty") {
		t.Errorf("sixel: %v", err)
	}
}

// deliver does what the program does with what a picture sends: it writes it.
func deliver(cmd tea.Cmd) string {
	if cmd == nil {
		return ""
	}
	raw, ok := cmd().(tea.RawMsg)
	if !ok {
		return ""
	}
	return fmt.Sprint(raw.Msg)
}

// TestKittyPicture: half blocks until the image was sent, then cells that stand
// for it, in the size there is; a picture cleared is deleted.
func TestKittyPicture(t *testing.T) {
	t.Parallel()
	g := NewGallery(GraphicsKitty)
	p := NewPicture(g)
	send := p.Set(g.Prepare(image.NewGray(image.Rect(0, 0, 40, 40))))
	if got := shown(p.View(8, 4)); !strings.HasPrefix(got, "▀▀▀▀▀▀▀▀\n") {
		t.Errorf("before it was sent:\n%s", got)
	}
	sent := deliver(send)
	if !strings.HasPrefix(sent, "\x1b_G") || !strings.Contains(sent, "i=100") || !strings.HasSuffix(sent, "\x1b_Ga=p,U=1,q=2,i=100,p=1,c=8,r=4\x1b\\") {
		t.Errorf("sent %.60q", sent)
	}
	for _, width := range []int{8, 5} {
		b := p.View(width, 4)
		if place := fmt.Sprintf("\x1b_Ga=p,U=1,q=2,i=100,p=1,c=%d,r=%d\x1b\\", b.Width, b.Height()); strings.Count(b.String(), place) != 1 {
			t.Errorf("at %d cells the image is not placed: %q", width, b.Lines[0])
		}
		screen := cellsIn(b.Width, b.Lines)
		for y := range b.Height() {
			for x := range b.Width {
				content, style := cellAt(screen, x, y)
				want := string([]rune{kitty.Placeholder, kitty.Diacritic(y), kitty.Diacritic(x)})
				if !strings.HasSuffix(content, want) || !same(style.Fg, ansi.IndexedColor(100)) {
					t.Fatalf("cell %d,%d is %q in %v", x, y, content, style.Fg)
				}
			}
		}
	}
	if gone := deliver(p.Clear()); gone != "\x1b_Ga=d,d=I,q=2,i=100\x1b\\" {
		t.Errorf("cleared by %q", gone)
	}
	if !p.Empty() || p.View(8, 4).Height() != 0 || deliver(g.Clear()) != "" {
		t.Error("there is still something")
	}
}

// TestLateImagesAreNotSent when the picture shows another one meanwhile.
func TestLateImagesAreNotSent(t *testing.T) {
	t.Parallel()
	g := NewGallery(GraphicsKitty)
	p := NewPicture(g)
	first := p.Set(g.Prepare(image.NewGray(image.Rect(0, 0, 4, 4))))
	second := p.Set(g.Prepare(image.NewGray(image.Rect(0, 0, 8, 8))))
	if deliver(second) == "" || deliver(first) != "" || !p.sent {
		t.Error("the older image was sent after the newer one")
	}
	third := p.Set(g.Prepare(image.NewGray(image.Rect(0, 0, 2, 2))))
	p.Clear()
	if deliver(third) != "" {
		t.Error("an image was sent after it was cleared")
	}
}

// TestGalleryKeepsFewImages: one picture too many takes the place of the oldest,
// which then shows in half blocks.
func TestGalleryKeepsFewImages(t *testing.T) {
	t.Parallel()
	g := NewGallery(GraphicsKitty)
	pictures := make([]*Picture, mostImages+1)
	for i := range pictures {
		pictures[i] = NewPicture(g)
		deliver(pictures[i].Set(g.Prepare(image.NewGray(image.Rect(0, 0, 4, 4)))))
	}
	if got := pictures[0].View(4, 4).Lines[0]; !strings.Contains(got, "▀") {
		t.Errorf("the first one shows %q", got)
	}
	for _, p := range pictures[1:] {
		if got := p.View(4, 4).Lines[0]; !strings.ContainsRune(got, kitty.Placeholder) {
			t.Errorf("it shows %q", got)
		}
	}
	if n := strings.Count(deliver(g.Clear()), "a=d"); n != mostImages {
		t.Errorf("%d images were deleted in the end", n)
	}
}

// onScreen is a program that shows a picture.
type onScreen struct {
	p     *Picture
	print Print
}

func (m onScreen) Init() tea.Cmd                       { return m.p.Set(m.print) }
func (m onScreen) Update(tea.Msg) (tea.Model, tea.Cmd) { return m, nil }
func (m onScreen) View() tea.View                      { return tea.NewView(m.p.View(10, 5).String()) }

// wire keeps what is written, and tells when cells stand for an image in it.
type wire struct {
	bytes.Buffer
	once   sync.Once
	placed chan struct{}
}

func (w *wire) Write(b []byte) (int, error) {
	if bytes.ContainsRune(b, kitty.Placeholder) {
		w.once.Do(func() { close(w.placed) })
	}
	return w.Buffer.Write(b)
}

// TestProgramSendsThenPlaces: a terminal refuses to place an image it has not got.
func TestProgramSendsThenPlaces(t *testing.T) {
	t.Parallel()
	g := NewGallery(GraphicsKitty)
	m := onScreen{NewPicture(g), g.Prepare(image.NewGray(image.Rect(0, 0, 40, 40)))}
	out := &wire{placed: make(chan struct{})}
	program := tea.NewProgram(m, tea.WithContext(t.Context()), tea.WithInput(nil), tea.WithOutput(out), tea.WithWindowSize(20, 10),
		tea.WithColorProfile(colorprofile.ANSI256), tea.WithoutSignalHandler(), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	go func() {
		<-out.placed
		program.Quit()
	}()
	if _, err := program.Run(); err != nil {
		t.Fatal(err)
	}
	sent, placed := strings.Index(out.String(), "\x1b_Gf=100"), strings.LastIndex(out.String(), "\x1b_Ga=p")
	if sent < 0 || placed < sent || !strings.Contains(out.String(), "\x1b[38;5;100m") {
		t.Errorf("sent at %d, placed at %d:\n%q", sent, placed, out.String())
	}
}

// TestPictureUnderADialog: what covers a part of it leaves the rest as it was.
func TestPictureUnderADialog(t *testing.T) {
	t.Parallel()
	for _, g := range []*Gallery{nil, NewGallery(GraphicsKitty)} {
		p := NewPicture(g)
		m := image.NewNRGBA(image.Rect(0, 0, 30, 20))
		for i := range m.Pix {
			m.Pix[i] = uint8(i*7) | 0x40
		}
		deliver(p.Set(g.Prepare(m)))
		base := p.View(30, 10)
		before, after := cellsIn(30, base.Lines), cellsIn(30, Text(10, "dialog", "here").Over(base, 5, 3, true).Lines)
		for y := range 10 {
			for x := range 30 {
				if y >= 3 && y < 5 && x >= 5 && x < 15 {
					continue
				}
				want, wantStyle := cellAt(before, x, y)
				got, style := cellAt(after, x, y)
				if got != want || !sameStyle(style, wantStyle) {
					t.Fatalf("cell %d,%d became %q, was %q", x, y, got, want)
				}
			}
		}
	}
}

func sameStyle(a, b uv.Style) bool { return same(a.Fg, b.Fg) && same(a.Bg, b.Bg) && a.Attrs == b.Attrs }

func BenchmarkPicture(b *testing.B) {
	m := image.NewYCbCr(image.Rect(0, 0, 4000, 3000), image.YCbCrSubsampleRatio420)
	for i := range m.Y {
		m.Y[i] = uint8(i * 31)
	}
	var g *Gallery
	b.Run("prepare/12MP", func(b *testing.B) {
		for b.Loop() {
			g.Prepare(m)
		}
	})
	p := hung(g, m)
	b.Run("view/again", func(b *testing.B) {
		for b.Loop() {
			p.View(120, 40)
		}
	})
	b.Run("view/resized", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			p.View(120-i%2*2, 40-i%2*2)
		}
	})
}
