package prose_test

import (
	"strings"
	"testing"

	"awslab/ui/component"
	"awslab/ui/lab/prose"

	"github.com/charmbracelet/x/ansi"
)

func plain(lines []string) string { return ansi.Strip(strings.Join(lines, "\n")) }

func TestRender(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, markdown, want string
		width                int
	}{
		{"wraps", "one two three four", "one two\nthree\nfour", 8},
		{"joins soft line ends", "one\ntwo", "one two", 20},
		{"keeps hard ones", "one  \ntwo", "one\ntwo", 20},
		{"blocks apart", "one\n\ntwo", "one\n\ntwo", 20},
		{"styles within a word", "**bold**, and `code`.", "bold, and code.", 20},
		{"tight list", "- a b c d e\n- f", "• a b c d\n  e\n• f", 9},
		{"numbers from where they start", "3. a\n4. b", "3. a\n4. b", 20},
		{"list in a list", "- a\n  - b", "• a\n  • b", 20},
		{"loose list", "- a\n\n- b", "• a\n\n• b", 20},
		{"code as it is", "```text\na  b\n```", "  a  b", 20},
		{"quote", "> a\n> b", "│ a b", 20},
		{"long words", "abcdefghijkl", "abcdefgh\nijkl", 8},
		{"wide characters", "日本語日本語", "日本語日\n本語", 8},
		{"links", "[AWS](https://aws.amazon.com)", "AWS (https://aws.amazon.com)", 40},
		{"entities", "a &amp; b &lt;", "a & b <", 20},
		{"heading", "### Why\ntext", "Why\n\ntext", 20},
		{"nothing", "", "", 20},
	} {
		if got := plain(prose.Render(c.markdown, c.width)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestStylesShow(t *testing.T) {
	t.Parallel()
	for _, markdown := range []string{"**a**", "*a*", "`a`", "# a"} {
		if lines := prose.Render(markdown, 20); len(lines) != 1 || lines[0] == "a" {
			t.Errorf("%s looks like plain text: %q", markdown, lines)
		}
	}
}

// FuzzRender: no Markdown breaks the width or carries terminal escapes of its own.
func FuzzRender(f *testing.F) {
	f.Add("# a\n- b\n  1. c **d** `e`\n\n> f\n\n```x\ng\n```\n<b>h</b> \x1b[31mi\x1b[0m", 12)
	f.Add(strings.Repeat("> ", 40)+"deep", 10)
	f.Add("日本 ＡＢ e\u0301 👩‍👩‍👧", 8)
	f.Fuzz(func(t *testing.T, markdown string, width int) {
		width = 8 + (width%100+100)%100
		for _, line := range prose.Render(markdown, width) {
			if component.Width(line) > width {
				t.Errorf("%d cells in a width of %d: %q", component.Width(line), width, line)
			}
			for _, r := range ansi.Strip(line) {
				if r < ' ' || r == 0x7f {
					t.Errorf("a control character in %q", line)
				}
			}
		}
	})
}
