package runtime

import (
	"maps"
	"os"
	"slices"
	"strings"
)

// place is where an environment finds its things.
type place struct {
	task    string // the folder with the code, as the function sees it
	temp    string // its folder for temporary files, also its home
	address string // host:port of its server
}

// variables returns the environment of a function's process, sorted: defaults
// that the function's own variables may replace, those, and what may not be
// replaced because the function could not work or would see the user's AWS
// files with anything else.
func variables(s Spec, p place) []string {
	all := map[string]string{
		"PATH":                            systemPath,
		"LANG":                            "en_US.UTF-8",
		"TZ":                              ":UTC",
		"HOME":                            p.temp,
		"TMPDIR":                          p.temp,
		"AWS_EXECUTION_ENV":               "AWS_Lambda_" + s.Runtime,
		"AWS_LAMBDA_FUNCTION_MEMORY_SIZE": megabytes(s.MemoryMB),
	}
	maps.Copy(all, systemVariables(p))
	for _, pair := range s.Env {
		if name, value, ok := strings.Cut(pair, "="); ok && name != "" && !strings.ContainsRune(pair, 0) {
			all[name] = value
		}
	}
	maps.Copy(all, map[string]string{
		"_HANDLER":                    s.Handler,
		"LAMBDA_TASK_ROOT":            p.task,
		"LAMBDA_RUNTIME_DIR":          "/var/runtime",
		"AWS_LAMBDA_RUNTIME_API":      p.address,
		"AWS_ENDPOINT_URL":            "http://" + p.address,
		"AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
		"AWS_CONFIG_FILE":             os.DevNull,
		"AWS_EC2_METADATA_DISABLED":   "true",
	})
	// A variable of the workers' own must not reach a program of the function.
	delete(all, roleVariable)
	pairs := make([]string, 0, len(all))
	for name, value := range all {
		pairs = append(pairs, name+"="+value)
	}
	slices.Sort(pairs)
	return pairs
}
