package apigateway

import "awslab/ui/page"

// newVariables are fields for stage variables.
func newVariables() *page.Pairs {
	v := &page.Pairs{Key: "Name", Add: "Add stage variable"}
	v.Check.Key = func(text string) string {
		if !variableName.MatchString(text) {
			return "Use letters, digits and _ only"
		}
		return ""
	}
	v.Check.Value = func(text string) string {
		switch {
		case text == "":
			return "Enter a value, or remove the row"
		case !variableValue.MatchString(text):
			return "Use letters, digits and - . _ ~ : / ? # & = , only"
		}
		return ""
	}
	return v
}
