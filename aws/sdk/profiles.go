package sdk

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"
)

// Profiles lists the profiles of the shared configuration and credentials files by
// name, the default one first. Files that are not there have none.
func Profiles() ([]string, error) {
	var names []string
	for _, file := range []struct {
		variable, usual string
		read            func(io.Reader) ([]string, error)
	}{
		{"AWS_CONFIG_FILE", config.DefaultSharedConfigFilename(), configProfiles},
		{"AWS_SHARED_CREDENTIALS_FILE", config.DefaultSharedCredentialsFilename(), sections},
	} {
		name := os.Getenv(file.variable)
		if name == "" {
			name = file.usual
		}
		found, err := readFile(name, file.read)
		if err != nil {
			return nil, fmt.Errorf("list the profiles: %w", err)
		}
		names = append(names, found...)
	}
	slices.SortFunc(names, func(a, b string) int {
		if first := config.DefaultSharedConfigProfile; (a == first) != (b == first) {
			if a == first {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(names), nil
}

// readFile reads the names in a file; none when it is not there.
func readFile(name string, read func(io.Reader) ([]string, error)) (names []string, err error) {
	file, err := os.Open(name) // #nosec G304 G703 -- the user's own configuration
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return read(file)
}

// configProfiles lists the profiles of a configuration file, where other sections
// are as well: [default], [profile NAME].
func configProfiles(file io.Reader) ([]string, error) {
	all, err := sections(file)
	var names []string
	for _, section := range all {
		kind, name, _ := strings.Cut(strings.ReplaceAll(section, "\t", " "), " ")
		switch {
		case kind == "profile" && strings.TrimSpace(name) != "":
			names = append(names, strings.TrimSpace(name))
		case section == config.DefaultSharedConfigProfile:
			names = append(names, section)
		}
	}
	return names, err
}

// sections lists the names of an INI file's sections.
func sections(file io.Reader) ([]string, error) {
	var names []string
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		// What follows the bracket is a comment.
		head, _, closed := strings.Cut(strings.TrimSpace(lines.Text()), "]")
		name, opened := strings.CutPrefix(head, "[")
		if name = strings.TrimSpace(name); opened && closed && name != "" {
			names = append(names, name)
		}
	}
	return names, lines.Err()
}
