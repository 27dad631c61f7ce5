package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // so that image.Decode knows GIF
	_ "image/jpeg" // JPEG
	_ "image/png"  // and PNG
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"awslab/aws"
	"awslab/ui/component"
)

// What is read of an object to show it.
const (
	mostText    = 1 << 20    // bytes of a text; the rest is not shown
	mostPicture = 50 << 20   // bytes of a picture
	mostPixels  = 40_000_000 // width × height; a decoder takes up to 16 bytes for one
	sniffed     = 512        // bytes that tell what it is
)

// content is what there is to see in an object.
type content struct {
	size    int64
	kind    string          // of what it is, when it is neither picture nor text: "application/pdf"
	print   component.Print // a picture's
	format  string          // "JPEG"; "" when it is no picture
	text    string
	isText  bool
	cut     bool   // there is more text than is shown
	problem string // why a picture cannot be shown
}

// readContent reads an object as far as it can be shown.
func readContent(ctx context.Context, service aws.S3, gallery *component.Gallery, bucket, key string) (c content, err error) {
	out, err := service.GetObject(ctx, aws.GetObjectInput{Bucket: bucket, Key: key})
	if err != nil {
		return content{}, err
	}
	defer func() { err = errors.Join(err, out.Body.Close()) }()
	c.size = out.ContentLength
	start := make([]byte, sniffed)
	n, err := io.ReadFull(out.Body, start)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return c, err
	}
	start = start[:n]
	body := io.MultiReader(bytes.NewReader(start), out.Body)
	sniff := http.DetectContentType(start)
	switch {
	case n == 0:
		c.isText = true
		return c, nil
	case sniff == "image/jpeg" || sniff == "image/png" || sniff == "image/gif":
		return c, c.picture(ctx, body, gallery, sniff)
	case bytes.IndexByte(start, 0) >= 0 || strings.HasPrefix(sniff, "image/"):
		c.kind = out.ContentType
		return c, nil
	}
	return c, c.readText(body, out.ContentType)
}

// readText takes the content as text, if it is some.
func (c *content) readText(body io.Reader, kind string) error {
	data, err := io.ReadAll(io.LimitReader(body, mostText))
	if err != nil {
		return err
	}
	if c.cut = c.size > int64(len(data)); c.cut {
		for range utf8.UTFMax { // a character may be cut in half
			if r, size := utf8.DecodeLastRune(data); r == utf8.RuneError && size == 1 {
				data = data[:len(data)-1]
			}
		}
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		c.kind = kind
		return nil
	}
	c.isText, c.text = true, string(data)
	return nil
}

// picture decodes the content as a picture. What is wrong with it is no error:
// the page tells.
func (c *content) picture(ctx context.Context, body io.Reader, gallery *component.Gallery, kind string) error {
	c.kind, c.format = kind, strings.ToUpper(strings.TrimPrefix(kind, "image/"))
	if c.size > mostPicture {
		c.problem = fmt.Sprintf("The picture is larger than %s.", component.Bytes(mostPicture))
		return nil
	}
	data, err := io.ReadAll(io.LimitReader(body, mostPicture))
	if err != nil {
		return err
	}
	img, problem := decode(data)
	if c.problem = problem; problem != "" {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	c.print = gallery.Prepare(img)
	return nil
}

// decode decodes a picture, or says why it cannot be. It is measured first: a
// small file can claim to be huge.
func decode(data []byte) (img image.Image, problem string) {
	defer func() {
		if broken := recover(); broken != nil { // a stranger's file must not end the program
			img, problem = nil, fmt.Sprintf("The picture is broken: %v.", broken)
		}
	}()
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return nil, "The picture is broken: " + err.Error() + "."
	case size.Width <= 0 || size.Height <= 0:
		return nil, "The picture has no pixels."
	case size.Width > mostPixels/size.Height:
		return nil, fmt.Sprintf("The picture claims %d × %d pixels, more than the %d million that can be shown here.", size.Width, size.Height, mostPixels/1_000_000)
	}
	img, _, err = image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, "The picture is broken: " + err.Error() + "."
	}
	return img, ""
}
