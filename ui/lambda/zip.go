package lambda

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"
	"unicode/utf8"

	"awslab/aws"
)

// mostCode is the size of the largest deployment package whose code is shown and
// edited here, in bytes, and of the largest file in it: that of AWS's editor.
const mostCode = 3 << 20

// What can be wrong with a package, or a file in it, that is to be shown.
var (
	errPackageTooLarge = errors.New("the deployment package is too large to enable inline code editing")
	errFileTooLarge    = fmt.Errorf("the file holds more than %d MB", mostCode>>20)
	errBinary          = errors.New("the file is binary")
	errNoCode          = errors.New("the service did not say where the code is")
)

// codePackage is a deployment package as it was deployed.
type codePackage struct {
	sha string // as Lambda tells it
	zip *zip.Reader
}

// fetchPackage reads a function's package; errPackageTooLarge when it is not
// for the editor.
func fetchPackage(ctx context.Context, cloud aws.Lambda, name string) (codePackage, error) {
	out, err := cloud.GetFunction(ctx, aws.GetFunctionInput{FunctionName: name})
	if err != nil {
		return codePackage{}, err
	}
	p := codePackage{sha: out.Configuration.CodeSha256}
	switch {
	case out.Configuration.CodeSize > mostCode:
		return p, errPackageTooLarge
	case out.Code.Open == nil:
		return p, errNoCode
	}
	r, err := out.Code.Open(ctx)
	if err != nil {
		return p, fmt.Errorf("read the code: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(r, mostCode+1))
	if err = errors.Join(err, r.Close()); err != nil {
		return p, fmt.Errorf("read the code: %w", err)
	}
	if len(data) > mostCode {
		return p, errPackageTooLarge
	}
	p.zip, err = openZip(data)
	return p, err
}

// openZip reads the directory of a zip file. Names that lead out of it do no
// harm here: nothing is unpacked to the disk.
func openZip(data []byte) (*zip.Reader, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("read the deployment package: %w", err)
	}
	return r, nil
}

// zipText reads a file of a package as text: errBinary or errFileTooLarge when it is
// not for the editor.
func zipText(file *zip.File) (text string, err error) {
	if !file.Mode().IsRegular() {
		return "", errors.New("it is no regular file")
	}
	if file.UncompressedSize64 > mostCode {
		return "", errFileTooLarge
	}
	r, err := file.Open()
	if err != nil {
		return "", fmt.Errorf("unpack the file: %w", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	data, err := io.ReadAll(io.LimitReader(r, mostCode+1)) // the size in the directory may be a lie
	switch {
	case err != nil:
		return "", fmt.Errorf("unpack the file: %w", err)
	case len(data) > mostCode:
		return "", errFileTooLarge
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0:
		return "", errBinary
	}
	return string(data), nil
}

// draft is a file as it shall be in a new package.
type draft struct {
	name   string
	packed *zip.File // as it is in the package deployed; nil for a new one
	text   *string   // what it holds now; nil for what it held
}

// buildPackage packs drafts in their order. What was not changed is copied as it
// is packed, byte for byte; what was changed keeps its permissions and its
// method.
func buildPackage(drafts []draft, comment string, now time.Time) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, d := range drafts {
		if err := d.pack(w, now); err != nil {
			return nil, fmt.Errorf("pack %s: %w", d.name, err)
		}
	}
	if err := errors.Join(w.SetComment(comment), w.Close()); err != nil {
		return nil, fmt.Errorf("pack the code: %w", err)
	}
	// A damaged entry is copied with its damage, which may spoil the whole.
	if _, err := openZip(out.Bytes()); err != nil {
		return nil, fmt.Errorf("an entry of the package is damaged, so it cannot be packed again; upload a new one: %w", err)
	}
	return out.Bytes(), nil
}

func (d draft) pack(w *zip.Writer, now time.Time) error {
	if d.text != nil {
		header := d.header(now)
		to, err := w.CreateHeader(header)
		if err == nil {
			_, err = io.WriteString(to, *d.text)
		}
		return err
	}
	if d.name == d.packed.Name {
		return w.Copy(d.packed)
	}
	const isUTF8 = 1 << 11 // the flag that says so of the name
	header := d.packed.FileHeader
	header.Name = d.name
	header.Flags |= isUTF8
	from, err := d.packed.OpenRaw()
	if err != nil {
		return err
	}
	to, err := w.CreateRaw(&header)
	if err == nil {
		_, err = io.Copy(to, from)
	}
	return err
}

// header describes a file that is packed anew.
func (d draft) header(now time.Time) *zip.FileHeader {
	header := &zip.FileHeader{Name: d.name, Method: zip.Deflate, Modified: now}
	if d.packed == nil {
		header.SetMode(0o644)
		return header
	}
	header.CreatorVersion, header.ExternalAttrs = d.packed.CreatorVersion, d.packed.ExternalAttrs
	header.Comment = d.packed.Comment
	if d.packed.Method == zip.Store {
		header.Method = zip.Store
	}
	return header
}

// mostParts is how deep a path may be to be shown as folders.
const mostParts = 32

// plainPath reports whether a name is a path within the package that can be
// shown as folders and edited: with no part that leads elsewhere.
func plainPath(name string) bool {
	name = strings.TrimSuffix(name, "/")
	return len(name) <= 1024 && fs.ValidPath(name) && name != "." && strings.Count(name, "/") < mostParts &&
		!strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == 0x7f || r == '\\' })
}
