package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/page/pagetest"

	tea "charm.land/bubbletea/v2"
)

// serve starts a server on this computer.
func serve(t testing.TB, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(handler)
	t.Cleanup(s.Close)
	return s
}

// open opens the viewer on a URL.
func open(t testing.TB, url string) *pagetest.Bench {
	t.Helper()
	return pagetest.New(t, Pages(), aws.Cloud{}).Open(nav.Route{Page: visitID, Name: url})
}

// TestAnswerIsShown and asked for again, also when the page comes back to the
// front, unless the request was changed.
func TestAnswerIsShown(t *testing.T) {
	t.Parallel()
	var asked atomic.Int64
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Custom", "my-value")
		fmt.Fprintf(w, `{"q":"Question %d","path":%q}`, asked.Add(1), r.URL.RequestURI())
	})
	b := open(t, s.URL+"/myDeployment/FAQ?a=b")
	b.Shows("✓ 200 OK", " ms · ", " · JSON · answer 1", "GET /myDeployment/FAQ?a=b HTTP/1.1", `"q": "Question 1"`, "Send again")
	if got := b.Zone("Response body", component.RoleText).Value; got != `{"q":"Question 1","path":"/myDeployment/FAQ?a=b"}` {
		t.Errorf("the body reads %q", got)
	}
	b.Do(b.Page.Init())
	b.Shows("answer 2", `"q": "Question 2"`).Lacks("Question 1")
	b.Press("Send again").Shows("answer 3", `"q": "Question 3"`)
	b.Press("Headers").Shows("HTTP/1.1 200 OK", "X-Custom: my-value", "Content-Type: application/json").Lacks("Question 3")
	b.Keys("[").Shows("Question 3")
	b.Keys("]").Shows("X-Custom")
	b.Press("Copy body")
	if got := pagetest.Asked[nav.Copy](b).Text; got != `{"q":"Question 3","path":"/myDeployment/FAQ?a=b"}` {
		t.Errorf("copied %q", got)
	}
	b.Press("Copy URL")
	if got := pagetest.Asked[nav.Copy](b).Text; got != s.URL+"/myDeployment/FAQ?a=b" {
		t.Errorf("copied %q", got)
	}
	b.Press("Copy as curl")
	if got := pagetest.Asked[nav.Copy](b).Text; got != "curl -i '"+s.URL+"/myDeployment/FAQ?a=b'" {
		t.Errorf("copied %q", got)
	}
	b.Press("Open in browser")
	if got := pagetest.Asked[nav.Browse](b).URL; got != s.URL+"/myDeployment/FAQ?a=b" {
		t.Errorf("%q was to be opened", got)
	}
	b.Choose("Method", "POST")
	b.Do(b.Page.Init())
	if asked.Load() != 3 {
		t.Errorf("%d requests", asked.Load())
	}
}

// TestRequestIsAsItIsWritten: method, URL, headers and body.
func TestRequestIsAsItIsWritten(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		data, err := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %q %v %v %s", r.Method, r.URL.RequestURI(), data, err, r.Header["X-Two"], r.UserAgent())
	})
	b := open(t, s.URL).Shows("GET /", " · text/plain · ")
	b.Choose("Method", "POST").TypeIn("URL", s.URL+"/a%20b?x=1&x=2").Press("Headers and body")
	editor(b, "Request headers", "X-Two: 1\n\nx-two:  2 \nUser-Agent: mine")
	editor(b, "Request body", `{"it's": 1}`)
	b.Press("Send again").Shows(`POST /a%20b?x=1&x=2`, `"{\"it's\": 1}" <nil> [1 2] mine`)
	b.Press("Copy as curl")
	want := `curl -i -X POST -H 'X-Two: 1' -H 'x-two: 2' -H 'User-Agent: mine' --data-raw '{"it'\''s": 1}' '` + s.URL + `/a%20b?x=1&x=2'`
	if got := pagetest.Asked[nav.Copy](b).Text; got != want {
		t.Errorf("copied\n%s, not\n%s", got, want)
	}
	b.Choose("Method", "HEAD").Press("Send again").Shows("200 OK", "The answer has no body.")
	editor(b, "Request headers", "no header")
	b.TypeIn("URL", "ftp://x").Press("Send again").Shows("line 1: write a header as Name: value", "A URL begins with http:// or https://", "200 OK")
}

// editor replaces what is in an editor.
func editor(b *pagetest.Bench, label, text string) {
	z := b.Zone(label, component.RoleText)
	b.Do(z.Click(0, 0))
	v := pagetest.PageOf[*visit](b)
	if e, ok := v.Ring.Focused().(*component.Editor); ok {
		e.SetValue("")
	}
	b.Do(b.Page.Paste(text))
}

