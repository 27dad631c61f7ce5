package js

import (
	"testing"
)

const benchHandler = "export const handler = async (event) => event;"

// BenchmarkCold is process start to first answer.
func BenchmarkCold(b *testing.B) {
	for _, engine := range []string{"quickjs", "quickjs-uncached", "node"} {
		b.Run(engine, func(b *testing.B) {
			env := []string{}
			name := engine
			switch engine {
			case "quickjs":
				dir := b.TempDir()
				if err := Cache(dir); err != nil {
					b.Fatal(err)
				}
				env = append(env, "AWSLAB_JS_CACHE="+dir)
			case "quickjs-uncached":
				name = "quickjs"
			}
			for b.Loop() {
				f := start(b, name, map[string]string{"index.mjs": benchHandler}, env...)
				f.invoke(b, "{}")
				f.stop()
			}
		})
	}
}

// BenchmarkWarm is one invocation of a running function.
func BenchmarkWarm(b *testing.B) {
	for _, engine := range []string{"quickjs", "node"} {
		b.Run(engine, func(b *testing.B) {
			f := start(b, engine, map[string]string{"index.mjs": benchHandler})
			f.invoke(b, "{}")
			for b.Loop() {
				if a := f.invoke(b, `{"key":"value"}`); a.Body != `{"key":"value"}` {
					b.Fatal(a)
				}
			}
		})
	}
}

// BenchmarkLog is one invocation that logs a thousand lines.
func BenchmarkLog(b *testing.B) {
	for _, what := range []struct{ name, arguments string }{
		{"text", "`line ${i} of many`"},
		{"parts", "'line', i, 'of many'"},
		{"format", "'line %d of %s', i, 'many'"},
		{"object", "{ line: i, of: ['many', 'more'] }"},
		{"json", "JSON.stringify({ line: i, of: ['many', 'more'] })"},
	} {
		for _, engine := range []string{"quickjs", "node"} {
			b.Run(what.name+"/"+engine, func(b *testing.B) {
				f := start(b, engine, map[string]string{"index.mjs": "export const handler = async () => { for (let i = 0; i < 1000; i++) console.log(" + what.arguments + "); };"})
				f.invoke(b, "{}")
				for b.Loop() {
					f.invoke(b, "{}")
				}
			})
		}
	}
}
