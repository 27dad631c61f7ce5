package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"awslab/ui/file"
	"awslab/ui/nav"
)

// Memory keeps where the user was, in one small file, so that the console opens
// there again.
type Memory struct {
	path string

	mu     sync.Mutex
	turn   uint64 // of the newest state handed over
	stored uint64 // of the newest state on disk
	state  memoryState
	closed bool
}

type memoryState struct {
	Visits     []nav.Route `json:"visits"`
	Recent     []nav.Route `json:"recent"`
	GuideShown bool        `json:"guideShown"`
}

// OpenMemory reads the file, if there is one. A damaged file is as good as
// none: it is told of in the error, and written anew.
func OpenMemory(path string) (*Memory, error) {
	m := &Memory{path: path, state: memoryState{GuideShown: true}}
	data, err := os.ReadFile(path) // #nosec G304 -- the sandbox's own file
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &m.state)
	}
	if err != nil {
		m.state = memoryState{GuideShown: true}
		return m, fmt.Errorf("where you were could not be read, so the console starts at home: %w", err)
	}
	return m, nil
}

func (m *Memory) visits() []nav.Route { return m.state.Visits }
func (m *Memory) recent() []nav.Route { return m.state.Recent }
func (m *Memory) guideShown() bool    { return m.state.GuideShown }

// keep hands a new state over and returns what writes it: the newest state
// wins, whichever is written last.
func (m *Memory) keep(state memoryState) func() error {
	m.mu.Lock()
	m.turn++
	turn := m.turn
	m.state = state
	m.mu.Unlock()
	return func() error {
		m.mu.Lock()
		defer m.mu.Unlock()
		if turn < m.turn || m.stored >= turn || m.closed {
			return nil // a newer state is on its way, or was the last
		}
		data, err := json.MarshalIndent(m.state, "", "  ")
		if err != nil {
			return err
		}
		m.stored = turn
		return file.Replace(m.path, data)
	}
}

// close writes the last state. What was to be written before is written, or
// never will be, when it returns.
func (m *Memory) close(state memoryState) error {
	err := m.keep(state)()
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	return err
}
