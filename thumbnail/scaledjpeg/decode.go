// Package scaledjpeg decodes a JPEG straight to a half, a quarter or an eighth
// of its size.
//
// A JPEG holds each block of 8×8 samples as 64 frequencies. A picture of an
// eighth of the size needs but the first of them, the block's mean; one of a
// quarter needs four, of a half sixteen. The others are passed over, several at
// a time, and are never turned into pixels: that is where the time goes.
//
// It takes what cameras and the web are full of: 8 bits, Huffman-coded, in
// sequence, and of progressive files the scans with the means. Whatever else
// there is, and whatever is damaged, it leaves to another decoder.
package scaledjpeg

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
)

// ErrUnsupported says that a file is a kind of JPEG that this decoder does not
// read, or that no scale suits the target.
var ErrUnsupported = errors.New("scaledjpeg: not a JPEG for this decoder")

// BrokenError says that a file is damaged, or is no JPEG.
type BrokenError string

func (e BrokenError) Error() string { return "scaledjpeg: " + string(e) }

const errTruncated = BrokenError("the file is cut short")

// Decode decodes a file to the smallest scale that leaves twice the target's
// width and height in pixels, of a progressive file three times, since its
// colours are coarser. No scale will do whose size, in whole pixels, stretches
// the picture visibly.
//
// The picture is an [*image.Gray], [*image.YCbCr], [*image.RGBA] or
// [*image.CMYK], as image/jpeg would give it. The memory used goes with the
// size that is decoded to: at an eighth, 3/64 of a byte for each pixel of the
// file, of a progressive one up to 15/64. An error is [ErrUnsupported] or
// a [BrokenError].
func Decode(file []byte, target image.Point) (image.Image, error) {
	d := &decoder{file: file, target: target}
	if err := d.segments(); err != nil {
		return nil, err
	}
	return d.picture()
}

// The markers of the segments that a file is made of.
const (
	markerStart       = 0xd8
	markerEnd         = 0xd9
	markerBaseline    = 0xc0
	markerExtended    = 0xc1
	markerProgressive = 0xc2
	markerHuffman     = 0xc4
	markerQuantizer   = 0xdb
	markerScan        = 0xda
	markerInterval    = 0xdd
	markerJFIF        = 0xe0 // APP0
	markerAdobe       = 0xee // APP14
	markerLastApp     = 0xef
	markerComment     = 0xfe
	markerRestart     = 0xd0 // and the seven after it
	markerLastRestart = 0xd7
)

// The classes of Huffman tables.
const (
	classDC = 0
	classAC = 1
)

// decoder is one file on its way.
type decoder struct {
	file   []byte
	at     int // in file: what comes next
	target image.Point

	frame     *frame // nil until its segment came
	quantizer [4][64]int32
	tables    [2][4]*table // by class
	interval  int          // units between two restart markers; 0: there are none
	jfif      bool
	adobe     bool
	transform byte // of an Adobe file: 0 is none
}

// segments goes through the file up to its end marker.
func (d *decoder) segments() error {
	if len(d.file) < 2 || d.file[0] != 0xff || d.file[1] != markerStart {
		return BrokenError("the start marker is missing")
	}
	d.at = 2
	for {
		marker, err := d.marker()
		if err != nil {
			return err
		}
		if marker == markerEnd {
			return nil
		}
		body, err := d.body()
		if err != nil {
			return err
		}
		if err := d.segment(marker, body); err != nil {
			return err
		}
	}
}

// marker finds the next one and moves past it. Stray bytes before it are passed
// over, as every decoder does, and so are restart markers.
func (d *decoder) marker() (byte, error) {
	for {
		found := bytes.IndexByte(d.file[d.at:], 0xff)
		if found < 0 {
			return 0, errTruncated
		}
		d.at += found
		for d.at < len(d.file) && d.file[d.at] == 0xff {
			d.at++ // any number of these may stand before a marker
		}
		if d.at == len(d.file) {
			return 0, errTruncated
		}
		m := d.file[d.at]
		d.at++
		if m != 0 && (m < markerRestart || m > markerLastRestart) {
			return m, nil
		}
	}
}

// body takes the bytes of a segment, whose length comes first and counts itself.
func (d *decoder) body() ([]byte, error) {
	rest := d.file[d.at:]
	if len(rest) < 2 {
		return nil, errTruncated
	}
	length := int(binary.BigEndian.Uint16(rest))
	if length < 2 {
		return nil, BrokenError("a segment is too short")
	}
	if length > len(rest) {
		return nil, errTruncated
	}
	d.at += length
	return rest[2:length], nil
}

func (d *decoder) segment(marker byte, body []byte) error {
	switch marker {
	case markerBaseline, markerExtended, markerProgressive:
		return d.startFrame(body, marker == markerProgressive)
	case markerHuffman:
		return d.defineTables(body)
	case markerQuantizer:
		return d.defineQuantizers(body)
	case markerScan:
		return d.scan(body)
	case markerInterval:
		if len(body) != 2 {
			return BrokenError("a restart interval is not two bytes long")
		}
		d.interval = int(binary.BigEndian.Uint16(body))
	case markerJFIF:
		d.jfif = d.jfif || bytes.HasPrefix(body, []byte("JFIF\x00"))
	case markerAdobe:
		if len(body) >= 12 && bytes.HasPrefix(body, []byte("Adobe")) {
			d.adobe, d.transform = true, body[11]
		}
	default:
		if marker != markerComment && (marker < markerJFIF || marker > markerLastApp) {
			return fmt.Errorf("%w: marker %#x", ErrUnsupported, marker)
		}
	}
	return nil
}

// defineQuantizers reads what the frequencies are to be multiplied by.
func (d *decoder) defineQuantizers(body []byte) error {
	for len(body) > 0 {
		wide, which := body[0]>>4, body[0]&15
		if wide > 1 || which > 3 {
			return BrokenError("a quantization table has a bad number")
		}
		size := 64 << wide
		if len(body) < 1+size {
			return BrokenError("a quantization table is cut short")
		}
		for k := range d.quantizer[which] {
			if wide == 0 {
				d.quantizer[which][k] = int32(body[1+k])
			} else {
				d.quantizer[which][k] = int32(binary.BigEndian.Uint16(body[1+2*k:]))
			}
		}
		body = body[1+size:]
	}
	return nil
}
