package endpoint

import (
	"errors"
	"io"
	"net/http"
	"slices"
)

// piece is how much of a body is read and sent at once: most objects go whole.
const piece = 128 << 10

// pour sends a body as long as the client takes something of it: one that takes
// nothing for a while has gone, and must not keep the body open. It uses one of the
// pieces, which are buffers for nothing else.
func pour(w http.ResponseWriter, body io.Reader, pieces *buffers) error {
	taken := pieces.take()
	defer pieces.give(taken)
	*taken = slices.Grow(*taken, piece)
	buffer := (*taken)[:piece]
	for {
		n, err := body.Read(buffer)
		if n > 0 {
			hurry(w, receiving)
			if _, sent := w.Write(buffer[:n]); sent != nil {
				return sent
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}
