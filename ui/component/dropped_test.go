package component

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseDropped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{" \n ", nil},
		{"/home/ann/cat.jpg", []string{"/home/ann/cat.jpg"}},
		{"/home/ann/cat.jpg \n", []string{"/home/ann/cat.jpg"}},
		{"/home/ann/my cat.jpg", []string{"/home/ann/my cat.jpg"}},
		{`/home/ann/my\ cat.jpg`, []string{"/home/ann/my cat.jpg"}},
		{`/home/ann/my\ cat.jpg /home/ann/dog\ \(1\).jpg`, []string{"/home/ann/my cat.jpg", "/home/ann/dog (1).jpg"}},
		{`'/home/ann/my cat.jpg' '/home/ann/dog.jpg'`, []string{"/home/ann/my cat.jpg", "/home/ann/dog.jpg"}},
		{`'/home/ann/it'\''s.jpg'`, []string{"/home/ann/it's.jpg"}},
		{`/home/ann/it's.jpg`, []string{"/home/ann/it's.jpg"}},
		{"file:///home/ann/my%20cat.jpg", []string{"/home/ann/my cat.jpg"}},
		{"file:///a/1.png\r\nfile://localhost/a/2.png\r\n", []string{"/a/1.png", "/a/2.png"}},
		{"file:///C:/Users/ann/my%20cat.jpg", []string{"C:/Users/ann/my cat.jpg"}},
		{`"C:\Users\ann\my cat.jpg" "C:\dog.jpg"`, []string{`C:\Users\ann\my cat.jpg`, `C:\dog.jpg`}},
		{`C:\Users\ann\cat.jpg`, []string{`C:\Users\ann\cat.jpg`}},
		{`C:\it's here\cat.jpg`, []string{`C:\it's here\cat.jpg`}},
		{`\\server\share\cat.jpg`, []string{`\\server\share\cat.jpg`}},
		{"~/cat.jpg ~/dog.jpg", []string{"~/cat.jpg", "~/dog.jpg"}},
		{"cat dog.jpg", []string{"cat dog.jpg"}},
		{"'cat dog.jpg'", []string{"cat dog.jpg"}},
		{"file://%zz", []string{"file://%zz"}},
		{"/a\x00b", nil},
	} {
		if got := ParseDropped(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

// TestQuotedPathsComeBack: paths quoted as a shell wants them are read as they are.
func TestQuotedPathsComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		paths := rapid.SliceOfN(rapid.StringMatching(`/[^\x00\n\r]{1,20}`), 1, 4).Draw(t, "paths")
		quoted := make([]string, len(paths))
		for i, p := range paths {
			if rapid.Bool().Draw(t, "escaped") {
				quoted[i] = strings.NewReplacer(`\`, `\\`, " ", `\ `, "\t", "\\\t", `"`, `\"`, "'", `\'`).Replace(p)
			} else {
				quoted[i] = "'" + strings.ReplaceAll(p, "'", `'\''`) + "'"
			}
		}
		text := strings.Join(quoted, " ")
		if strings.TrimSpace(text) != text {
			t.Skip("a path that ends in an odd space")
		}
		if got := ParseDropped(text); !slices.Equal(got, paths) {
			t.Fatalf("%q: got %q, want %q", text, got, paths)
		}
	})
}

func FuzzParseDropped(f *testing.F) {
	for _, text := range []string{`'a b' /c\ d`, "file:///x%20y\n\"C:\\z\"", `\`, "'", "~", "file://", "C:"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, path := range ParseDropped(text) {
			if path == "" || strings.ContainsAny(path, "\x00\n") && !strings.Contains(text, "%") {
				t.Errorf("%q has the path %q", text, path)
			}
		}
	})
}
