package command

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"awslab/aws/trail"
	"awslab/ui/component"

	"github.com/spf13/cobra"
)

func (f *flags) serveCommand() *cobra.Command {
	address, asJSON := f.backend.Address, false
	cmd := &cobra.Command{
		Use: "serve", Short: "The sandbox without a screen: its port answers until this is interrupted",
		Long: "Answers on a port of this machine what the console's sandbox answers: AWS's protocols, and the\n" +
			"invoke URLs of APIs. It prints a line when it is ready, then one for each call.",
		Example: "  awslab serve\n  awslab serve --addr 127.0.0.1:8080 --json", Args: cobra.NoArgs, Annotations: marks(sandboxOnly, "js-engine"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			lines := &record{out: f.out, json: asJSON, waiting: true}
			return f.serve(cmd.Context(), Options{
				Functions: true, Listen: address, ListenThere: cmd.Flags().Changed("addr"), Refused: lines.refused, Forget: true,
			}, lines)
		},
	}
	cmd.Flags().StringVar(&address, "addr", address, "the `address` to answer on; unless it is given, another port serves when this one is taken")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the lines as JSON")
	return cmd
}

// serve answers until the context ends.
func (f *flags) serve(ctx context.Context, how Options, lines *record) error {
	s, err := f.open(ctx, how, nil)
	if err != nil {
		return err
	}
	stop := s.Trail.Observe(lines.call)
	defer stop()
	if s.Cloud.Engines != nil && !f.readOnly {
		s.Cloud.Engines.Prepare()
	}
	lines.put(line{Time: time.Now(), Event: "ready", Endpoint: s.Cloud.Place.Endpoint, Sandbox: f.sandbox, Warnings: s.warnings})
	if err := rest(ctx, s.Trail.Revision, giveBack); err != nil {
		lines.put(line{Time: time.Now(), Event: "warning", Warnings: []string{"memory that is not needed is kept: " + err.Error()}})
	}
	<-ctx.Done()
	err = s.Close()
	if err == nil {
		lines.put(line{Time: time.Now(), Event: "stopped"})
	}
	return errors.Join(err, lines.failure())
}

// line is a line of what serve tells.
type line struct {
	Time     time.Time `json:"time"`
	Event    string    `json:"event"` // "ready", "call", "refused", "warning", "stopped"
	Endpoint string    `json:"endpoint,omitempty"`
	Sandbox  string    `json:"sandbox,omitempty"`
	Warnings []string  `json:"warnings,omitempty"`

	Service      string  `json:"service,omitempty"`
	Operation    string  `json:"operation,omitempty"`
	Origin       string  `json:"origin,omitempty"` // a role's session; none for other programs
	Milliseconds float64 `json:"milliseconds,omitempty"`
	Error        string  `json:"error,omitempty"`
	Request      string  `json:"request,omitempty"` // that reached no operation
}

// String is the line for people.
func (l line) String() string {
	switch l.Event {
	case "ready":
		return strings.Join(append([]string{"awslab is ready on " + l.Endpoint + ", with the sandbox in " + l.Sandbox + "; ctrl+c ends it"}, l.warned()...), "\n")
	case "warning":
		return strings.Join(l.warned(), "\n")
	case "stopped":
		return "awslab has stopped; everything is kept"
	case "refused":
		return l.Time.Format(time.TimeOnly) + " ✗ " + l.Request + "\n         " + l.Error
	}
	mark, by := "✓", ""
	if l.Error != "" {
		mark = "✗"
	}
	if l.Origin != "" {
		by = " by " + l.Origin
	}
	text := fmt.Sprintf("%s %s %s %s%s, %.1f ms", l.Time.Format(time.TimeOnly), mark, l.Service, l.Operation, by, l.Milliseconds)
	if l.Error != "" {
		text += "\n         " + l.Error
	}
	return text
}

// plain is the line as it is printed for people: what comes from other programs has
// no say over the terminal.
func (l line) plain() string { return strings.Join(component.CleanLines(l.String()), "\n") }

// warned is its warnings, each a line.
func (l line) warned() []string {
	var out []string
	for _, warning := range l.Warnings {
		out = append(out, "warning: "+warning)
	}
	return out
}

// record prints lines, for many goroutines.
type record struct {
	out  io.Writer
	json bool

	mu      sync.Mutex
	waiting bool   // for the line that says it is ready, which comes first
	early   []line // what came before it
	err     error  // the first failure to print
}

// call prints what became of a call.
func (r *record) call(e trail.Event) {
	if !e.Done {
		return
	}
	l := line{
		Time: e.Time, Event: "call", Service: string(e.Operation.Service), Operation: e.Operation.Name,
		Milliseconds: float64(e.Duration.Microseconds()) / 1000,
	}
	if e.Origin != trail.OriginConsole {
		l.Origin = e.Origin
	}
	if e.Err != nil {
		l.Error = e.Err.Error()
	}
	r.put(l)
}

// refused prints a request that reached no operation.
func (r *record) refused(request *http.Request, err error) {
	asked := request.Method + " " + request.URL.EscapedPath()
	if target := request.Header.Get("X-Amz-Target"); target != "" {
		asked += " " + target
	}
	r.put(line{Time: time.Now(), Event: "refused", Request: asked, Error: err.Error()})
}

func (r *record) put(l line) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waiting && l.Event != "ready" {
		r.early = append(r.early, l)
		return
	}
	r.print(l)
	for _, l := range r.early {
		r.print(l)
	}
	r.waiting, r.early = false, nil
}

// print prints a line; mu is locked.
func (r *record) print(l line) {
	var err error
	if r.json {
		err = json.NewEncoder(r.out).Encode(l)
	} else {
		_, err = fmt.Fprintln(r.out, l.plain())
	}
	if r.err == nil {
		r.err = err
	}
}

// failure is why a line could not be printed; nil when all were.
func (r *record) failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}
