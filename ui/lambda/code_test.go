package lambda

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"

	tea "charm.land/bubbletea/v2"
)

// codeRole is the role of the functions of these tests.
const codeRole = "arn:aws:iam::000000000000:role/lambda-execution-role"

// withFunction opens a sandbox with a function "Hello" of the files given.
func withFunction(t testing.TB, files ...packedFile) *pagetest.Watched {
	t.Helper()
	s, err := fake.Open(t.TempDir(), fake.Options{Delay: aws.Some(time.Duration(0))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	cloud := s.Cloud()
	_, err = cloud.Lambda.CreateFunction(context.Background(), aws.CreateFunctionInput{
		FunctionName: "Hello", Runtime: "python3.14", Role: codeRole, Handler: "lambda_function.lambda_handler",
		Code: aws.FunctionCode{ZipFile: packed(t, files...)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return pagetest.Watch(cloud)
}

// helloFiles is the code of most tests: text in a folder and beside it, and a
// picture.
func helloFiles() []packedFile {
	return []packedFile{
		{name: "lambda_function.py", data: "def lambda_handler(event, context):\n    return 'hello'\n", mode: 0o644},
		{name: "lib/tool.sh", data: "#!/bin/sh\necho tool\n", mode: 0o755},
		{name: "lib/face.png", data: "\x89PNG\r\n\x1a\n\x00\x00", mode: 0o600},
	}
}

func codeBench(t testing.TB, cloud *pagetest.Watched, detail string) *pagetest.Bench {
	t.Helper()
	b := pagetest.New(t, Pages(), cloud.Cloud)
	b.Height = 60
	return b.Open(nav.Route{Page: functionID, Name: "Hello", Detail: detail})
}

// codeNow reads the function's package as it is deployed.
func codeNow(t testing.TB, cloud aws.Cloud) map[string]string {
	t.Helper()
	p, err := fetchPackage(context.Background(), cloud.Lambda, "Hello")
	if err != nil {
		t.Fatal(err)
	}
	out := make(map[string]string)
	for _, f := range p.zip.File {
		out[f.Name] = f.Mode().String() + " " + unpacked(t, f)
	}
	return out
}

func unpacked(t testing.TB, f *zip.File) string {
	t.Helper()
	r, err := f.Open()
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestCodeShowsTheHandlersFile(t *testing.T) {
	t.Parallel()
	b := codeBench(t, withFunction(t, helloFiles()...), "code")
	b.Shows("Code source", "▾ lib/", "face.png", "tool.sh", "def lambda_handler", "return 'hello'", "Package size", "SHA256 hash",
		"Runtime settings", "Python 3.14", "lambda_function.lambda_handler", "x86_64").Lacks("Changes not deployed")
	if b.Page.Unsaved() != "" {
		t.Error("code that was only looked at counts as changed")
	}
	b.Press("Edit")
	if got := pagetest.Asked[nav.Open](b).Route; got.Page != editRuntimeID || got.Name != "Hello" {
		t.Errorf("Edit leads to %+v", got)
	}
}

// TestCodeIsEditedAndDeployed: what was edited is deployed; all else stays, byte
// for byte and with its permissions.
func TestCodeIsEditedAndDeployed(t *testing.T) {
	t.Parallel()
	cloud := withFunction(t, helloFiles()...)
	b := codeBench(t, cloud, "code")
	before := codeNow(t, cloud.Cloud)
	b.TypeIn("lambda_function.py", "# mine").Shows("Changes not deployed", "lambda_function.py ●")
	if b.Page.Unsaved() == "" {
		t.Error("changes can be left without a word")
	}
	b.Press("Test").Press("Code").Shows("# mine", "Changes not deployed")
	b.Keys("ctrl+s").Shows("# mine").Lacks("Changes not deployed", "●")
	if done := pagetest.Asked[nav.Notify](b); done.Title != "Successfully updated the function Hello." {
		t.Errorf("Deploy says %+v", done)
	}
	after := codeNow(t, cloud.Cloud)
	before["lambda_function.py"] = "-rw-r--r-- # mine\n    return 'hello'\n"
	if fmt.Sprint(after) != fmt.Sprint(before) {
		t.Errorf("deployed was %q, want %q", after, before)
	}
	if b.Page.Unsaved() != "" || cloud.Count("UpdateFunctionCode") != 1 {
		t.Error("what was deployed still counts as changed, or was deployed again")
	}
}

func TestFilesAreMadeRenamedAndDeleted(t *testing.T) {
	t.Parallel()
	cloud := withFunction(t, helloFiles()...)
	b := codeBench(t, cloud, "code")
	b.Press("New file").TypeIn("File name", "../out").Press("Create file").Shows("Enter a path within the package")
	b.TypeIn("File name", "lib").Press("Create file").Shows("There is a folder of that name already")
	b.TypeIn("File name", "lib/new.py").Press("Create file").TypeIn("lib/new.py", "x = 1").Shows("new.py ●")
	b.Press("  tool.sh")
	b.Press("Rename file").TypeIn("File name", "lib/tool").Press("Rename").Shows("tool ●")
	b.Press("  face.png").Press("Delete file").Confirm().Lacks("face.png")
	b.Press("Deploy").Lacks("Changes not deployed")
	want := map[string]string{
		"lambda_function.py": "-rw-r--r-- def lambda_handler(event, context):\n    return 'hello'\n",
		"lib/tool":           "-rwxr-xr-x #!/bin/sh\necho tool\n",
		"lib/new.py":         "-rw-r--r-- x = 1",
	}
	if got := codeNow(t, cloud.Cloud); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("deployed was %q, want %q", got, want)
	}
}

func TestSeveralFilesAreOpen(t *testing.T) {
	t.Parallel()
	b := codeBench(t, withFunction(t, helloFiles()...), "code")
	b.Press("  tool.sh").Press("  tool.sh").Shows("echo tool")
	b.Press("  face.png").Press("  face.png").Shows("The file is binary")
	b.Press("lib/tool.sh").Shows("echo tool").Press("lambda_function.py").TypeIn("lambda_function.py", "# mine")
	b.Press("Close file").Lacks("# mine").Shows("Changes not deployed")
	b.Press("lambda_function.py").Press("lambda_function.py").Shows("# mine")
	b.Press("▾ lib/").Press("▾ lib/").Lacks("    tool.sh").Shows("▸ lib/")
	b.Press("Discard changes").Confirm().Lacks("# mine", "Changes not deployed").Shows("def lambda_handler")
}

func TestEditorOfTheUsersOwn(t *testing.T) {
	t.Parallel()
	b := codeBench(t, withFunction(t, helloFiles()...), "code")
	b.Press("$EDITOR")
	asked := pagetest.Asked[nav.EditText](b)
	if asked.Name != "lambda_function.py" || !strings.HasPrefix(asked.Text, "def lambda_handler") {
		t.Errorf("the editor is asked for %+v", asked)
	}
	b.Do(asked.Done("pass\n"))
	b.Shows("Changes not deployed", "pass")
}

// TestOtherCodeMeanwhile: code that was deployed elsewhere shows when nothing
// was changed here, and is told of when something was.
func TestOtherCodeMeanwhile(t *testing.T) {
	t.Parallel()
	cloud := withFunction(t, helloFiles()...)
	b := codeBench(t, cloud, "code")
	other := func(text string) {
		_, err := cloud.Lambda.UpdateFunctionCode(context.Background(), aws.UpdateFunctionCodeInput{
			FunctionName: "Hello", ZipFile: packed(t, packedFile{name: "index.py", data: text, mode: 0o644}),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	other("first = 1\n")
	b.Do(b.Page.Init())
	b.Shows("first = 1").Lacks("tool.sh")
	b.TypeIn("index.py", "mine = 1")
	other("second = 1\n")
	b.Do(b.Page.Init())
	b.Shows("mine = 1", "Other code was deployed since you began").Press("Discard changes").Confirm().Shows("second = 1")
}

func TestDeployThatFailsKeepsTheChanges(t *testing.T) {
	t.Parallel()
	cloud := withFunction(t, helloFiles()...)
	b := codeBench(t, cloud, "code")
	b.TypeIn("lambda_function.py", "# mine")
	cloud.Refuse("UpdateFunctionCode")
	b.Press("Deploy").Shows("The code was not deployed", "It went wrong", "# mine", "Changes not deployed")
	cloud.Allow()
	b.Press("Deploy").Lacks("The code was not deployed", "Changes not deployed")
}

func TestCodeThatCannotBeShown(t *testing.T) {
	t.Parallel()
	large := withFunction(t, packedFile{name: "big.bin", data: noise(mostCode + 1), mode: 0o644, stored: true})
	b := codeBench(t, large, "code")
	b.Shows("is too large to enable inline code", "Upload from").Press("Upload from")
	b.Pick("Amazon S3 location")
	if got := pagetest.Asked[nav.Open](b).Route; got != (nav.Route{Page: uploadCodeID, Name: "Hello", Detail: fromS3}) {
		t.Errorf("leads to %+v", got)
	}
	bomb := codeBench(t, withFunction(t, packedFile{name: "zeros.py", data: strings.Repeat("0", mostCode+1), mode: 0o644}), "code")
	bomb.Shows("The file is too large for the editor (3 MB)")

	cloud := withFunction(t, helloFiles()...)
	cloud.Refuse("GetFunction")
	b = codeBench(t, cloud, "code").Shows("The code could not be read", "It went wrong")
	cloud.Allow()
	b.Do(b.Page.Init())
	b.Shows("def lambda_handler").Lacks("could not be read")
}

// TestCodeFitsEverySize draws the tabs and pages of code in small and in large.
func TestCodeFitsEverySize(t *testing.T) {
	t.Parallel()
	cloud := withFunction(t, helloFiles()...)
	for _, route := range []nav.Route{
		{Page: functionID, Name: "Hello", Detail: "code"}, {Page: functionID, Name: "Hello", Detail: "test"},
		{Page: uploadCodeID, Name: "Hello", Detail: fromZip}, {Page: uploadCodeID, Name: "Hello", Detail: fromS3},
	} {
		b := pagetest.New(t, Pages(), cloud.Cloud).Open(route)
		for _, size := range [][2]int{{40, 12}, {80, 24}, {170, 55}} {
			b.Width, b.Height = size[0], size[1]
			b.Shows("Hello")
		}
	}
}

func BenchmarkCodeView(b *testing.B) {
	files := helloFiles()
	for i := range 200 {
		files = append(files, packedFile{name: fmt.Sprintf("lib/part%03d.py", i), data: strings.Repeat("x = 1\n", 100), mode: 0o644})
	}
	files[0].data += strings.Repeat("print('a line of the function that is not short at all')  # said\n", 2000)
	bench := codeBench(b, withFunction(b, files...), "code")
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}

// BenchmarkCodeKey is a key and the frame after it on the code tab, in a file of
// 50,000 lines and, as a ratio, in one of 50; the text is another than the one
// deployed from then on, and the same again.
func BenchmarkCodeKey(b *testing.B) {
	const few, many = 50, 50_000
	keys := []tea.KeyPressMsg{{Code: 'x', Text: "x"}, {Code: tea.KeyBackspace}}
	pages := map[int]*pagetest.Bench{}
	for _, n := range []int{few, many} {
		text := strings.Repeat("print('a line of the function, and not short')\n", n)
		bench := codeBench(b, withFunction(b, packedFile{name: "lambda_function.py", data: text, mode: 0o644}), "code")
		bench.TypeIn("lambda_function.py", "")
		bench.Page.View(170, 55)
		pages[n] = bench
	}
	took := map[int]time.Duration{}
	for i := 0; b.Loop(); i++ {
		for n, bench := range pages {
			begun := time.Now()
			bench.Page.Key(keys[i%2])
			bench.Page.View(170, 55)
			took[n] += time.Since(begun)
		}
	}
	b.ReportMetric(float64(took[few].Nanoseconds())/float64(b.N), "ns/50")
	b.ReportMetric(float64(took[many].Nanoseconds())/float64(b.N), "ns/50000")
	b.ReportMetric(float64(took[many])/float64(took[few]), "ratio")
}
