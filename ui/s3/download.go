package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"

	tea "charm.land/bubbletea/v2"
)

// downloads saves objects to the user's folder, a few at a time, while a page
// goes on.
type downloads struct {
	watch
	bucket string
	files  []*download
}

// download is one object on its way to a file.
type download struct {
	*transfer
	key string
}

func newDownloads(env page.Env, bucket string) *downloads {
	d := &downloads{watch: watch{env: env}, bucket: bucket}
	d.busy = d.running
	return d
}

func (d *downloads) running() bool { return len(d.files) > 0 }

// unsaved says what leaving the page would break off; "" for nothing.
func (d *downloads) unsaved() string {
	if !d.running() {
		return ""
	}
	return page.Counted(len(d.files), "download") + " would be canceled."
}

// add downloads one more object.
func (d *downloads) add(key string) tea.Cmd {
	d.files = append(d.files, &download{newTransfer(saveName(key), -1), key})
	return d.next()
}

// next starts what waits, as far as there may be more at once.
func (d *downloads) next() tea.Cmd {
	moving := 0
	var cmds []tea.Cmd
	for _, f := range d.files {
		switch {
		case f.moving():
			moving++
		case f.state == component.StatusPending && moving < mostMoving:
			moving++
			cmds = append(cmds, d.start(f))
		}
	}
	return tea.Batch(append(cmds, d.look())...)
}

// start downloads one object.
func (d *downloads) start(f *download) tea.Cmd {
	f.begin(d.env.Now(), "Downloading")
	service, folder := d.env.Cloud.S3, d.env.Folder
	in := aws.GetObjectInput{Bucket: d.bucket, Key: f.key}
	return page.Do(d.env.Calls,
		func(ctx context.Context) (string, error) {
			ctx, cancel := f.brake.with(ctx)
			defer cancel()
			return save(ctx, service, in, folder, f.name, f.transfer)
		},
		func(path string, err error) tea.Cmd {
			f.end(err)
			d.files = slices.DeleteFunc(d.files, func(other *download) bool { return other == f })
			return tea.Batch(d.told(f, path, err), d.next())
		})
}

// told says how a download went.
func (d *downloads) told(f *download, path string, err error) tea.Cmd {
	switch {
	case err == nil:
		return nav.Done(fmt.Sprintf("Downloaded %s (%s) to %s", component.Clean(f.name), component.Bytes(f.done.Load()), component.Clean(path)))
	case f.state == component.StatusStopped:
		return nav.Send(nav.Notify{Level: nav.Information, Title: "The download of " + component.Clean(f.name) + " was canceled."})
	}
	return nav.Failed("The object "+component.Clean(f.key)+" was not downloaded", err)
}

// view shows the downloads on their way; nothing when there are none.
func (d *downloads) view(width int) component.Block {
	rows := make([]component.Transfer, 0, mostMoving)
	waiting := 0
	for _, f := range d.files {
		if f.moving() {
			rows = append(rows, f.row(d.env.Now()))
		} else {
			waiting++
		}
	}
	out := component.Transfers(width, rows...)
	if waiting > 0 {
		out = component.Stack(width, out, component.Text(width, fmt.Sprintf("%s waiting", page.Counted(waiting, "download"))))
	}
	return out
}

// save streams an object into a file of a folder and gives the file's path. The
// file appears when it is whole; until then a temporary one stands beside.
func save(ctx context.Context, service aws.S3, in aws.GetObjectInput, folder, name string, t *transfer) (path string, err error) {
	out, err := service.GetObject(ctx, in)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, out.Body.Close()) }()
	f, err := os.CreateTemp(folder, ".awslab-download-*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close(), os.Remove(f.Name()))
		}
	}()
	n, err := io.Copy(io.MultiWriter(f, counter{ctx, t}), out.Body)
	if err == nil && n != out.ContentLength {
		err = fmt.Errorf("%d of %d bytes came", n, out.ContentLength)
	}
	if err != nil {
		return "", err
	}
	return finish(f, folder, name)
}

// finish closes a file that is whole, and gives it its name.
func finish(f *os.File, folder, name string) (string, error) {
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return "", err
	}
	return settle(f.Name(), folder, name)
}

// counter counts what is written, and ends when the context does.
type counter struct {
	ctx context.Context
	t   *transfer
}

// Write counts.
func (c counter) Write(p []byte) (int, error) {
	c.t.done.Add(int64(len(p)))
	return len(p), c.ctx.Err()
}
