package apigateway

import (
	"fmt"
	"net/url"
	"strings"
)

// fillPath puts values in the place of a path's variables, escaped: a variable
// that ends with + takes slashes, others none.
func fillPath(path string, values map[string]string) string {
	return pathVariable.ReplaceAllStringFunc(path, func(variable string) string {
		value := values[variable]
		if !strings.HasSuffix(variable, "+}") {
			return url.PathEscape(value)
		}
		parts := strings.Split(value, "/")
		for i, part := range parts {
			parts[i] = url.PathEscape(part)
		}
		return strings.Join(parts, "/")
	})
}

// parsePairs reads names and values, one pair a line, with a mark between them;
// empty lines are passed over. A name that is there again has several values. It
// says what is wrong with the text; "" when nothing is.
func parsePairs(text, mark string) (pairs map[string][]string, fault string) {
	out := make(map[string][]string)
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, mark)
		name = strings.TrimSpace(name)
		if !ok || name == "" {
			return nil, fmt.Sprintf("line %d is not a name, %q and a value", i+1, mark)
		}
		out[name] = append(out[name], strings.TrimSpace(value))
	}
	return out, ""
}

// single gives the last value of each name.
func single(pairs map[string][]string) map[string]string {
	out := make(map[string]string, len(pairs))
	for name, values := range pairs {
		out[name] = values[len(values)-1]
	}
	return out
}
