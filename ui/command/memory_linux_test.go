package command

import (
	"os"
	"regexp"
	"strconv"
	"testing"
)

// TestGiveBack sees the pages of the program's file leave this process's memory,
// and the program go on.
func TestGiveBack(t *testing.T) {
	t.Parallel()
	before := filePages(t)
	if err := giveBack(); err != nil {
		t.Fatal(err)
	}
	if after := filePages(t); after >= before {
		t.Errorf("%d kB of files are in memory, %d kB before", after, before)
	}
	mapped, err := programPages()
	if err != nil || len(mapped) == 0 {
		t.Errorf("the program's pages are %v, %v", mapped, err)
	}
}

// filePages is how many kB of this process's memory are pages of files.
func filePages(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`RssFile:\s+(\d+) kB`).FindSubmatch(status)
	if found == nil {
		t.Skip("this system does not say how much of the memory is files")
	}
	kB, err := strconv.Atoi(string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return kB
}
