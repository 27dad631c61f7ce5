package python

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"

	"awslab/thumbnail"
)

const (
	maxRequest = 64 * 1024 // bytes of a request's line
	maxSteps   = 100
	maxSide    = 65_500 // pixels, the most that a JPEG can have
)

// pictureRequest asks for a picture: the steps in their order, then what is
// written.
type pictureRequest struct {
	Steps   []step `json:"steps"`
	Format  string `json:"format"`  // "JPEG", "PNG" or "GIF"
	Mode    string `json:"mode"`    // of the result: "1", "L", "LA", "P", "RGB" or "RGBA"
	Quality int    `json:"quality"` // of a JPEG, 1 to 100; 0: the default
}

// step is one thing done to a picture. Which fields count depends on Do.
type step struct {
	Do string `json:"do"`
	// Size is the picture's size in pixels after the step: width and height.
	Size [2]int `json:"size"`
	// Max is for "thumbnail": the size asked for.
	Max [2]int `json:"max"`
	// Box is for "crop": left, top, right, bottom, maybe outside the picture.
	Box [4]int `json:"box"`
	// Filter is Pillow's number of a resampling filter, for "resize" and "thumbnail".
	Filter int `json:"filter"`
	// Angle is for "rotate": degrees, counter-clockwise.
	Angle float64 `json:"angle"`
	// Fill is the colour of what is new: for "new", "rotate" and "crop". Red, green, blue, alpha.
	Fill [4]uint8 `json:"fill"`
	// Method is Pillow's number of a transposition, for "transpose".
	Method int `json:"method"`
	// Mode is for "convert".
	Mode string `json:"mode"`
}

var modes = map[string]bool{"1": true, "L": true, "LA": true, "P": true, "RGB": true, "RGBA": true}

// parseRequest takes the body of a request apart: its line, and the picture.
func parseRequest(body []byte) (pictureRequest, []byte, error) {
	var request pictureRequest
	end := bytes.IndexByte(body[:min(len(body), maxRequest)], '\n')
	if end < 0 {
		return request, nil, &refusal{"invalid", "the request has no line of JSON"}
	}
	line, picture := body[:end], body[end+1:]
	if err := json.Unmarshal(line, &request); err != nil {
		return request, nil, &refusal{"invalid", "the request is not JSON: " + err.Error()}
	}
	return request, picture, request.check()
}

// check refuses what could not be carried out, or would take too much memory.
func (r pictureRequest) check() error {
	switch {
	case r.Format != string(thumbnail.JPEG) && r.Format != string(thumbnail.PNG) && r.Format != string(thumbnail.GIF):
		return &refusal{"invalid", fmt.Sprintf("the format %q cannot be written", r.Format)}
	case !modes[r.Mode]:
		return &refusal{"invalid", fmt.Sprintf("the mode %q is not known", r.Mode)}
	case r.Quality < 0 || r.Quality > 100:
		return &refusal{"invalid", fmt.Sprintf("the quality %d is not one of 1 to 100", r.Quality)}
	case len(r.Steps) > maxSteps:
		return &refusal{"invalid", fmt.Sprintf("more than %d steps", maxSteps)}
	}
	for n, s := range r.Steps {
		if err := s.check(n); err != nil {
			return err
		}
	}
	return nil
}

func (s step) check(place int) error {
	switch s.Do {
	case "new":
		if place != 0 {
			return &refusal{"invalid", "a new picture is the first step only"}
		}
	case "resize", "thumbnail", "crop", "rotate":
	case "transpose":
		if s.Method < 0 || s.Method >= len(transpositions) {
			return &refusal{"invalid", fmt.Sprintf("the transposition %d is not known", s.Method)}
		}
		return nil
	case "convert":
		if !modes[s.Mode] {
			return &refusal{"invalid", fmt.Sprintf("conversion to the mode %q is not possible", s.Mode)}
		}
		return nil
	default:
		return &refusal{"invalid", fmt.Sprintf("the step %q is not known", s.Do)}
	}
	if math.IsNaN(s.Angle) || math.IsInf(s.Angle, 0) {
		return &refusal{"invalid", "the angle is not a number"}
	}
	for _, side := range s.Box {
		if side < -maxSide || side > 2*maxSide {
			return &refusal{"invalid", "the box is too far outside the picture"}
		}
	}
	width, height := s.Size[0], s.Size[1]
	if width < 1 || height < 1 {
		return &refusal{"invalid", "height and width must be > 0"}
	}
	if width > maxSide || height > maxSide || width*height > thumbnail.DefaultMaxPixels {
		return &thumbnail.TooManyPixelsError{Width: width, Height: height, Limit: thumbnail.DefaultMaxPixels}
	}
	return nil
}
