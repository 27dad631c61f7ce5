package component

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

// The screen that the editor is measured on, and how long it shows a frame.
const (
	benchWidth  = 170
	benchHeight = 55
	frameTime   = time.Second / 60
)

// scriptLines is a Node.js module of so many lines.
func scriptLines(n int) string {
	lines := make([]string, n)
	for i := range lines {
		lines[i] = []string{
			"export const handler = async (event) => { // answers", "  const faqs = [", `    { q: "What is Lambda?", a: 'Code without servers' },`,
			"  ];", fmt.Sprintf("  return { statusCode: %d, body: JSON.stringify(faqs[0]) };", i), "};",
		}[i%6]
	}
	return strings.Join(lines, "\n")
}

func scriptEditor(text string) *Editor {
	e := NewEditor()
	e.Language, e.Height = "javascript", benchHeight
	e.SetValue(text)
	e.Focus()
	return e
}

// BenchmarkEditorKey is one key and the frame after it, in 50,000 lines and, as a
// ratio, in 50: letters, line ends, moving, selecting, and moving on in what is
// found.
func BenchmarkEditorKey(b *testing.B) {
	const few, many = 50, 50_000
	for name, keys := range map[string][]string{
		"letter": {"x", "backspace"}, "line": {"enter", "ctrl+z"}, "move": {"down", "up"}, "page": {"pgdown", "pgup"},
		"select": {"shift+down", "shift+up"}, "found": {"enter", "up"},
	} {
		b.Run(name, func(b *testing.B) {
			presses := []tea.KeyPressMsg{press(keys[0]), press(keys[1])}
			editors := map[int]*Editor{}
			for _, n := range []int{few, many} {
				e := scriptEditor(scriptLines(n))
				e.GoTo(n, 1)
				e.View(benchWidth)
				e.GoTo(n/2, 1)
				if name == "found" {
					pressAll(e, "ctrl+f", "f", "a", "q", "s")
				}
				editors[n] = e
			}
			took := map[int]time.Duration{}
			for i := 0; b.Loop(); i++ {
				for n, e := range editors {
					begun := time.Now()
					e.Key(presses[i%2])
					e.View(benchWidth)
					took[n] += time.Since(begun)
				}
			}
			b.ReportMetric(float64(took[few].Nanoseconds())/float64(b.N), "ns/50")
			b.ReportMetric(float64(took[many].Nanoseconds())/float64(b.N), "ns/50000")
			b.ReportMetric(float64(took[many])/float64(took[few]), "ratio")
		})
	}
}

// BenchmarkEditorPaste20KB is a paste over the whole text and the frame after it, in frames.
func BenchmarkEditorPaste20KB(b *testing.B) { benchmarkPaste(b, 20<<10) }

// BenchmarkEditorPaste1MB is the same of a text that large.
func BenchmarkEditorPaste1MB(b *testing.B) { benchmarkPaste(b, 1<<20) }

func benchmarkPaste(b *testing.B, size int) {
	text := scriptLines(size / 30)[:size]
	var took time.Duration
	for b.Loop() {
		e := scriptEditor(scriptLines(20))
		e.View(benchWidth)
		begun := time.Now()
		pressAll(e, "ctrl+a")
		e.Paste(text)
		e.View(benchWidth)
		took += time.Since(begun)
	}
	b.ReportMetric(float64(took)/float64(b.N)/float64(frameTime), "frames")
}
