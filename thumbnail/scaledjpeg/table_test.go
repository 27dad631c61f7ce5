package scaledjpeg

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestSkip holds what is skipped several codes at a time to what is skipped one
// by one, for tables and bits of all kinds.
func TestSkip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ac := drawTable(t)
		ac.withSkips()
		data := append(rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "bits"), make([]byte, ahead)...)
		k := rapid.IntRange(1, 64).Draw(t, "k")
		quick, slow := reader{plain: data}, reader{plain: data}
		ok, want := quick.skip(ac, k), slow.skipSlowly(ac, k)
		if ok != want || ok && quick.pos != slow.pos {
			t.Fatalf("%v after %d bits, want %v after %d", ok, quick.pos, want, slow.pos)
		}
	})
}

// drawTable makes a table of random symbols and codes that are prefix-free.
func drawTable(t *rapid.T) *table {
	ac := &table{}
	room, total := 1, 0 // codes that are free at a length
	for length := 1; length <= 16; length++ {
		room *= 2
		n := min(rapid.IntRange(0, min(room, 40)).Draw(t, "codes"), 256-total)
		ac.count[length] = int32(n)
		room -= n
		total += n
	}
	copy(ac.symbols[:], rapid.SliceOfN(rapid.Byte(), total, total).Draw(t, "symbols"))
	if !ac.fill() {
		t.Fatal("the codes do not fit")
	}
	return ac
}

// TestValues holds the look-up of values to reading them bit by bit.
func TestValues(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		quick := drawTable(t)
		slow := *quick
		quick.withValues()
		slow.values = &[1 << window]value{}
		data := append(rapid.SliceOfN(rapid.Byte(), 8, 20).Draw(t, "bits"), make([]byte, ahead)...)
		a, b := reader{plain: data}, reader{plain: data}
		zeros, n, ok := a.pair(quick)
		wantZeros, want, wantOK := b.pair(&slow)
		if zeros != wantZeros || n != want || ok != wantOK || a.pos != b.pos {
			t.Fatalf("%d, %d, %v; want %d, %d, %v", zeros, n, ok, wantZeros, want, wantOK)
		}
	})
}

func TestTooManyCodes(t *testing.T) {
	t.Parallel()
	crowded := &table{}
	crowded.count[1], crowded.count[2] = 1, 3
	if crowded.fill() {
		t.Error("three codes of two bits where two are free")
	}
}

// TestTransform holds each size to the definition of the transform.
func TestTransform(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{1, 2, 4, 8})
		across, down := size.Draw(t, "across"), size.Draw(t, "down")
		var block [64]int32
		for v := range down {
			for u := range across {
				block[v*blockSide+u] = int32(rapid.IntRange(-100, 100).Draw(t, "frequency"))
			}
		}
		want := make([]float64, across*down)
		for y := range down {
			for x := range across {
				sum := 0.0
				for v := range down {
					for u := range across {
						sum += float64(block[v*blockSide+u]) * wave(u, x, across) * wave(v, y, down)
					}
				}
				want[y*across+x] = min(max(sum/8+128, 0), 255)
			}
		}
		for i := range block {
			block[i] <<= fraction
		}
		out := make([]uint8, across*down)
		transform(&block, across, down, out, across)
		for i := range out {
			if off := math.Abs(float64(out[i]) - want[i]); off > 0.6 {
				t.Fatalf("%d×%d, sample %d: %d, want %.2f", across, down, i, out[i], want[i])
			}
		}
	})
}

// wave is the u-th frequency at the x-th of n places.
func wave(u, x, n int) float64 {
	if u == 0 {
		return 1
	}
	return math.Sqrt2 * math.Cos(float64((2*x+1)*u)*math.Pi/float64(2*n))
}
