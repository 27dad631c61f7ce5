package thumbnail

import "fmt"

// UnsupportedError refuses a file that is not a JPEG, a PNG or a GIF.
type UnsupportedError struct {
	// Format is the name of the format, if it is one that is known by its
	// first bytes, such as "TIFF"; else "".
	Format string
}

func (e *UnsupportedError) Error() string {
	if e.Format == "" {
		return "the file is not a picture in a known format; JPEG, PNG and GIF are supported"
	}
	return fmt.Sprintf("%s pictures are not supported; JPEG, PNG and GIF are", e.Format)
}

// TooManyPixelsError refuses a picture that claims more pixels than
// [Options].MaxPixels.
type TooManyPixelsError struct {
	Width, Height int // pixels
	Limit         int // pixels, width × height
}

func (e *TooManyPixelsError) Error() string {
	return fmt.Sprintf("the picture has %d×%d pixels; no more than %d in all are accepted", e.Width, e.Height, e.Limit)
}

// TooManyBytesError refuses a file that is longer than [Options].MaxBytes.
type TooManyBytesError struct {
	Limit int64 // bytes
}

func (e *TooManyBytesError) Error() string {
	return fmt.Sprintf("the file is longer than %d bytes, the most that is accepted", e.Limit)
}

// BrokenError says that a file begins as a picture but cannot be decoded as
// one: it is cut short or damaged.
type BrokenError struct {
	Format Format
	Err    error // what the decoder says
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("the %s picture is broken: %v", e.Format, e.Err)
}

// Unwrap gives the decoder's own error.
func (e *BrokenError) Unwrap() error { return e.Err }
