package lambda

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// Where new code comes from, as the Detail of a route names it.
const (
	fromZip = "zip"
	fromS3  = "s3"
)

// mostUpload is the size of a zip file that is too large to be sent, in bytes.
const mostUpload = 50 << 20

// errUploadTooLarge is Lambda's own answer to such a file; it is given before
// the file is read.
var errUploadTooLarge = fmt.Errorf("Zipped size must be smaller than %d bytes. Put the file into an S3 bucket, and choose Upload from, Amazon S3 location", mostUpload)

// uploadPage replaces a function's code by a zip file, or by one in S3.
type uploadPage struct {
	page.Panel
	name   string
	s3     bool
	link   *component.TextField
	picker *component.FilePicker
	again  *component.Button // chooses another file
	chosen string            // the zip file's path; "" until it is picked

	saving bool
	faults []string
	fault  error
}

func newUploadCode(env page.Env, route nav.Route) page.Page {
	p := &uploadPage{
		Panel: page.NewPanel(env), name: route.Name, s3: route.Detail == fromS3,
		link: component.NewTextField("Amazon S3 link URL"), picker: page.NewFilePicker(env),
	}
	p.link.Hint = "Paste the URL of a .zip file in S3. The bucket is in the function's Region."
	p.link.Placeholder = "https://bucket.s3.us-west-2.amazonaws.com/code.zip"
	p.link.Check = func(text string) string {
		if _, err := parseS3URL(text); err != nil {
			return err.Error()
		}
		return ""
	}
	p.link.Changed = func() tea.Cmd { p.faults, p.fault = nil, nil; return nil }
	p.link.Submit = p.save
	p.picker.Label = "File"
	p.picker.Accept = func(e component.FileEntry) string {
		if fault := archiveFault(e.Name, e.Size); fault != nil {
			return fault.Error()
		}
		return ""
	}
	p.picker.Picked = p.picked
	p.again = component.NewButton("Choose another file", p.unpick)
	p.arrange()
	return p
}

// archiveFault says why a local file cannot be a function's code.
func archiveFault(name string, size int64) error {
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case ext != ".zip" && ext != ".jar":
		return errors.New("A deployment package is a .zip or a .jar file")
	case size >= mostUpload:
		return errUploadTooLarge
	}
	return nil
}

// Title is the page's crumb.
func (p *uploadPage) Title() string {
	if p.s3 {
		return "Upload a file from Amazon S3"
	}
	return "Upload a .zip file"
}

// Init lists the folder that files are picked from.
func (p *uploadPage) Init() tea.Cmd {
	if p.s3 {
		return nil
	}
	return p.picker.Open(p.picker.Dir())
}

// Unsaved says what would be lost.
func (p *uploadPage) Unsaved() string {
	if p.chosen == "" && p.link.Value() == "" {
		return ""
	}
	return "The code of " + p.name + " has not been replaced yet."
}

func (p *uploadPage) picked(paths []string) tea.Cmd {
	p.chosen, p.faults, p.fault = paths[0], nil, nil
	p.arrange()
	for _, c := range p.buttons() {
		if p.IsButtonOf(c, keys.Save) {
			return p.Ring.Focus(c)
		}
	}
	return nil
}

func (p *uploadPage) unpick() tea.Cmd {
	p.chosen = ""
	p.arrange()
	return tea.Batch(p.Ring.Focus(p.picker), p.picker.Open(p.picker.Dir()))
}

// save replaces the code.
func (p *uploadPage) save() tea.Cmd {
	p.faults, p.fault = nil, nil
	if p.saving {
		return nil
	}
	if p.s3 {
		if wrong, text := page.Validate([]component.Control{p.link}); wrong != nil {
			p.faults = []string{text}
			return p.Ring.Focus(wrong)
		}
	} else if p.chosen == "" {
		p.faults = []string{"Choose a .zip file first"}
		return p.Ring.Focus(p.picker)
	}
	p.saving = true
	in, path := aws.UpdateFunctionCodeInput{FunctionName: p.name}, p.chosen
	if object, err := parseS3URL(p.link.Value()); p.s3 && err == nil {
		in.S3Bucket, in.S3Key = object.Bucket, object.Key
	}
	cloud := p.Env.Cloud.Lambda
	return page.Latest(p.Env.Calls, "save",
		func(ctx context.Context) (out aws.UpdateFunctionCodeOutput, err error) {
			if path != "" {
				if in.ZipFile, err = readArchive(path); err != nil {
					return out, err
				}
			}
			return cloud.UpdateFunctionCode(ctx, in)
		},
		func(_ aws.UpdateFunctionCodeOutput, err error) tea.Cmd {
			if p.saving, p.fault = false, err; err != nil {
				return nil
			}
			p.chosen = "" // nothing is unsaved any more
			p.link.SetValue("")
			return tea.Batch(nav.Done("Successfully updated the function "+p.name+"."), nav.Send(nav.Back{}))
		})
}

// readArchive reads a local zip file, unless it is too large to be sent.
func readArchive(path string) (data []byte, err error) {
	info, err := os.Stat(path) // before it is opened: opening a pipe would wait
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", path)
	}
	if err := archiveFault(path, info.Size()); err != nil {
		return nil, err
	}
	file, err := os.Open(path) // #nosec G304 -- the user chose it
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	data, err = io.ReadAll(io.LimitReader(file, mostUpload)) // it may grow meanwhile
	if err == nil && len(data) >= mostUpload {
		err = errUploadTooLarge
	}
	return data, err
}

// Bindings lists what can be done.
func (p *uploadPage) Bindings() []keys.Binding {
	wait := ""
	if p.saving {
		wait = "The code is being uploaded."
	}
	return []keys.Binding{
		keys.Bind(keys.Save, p.save).Unless(wait).Main(),
		keys.Bind(keys.Cancel, func() tea.Cmd { return nav.Send(nav.Back{}) }),
	}
}

func (p *uploadPage) buttons() []component.Control {
	return p.ButtonsOf(p.Bindings(), keys.Cancel, keys.Save)
}

func (p *uploadPage) arrange() {
	var entry component.Control = p.picker
	switch {
	case p.s3:
		entry = p.link
	case p.chosen != "":
		entry = p.again
	}
	p.Ring.Set(append([]component.Control{entry}, p.buttons()...)...)
}

// Key offers a key to the focused control.
func (p *uploadPage) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	p.arrange()
	return p.Panel.Key(msg)
}

// View draws the page.
func (p *uploadPage) View(width, height int) component.Block {
	p.arrange()
	head := component.Stack(width, p.Heading(width, component.Clean(p.Title()+" · "+p.name), nil),
		page.Styled(width, theme.Faint, "The code that is uploaded replaces all that the function has now. Its handler and other settings stay."))
	foot := p.Foot(width, p.faults, p.fault, "The code was not replaced", p.buttons())
	if p.saving {
		foot = component.Stack(width, component.Text(width, component.Status(component.StatusInProgress, "Uploading the code")), foot)
	}
	room := max(1, height-head.Height()-foot.Height())
	var body component.Block
	switch {
	case p.s3:
		body = p.Ring.View(p.link, width)
	case p.chosen != "":
		body = component.Stack(width,
			component.KeyValues(width, 1, component.Pair{Label: "Chosen file", Value: component.Clean(p.chosen)}),
			component.Row(width, 1, p.Show(p.again)...))
	default:
		p.picker.Height = room
		body = p.Ring.View(p.picker, width)
	}
	return component.Stack(width, head, p.Scroll.View(body, room), foot).Fit(width, height)
}
