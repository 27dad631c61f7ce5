package python

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"awslab/thumbnail"
)

// Pictures answers what the PIL stand-in asks: its Python side keeps the bytes of
// a picture and what is to be done with them, and here the pixels are worked on.
// It serves two paths that end in:
//
//	identify  the body is a picture; answers its format, mode and size
//	render    the body is a line of JSON, the request, and then a picture;
//	          answers the bytes of the picture that the request makes of it
//
// A picture that is refused gives 422 and the reason as JSON. Bodies are limited
// to 50 MiB and pictures to 50 million pixels, as in package thumbnail.
func Pictures() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /_awslab/pictures/identify", answering(identify))
	mux.HandleFunc("POST /_awslab/pictures/render", answering(render))
	return mux
}

// reply is an answer: bytes of a type.
type reply struct {
	contentType string
	body        []byte
}

// refusal is a reason not to make a picture, by the exception that Pillow has
// for it.
type refusal struct {
	// Kind is "unidentified", "broken", "bomb" or "invalid".
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

func (r *refusal) Error() string { return r.Message }

// answering makes a handler of a function of the request's body.
func answering(make func([]byte) (reply, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		// Beside the picture there is room for the request's line.
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, thumbnail.DefaultMaxBytes+maxRequest+1))
		if err != nil {
			var tooMany *http.MaxBytesError
			if !errors.As(err, &tooMany) {
				http.Error(w, err.Error(), http.StatusBadRequest)
				return
			}
			err = &thumbnail.TooManyBytesError{Limit: thumbnail.DefaultMaxBytes}
		}
		var out reply
		if err == nil {
			out, err = make(body)
		}
		status := http.StatusOK
		if err != nil {
			status = http.StatusUnprocessableEntity
			out = asJSON(refusalOf(err))
		}
		w.Header().Set("Content-Type", out.contentType)
		w.WriteHeader(status)
		_, _ = w.Write(out.body) // who asked may be gone
	}
}

func asJSON(value any) reply {
	body, err := json.Marshal(value)
	if err != nil { // structs of text and numbers only: cannot happen
		body = []byte(`{"kind":"broken","message":"the answer cannot be written"}`)
	}
	return reply{"application/json", body}
}

// refusalOf puts an error in Pillow's terms.
func refusalOf(err error) *refusal {
	var (
		known       *refusal
		unsupported *thumbnail.UnsupportedError
		pixels      *thumbnail.TooManyPixelsError
		damaged     *thumbnail.BrokenError
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &unsupported):
		return &refusal{"unidentified", err.Error()}
	case errors.As(err, &pixels):
		return &refusal{"bomb", err.Error()}
	case errors.As(err, &damaged):
		return broken(damaged.Err)
	}
	return &refusal{"broken", err.Error()}
}
