package python

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"awslab/thumbnail"
)

// dots is a picture of the given rows, a letter for a pixel, as a PNG.
func dots(t *testing.T, rows ...string) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, len(rows[0]), len(rows)))
	for y, row := range rows {
		for x, letter := range row {
			m.SetNRGBA(x, y, colours[letter])
		}
	}
	return encoded(t, func(out *bytes.Buffer) error { return png.Encode(out, m) })
}

var colours = map[rune]color.NRGBA{
	'r': {255, 0, 0, 255}, 'g': {0, 255, 0, 255}, 'b': {0, 0, 255, 255}, 'w': {255, 255, 255, 255},
	'k': {0, 0, 0, 255}, '.': {}, 'R': {255, 0, 0, 0}, 'd': {76, 76, 76, 255},
}

// letters is the opposite of dots.
func letters(t *testing.T, file []byte) string {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			pixel, ok := color.NRGBAModel.Convert(m.At(x, y)).(color.NRGBA)
			letter := '?'
			for l, c := range colours {
				if ok && c == pixel {
					letter = l
				}
			}
			out.WriteRune(letter)
		}
		out.WriteByte('/')
	}
	return strings.TrimSuffix(out.String(), "/")
}

func requestBody(t *testing.T, request string, picture []byte) []byte {
	t.Helper()
	return append([]byte(request+"\n"), picture...)
}

func TestSteps(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, steps, mode, want string }{
		{"nothing", ``, "RGBA", "rgb/wk."},
		{"crop", `{"do":"crop","box":[1,0,3,2],"size":[2,2]}`, "RGBA", "gb/k."},
		{"crop outside", `{"do":"crop","box":[-1,1,2,3],"size":[3,2],"fill":[0,0,255,255]}`, "RGBA", "bwk/bbb"},
		{"mirrored", `{"do":"transpose","method":0}`, "RGBA", "bgr/.kw"},
		{"upside down", `{"do":"transpose","method":1}`, "RGBA", "wk./rgb"},
		{"a quarter to the left", `{"do":"transpose","method":2}`, "RGBA", "b./gk/rw"},
		{"half way round", `{"do":"transpose","method":3}`, "RGBA", ".kw/bgr"},
		{"a quarter to the right", `{"do":"transpose","method":4}`, "RGBA", "wr/kg/.b"},
		{"transposed", `{"do":"transpose","method":5}`, "RGBA", "rw/gk/b."},
		{"transversed", `{"do":"transpose","method":6}`, "RGBA", ".b/kg/wr"},
		{"rotated and grown", `{"do":"rotate","angle":90,"size":[2,3]}`, "RGBA", "b./gk/rw"},
		{"doubled", `{"do":"resize","size":[6,4],"filter":0}`, "RGBA", "rrggbb/rrggbb/wwkk../wwkk.."},
		{"new", `{"do":"new","size":[2,1],"fill":[255,0,0,255]}`, "RGB", "rr"},
		{"to shades of grey", `{"do":"crop","box":[0,0,1,1],"size":[1,1]},{"do":"convert","mode":"L"}`, "L", "d"},
		{"to colours", `{"do":"crop","box":[2,1,3,2],"size":[1,1]},{"do":"convert","mode":"RGB"}`, "RGB", "k"},
		{"to black and white", `{"do":"crop","box":[0,1,2,2],"size":[2,1]},{"do":"convert","mode":"1"}`, "1", "wk"},
		{"two steps", `{"do":"crop","box":[0,0,2,1],"size":[2,1]},{"do":"transpose","method":0}`, "RGBA", "gr"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			request := fmt.Sprintf(`{"steps":[%s],"format":"PNG","mode":%q}`, test.steps, test.mode)
			got, err := render(requestBody(t, request, dots(t, "rgb", "wk.")))
			if err != nil {
				t.Fatal(err)
			}
			if letters(t, got.body) != test.want {
				t.Errorf("got %s, want %s", letters(t, got.body), test.want)
			}
		})
	}
}

