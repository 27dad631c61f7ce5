package dynamodb

import (
	"awslab/ui/component"
	"awslab/ui/theme"
)

// flow writes parts with dots between them; what does not fit a line goes on
// to the next as a whole.
func flow(width int, style theme.Style, parts ...string) component.Block {
	var lines []string
	line := parts[0]
	for _, part := range parts[1:] {
		if component.Width(line)+3+component.Width(part) > width {
			lines = append(lines, style.Render(line))
			line = "  " + part
			continue
		}
		line += " · " + part
	}
	return component.Text(width, append(lines, style.Render(line))...)
}
