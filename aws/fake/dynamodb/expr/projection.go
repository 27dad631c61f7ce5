package expr

import "awslab/aws"

// Projection is a parsed ProjectionExpression.
type Projection struct{ paths tree[struct{}] }

// ParseProjection parses and checks a ProjectionExpression. What DynamoDB
// refuses is a *value.Fault.
func ParseProjection(text string, p *Placeholders) (*Projection, error) {
	parser, err := newParser(ProjectionExpression, text, p)
	if err != nil {
		return nil, err
	}
	var out Projection
	for {
		at, err := parser.parsePath()
		if err != nil {
			return nil, err
		}
		putPath(parser, &out.paths, at, &struct{}{})
		if !parser.accept(",") {
			break
		}
	}
	if err := parser.finish(); err != nil {
		return nil, err
	}
	return &out, nil
}

// Apply gives a new item of only what the projection names: of maps the named
// parts, of lists the named elements, closed up in their order. Of a nil item
// it is nil, of one with none of the attributes it is empty.
func (p *Projection) Apply(item aws.Item) aws.Item {
	if item == nil {
		return nil
	}
	return aws.Item(p.paths.projectMap(aws.M(item)))
}

// Attributes lists the top-level attributes that the projection names, sorted.
func (p *Projection) Attributes() []string { return p.paths.attributes() }
