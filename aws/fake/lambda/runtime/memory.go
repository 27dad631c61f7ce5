package runtime

// memory watches what the processes of an environment use. It is used by one
// goroutine at a time.
type memory struct {
	process *process
	limit   int64 // bytes
	shown   int   // MB: no more is ever reported, as on AWS
	peak    int64 // bytes
}

// exceeded looks at all the processes and says whether they use more than they
// may.
func (m *memory) exceeded() bool {
	used := m.process.usage.now()
	m.peak = max(m.peak, used)
	return used > m.limit
}

// sample looks at the program's own process only, which is quick: what it used
// at most, where the system remembers that.
func (m *memory) sample() { m.peak = max(m.peak, m.process.usage.most()) }

func (m *memory) peakMB() int {
	return min(int((m.peak+1<<20-1)>>20), m.shown)
}
