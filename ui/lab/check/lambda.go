package check

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/drive/spelling"
)

// function is the check function.
func (e *evaluation) function(name string, given ...map[string]any) (Findings, error) {
	want, err := parseWanted[aws.FunctionConfiguration](given)
	if err != nil {
		return nil, err
	}
	got, wrong := e.needFunction(name)
	if wrong != nil {
		return wrong, nil
	}
	got.Role = path.Base(got.Role) // roles are known by their names
	if wrong = want.compare(got, settingCause); wrong != nil {
		return wrong, nil
	}
	return holds("function " + visible(name)), nil
}

// settingCause is the cause of a setting of a function that differs.
func settingCause(member string) Cause {
	switch member {
	case "Runtime":
		return CauseRuntime
	case "Role":
		return CauseRole
	case "Handler":
		return CauseHandler
	}
	return CauseSetting
}

// needFunction reads a function that is Active and not being changed, or says
// what is wrong.
func (e *evaluation) needFunction(name string) (aws.FunctionConfiguration, Findings) {
	subject := "function " + visible(name)
	var none aws.FunctionConfiguration
	if e.world.Cloud.Lambda == nil {
		return none, unreadable(subject, absentService("Lambda"))
	}
	out, err := e.world.Cloud.Lambda.GetFunctionConfiguration(e.ctx, aws.GetFunctionConfigurationInput{FunctionName: name})
	got := out.FunctionConfiguration
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return none, e.absentFunction(name)
	case err != nil:
		return none, unreadable(subject, err)
	case got.State == aws.FunctionPending:
		return none, Findings{{Subject: subject, Expected: "Active", Found: "Pending", Cause: CauseCreating, Advice: "That takes a moment."}}
	case got.State == aws.FunctionFailed:
		return none, Findings{{Subject: subject, Expected: "Active", Found: "Failed: " + visible(got.StateReason), Cause: CauseFailed}}
	case got.LastUpdateStatus == aws.UpdateInProgress:
		return none, Findings{{Subject: subject, Expected: "settled", Found: "being changed", Cause: CauseUpdating, Advice: "That takes a moment."}}
	}
	return got, nil
}

// absentFunction says that there is no such function, and which one there is
// instead.
func (e *evaluation) absentFunction(name string) Findings {
	f := Finding{Subject: "function " + visible(name), Expected: "a function of this name", Found: nothing, Cause: CauseNoFunction}
	out, err := e.world.Cloud.Lambda.ListFunctions(e.ctx, aws.ListFunctionsInput{}) // a page is enough for a likely slip
	if err != nil {
		return unreadable(f.Subject, err)
	}
	names := make([]string, len(out.Functions))
	for i, function := range out.Functions {
		names[i] = function.FunctionName
	}
	if near, ok := spelling.Nearest(name, names); ok {
		f.Found, f.Cause = "a function "+quote(near), CauseFunctionName
		f.Advice = fmt.Sprintf("A function cannot be renamed: create %s; %s may stay or go.", visible(name), visible(near))
		if spelling.Fold(near) == spelling.Fold(name) {
			f.Advice = "Upper and lower case count. " + f.Advice
		}
	}
	return Findings{f}
}

// noFunction is the check function.
func (e *evaluation) noFunction(name string) (Findings, error) {
	subject := "no function " + visible(name)
	if e.world.Cloud.Lambda == nil {
		return unreadable(subject, absentService("Lambda")), nil
	}
	_, err := e.world.Cloud.Lambda.GetFunctionConfiguration(e.ctx, aws.GetFunctionConfigurationInput{FunctionName: name})
	switch {
	case errors.Is(err, aws.ErrNotFound):
		return holds(subject), nil
	case err != nil:
		return unreadable(subject, err), nil
	}
	return Findings{{Subject: "function " + visible(name), Expected: "gone", Found: "still there", Cause: CauseFunctionExists}}, nil
}

// The bounds of the code that is looked into, in bytes: Lambda's own for the
// zip file, and what a source file may have.
const (
	largestZip  = 50 << 20
	largestFile = 3 << 20
)

// source is what a check asks of a function's code; the other file is as good.
type source struct{ file, other, text string }

func parseSource(given map[string]any) (source, error) {
	var want source
	for name, value := range given {
		to, ok := map[string]*string{"file": &want.file, "other": &want.other, "text": &want.text}[name]
		if !ok {
			return want, fmt.Errorf("code asks for file, other and text, not for %q", name)
		}
		if err := text(to, value); err != nil {
			return want, fmt.Errorf("the option %s %w", name, err)
		}
	}
	if want.file == "" {
		return want, errors.New("code needs the name of a file")
	}
	return want, nil
}

// code is the check function.
func (e *evaluation) code(name string, given map[string]any) (Findings, error) {
	want, err := parseSource(given)
	if err != nil {
		return nil, err
	}
	if _, wrong := e.needFunction(name); wrong != nil {
		return wrong, nil
	}
	files, err := e.files(name)
	if err != nil {
		return unreadable("code of "+visible(name), err), nil
	}
	return want.compare(name, files), nil
}

// files opens a function's code.
func (e *evaluation) files(name string) ([]*zip.File, error) {
	out, err := e.world.Cloud.Lambda.GetFunction(e.ctx, aws.GetFunctionInput{FunctionName: name})
	switch {
	case err != nil:
		return nil, err
	case out.Code.Open == nil || out.Configuration.CodeSize > largestZip:
		return nil, errors.New("the code cannot be looked into")
	}
	body, err := out.Code.Open(e.ctx)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(body, largestZip))
	if err = errors.Join(err, body.Close()); err != nil {
		return nil, err
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return nil, err
	}
	return archive.File, nil
}

// defaults are the files that a new function has, by their names without ending.
var defaults = []string{"lambda_function", "index"}

// sampleFile is among what a new function has where the code brings
// its own runtime.
const sampleFile = "bootstrap.sample"

// isNew reports whether files are those of a new function, and not the one that is
// looked for.
func isNew(names []string, file string) bool {
	if len(names) != 1 {
		return slices.Contains(names, sampleFile)
	}
	base := strings.TrimSuffix(names[0], path.Ext(names[0]))
	return slices.Contains(defaults, base) && base != strings.TrimSuffix(file, path.Ext(file))
}

func (s source) compare(function string, files []*zip.File) Findings {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	f := Finding{Subject: "code of " + visible(function), Expected: "a file " + quote(s.file), Found: nothing, Cause: CauseCodeFile}
	at := slices.Index(names, s.file)
	if at < 0 && s.other != "" {
		at = slices.Index(names, s.other)
	}
	near, isNear := spelling.Nearest(s.file, names)
	switch {
	case at < 0 && isNew(names, s.file):
		f.Found, f.Cause = "the code of a new function, "+quote(names[0]), CauseDefaultCode
		return Findings{f}
	case at < 0 && isNear:
		f.Found = quote(near)
		return Findings{f}
	case at < 0:
		return Findings{f}
	}
	has, err := contains(files[at], s.text)
	switch {
	case err != nil:
		return unreadable(f.Subject, err)
	case !has:
		f.Subject, f.Expected, f.Found, f.Cause = visible(s.file), "a line with "+quote(s.text), nothing, CauseCodeText
		return Findings{f}
	}
	return holds(f.Subject)
}

// contains reports whether a file holds a text.
func contains(f *zip.File, text string) (bool, error) {
	if text == "" {
		return true, nil
	}
	body, err := f.Open()
	if err != nil {
		return false, err
	}
	content, err := io.ReadAll(io.LimitReader(body, largestFile))
	return bytes.Contains(content, []byte(text)), errors.Join(err, body.Close())
}