func TestKnownAnswersAreExplained(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status, err := strconv.Atoi(r.URL.Query().Get("status"))
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		fmt.Fprint(w, r.URL.Query().Get("body"))
	})
	for _, test := range []struct{ status, body, want string }{
		{"403", `{"message":"Missing Authentication Token"}`, "No resource or method of the API fits this path"},
		{"403", `{"message":"Forbidden"}`, "no such stage"},
		{"502", `{"message":"Internal server error"}`, "malformed"},
		{"500", `{"message":"Internal server error"}`, "could not invoke the function"},
		{"504", `{"message":"Endpoint request timed out"}`, "29 seconds"},
		{"429", `{"message":"Too Many Requests"}`, "throttled"},
		{"500", `{"message":"mine"}`, ""},
		{"500", `{"Type":"mine"}`, ""},
		{"403", `no JSON`, ""},
		{"200", `{"message":"Forbidden"}`, ""},
	} {
		b := open(t, s.URL+"/?status="+test.status+"&body="+strings.ReplaceAll(strings.ReplaceAll(test.body, `"`, "%22"), " ", "%20"))
		b.Shows(test.status + " ")
		if test.want == "" {
			b.Lacks("→")
		} else {
			b.Shows("✗ "+test.status, "→ ", test.want)
		}
	}
}

func TestRedirectsAreFollowedAndShown(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		n, err := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		if err != nil {
			t.Error(err)
		}
		if n == 0 {
			fmt.Fprint(w, "arrived")
			return
		}
		http.Redirect(w, r, "/"+strconv.Itoa(n-1), http.StatusFound)
	})
	b := open(t, s.URL+"/2").Shows("302 → GET "+s.URL+"/1", "302 → GET "+s.URL+"/0", "200 OK", "arrived")
	b.TypeIn("URL", s.URL+"/10").Press("Send again").Shows("200 OK", "arrived")
	b.TypeIn("URL", s.URL+"/11").Press("Send again").Shows("more than 10 times", "302 → GET "+s.URL+"/1").Lacks("200 OK", s.URL+"/0")
}

// TestBodiesOfAllKinds: large, empty, binary, and of odd encodings.
func TestBodiesOfAllKinds(t *testing.T) {
	t.Parallel()
	bodies := map[string]struct{ kind, data string }{
		"/large":  {"text/plain", strings.Repeat("0123456789", mostBody/10+1)},
		"/empty":  {"text/plain", ""},
		"/image":  {"image/png", "\x89PNG\r\n\x1a\n\x00\x00"},
		"/latin":  {"text/html; charset=iso-8859-1", "caf\xe9"},
		"/wrong":  {"no/type/at all;;", `[1, {"a": null}]`},
		"/broken": {"application/json", `{"a":`},
	}
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		b := bodies[r.URL.Path]
		w.Header().Set("Content-Type", b.kind)
		fmt.Fprint(w, b.data)
	})
	for path, want := range map[string][]string{
		"/large":  {" · the first 1.0 MB · ", "0123456789"},
		"/empty":  {"The answer has no body.", "0 B"},
		"/image":  {"This is no text", "binary (image/png), 10 B"},
		"/latin":  {"caf�"},
		"/wrong":  {" · JSON · ", `"a": null`},
		"/broken": {" · application/json · ", `{"a":`},
	} {
		b := open(t, s.URL+path).Shows(want...)
		if path == "/large" {
			if n := len(pagetest.PageOf[*visit](b).answer.body.data); n != mostBody {
				t.Errorf("%d bytes were kept", n)
			}
		}
	}
}

func TestFailuresAreExplained(t *testing.T) {
	t.Parallel()
	closed := httptest.NewServer(nil)
	closed.Close()
	open(t, closed.URL).Shows("✗ ", "refused", "Nothing answers there", "while the console").Lacks("answer 1")

	plain := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		fmt.Fprint(w, "only this")
	})
	open(t, strings.Replace(plain.URL, "http:", "https:", 1)).Shows("try http://")
	open(t, plain.URL).Shows("200 OK", "only this", "the answer broke off")

	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0)
	secure.StartTLS()
	t.Cleanup(secure.Close)
	open(t, secure.URL).Shows("its certificate is not trusted")

	open(t, "").Shows("Enter a URL")
	open(t, "file:///etc/passwd").Shows("A URL begins with http:// or https://")
	open(t, "http://:80/").Shows("The URL names no host")
}

// failing is a transport that fails.
type failing struct{ err error }

func (f failing) RoundTrip(*http.Request) (*http.Response, error) { return nil, f.err }

