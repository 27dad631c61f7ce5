//go:build !unix

package js

import (
	"context"
	"io"
	"net"
)

// dial connects to a TCP server.
func dial(ctx context.Context, address string) (io.ReadWriteCloser, error) {
	var dialer net.Dialer
	return dialer.DialContext(ctx, "tcp", address)
}
