package runtime_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"awslab/aws/fake/lambda/runtime"
)

// TestMain is also what the functions of these tests run: this program, in the
// place of a bootstrap.
func TestMain(m *testing.M) {
	runtime.Worker()
	switch {
	case len(os.Args) > 1 && strings.HasPrefix(os.Args[1], sleeper):
		time.Sleep(time.Hour)
	case len(os.Args) > 1 && os.Args[1] == eater:
		eat()
	case filepath.Base(os.Args[0]) == "bootstrap":
		function()
	case os.Getenv(parentVariable) != "":
		parent()
	default:
		os.Exit(m.Run())
	}
}

// sleeper is how the argument of a process begins that a function leaves.
const sleeper = "sleeper-"

// eater is the argument of a process that uses up the memory.
const eater = "eater"

// eat uses more and more memory.
func eat() {
	var eaten []byte
	for len(eaten) < 1<<40 {
		eaten = append(eaten, bytes.Repeat([]byte{1}, 1<<20)...)
	}
}

// order is the event of the test's function.
type order struct {
	Do   string
	Text string
	N    int
}

// function is a bootstrap: it does what each event says and answers with what
// came of it.
func function() {
	api := "http://" + os.Getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/"
	switch os.Getenv("_HANDLER") {
	case "init.exit":
		fmt.Println("going at once")
		os.Exit(3)
	case "init.error":
		fmt.Println("no module")
		post(api+"init/error", "Runtime.ImportModuleError", `{"errorMessage":"Unable to import","errorType":"Runtime.ImportModuleError"}`)
		fmt.Println("last words")
		os.Exit(1)
	case "init.loop":
		for {
			time.Sleep(time.Second)
		}
	}
	for {
		response, err := http.Get(api + "invocation/next")
		if err != nil {
			os.Exit(9)
		}
		var event order
		err = json.NewDecoder(response.Body).Decode(&event)
		_ = response.Body.Close()
		id := response.Header.Get("Lambda-Runtime-Aws-Request-Id")
		if err != nil {
			post(api+"invocation/"+id+"/error", "BadEvent", `{"errorType":"BadEvent","errorMessage":"no order"}`)
			continue
		}
		if event.Do == "fail" {
			post(api+"invocation/"+id+"/error", "Oops", `{"errorType":"Oops","errorMessage":"`+event.Text+`","trace":["a"]}`)
			continue
		}
		answer, err := json.Marshal(event.obey(response.Header))
		if err != nil {
			os.Exit(8)
		}
		post(api+"invocation/"+id+"/response", "", string(answer))
	}
}

func post(url, kind, body string) {
	request, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		os.Exit(7)
	}
	request.Header.Set("Lambda-Runtime-Function-Error-Type", kind)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		os.Exit(6)
	}
	_, _ = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
}

// obey does what the order says and returns what came of it.
func (o order) obey(header http.Header) any {
	switch o.Do {
	case "echo":
		return o.Text
	case "header":
		return header
	case "print":
		fmt.Print(o.Text)
		return "printed"
	case "warn":
		fmt.Fprint(os.Stderr, o.Text)
		return "printed"
	case "flood":
		line := bytes.Repeat([]byte("x"), 99)
		line = append(line, '\n')
		block := bytes.Repeat(line, 1000)
		for range o.N / 1e5 {
			_, _ = os.Stdout.Write(block)
		}
		return "printed"
	case "loop":
		for spin := 0; ; spin++ {
			if spin < 0 {
				spin = 0
			}
		}
	case "eat":
		eat()
	case "feed":
		return fmt.Sprint(exec.Command(ownPath(), eater).Run())
	case "exit":
		fmt.Println("bye")
		os.Exit(o.N)
	case "large":
		return strings.Repeat("x", o.N)
	case "env":
		return os.Environ()
	case "fork":
		return fork(o.Text)
	}
	return o.touch()
}

// touch tries something that a function may or may not be allowed.
func (o order) touch() any {
	var err error
	switch o.Do {
	case "read":
		if _, err = os.ReadFile(o.Text); errors.Is(err, errors.ErrUnsupported) {
			err = nil
		}
	case "list":
		var entries []os.DirEntry
		if entries, err = os.ReadDir(o.Text); err == nil {
			var names []string
			for _, entry := range entries {
				names = append(names, entry.Name())
			}
			return names
		}
	case "write":
		err = os.WriteFile(o.Text, []byte("x"), 0o600)
	case "dial":
		var connection net.Conn
		if connection, err = net.DialTimeout("tcp", o.Text, time.Second); err == nil {
			err = connection.Close()
		}
	case "endpoint":
		var response *http.Response
		if response, err = http.Get(os.Getenv("AWS_ENDPOINT_URL") + o.Text); err == nil {
			body, _ := io.ReadAll(response.Body)
			_ = response.Body.Close()
			return string(body)
		}
	}
	if err != nil {
		return "refused: " + err.Error()
	}
	return "done"
}

// fork leaves a process that sleeps, in a session of its own, so that no
// process group ties it to the function.
func fork(name string) any {
	child := exec.Command("setsid", ownPath(), name)
	if err := child.Start(); err != nil {
		return "refused: " + err.Error()
	}
	return "forked"
}

// ownPath is where the function finds its own program.
func ownPath() string { return filepath.Join(os.Getenv("LAMBDA_TASK_ROOT"), "bootstrap") }

// bootstrap makes a folder of code whose bootstrap is this program.
func bootstrap(t testing.TB) string {
	t.Helper()
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	code := t.TempDir()
	if err := os.Link(own, filepath.Join(code, "bootstrap")); err != nil {
		content, err := os.ReadFile(own)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(code, "bootstrap"), content, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return code
}

// parentVariable makes this program a parent that starts a function which
// forks, and waits to be killed. Its value is the confinement and the
// function's code, cache and mark.
const parentVariable = "AWSLAB_TEST_PARENT"

func parent() {
	words := strings.Split(os.Getenv(parentVariable), "\n")
	confine, err := strconv.Atoi(words[0])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	engines := runtime.New(runtime.Options{Cache: words[2], Confine: runtime.Confinement(confine), JSEngine: "quickjs"})
	ready := func(spec runtime.Spec) *runtime.Environment {
		environment, begun := engines.Start(parentContext(), spec)
		if begun.Failure != nil {
			fmt.Println(begun.Failure.Message)
			os.Exit(1)
		}
		return environment
	}
	if err := os.WriteFile(filepath.Join(words[1], "index.js"), []byte("exports.handler = () => {}"), 0o600); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	ready(runtime.Spec{Runtime: "nodejs22.x", Code: words[1], Handler: "index.handler"})
	environment := ready(runtime.Spec{Runtime: "provided.al2023", Code: words[1], Handler: words[3]})
	outcome := environment.Invoke(parentContext(), event(order{Do: "fork", Text: words[3]}))
	fmt.Println(string(outcome.Payload))
	go environment.Invoke(parentContext(), event(order{Do: "loop"}))
	time.Sleep(time.Hour)
}