func TestOtherFailuresAreExplained(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		want string
	}{
		{errSlow, "see whether the host can be reached"},
		{errors.New("lookup x: no such host"), ""},
		{errors.New(`malformed HTTP response "\x15"`), "speaks no plain HTTP"},
		{io.EOF, "speaks no plain HTTP"},
	} {
		if got := advise(request{url: "http://x"}, test.err); !strings.Contains(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%v: %q", test.err, got)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), -1)
	defer cancel()
	_, err := send(ctx, failing{errors.New("odd")}, pagetest.NewClock(epoch).Now, request{method: "GET", url: "http://x"})
	if !errors.Is(err, errSlow) {
		t.Errorf("%v", err)
	}
}

// TestWaitingIsGivenUp with esc, and when the page goes: the request is
// cancelled, and a late answer is dropped.
func TestWaitingIsGivenUp(t *testing.T) {
	t.Parallel()
	arrived, left := make(chan struct{}), make(chan struct{})
	var slow atomic.Bool
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if slow.Load() {
			arrived <- struct{}{}
			<-r.Context().Done()
			left <- struct{}{}
			return
		}
		fmt.Fprint(w, "quick")
	})
	b := open(t, s.URL).Shows("quick")
	v := pagetest.PageOf[*visit](b)
	slow.Store(true)
	for _, give := range []func(){func() { b.Keys("esc") }, b.Env.Calls.Close} {
		b.Env.Calls = v.Env.Calls
		cmd, answers := v.send(), make(chan tea.Msg, 1)
		go func() { answers <- cmd() }()
		<-arrived
		b.Shows("Waiting for the answer", "quick")
		give()
		<-left
		answer, ok := (<-answers).(page.Answer)
		if !ok || answer.Apply() != nil {
			t.Fatal("a late answer was taken")
		}
		b.Shows("quick").Lacks("✗")
	}
	if cmd, used := b.Page.Key(pagetest.Code("esc")); used && cmd != nil {
		t.Error("esc does something when nothing is awaited")
	}
}

// TestNothingOfTheAnswerReachesTheTerminal but its text.
func TestNothingOfTheAnswerReachesTheTerminal(t *testing.T) {
	t.Parallel()
	const evil = "\x1b]0;owned\x07\x1b[2J\u202eabc\x9b31m"
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Evil", "\x9b2J\u202e")
		w.Header().Set("Content-Type", "text/\x9b2J")
		fmt.Fprint(w, evil)
	})
	b := open(t, s.URL)
	v := pagetest.PageOf[*visit](b)
	v.answer.reason, v.answer.hops = evil, []hop{{302, evil, evil}}
	for range 2 {
		screen := b.View().String()
		for _, bad := range []string{"\x1b]", "\x1b[2J", "\u202e", "\x9b", "\x07"} {
			if strings.Contains(screen, bad) {
				t.Errorf("%q is on the screen", bad)
			}
		}
		b.Keys("]")
	}
	v.answer, v.fault = exchange{}, errors.New(evil)
	if strings.Contains(b.View().String(), "\x1b[2J") {
		t.Error("an error's text is not cleaned")
	}
}

// TestLocalNamesNeedNoResolver: names under .localhost are this computer.
func TestLocalNamesNeedNoResolver(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "host "+r.Host) })
	_, port, ok := strings.Cut(strings.TrimPrefix(s.URL, "http://"), ":")
	if !ok {
		t.Fatal(s.URL)
	}
	open(t, "http://abc123.execute-api.localhost:"+port+"/dev").Shows("200 OK", "host abc123.execute-api.localhost:"+port)
	for host, want := range map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true, "a.LOCALHOST.": true, "localhost.com": false, "10.0.0.1": false, "": false} {
		if local(host) != want {
			t.Errorf("local(%q) is %v", host, !want)
		}
	}
}

func TestEverySizeIsDrawn(t *testing.T) {
	t.Parallel()
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"q": "`+strings.Repeat("word ", 200)+`"}`)
	})
	b := open(t, s.URL)
	for _, opened := range []bool{false, true} {
		pagetest.PageOf[*visit](b).more.SetOpen(opened)
		for _, size := range [][2]int{{170, 55}, {80, 24}, {40, 10}, {20, 5}, {8, 3}} {
			b.Width, b.Height = size[0], size[1]
			b.View()
		}
	}
	b.Width, b.Height = 80, 24
	pagetest.PageOf[*visit](b).more.SetOpen(false)
	b.Shows("Send again", "URL", "200 OK", `"q": "word word`)
}

func BenchmarkVisitView(b *testing.B) {
	s := serve(b, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `[`+strings.Repeat(`{"q": "a question", "a": "an answer that is somewhat longer"},`, 15000)+`1]`)
	})
	bench := open(b, s.URL)
	bench.Shows("JSON", "a question")
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}
