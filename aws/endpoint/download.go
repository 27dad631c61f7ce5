package endpoint

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"awslab/aws"
)

// downloadPath is what the paths of downloads begin with; an id follows.
const downloadPath = "/_aws/lambda-code/"

// downloadable is how long a download's URL is good: as AWS's.
const downloadable = 10 * time.Minute

// downloads are the functions' code that somebody was told a URL of. Who has the
// URL may have the code, as on AWS.
type downloads struct {
	mu   sync.Mutex
	byID map[string]download
}

type download struct {
	open  func(context.Context) (io.ReadCloser, error)
	until time.Time
}

// offer makes a path at which a stream can be had for a while.
func (d *downloads) offer(open func(context.Context) (io.ReadCloser, error)) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	for id, old := range d.byID {
		if now.After(old.until) {
			delete(d.byID, id)
		}
	}
	id := strings.ToLower(requestID() + requestID())
	d.byID[id] = download{open, now.Add(downloadable)}
	return downloadPath + id
}

// serve answers a request for a download.
func (d *downloads) serve(w http.ResponseWriter, r *http.Request, id string, pieces *buffers) {
	d.mu.Lock()
	wanted, ok := d.byID[id]
	d.mu.Unlock()
	if !ok || time.Now().After(wanted.until) || r.Method != http.MethodGet {
		http.Error(w, "this URL is no longer good: ask for the function again", http.StatusForbidden)
		return
	}
	body, err := wanted.open(r.Context())
	if err != nil {
		http.Error(w, "the code cannot be read: "+err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/zip")
	err = pour(w, body, pieces)
	if closed := body.Close(); err == nil {
		err = closed
	}
	if err != nil {
		panic(http.ErrAbortHandler) // too late to say it otherwise
	}
}

// offerCode gives an answer about a function the URL of its code.
func (x *exchange) offerCode(out any) any {
	answer, ok := out.(aws.GetFunctionOutput)
	if ok && answer.Code.Location == "" && answer.Code.Open != nil {
		answer.Code.Location = "http://" + x.r.Host + x.server.downloads.offer(answer.Code.Open)
		return answer
	}
	return out
}
