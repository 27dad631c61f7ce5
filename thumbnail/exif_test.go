package thumbnail

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// exifSegment is an APP1 segment that says nothing but an orientation.
func exifSegment(order binary.AppendByteOrder, value uint16) []byte {
	tiff := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		tiff = []byte("MM\x00*")
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2) // entries
	for _, entry := range []struct{ tag, value uint16 }{{0x0100, 77}, {tagOrientation, value}} {
		tiff = order.AppendUint16(tiff, entry.tag)
		tiff = order.AppendUint16(tiff, typeShort)
		tiff = order.AppendUint32(tiff, 1)
		tiff = order.AppendUint16(tiff, entry.value)
		tiff = append(tiff, 0, 0)
	}
	tiff = order.AppendUint32(tiff, 0) // no further directory
	body := append([]byte("Exif\x00\x00"), tiff...)
	head := binary.BigEndian.AppendUint16([]byte{0xff, markerAPP1}, uint16(len(body)+2))
	return append(head, body...)
}

// withSegment puts a segment at the front of a JPEG file.
func withSegment(file, segment []byte) []byte {
	return bytes.Join([][]byte{file[:2], segment, file[2:]}, nil)
}

// quarters draws a picture whose corners are told apart by their colour.
func quarters(w, h int, corners [4]color.RGBA) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, corners[2*y/h*2+2*x/w])
		}
	}
	return m
}

var (
	red   = color.RGBA{220, 20, 20, 255}
	green = color.RGBA{20, 200, 20, 255}
	blue  = color.RGBA{20, 20, 220, 255}
	white = color.RGBA{240, 240, 240, 255}
)

// corner names the colour nearest to that of a pixel.
func corner(c color.Color) string {
	names := [...]string{"red", "green", "blue", "white"}
	return names[color.Palette{red, green, blue, white}.Index(c)]
}

// TestOrientation turns one stored picture in all the ways there are. The
// corners are read from the top left, row by row.
func TestOrientation(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	picture := quarters(600, 400, [4]color.RGBA{red, green, blue, white})
	if err := jpeg.Encode(&file, picture, nil); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		value   uint16
		corners [4]string
		turned  bool
	}{
		{0, [4]string{"red", "green", "blue", "white"}, false},
		{1, [4]string{"red", "green", "blue", "white"}, false},
		{2, [4]string{"green", "red", "white", "blue"}, false},
		{3, [4]string{"white", "blue", "green", "red"}, false},
		{4, [4]string{"blue", "white", "red", "green"}, false},
		{5, [4]string{"red", "blue", "green", "white"}, true},
		{6, [4]string{"blue", "red", "white", "green"}, true},
		{7, [4]string{"white", "green", "blue", "red"}, true},
		{8, [4]string{"green", "white", "red", "blue"}, true},
		{9, [4]string{"red", "green", "blue", "white"}, false},
	} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			thumb, result := made(t, withSegment(file.Bytes(), exifSegment(order, c.value)), Options{})
			want := image.Pt(128, 85)
			if c.turned {
				want = image.Pt(85, 128)
			}
			if got := thumb.Bounds().Size(); got != want || result.Size != want {
				t.Errorf("orientation %d: size %v, told %v, want %v", c.value, got, result.Size, want)
				continue
			}
			right, low := want.X-11, want.Y-11
			got := [4]string{corner(thumb.At(10, 10)), corner(thumb.At(right, 10)), corner(thumb.At(10, low)), corner(thumb.At(right, low))}
			if got != c.corners {
				t.Errorf("orientation %d, %v: corners %v, want %v", c.value, order, got, c.corners)
			}
			if result.Source != image.Pt(600, 400) {
				t.Errorf("orientation %d: source %v", c.value, result.Source)
			}
		}
	}
}

// TestOrientationOfASmallPicture has nothing to resample, only to turn.
func TestOrientationOfASmallPicture(t *testing.T) {
	t.Parallel()
	file := encoded(t, JPEG, quarters(60, 40, [4]color.RGBA{red, green, blue, white}))
	thumb, _ := made(t, withSegment(file, exifSegment(binary.LittleEndian, 6)), Options{})
	if got := thumb.Bounds().Size(); got != image.Pt(40, 60) {
		t.Fatalf("size %v", got)
	}
	if got := corner(thumb.At(5, 5)); got != "blue" {
		t.Errorf("top left is %s", got)
	}
}

// TestOrientationInDamagedData cuts EXIF data everywhere: no cut may be read
// past its end, and none makes up a value.
func TestOrientationInDamagedData(t *testing.T) {
	t.Parallel()
	whole := exifSegment(binary.BigEndian, 6)
	for n := range whole {
		cut := bytes.Clone(whole[:n])
		if n >= 4 {
			binary.BigEndian.PutUint16(cut[2:], uint16(n-2))
		}
		got := exifOrientation(append([]byte{0xff, 0xd8}, cut...))
		if got != upright && got != 6 {
			t.Errorf("cut after %d bytes: orientation %d", n, got)
		}
	}
	far := bytes.Clone(whole)
	binary.BigEndian.PutUint32(far[4+6+4:], 0xffff_ffff)
	if got := exifOrientation(append([]byte{0xff, 0xd8}, far...)); got != upright {
		t.Errorf("directory out of range: orientation %d", got)
	}
	if got := exifOrientation(append([]byte{0xff, 0xd8}, whole...)); got != 6 {
		t.Errorf("whole: orientation %d", got)
	}
}
