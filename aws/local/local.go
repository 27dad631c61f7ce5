// Package local puts a sandbox to work on this machine: its calls are recorded
// in a trail, its functions run, and its AWS protocols are answered on a port.
package local

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"awslab/aws"
	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/trail"
)

// Address is where a sandbox answers AWS's protocols when the port is free.
const Address = "127.0.0.1:4566"

// Options say how a sandbox is put to work.
type Options struct {
	Dir     string       // the sandbox's folder
	Sandbox fake.Options // its clock, delays, region; Endpoint is set here
	// ReadOnly refuses every call that would change something; functions do not
	// run then, since they could.
	ReadOnly bool
	// Listen is the address to answer AWS's protocols on; "" for none. Where its
	// port is taken, another free one is used. Only loopback can be listened on.
	Listen string
	// ListenThere takes no other port: Open fails where it is taken.
	ListenThere bool
	// Refused is told of other programs' requests that reached no operation, and why;
	// nil for nobody.
	Refused func(r *http.Request, err error)
	// Forget keeps no call in the trail once it has ended; observers are told of it.
	Forget bool
	// Engines says how functions run; nil to run none.
	Engines *runtime.Options
}

// Sandbox is a sandbox at work.
type Sandbox struct {
	Trail *trail.Trail
	Cloud aws.Cloud // without the trail

	sandbox *fake.Sandbox
	server  *http.Server
	served  chan error
	closing func() error // closes all, once
}

// Open opens a sandbox and puts it to work, until Close.
func Open(ctx context.Context, opts Options) (*Sandbox, error) {
	listener, err := listen(ctx, opts.Listen, opts.ListenThere)
	if err != nil {
		return nil, err
	}
	if listener != nil {
		opts.Sandbox.Endpoint = "http://" + listener.Addr().String()
	}
	sandbox, err := fake.Open(opts.Dir, opts.Sandbox)
	if err != nil {
		if listener != nil {
			err = errors.Join(err, listener.Close())
		}
		return nil, err
	}
	if err := sandbox.Furnish(ctx); err != nil {
		if listener != nil {
			err = errors.Join(err, listener.Close())
		}
		return nil, errors.Join(err, sandbox.Close())
	}
	s := &Sandbox{sandbox: sandbox, Cloud: sandbox.Cloud()}
	s.closing = sync.OnceValue(s.close)
	s.Trail = trail.New(s.Cloud, trail.Options{ReadOnly: opts.ReadOnly, Now: opts.Sandbox.Now, Forget: opts.Forget})
	access := fake.Access{Cloud: s.Trail.Cloud(), Origin: trail.WithOrigin}
	if opts.Engines != nil && !opts.ReadOnly {
		functions := access
		functions.Roles = true
		engines := *opts.Engines
		engines.Endpoint = sandbox.Handler(functions)
		sandbox.Run(engines)
	}
	if listener != nil {
		access.Refused = opts.Refused
		s.serve(listener, sandbox.Handler(access))
	}
	return s, nil
}

// listen opens the port; nil when there is none to open.
func listen(ctx context.Context, address string, there bool) (net.Listener, error) {
	if address == "" {
		return nil, nil
	}
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("the sandbox answers on this machine's own addresses only, such as %s, and %q is none", Address, address)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if err != nil && !there {
		// Most likely another program has the port; if not, this fails as well.
		listener, err = config.Listen(ctx, "tcp", net.JoinHostPort(host, "0"))
	}
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("another program answers on %s already: end it, or choose another port: %w", address, err)
	case err != nil:
		return nil, fmt.Errorf("the sandbox cannot answer on %s: %w", address, err)
	}
	return listener, nil
}

// serve answers on the listener until Close. Slow clients are given up, and those
// that keep a connection for nothing; how slow a body may come is the handler's to say.
func (s *Sandbox) serve(listener net.Listener, handler http.Handler) {
	s.server = &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	s.served = make(chan error, 1)
	go func() { s.served <- s.server.Serve(listener) }()
}

// Close ends what runs and closes the folder. Closing again does nothing more.
func (s *Sandbox) Close() error { return s.closing() }

func (s *Sandbox) close() error {
	var errs []error
	if s.server != nil {
		errs = append(errs, s.unserve())
		if err := <-s.served; !errors.Is(err, http.ErrServerClosed) {
			errs = append(errs, err)
		}
	}
	errs = append(errs, s.sandbox.Close())
	return errors.Join(errs...)
}

// unserve ends the server: requests that are being answered get a moment for
// their ends.
func (s *Sandbox) unserve() error {
	const patience = time.Second
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := s.server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		err = s.server.Close()
	}
	return err
}

// Cache is the folder for what is unpacked once for all sandboxes: the user's
// own, else one beside the sandbox.
func Cache(dir string) string {
	base, err := os.UserCacheDir()
	if err != nil {
		return filepath.Join(dir, "cache")
	}
	return filepath.Join(base, "awslab")
}
