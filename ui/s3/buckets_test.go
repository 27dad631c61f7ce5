package s3

import (
	"fmt"
	"testing"

	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

func TestBucketFromFormToDeletion(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t)
	b := newBench(t, cloud).Open(nav.Route{Page: bucketsID}).Shows("General purpose buckets (0)", "You don't have any buckets.")
	b.Press("Create bucket").Follow().Shows("General purpose", "ACLs disabled (recommended)", "us-west-2")
	b.TypeIn("Bucket name", "My_Images").Press("Create bucket").Shows("Bucket names have no capital letters")
	if b.Page.Unsaved() == "" {
		t.Error("a half-filled form can be left without a word")
	}
	b.TypeIn("Bucket name", "image-123456").Press("Create bucket")
	if b.Page.Unsaved() != "" {
		t.Error("something is unsaved after saving")
	}
	if done := pagetest.Asked[nav.Notify](b); done.Level != nav.Success {
		t.Errorf("%+v", done)
	}
	b.Follow().Shows("General purpose buckets (1)", "image-123456", "us-west-2")

	b.Keys("y")
	if got := pagetest.Asked[nav.Copy](b).Text; got != "arn:aws:s3:::image-123456" {
		t.Errorf("copied %q", got)
	}
	b.Keys("d")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != "image-123456" {
		t.Errorf("the bucket's name is not asked for: %+v", ask)
	}
	b.Confirm().Shows("General purpose buckets (0)")
}

func TestATakenNameIsToldAtTheField(t *testing.T) {
	t.Parallel()
	b := newBench(t, sandbox(t, "taken-already")).Open(nav.Route{Page: createBucketID})
	b.TypeIn("Bucket name", "taken-already").Press("Create bucket").Shows("Bucket with the same name already exists", "BucketAlreadyOwnedByYou")
}

// TestABucketThatIsNotEmpty says so, and can be emptied and then deleted.
func TestABucketThatIsNotEmpty(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "full"))
	fill(t, cloud.Cloud, "full", 20, func(i int) string { return fmt.Sprintf("folder %d/object %d", i%7, i) })
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: bucketsID}).Keys("d")
	if ask := pagetest.Asked[nav.Confirm](b); ask.Title != "This bucket is not empty" || ask.Action != "Empty bucket" {
		t.Errorf("%+v", ask)
	}
	b.Confirm()
	if ask := pagetest.Asked[nav.Confirm](b); ask.Word != permanently {
		t.Errorf("%+v", ask)
	}
	b.Confirm()
	if done := pagetest.Asked[nav.Notify](b); done.Title != "The bucket full: successfully deleted 20 objects." {
		t.Errorf("%+v", done)
	}
	b.Keys("d").Confirm().Shows("General purpose buckets (0)")
}

func TestEmptyingCanBeCancelled(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "full"))
	fill(t, cloud.Cloud, "full", 1001, func(i int) string { return fmt.Sprintf("object %04d", i) })
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: bucketsID})
	p := pagetest.PageOf[*bucketsPage](b)
	b.Do(p.confirmEmpty("full"))
	cloud.Fail(func(operation string, _ any) error {
		if operation == "DeleteObjects" {
			b.Shows("deleting, 0 objects so far")
			if b.Page.Unsaved() == "" {
				t.Error("the page can be left without a word")
			}
			b.Press("Cancel emptying") // while the first thousand are on their way
		}
		return nil
	})
	b.Confirm()
	if told := pagetest.Asked[nav.Notify](b); told.Level != nav.Warning {
		t.Errorf("%+v", told)
	}
	cloud.Allow()
	if _, there := get(t, cloud.Cloud, "full", "object 1000"); !there {
		t.Error("all was deleted after the cancelling")
	}
	b.Do(p.confirmEmpty("full"))
	b.Confirm()
	if _, there := get(t, cloud.Cloud, "full", "object 1000"); there {
		t.Error("not all was deleted")
	}
}

func TestObjectsThatCannotBeDeletedAreTold(t *testing.T) {
	t.Parallel()
	cloud := sandbox(t, "full")
	put(t, cloud, "full", "one", "x")
	cloud.S3 = keeper{cloud.S3}
	b := newBench(t, cloud).Open(nav.Route{Page: bucketsID})
	b.Do(pagetest.PageOf[*bucketsPage](b).confirmEmpty("full"))
	b.Confirm()
	told := pagetest.Asked[nav.Notify](b)
	if told.Level != nav.Failure || told.Err == nil || told.Err.Error() != "DeleteObjects: AccessDenied: Access Denied (one)" {
		t.Errorf("%+v", told)
	}
}

func TestBucketsThatCannotBeReadAreTold(t *testing.T) {
	t.Parallel()
	cloud := pagetest.Watch(sandbox(t, "images"))
	cloud.Refuse("ListBuckets")
	b := newBench(t, cloud.Cloud).Open(nav.Route{Page: bucketsID}).Shows("The buckets could not be read", "It went wrong")
	cloud.Allow()
	b.Keys("r").Shows("images").Lacks("could not be read")
	cloud.Refuse("CreateBucket")
	b.Open(nav.Route{Page: createBucketID}).TypeIn("Bucket name", "more-images").Press("Create bucket").Shows("The bucket was not created", "It went wrong")
}
