package s3

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"awslab/ui/nav"
	"awslab/ui/page/pagetest"

	"pgregory.net/rapid"
)

// everywhere is a route to each page and tab.
func everywhere() []nav.Route {
	return []nav.Route{
		{Page: bucketsID}, {Page: createBucketID}, bucketRoute("images", ""), bucketRoute("images", "objects:a folder/"),
		bucketRoute("images", propertiesDetail), bucketRoute("images", permissionsDetail),
		{Page: createFolderID, Name: "images"}, {Page: uploadID, Name: "images"}, {Page: notificationID, Name: "images"},
		{Page: objectID, Name: "images", Detail: "a folder/map.txt"}, {Page: viewID, Name: "images", Detail: "a folder/map.txt"},
		{Page: viewID, Name: "images", Detail: "picture"},
	}
}

// TestPagesFitEverySize draws each page in small and in large, and gives each
// control that can be used a label.
func TestPagesFitEverySize(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	put(t, cloud, "images", "a folder/map.txt", "here")
	put(t, cloud, "images", "picture", pictures(t)["PNG"])
	for _, route := range everywhere() {
		b := newBench(t, cloud).Open(route)
		for _, size := range [][2]int{{40, 10}, {80, 24}, {170, 55}} {
			b.Width, b.Height = size[0], size[1]
			for _, z := range b.View().Zones {
				if z.Label == "" && z.Role != "scroll" {
					t.Errorf("%+v at %v: a %s without a label", route, size, z.Role)
				}
			}
		}
	}
}

func TestCrumbsAndParents(t *testing.T) {
	t.Parallel()
	for _, e := range Pages() {
		if e.Summary == "" || e.Title == "" {
			t.Errorf("%s lacks words", e.ID)
		}
		route := nav.Route{Page: e.ID, Name: "images", Detail: "a folder/map.txt"}
		if e.Crumb(route) == "" {
			t.Errorf("%s has no crumb", e.ID)
		}
	}
	if got := bucketCrumb(bucketRoute("images", "objects:a/b/")); got != "b/" {
		t.Errorf("a folder's crumb is %q", got)
	}
	for key, want := range map[string]string{"a": "", "a/": "", "a/b": "a/", "a/b/": "a/", "a/b/c.txt": "a/b/", "": ""} {
		if got := above(key); got != want {
			t.Errorf("above %q is %q, not %q", key, got, want)
		}
	}
}

// TestURLsLeadToTheKey whatever is in it.
func TestURLsLeadToTheKey(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		key := rapid.StringN(1, 40, 1024).Draw(r, "key")
		for _, endpoint := range []string{"", "http://127.0.0.1:4566"} {
			at, err := url.Parse(objectURL(endpoint, "us-west-2", "images", key))
			if err != nil || strings.TrimPrefix(at.Path, "/images") != "/"+key || at.RawQuery != "" || at.Fragment != "" {
				r.Fatalf("%q: %v, %v", key, at, err)
			}
		}
	})
	if got := objectURL("", "us-west-2", "images", "a b.jpg"); got != "https://images.s3.us-west-2.amazonaws.com/a%20b.jpg" {
		t.Error(got)
	}
}

// benchmarks draws a page in the size of a large terminal.
func benchmarks(b *testing.B, bench *pagetest.Bench) {
	bench.Width, bench.Height = 170, 55
	bench.View()
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}

func BenchmarkObjectsView(b *testing.B) {
	cloud := sandbox(b, "images")
	fill(b, cloud, "images", 200, func(i int) string { return fmt.Sprintf("object %04d.jpg", i) })
	benchmarks(b, newBench(b, cloud).Open(bucketRoute("images", "")))
}

func BenchmarkBucketsView(b *testing.B) {
	benchmarks(b, newBench(b, sandbox(b, "images", "images-resized")).Open(nav.Route{Page: bucketsID}))
}

func BenchmarkCreateBucketView(b *testing.B) {
	benchmarks(b, newBench(b, sandbox(b)).Open(nav.Route{Page: createBucketID}))
}

func BenchmarkNotificationView(b *testing.B) {
	benchmarks(b, newBench(b, sandbox(b, "images")).Open(nav.Route{Page: notificationID, Name: "images"}))
}

func BenchmarkObjectView(b *testing.B) {
	cloud := sandbox(b, "images")
	put(b, cloud, "images", "map.txt", "here")
	benchmarks(b, newBench(b, cloud).Open(objectRoute(objectID, "map.txt")))
}

func BenchmarkTextView(b *testing.B) {
	cloud := sandbox(b, "images")
	put(b, cloud, "images", "long.json", "["+strings.Repeat("{\"Artist\": \"Psy\", \"Year\": 2012},\n", 30_000)+"{}]")
	benchmarks(b, newBench(b, cloud).Open(objectRoute(viewID, "long.json")))
}

// BenchmarkUploadView has ten thousand files of which three are on their way.
func BenchmarkUploadView(b *testing.B) {
	bench := newBench(b, sandbox(b, "images")).Open(nav.Route{Page: uploadID, Name: "images"})
	p := pagetest.PageOf[*uploadPage](bench)
	found := make([]chosen, mostChosen)
	for i := range found {
		found[i] = chosen{path: "x", name: fmt.Sprintf("folder/file %05d.jpg", i), size: 1 << 20}
	}
	p.take(found)
	p.started = true
	for _, f := range p.files[:mostMoving] {
		f.begin(bench.Env.Now(), "Uploading")
	}
	benchmarks(b, bench)
}
