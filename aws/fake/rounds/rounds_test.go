package rounds_test

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"awslab/aws/fake/rounds"
)

// pile is a heap of numbers; the rounds that were written of it are kept.
type pile struct {
	bits    []int
	mu      sync.Mutex // protects written
	written [][]int
	slow    time.Duration // that writing takes
}

func (p *pile) Waits() bool { return len(p.bits) > 0 }

func (p *pile) Take() func() {
	bits := p.bits
	p.bits = nil
	return func() {
		time.Sleep(p.slow)
		p.mu.Lock()
		defer p.mu.Unlock()
		p.written = append(p.written, bits)
	}
}

func (p *pile) rounds() [][]int {
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.written)
}

func put(r *rounds.Rounds, p *pile, bits ...int) {
	r.Lock()
	defer r.Unlock()
	p.bits = append(p.bits, bits...)
	r.Wake()
}

func same(t *testing.T, got [][]int, want ...[]int) {
	t.Helper()
	if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
		t.Errorf("%v are written, want %v", got, want)
	}
}

// TestWhatComesWhileWriting is written in the next round, all together.
func TestWhatComesWhileWriting(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &pile{slow: time.Second}
		r := rounds.New(p, 0)
		put(r, p, 1)
		synctest.Wait()
		put(r, p, 2)
		put(r, p, 3)
		time.Sleep(time.Second)
		same(t, p.rounds(), []int{1})
		r.Drain()
		same(t, p.rounds(), []int{1}, []int{2, 3})
	})
}

// TestGathering waits a moment for more, and not at all once it is drained.
func TestGathering(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &pile{}
		r := rounds.New(p, time.Minute)
		put(r, p, 1)
		time.Sleep(59 * time.Second)
		put(r, p, 2)
		same(t, p.rounds())
		time.Sleep(time.Second)
		same(t, p.rounds(), []int{1, 2})
		put(r, p, 3)
		before := time.Now()
		r.Drain()
		r.Drain()
		put(r, p, 4)
		same(t, p.rounds(), []int{1, 2}, []int{3}, []int{4})
		if took := time.Since(before); took != 0 {
			t.Errorf("draining took %v", took)
		}
	})
}

// TestTaken wakes those who wait for room when there is some.
func TestTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &pile{slow: time.Second}
		r := rounds.New(p, time.Minute)
		put(r, p, 1, 2, 3)
		r.Lock()
		for len(p.bits) > 2 {
			r.Taken()
		}
		p.bits = append(p.bits, 4)
		r.Wake()
		r.Unlock()
		if len(p.rounds()) != 0 {
			t.Error("room is waited for until all is written")
		}
		r.Drain()
		same(t, p.rounds(), []int{1, 2, 3}, []int{4})
	})
}
