package runtime_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"awslab/aws/fake/lambda/runtime"
)

func TestCleanEnvironment(t *testing.T) {
	t.Setenv("AWS_SECRET_ACCESS_KEY", "the user's own")
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		environment := start(t, newEngines(t, runtime.Options{Confine: confine}), func(s *runtime.Spec) {
			s.Env = []string{"TABLE=Music", "AWS_ACCESS_KEY_ID=role", "AWS_CONFIG_FILE=/etc/passwd", "_HANDLER=other", "TZ=Asia/Tokyo"}
		})
		var pairs []string
		if err := json.Unmarshal(environment.Invoke(t.Context(), event(order{Do: "env"})).Payload, &pairs); err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, pair := range pairs {
			name, value, _ := strings.Cut(pair, "=")
			got[name] = value
		}
		for name, want := range map[string]string{
			"TABLE": "Music", "AWS_ACCESS_KEY_ID": "role", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
			"_HANDLER": "any.handler", "TZ": "Asia/Tokyo", "AWS_ENDPOINT_URL": "http://" + got["AWS_LAMBDA_RUNTIME_API"],
			"AWS_EXECUTION_ENV": "AWS_Lambda_provided.al2023", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "512", "HOME": got["TMPDIR"],
		} {
			if got[name] != want {
				t.Errorf("%s is %q", name, got[name])
			}
		}
		if _, found := got["AWS_SECRET_ACCESS_KEY"]; found {
			t.Error("the user's key reaches the function")
		}
		for name := range got {
			if strings.HasPrefix(name, "AWSLAB_") {
				t.Errorf("%s reaches the function", name)
			}
		}
	})
}

func TestEndpoint(t *testing.T) {
	t.Parallel()
	endpoint := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprint(w, "asked for ", r.URL.EscapedPath()) })
	modes(t, func(t *testing.T, confine runtime.Confinement) {
		environment := start(t, newEngines(t, runtime.Options{Confine: confine, Endpoint: endpoint}), nil)
		outcome := environment.Invoke(t.Context(), event(order{Do: "endpoint", Text: "/bucket//a/../b%2Fc"}))
		if string(outcome.Payload) != `"asked for /bucket//a/../b%2Fc"` {
			t.Errorf("the function got %s", outcome.Payload)
		}
	})
}

func TestTemporaryFolderIsItsOwn(t *testing.T) {
	t.Parallel()
	modes(t, testTemporaryFolder)
}

func testTemporaryFolder(t *testing.T, confine runtime.Confinement) {
	environment := start(t, newEngines(t, runtime.Options{Confine: confine}), nil)
	var pairs []string
	if err := json.Unmarshal(environment.Invoke(t.Context(), event(order{Do: "env"})).Payload, &pairs); err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(pairs, func(pair string) bool { return strings.HasPrefix(pair, "TMPDIR=") })
	folder := strings.TrimPrefix(pairs[at], "TMPDIR=")
	if got := environment.Invoke(t.Context(), event(order{Do: "write", Text: filepath.Join(folder, "x")})); string(got.Payload) != `"done"` {
		t.Fatalf("got %s", got.Payload)
	}
	environment.Close()
	if folder == "/tmp" {
		if _, err := os.Stat("/tmp/x"); err == nil {
			t.Error("what the function wrote is on this computer")
		}
		return
	}
	if _, err := os.Stat(folder); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
}

func TestConfinement(t *testing.T) {
	t.Parallel()
	for _, mode := range []struct {
		name    string
		need    func(*testing.T)
		confine runtime.Confinement
		allowed []order
		refused []order
	}{
		{
			name: "confined", need: needConfinement, confine: runtime.ConfineBest,
			allowed: []order{{Do: "write", Text: "/tmp/x"}, {Do: "read", Text: "/tmp/x"}, {Do: "read", Text: "/proc/self/stat"}, {Do: "read", Text: "/var/task/bootstrap"}, {Do: "dial", Text: "127.0.0.1:9001"}},
			refused: []order{{Do: "list", Text: "/var/lib"}, {Do: "write", Text: "/proc/sys/kernel/hostname"}},
		},
		{
			name: "restricted", need: needRestriction, confine: runtime.ConfineFiles,
			allowed: []order{{Do: "read", Text: "/proc/meminfo"}, {Do: "endpoint", Text: "/done"}},
			refused: []order{{Do: "read", Text: "/proc/1/stat"}, {Do: "write", Text: "/tmp/x"}},
		},
	} {
		t.Run(mode.name, func(t *testing.T) {
			t.Parallel()
			mode.need(t)
			testConfinement(t, mode.confine, mode.allowed, mode.refused)
		})
	}
}

// testConfinement tries what functions may not do, and what they may.
func testConfinement(t *testing.T, confine runtime.Confinement, allowed, refused []order) {
	t.Helper()
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("s"), 0o644); err != nil {
		t.Fatal(err)
	}
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	endpoint := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = fmt.Fprint(w, "done") })
	code := bootstrap(t)
	environment := start(t, newEngines(t, runtime.Options{Confine: confine, Endpoint: endpoint}), func(s *runtime.Spec) { s.Code = code })
	for _, o := range append(refused, []order{
		{Do: "read", Text: secret}, {Do: "list", Text: home}, {Do: "read", Text: "/etc/shadow"}, {Do: "list", Text: "/sys"},
		{Do: "dial", Text: other.Addr().String()}, {Do: "dial", Text: "192.0.2.1:80"},
		{Do: "write", Text: "/var/task/x"}, {Do: "write", Text: filepath.Join(code, "x")},
		{Do: "write", Text: "/usr/x"}, {Do: "write", Text: "/x"}, {Do: "write", Text: "/etc/passwd"},
	}...) {
		outcome := environment.Invoke(t.Context(), event(o))
		if !strings.HasPrefix(string(outcome.Payload), `"refused: `) {
			t.Errorf("%s %s: %s", o.Do, o.Text, outcome.Payload)
		}
	}
	for _, o := range append(allowed, order{Do: "write", Text: "/dev/null"}) {
		if outcome := environment.Invoke(t.Context(), event(o)); string(outcome.Payload) != `"done"` {
			t.Errorf("%s %s: %s", o.Do, o.Text, outcome.Payload)
		}
	}
}
