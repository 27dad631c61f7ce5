package lambda

import (
	"archive/zip"
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"awslab/aws"
)

// hello holds what new functions start with, a folder for each language.
//
//go:embed hello
var hello embed.FS

// handlers are the handlers of the code in hello.
var handlers = map[string]string{
	"python": "lambda_function.lambda_handler", "nodejs": "index.handler", "ruby": "lambda_function.lambda_handler",
	"java": "example.Hello::handleRequest", "dotnet": "LambdaTest::LambdaTest.LambdaHandler::handleRequest", "provided": "hello.handler",
}

// helloCode is the code that a new function of a runtime starts with, as a zip
// file, and its handler. The same runtime gives the same bytes.
func helloCode(runtime aws.Runtime) (handler string, archive []byte, err error) {
	language := runtime.Language()
	handler, ok := handlers[language]
	if !ok {
		return "", nil, fmt.Errorf("there is no code to start with for the runtime %s", runtime)
	}
	root := path.Join("hello", language)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	err = fs.WalkDir(hello, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := hello.ReadFile(name)
		if err != nil {
			return err
		}
		header := &zip.FileHeader{Name: strings.TrimPrefix(name, root+"/"), Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)}
		header.SetMode(0o644)
		if strings.HasPrefix(entry.Name(), "bootstrap") {
			header.SetMode(0o755)
		}
		file, err := w.CreateHeader(header)
		if err != nil {
			return err
		}
		_, err = file.Write(content)
		return err
	})
	if err != nil {
		return "", nil, fmt.Errorf("pack the code to start with: %w", err)
	}
	if err := w.Close(); err != nil {
		return "", nil, fmt.Errorf("pack the code to start with: %w", err)
	}
	return handler, b.Bytes(), nil
}
