package thumbnail

import (
	"bytes"
	"encoding/binary"
	"image"

	"github.com/disintegration/imaging"
)

// orientation is the EXIF tag of that name: how the stored picture is to be
// turned for looking at it.
type orientation uint16

const upright orientation = 1

// apply turns a picture upright.
func (o orientation) apply(m *image.NRGBA) *image.NRGBA {
	// imaging rotates counter-clockwise.
	switch o {
	case 2:
		return imaging.FlipH(m)
	case 3:
		return imaging.Rotate180(m)
	case 4:
		return imaging.FlipV(m)
	case 5:
		return imaging.Transpose(m)
	case 6:
		return imaging.Rotate270(m)
	case 7:
		return imaging.Transverse(m)
	case 8:
		return imaging.Rotate90(m)
	}
	return m
}

// The markers of JPEG segments that matter here, and the EXIF tag.
const (
	markerFill = 0xff // padding before a marker
	markerSOS  = 0xda // the picture data begin
	markerEOI  = 0xd9 // the file ends
	markerAPP1 = 0xe1 // EXIF, among others

	tagOrientation = 0x0112
	typeShort      = 3 // an unsigned number of two bytes
)

// exifOrientation finds the orientation in a JPEG file. Data that are missing,
// damaged or out of range mean upright: a picture that lies on its side is
// better than none.
func exifOrientation(file []byte) orientation {
	rest := file[min(2, len(file)):] // past the start marker
	for len(rest) >= 4 && rest[0] == 0xff {
		marker := rest[1]
		if marker == markerFill {
			rest = rest[1:]
			continue
		}
		if marker == markerSOS || marker == markerEOI {
			break
		}
		// The length counts its own two bytes.
		length := int(binary.BigEndian.Uint16(rest[2:]))
		if length < 2 || 2+length > len(rest) {
			break
		}
		if tiff, ok := bytes.CutPrefix(rest[4:2+length], []byte("Exif\x00\x00")); ok && marker == markerAPP1 {
			return tiffOrientation(tiff)
		}
		rest = rest[2+length:]
	}
	return upright
}

// tiffOrientation reads the tag from the first directory of EXIF data, which
// are laid out as a TIFF file: a byte order, an offset, entries of 12 bytes.
func tiffOrientation(tiff []byte) orientation {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(tiff, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(tiff, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return upright
	}
	if len(tiff) < 8 {
		return upright
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return upright
	}
	count, entries := int(order.Uint16(tiff[at:])), tiff[at+2:]
	for ; count > 0 && len(entries) >= 12; count, entries = count-1, entries[12:] {
		if order.Uint16(entries) != tagOrientation {
			continue
		}
		value := orientation(order.Uint16(entries[8:]))
		if order.Uint16(entries[2:]) != typeShort || value < 1 || value > 8 {
			return upright
		}
		return value
	}
	return upright
}
