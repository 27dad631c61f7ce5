package runtime

import (
	"sync"
	"unsafe"

	"golang.org/x/sys/windows"
)

// usage is the memory of a job's processes.
type usage struct {
	mu   sync.Mutex // protects what follows
	job  windows.Handle
	gone bool
}

// now returns the most bytes that the job's processes had committed together
// so far: it never sinks.
func (u *usage) now() int64 { return u.most() }

func (u *usage) most() int64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.gone {
		return 0
	}
	var limits windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	err := windows.QueryInformationJobObject(u.job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)), nil) //nolint:gosec // as the call wants it
	if err != nil {
		return 0
	}
	return int64(limits.PeakJobMemoryUsed) //nolint:gosec // no computer has as much
}

// close is called when the job's processes have ended.
func (u *usage) close() {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.gone = true
	_ = windows.CloseHandle(u.job) // nothing is in it any more
}
