package ui_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the project's import path and root its folder from here.
const (
	module = "awslab"
	root   = ".."
)

// arrows says, for each room, what it may import of the project. The first rule
// whose room holds a package counts; "…" at the end takes in all below.
var arrows = []struct {
	room string
	may  []string
}{
	{"aws", nil},
	{"aws/fake/lambda/runtime/…", []string{"aws/fake/lambda/runtime/…", "thumbnail"}},
	{"aws/fake", []string{"aws", "aws/endpoint", "aws/fake/…"}},
	{"aws/fake/…", []string{"aws", "aws/fake/…"}},
	{"aws/endpoint", []string{"aws"}},
	{"aws/sdk", []string{"aws"}},
	{"aws/trail", []string{"aws"}},
	{"aws/local", []string{"aws", "aws/fake", "aws/fake/lambda/runtime", "aws/trail"}},
	{"aws/awstest", []string{"aws"}},
	{"thumbnail/…", []string{"thumbnail/…"}},
	{"faq/…", []string{"faq/…"}},
	{"ui/theme", nil},
	{"ui/keys", nil},
	{"ui/nav", nil},
	{"ui/file", nil},
	{"ui/component", []string{"ui/keys", "ui/nav", "ui/theme"}},
	{"ui/page/…", []string{"aws", "ui/component", "ui/keys", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/drive/…", []string{"ui/component", "ui/drive/…", "ui/nav"}},
	{"ui/lab/…", []string{"aws", "aws/trail", "faq", "ui/component", "ui/drive/…", "ui/file", "ui/keys", "ui/lab/…", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/trail", []string{"aws", "aws/trail", "ui/component", "ui/keys", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/metrics", []string{"aws", "ui/component"}},
	{"ui/s3", []string{"aws", "ui/component", "ui/file", "ui/keys", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/lambda", []string{"aws", "ui/component", "ui/file", "ui/keys", "ui/metrics", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/apigateway", []string{"aws", "ui/component", "ui/keys", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/web", []string{"aws", "ui/component", "ui/keys", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/cloudwatch", []string{"aws", "ui/component", "ui/keys", "ui/metrics", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/iam", []string{"aws", "ui/component", "ui/keys", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/dynamodb", []string{"aws", "ui/component", "ui/keys", "ui/nav", "ui/page", "ui/theme"}},
	{"ui/command", []string{"aws", "aws/trail", "ui", "ui/…"}},
	{"ui", []string{"aws", "aws/trail", "ui/…"}},
	{"", []string{"aws/…", "ui/…", "thumbnail/bundle"}},
}

func within(pkg, room string) bool {
	if below, all := strings.CutSuffix(room, "…"); all {
		return pkg+"/" == below || strings.HasPrefix(pkg, below)
	}
	return pkg == room
}

// TestArrows reads every import of the project and holds it to the rules of
// the house; tests may reach further, since nothing depends on them.
func TestArrows(t *testing.T) {
	t.Parallel()
	read := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != root && strings.HasPrefix(d.Name(), ".") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		read++
		dir, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := strings.TrimPrefix(filepath.ToSlash(dir), ".")
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if wrong := arrow(pkg, imported); wrong != "" {
				t.Errorf("%s: %s", path, wrong)
			}
		}
		return nil
	})
	if err != nil || read < 20 {
		t.Fatalf("%d files read, %v", read, err)
	}
}

// arrow says what is wrong with an import; "" when nothing is.
func arrow(pkg, imported string) string {
	inside, ours := strings.CutPrefix(imported, module+"/")
	if !ours {
		return ""
	}
	for _, rule := range arrows {
		if !within(pkg, rule.room) {
			continue
		}
		if slices.ContainsFunc(rule.may, func(may string) bool { return within(inside, may) }) {
			return ""
		}
		return pkg + " may not import " + inside
	}
	return pkg + " is in no room of the house: give it a rule"
}

// TestTopLevel holds the project's top level to its names.
func TestTopLevel(t *testing.T) {
	t.Parallel()
	names := []string{"main.go", "ui", "aws", "thumbnail", "faq", "go.mod", "go.sum", "README.md", "LICENSE"}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if built := e.Name() == "awslab"; built || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if !slices.Contains(names, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}
