package s3

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestName is how many bytes a saved file's name may have, so that a number
// still fits on every file system.
const longestName = 200

// saveName is a name for an object's file: the last part of its key, without
// anything that leads elsewhere or that some system cannot have in a name.
func saveName(key string) string {
	key = strings.TrimRight(key, "/")
	name := strings.Map(func(r rune) rune {
		if r == utf8.RuneError || !unicode.IsPrint(r) || strings.ContainsRune(`<>:"|?*\`, r) {
			return '_'
		}
		return r
	}, key[strings.LastIndexByte(key, '/')+1:])
	name = strings.TrimLeft(strings.TrimRight(name, ". "), " ")
	stem, ending := split(name)
	for len(stem)+len(ending) > longestName {
		if stem == "" {
			stem, ending = ending, ""
		}
		_, size := utf8.DecodeLastRuneInString(stem)
		stem = stem[:len(stem)-size]
	}
	name = stem + ending
	switch {
	case name == "":
		return "download"
	case device(stem):
		return "_" + name
	}
	return name
}

// split parts a name before its ending; one that begins with a dot has none.
func split(name string) (stem, ending string) {
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		return name[:dot], name[dot:]
	}
	return name, ""
}

// device reports whether Windows takes a name for a device's.
func device(stem string) bool {
	stem, _, _ = strings.Cut(strings.ToLower(stem), ".")
	switch stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(stem) == 4 && (stem[:3] == "com" || stem[:3] == "lpt") && stem[3] >= '0' && stem[3] <= '9'
}

// mostSame bounds how many files of one name there may be in a folder.
const mostSame = 10_000

// settle gives a finished file its name in a folder: "name.ext", or "name (1).ext"
// and so on when that is taken. It never replaces a file.
func settle(temporary, folder, name string) (string, error) {
	stem, ending := split(name)
	for n := range mostSame {
		path := filepath.Join(folder, name)
		if n > 0 {
			path = filepath.Join(folder, fmt.Sprintf("%s (%d)%s", stem, n, ending))
		}
		// An empty file keeps the name until the finished one takes its place.
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // #nosec G304 -- the folder is the user's choice, the name is made safe
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		if err := errors.Join(f.Close(), os.Rename(temporary, path)); err != nil {
			return "", errors.Join(err, os.Remove(path))
		}
		return path, nil
	}
	return "", fmt.Errorf("there are %d files named %s in %s already", mostSame, name, folder)
}
