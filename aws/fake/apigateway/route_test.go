package apigateway

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"awslab/aws"
)

// tree makes routes of methods, each "GET /path".
func tree(t interface {
	Helper()
	Fatal(...any)
}, methods ...string) *route {
	t.Helper()
	resources := []aws.APIResource{{ID: "/", Path: "/"}}
	at := map[string]int{"/": 0}
	for _, m := range methods {
		method, path, _ := strings.Cut(m, " ")
		whole := ""
		for part := range strings.SplitSeq(strings.Trim(path, "/"), "/") {
			if part == "" {
				break
			}
			parent := max(whole, "/")
			whole += "/" + part
			if _, known := at[whole]; !known {
				at[whole] = len(resources)
				resources = append(resources, aws.APIResource{ID: whole, ParentID: parent, PathPart: part, Path: whole})
			}
		}
		set(&resources[at[path]], aws.APIMethod{HTTPMethod: method})
	}
	root, err := compile(resources, nil)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

var shop = []string{
	"GET /", "GET /FAQ", "ANY /pets", "POST /pets", "GET /pets/{id}", "GET /pets/mine", "GET /pets/{id}/toys/{toy}", "GET /files/{path+}",
	"POST /deep/{a}/b", "GET /deep/{rest+}", "GET /a.b_c-d:e",
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	root := tree(t, shop...)
	for _, c := range []struct{ method, path, want string }{
		{"GET", "", "GET /"},
		{"GET", "/", "GET /"},
		{"POST", "/", ""},
		{"GET", "/FAQ", "GET /FAQ"},
		{"GET", "/FAQ/", "GET /FAQ"},
		{"GET", "/F%41Q", "GET /FAQ"},
		{"GET", "/faq", ""},
		{"GET", "/FAQ//", ""},
		{"GET", "//FAQ", ""},
		{"HEAD", "/FAQ", ""},
		{"GET", "/pets", "ANY /pets"},
		{"POST", "/pets", "POST /pets"},
		{"OPTIONS", "/pets", "ANY /pets"},
		{"ANY", "/pets", ""},
		{"TRACE", "/pets", ""},
		{"get", "/pets", ""},
		{"GET", "/pets/mine", "GET /pets/mine"},
		{"GET", "/pets/7", "GET /pets/{id} id=7"},
		{"GET", "/pets/a%20b", "GET /pets/{id} id=a%20b"},
		{"GET", "/pets/%zz", "GET /pets/{id} id=%zz"},
		{"GET", "/pets/mine/toys/ball", "GET /pets/{id}/toys/{toy} id=mine toy=ball"},
		{"GET", "/pets/7/toys", ""},
		{"GET", "/pets//toys/x", ""},
		{"GET", "/files", ""},
		{"GET", "/files/a", "GET /files/{path+} path=a"},
		{"GET", "/files/a/b%2Fc/d/", "GET /files/{path+} path=a/b%2Fc/d"},
		{"POST", "/deep/x/b", "POST /deep/{a}/b a=x"},
		{"GET", "/deep/x/b", "GET /deep/{rest+} rest=x/b"},
		{"GET", "/deep/x/c", "GET /deep/{rest+} rest=x/c"},
		{"GET", "/deep//", ""},
		{"GET", "/deep//x", "GET /deep/{rest+} rest=/x"},
		{"GET", "/a.b_c-d:e", "GET /a.b_c-d:e"},
		{"GET", "/nope", ""},
	} {
		got := ""
		if r, m, params := root.match(c.path, c.method); r != nil {
			got = m.HTTPMethod + " " + r.path
			for _, p := range params {
				got += fmt.Sprintf(" %s=%s", p.name, p.value)
			}
		}
		if got != c.want {
			t.Errorf("%s %q is %q, want %q", c.method, c.path, got, c.want)
		}
	}
}

// Of all resources that a path could be for, the one is found whose parts are
// the plainest, from the left.
func TestRouteIsThePlainest(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SampledFrom([]string{"a", "b", "{v}", "{w+}"})
		paths := map[string]bool{}
		for range rapid.IntRange(1, 12).Draw(t, "resources") {
			path := ""
			for range rapid.IntRange(1, 4).Draw(t, "parts") {
				next := part.Draw(t, "part")
				path += "/" + next
				if isGreedy(next) {
					break
				}
			}
			paths["GET "+path] = true
		}
		root := tree(t, slices.Sorted(maps.Keys(paths))...)
		sent := "/" + strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 1, 5).Draw(t, "sent"), "/")
		want, best := "", ""
		for m := range paths {
			resource := strings.TrimPrefix(m, "GET ")
			if rank := rankOf(resource, sent); rank != "" && (best == "" || rank < best) {
				want, best = resource, rank
			}
		}
		got := ""
		if r, _, _ := root.match(sent, "GET"); r != nil {
			got = r.path
		}
		if got != want {
			t.Fatalf("%s is for %q, want %q of %v", sent, got, want, paths)
		}
	})
}

// rankOf is how plain a resource's parts are that a path is for, the plainest
// first in order; "" when it is not for it.
func rankOf(resource, path string) (rank string) {
	parts, sent := strings.Split(resource[1:], "/"), strings.Split(path[1:], "/")
	for n, part := range parts {
		switch {
		case n >= len(sent):
			return ""
		case isGreedy(part):
			return rank + "3"
		case isVariable(part):
			rank += "2"
		case part != sent[n]:
			return ""
		default:
			rank += "1"
		}
	}
	if len(parts) != len(sent) {
		return ""
	}
	return rank
}

func FuzzRoute(f *testing.F) {
	for _, m := range shop {
		method, path, _ := strings.Cut(m, " ")
		f.Add(method, path)
	}
	f.Add("GET", "/deep/%2/x//")
	root := tree(f, shop...)
	f.Fuzz(func(t *testing.T, method, path string) {
		r, m, params := root.match(path, method)
		if r == nil {
			return
		}
		if m.HTTPMethod != method && m.HTTPMethod != aws.AnyMethod {
			t.Errorf("%s %q has the method %s", method, path, m.HTTPMethod)
		}
		if n := strings.Count(r.path, "{"); len(params) != n {
			t.Errorf("%s has %d parameters of %q, want %d", r.path, len(params), path, n)
		}
		for _, p := range params {
			if p.value == "" || !strings.Contains(path, p.value) {
				t.Errorf("%s is %q of %q", p.name, p.value, path)
			}
		}
	})
}

func TestParamsOfATest(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ resource, path, want string }{
		{"/", "/", "[]"},
		{"/FAQ", "/FAQ", "[]"},
		{"/pets/{id}", "/pets/7", "[{id 7}]"},
		{"/pets/{id}/toys/{toy}", "/pets/7/toys/ball/", "[{id 7} {toy ball}]"},
		{"/files/{path+}", "/files/a/b", "[{path a/b}]"},
		{"/pets/{id}", "/pets/{id}", "[{id {id}}]"},
		{"/pets/{id}", "/other/7", "[]"},
		{"/pets/{id}", "/pets/7/more", "[]"},
		{"/pets/{id}", "/pets", "[]"},
	} {
		if got := fmt.Sprint(paramsOf(c.resource, c.path)); got != c.want {
			t.Errorf("%s of %s has %s, want %s", c.path, c.resource, got, c.want)
		}
	}
}
