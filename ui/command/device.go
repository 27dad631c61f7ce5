package command

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// The reasons why there is no code of an MFA device.
var (
	errNoCode      = errors.New("the profile wants the code of an MFA device, and none was given")
	errSessionOver = errors.New("the role's session is over, and a new one wants a code of the MFA device: choose the profile again (alt+a), or start awslab again")
)

// device is the user's MFA device. Its codes are asked for while an account is being
// opened: afterwards the terminal is the console's.
type device struct {
	ctx    context.Context
	in     io.Reader
	clocks map[*time.Timer]time.Duration // what stands still while the user looks for the code
	opened atomic.Bool
}

// code asks for a code.
func (d *device) code() (string, error) {
	if d.opened.Load() {
		return "", errSessionOver
	}
	for clock, again := range d.clocks {
		clock.Stop()
		defer clock.Reset(again)
	}
	fmt.Fprint(os.Stderr, "awslab: the code that your MFA device shows: ")
	typed := make(chan string, 1)
	go func() { // a terminal cannot be made to stop reading
		line, err := bufio.NewReader(d.in).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			line = ""
		}
		typed <- strings.TrimSpace(line)
	}()
	select {
	case <-d.ctx.Done():
		return "", d.ctx.Err()
	case code := <-typed:
		if code == "" {
			return "", errNoCode
		}
		return code, nil
	}
}