func TestThumbnailsAreMadeByThumbnail(t *testing.T) {
	t.Parallel()
	source := jpegOf(t, photo(640, 480))
	request := `{"steps":[{"do":"thumbnail","size":[128,96],"max":[128,128],"filter":3}],"format":%q,"mode":"RGB","quality":%d}`
	var want bytes.Buffer
	if _, err := thumbnail.Make(&want, bytes.NewReader(source), thumbnail.Options{}); err != nil {
		t.Fatal(err)
	}
	got, err := render(requestBody(t, fmt.Sprintf(request, "JPEG", 0), source))
	if err != nil || !bytes.Equal(got.body, want.Bytes()) {
		t.Errorf("the plain request gives other bytes than thumbnail.Make: %v", err)
	}
	for _, other := range []string{fmt.Sprintf(request, "JPEG", 90), fmt.Sprintf(request, "PNG", 0)} {
		got, err := render(requestBody(t, other, source))
		if err != nil || bytes.Equal(got.body, want.Bytes()) {
			t.Errorf("%s: %v, or the bytes of the plain request", other, err)
			continue
		}
		if config, _, err := image.DecodeConfig(bytes.NewReader(got.body)); err != nil || config.Width != 128 || config.Height != 96 {
			t.Errorf("%s: %v %v", other, config, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	picture := dots(t, "rgb", "wk.")
	cut := jpegOf(t, photo(200, 200))
	cut = cut[:len(cut)/2]
	ask := func(steps string) string { return `{"steps":[` + steps + `],"format":"PNG","mode":"RGBA"}` }
	tests := []struct {
		name, path, request string
		picture             []byte
		kind                string
	}{
		{"text", "identify", "", []byte("text"), "unidentified"},
		{"nothing", "identify", "", nil, "unidentified"},
		{"half a head", "identify", "", picture[:20], "unidentified"},
		{"a TIFF", "identify", "", []byte("II*\x00\x08\x00\x00\x00"), "unidentified"},
		{"half a picture", "render", ask(""), cut, "broken"},
		{"half a picture's thumbnail", "render", `{"steps":[{"do":"thumbnail","max":[50,50],"size":[50,50]}],"format":"JPEG","mode":"RGB"}`, cut, "broken"},
		{"a bomb", "render", ask(""), bomb(), "bomb"},
		{"a bomb's thumbnail", "render", ask(`{"do":"thumbnail","max":[9,9],"size":[9,9]}`), bomb(), "bomb"},
		{"a bomb to be", "render", ask(`{"do":"resize","size":[65000,65000]}`), picture, "bomb"},
		{"no line", "render", "", nil, "invalid"},
		{"not JSON", "render", "{", picture, "invalid"},
		{"an unknown step", "render", ask(`{"do":"explode"}`), picture, "invalid"},
		{"an unknown format", "render", `{"format":"WEBP","mode":"RGB"}`, picture, "invalid"},
		{"an unknown mode", "render", `{"format":"PNG","mode":"HSV"}`, picture, "invalid"},
		{"an unknown transposition", "render", ask(`{"do":"transpose","method":7}`), picture, "invalid"},
		{"a conversion to nothing", "render", ask(`{"do":"convert","mode":"X"}`), picture, "invalid"},
		{"no size", "render", ask(`{"do":"resize"}`), picture, "invalid"},
		{"a box far away", "render", ask(`{"do":"crop","size":[1,1],"box":[-9223372036854775808,0,0,0]}`), picture, "invalid"},
		{"a late beginning", "render", ask(`{"do":"transpose"},{"do":"new","size":[1,1]}`), picture, "invalid"},
		{"too many steps", "render", ask(strings.Repeat(`{"do":"transpose"},`, maxSteps) + `{"do":"transpose"}`), picture, "invalid"},
		{"a quality of 101", "render", `{"format":"JPEG","mode":"RGB","quality":101}`, picture, "invalid"},
	}
	server := httptest.NewServer(Pictures())
	t.Cleanup(server.Close)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			body := test.picture
			if test.path == "render" && test.name != "no line" {
				body = requestBody(t, test.request, test.picture)
			}
			response, err := server.Client().Post(server.URL+"/_awslab/pictures/"+test.path, "", bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			defer response.Body.Close()
			answer, err := io.ReadAll(response.Body)
			if err != nil {
				t.Fatal(err)
			}
			var got refusal
			if err := json.Unmarshal(answer, &got); err != nil || response.StatusCode != http.StatusUnprocessableEntity {
				t.Fatalf("%d %s", response.StatusCode, answer)
			}
			if got.Kind != test.kind || got.Message == "" {
				t.Errorf("%+v, want %s", got, test.kind)
			}
		})
	}
}

func FuzzRender(f *testing.F) {
	t := &testing.T{}
	picture := dots(t, "rgb", "wk.")
	for _, steps := range []string{
		``, `{"do":"thumbnail","max":[2,2],"size":[2,1]}`, `{"do":"resize","size":[4,4],"filter":1}`,
		`{"do":"crop","box":[-1,-1,2,2],"size":[3,3]}`, `{"do":"rotate","angle":30,"size":[3,3]}`,
		`{"do":"transpose","method":2},{"do":"convert","mode":"1"}`, `{"do":"new","size":[3,3]}`,
	} {
		for _, format := range []string{"PNG", "JPEG", "GIF"} {
			f.Add([]byte(`{"steps":[` + steps + `],"format":"` + format + `","mode":"RGB"}` + "\n" + string(picture)))
		}
	}
	f.Add(picture)
	f.Add(turned(jpegOf(t, photo(20, 10))))
	f.Fuzz(func(t *testing.T, body []byte) {
		if id, err := identify(body); err == nil && !json.Valid(id.body) {
			t.Errorf("identify answers %s", id.body)
		}
		request, source, err := parseRequest(body)
		if err != nil {
			return
		}
		// The sizes are checked; working on the largest would only take long.
		for _, s := range request.Steps {
			if s.Size[0]*s.Size[1] > 1<<16 {
				return
			}
		}
		if _, id, err := recognise(source); err == nil && id.Width*id.Height > 1<<20 {
			return
		}
		out, err := render(body)
		if err != nil {
			return
		}
		if _, _, err := recognise(out.body); err != nil {
			t.Errorf("what was rendered cannot be read: %v", err)
		}
	})
}
