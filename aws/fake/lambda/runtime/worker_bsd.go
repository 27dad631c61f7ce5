//go:build unix && !linux

package runtime

import (
	"errors"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// adoptOrphans: only Linux hands orphans to anyone but the first process.
func adoptOrphans() error { return nil }

func keptAttributes() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

func duplicate(from, to int) error { return unix.Dup2(from, to) }

// descendants are known by their process group only.
func descendants(int) []int { return nil }

func restrict(restriction) error { return errors.ErrUnsupported }

func landlockVersion() int { return 0 }

func confine(confinement) error { return errors.ErrUnsupported }

func (e *Engines) tryConfinement() error {
	return errors.New("this system cannot confine it further")
}

func (e *Engines) beginConfined(Spec, program) (*process, error) { return nil, errors.ErrUnsupported }

// workerProgram is this program.
func workerProgram() (string, error) { return os.Executable() }
