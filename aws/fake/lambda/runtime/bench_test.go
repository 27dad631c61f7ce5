package runtime_test

import (
	"testing"

	"awslab/aws/fake/lambda/runtime"
)

// benchmarks are the ways to run functions that are measured: the engines, and
// a bootstrap.
func benchmarks(b *testing.B, run func(b *testing.B, engines *runtime.Engines, spec runtime.Spec)) {
	cache := b.TempDir()
	all := append(engines(b), engine{name: "bootstrap", runtime: "provided.al2023"})
	for _, mode := range []struct {
		name    string
		confine runtime.Confinement
	}{{"confined", runtime.ConfineBest}, {"plain", runtime.ConfineNone}} {
		for _, e := range all {
			e.options.Cache, e.options.Confine = cache, mode.confine
			b.Run(e.name+"/"+mode.name, func(b *testing.B) {
				spec := runtime.Spec{Runtime: e.runtime, Code: bootstrap(b), MemoryMB: 128}
				if e.file != "" {
					spec = e.spec(b)
				}
				engines := newEngines(b, e.options)
				if err := engines.Prepare(b.Context()); err != nil {
					b.Fatal(err)
				}
				run(b, engines, spec)
			})
		}
	}
}

// BenchmarkCold is the init phase: from nothing to ready for the first event.
func BenchmarkCold(b *testing.B) {
	benchmarks(b, func(b *testing.B, engines *runtime.Engines, spec runtime.Spec) {
		for b.Loop() {
			environment, begun := engines.Start(b.Context(), spec)
			if begun.Failure != nil {
				b.Fatal(begun.Failure.Message)
			}
			b.StopTimer()
			environment.Close()
			b.StartTimer()
		}
	})
}

// BenchmarkWarm is an invocation of a function that does nothing.
func BenchmarkWarm(b *testing.B) {
	benchmarks(b, func(b *testing.B, engines *runtime.Engines, spec runtime.Spec) {
		environment, begun := engines.Start(b.Context(), spec)
		if begun.Failure != nil {
			b.Fatal(begun.Failure.Message)
		}
		for b.Loop() {
			if outcome := environment.Invoke(b.Context(), event(order{Do: "echo", Text: "x"})); outcome.Failure != nil {
				b.Fatal(outcome.Failure.Message)
			}
		}
	})
}
