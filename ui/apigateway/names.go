package apigateway

import "regexp"

// partPattern is what a part of a path may be, and stagePattern a stage's name.
var (
	partPattern   = regexp.MustCompile(`^([a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._:-]+\+?\})$`)
	stagePattern  = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)
	variableName  = regexp.MustCompile(`^[a-zA-Z0-9_]+$`)
	variableValue = regexp.MustCompile(`^[A-Za-z0-9._~:/?#&=,-]+$`)
)

const maxStageName = 128

// stageFault says what is wrong with a stage's name; "" when nothing is.
func stageFault(name string) string {
	switch {
	case name == "":
		return "Enter a name"
	case len(name) > maxStageName || !stagePattern.MatchString(name):
		return "Use up to 128 letters, digits, _ and -"
	}
	return ""
}
