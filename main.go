// Command awslab is a terminal console that teaches AWS serverless by doing. It
// gives the command line its sandboxes.
package main

import (
	"context"
	"os"

	"awslab/aws/fake"
	"awslab/aws/fake/lambda/runtime"
	"awslab/aws/local"
	"awslab/ui/command"
)

func main() {
	runtime.Worker() // this process may have been started as one
	os.Exit(command.Run(command.Backend{
		Open: open, Reset: fake.Reset, JSEngines: runtime.JSEngines(), Address: local.Address,
	}))
}

// open puts a sandbox to work.
func open(ctx context.Context, opts command.Options) (*command.Sandbox, error) {
	how := local.Options{Dir: opts.Dir, ReadOnly: opts.ReadOnly, Listen: opts.Listen, ListenThere: opts.ListenThere}
	if opts.Functions {
		how.Engines = &runtime.Options{Cache: local.Cache(opts.Dir), JSEngine: opts.JSEngine, Path: os.Getenv("PATH")}
	}
	s, err := local.Open(ctx, how)
	if err != nil {
		return nil, err
	}
	return &command.Sandbox{Trail: s.Trail, Cloud: s.Cloud, Close: s.Close}, nil
}
