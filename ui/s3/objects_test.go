package s3

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func TestFoldersAndObjects(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	for _, key := range []string{"HappyFace.jpg", "trips/", "trips/2025/alps.png", "trips/map.txt", "zoo.gif"} {
		put(t, cloud, "images", key, "content")
	}
	b := newBench(t, cloud).Open(bucketRoute("images", "")).Shows("Objects (3)", "HappyFace.jpg", "jpg", "trips/", "Folder", "Standard", "7 B").Lacks("map.txt")
	b.Keys("down", "enter").Follow().Shows("Objects (2)", "2025/", "map.txt", "images", "trips/").Lacks("zoo.gif")
	b.Keys("enter").Follow().Shows("alps.png")
	b.Do(b.Zone("trips/", "link").Click(0, 0))
	b.Follow().Shows("map.txt")
	parent, _ := bucketParent(bucketRoute("images", "objects:trips/2025/"))
	if parent != bucketRoute("images", "objects:trips/") {
		t.Errorf("the folder above is %+v", parent)
	}
	b.Keys("i") // 2025/ is a folder, which opens
	if to := pagetest.Asked[nav.Open](b).Route; to != bucketRoute("images", "objects:trips/2025/") {
		t.Errorf("%+v", to)
	}
}

// TestOneScreenCostsOnePage: objects are listed as they come into sight.
func TestOneScreenCostsOnePage(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "many"))
	fill(t, cloud.Cloud, "many", onePage+50, func(i int) string { return fmt.Sprintf("object %04d", i) })
	b := newBench(t, cloud.Cloud).Open(bucketRoute("many", "")).Shows("Objects (300+)")
	if n := cloud.Count("ListObjectsV2"); n != 1 {
		t.Errorf("%d pages were read for one screen", n)
	}
	b.Do(pagetest.PageOf[*bucketPage](b).objects.sort(3, false))
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Information {
		t.Errorf("%+v", told)
	}
	b.Keys("end").Shows("Objects (350)").Keys("end").Shows("object 0349")
	if n := cloud.Count("ListObjectsV2"); n != 2 {
		t.Errorf("%d pages were read for all", n)
	}
	b.Keys("r").Shows("Objects (350)", "object 0349") // the place stays
	b.Keys("o", "o").Shows("object 0349")
}

func TestFindByPrefix(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	for _, key := range []string{"alps.png", "beach.png", "bear.png"} {
		put(t, cloud, "images", key, "content")
	}
	b := newBench(t, cloud).Open(bucketRoute("images", "")).Keys("/", "b", "e").Shows("alps.png")
	b.Tick()
	b.Shows("Objects (2)", "beach.png", "bear.png").Lacks("alps.png")
	b.Keys("x")
	b.Tick()
	b.Shows("No names here begin with bex.")
	b.Keys("esc").Shows("Objects (3)")
}

func TestDeleteMarkedObjectsAndFolders(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	for _, key := range []string{"a/1", "a/2", "a/b/3", "one", "two"} {
		put(t, cloud, "images", key, "content")
	}
	b := newBench(t, cloud).Open(bucketRoute("images", "")).Keys("space", "down", "space", "d")
	ask := pagetest.Asked[nav.Confirm](b)
	if ask.Word != permanently || ask.Text[0] != "Delete permanently: a/, one." {
		t.Errorf("%+v", ask)
	}
	b.Confirm().Shows("Objects (1)", "two").Lacks("one")
	if done := pagetest.Asked[nav.Notify](b); done.Title != "The bucket images: successfully deleted 4 objects." {
		t.Errorf("%+v", done)
	}
}

func TestCopyAndActions(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	put(t, cloud, "images", "my trips/alps 1+2.txt", "content")
	b := newBench(t, cloud).Open(bucketRoute("images", "objects:my trips/")).Keys("y")
	if got := pagetest.Asked[nav.Copy](b).Text; got != "s3://images/my trips/alps 1+2.txt" {
		t.Errorf("URI %q", got)
	}
	b.Press("Actions ▾").Pick("Copy URL")
	if got := pagetest.Asked[nav.Copy](b).Text; got != "http://127.0.0.1:4566/images/my%20trips/alps%201%2B2.txt" {
		t.Errorf("URL %q", got)
	}
	b.Press("Actions ▾").Pick("View details")
	if to := pagetest.Asked[nav.Open](b).Route; to != (nav.Route{Page: objectID, Name: "images", Detail: "my trips/alps 1+2.txt"}) {
		t.Errorf("%+v", to)
	}
	b.Press("Actions ▾").Pick("Download")
	saved := filepath.Join(b.Env.Folder, "alps 1+2.txt")
	if got, err := os.ReadFile(saved); err != nil || string(got) != "content" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestCreateFolder(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "images")
	b := newBench(t, cloud).Open(bucketRoute("images", "")).Press("Create folder").Follow()
	b.TypeIn("Folder name", "a/b").Press("Create folder").Shows("cannot contain")
	b.TypeIn("Folder name", "trips").Press("Create folder").Follow().Shows("Objects (1)", "trips/")
	if _, there := get(t, cloud, "images", "trips/"); !there {
		t.Error("there is no object for the folder")
	}
}

func TestAMissingBucketIsTold(t *testing.T) {
	t.Parallel()
	b := newBench(t, sandbox(t)).Open(bucketRoute("none-such", "")).Shows("The objects could not be read", "NoSuchBucket")
	b.Press("Properties").Shows("The bucket could not be read").Press("Permissions").Shows("The policy could not be read")
}
