package expr

import (
	"awslab/aws/fake/dynamodb/value"
)

// conditionParser is the grammar of conditions, filters and key conditions,
// lowest precedence first: OR, AND, NOT, then comparisons and functions.
type conditionParser struct{ *parser }

// node is what was parsed, before it is known whether it stands where a
// condition or where an operand is wanted.
type node struct {
	condition predicate // one of these two,
	operand   operand   // but of a size(…) only the operand
	function  string    // the name, if it is a function's call
	grouped   bool      // in parentheses
}

func newConditionParser(kind Kind, text string, p *Placeholders) (*conditionParser, error) {
	base, err := newParser(kind, text, p, "AND", "OR", "NOT", "BETWEEN", "IN")
	if err != nil {
		return nil, err
	}
	return &conditionParser{base}, nil
}

func (p *conditionParser) parse() (predicate, error) {
	root, err := p.parseOr()
	if err != nil {
		return nil, err
	}
	condition, err := p.wantCondition(root)
	if err != nil {
		return nil, err
	}
	return condition, p.finish()
}

func (p *conditionParser) parseOr() (node, error) {
	return p.parseJoined("OR", p.parseAnd, func(a, b predicate) predicate { return or{a, b} })
}

func (p *conditionParser) parseAnd() (node, error) {
	return p.parseJoined("AND", p.parseNot, func(a, b predicate) predicate { return and{a, b} })
}

// parseJoined reads parts with the keyword between them, or one part alone.
func (p *conditionParser) parseJoined(keyword string, part func() (node, error), join func(a, b predicate) predicate) (node, error) {
	left, err := part()
	if err != nil {
		return node{}, err
	}
	for p.peek().isWord(keyword) {
		condition, err := p.wantCondition(left)
		if err != nil {
			return node{}, err
		}
		p.next()
		p.operators++
		right, err := p.parseCondition(part)
		if err != nil {
			return node{}, err
		}
		left = node{condition: join(condition, right)}
	}
	return left, nil
}

func (p *conditionParser) parseNot() (node, error) {
	if !p.acceptWord("NOT") {
		return p.parseComparison()
	}
	p.operators++
	of, err := p.parseCondition(p.parseNot)
	return node{condition: not{of}}, err
}

// parseCondition reads what part reads, as a condition.
func (p *conditionParser) parseCondition(part func() (node, error)) (predicate, error) {
	n, err := part()
	if err != nil {
		return nil, err
	}
	return p.wantCondition(n)
}

func (p *conditionParser) parseComparison() (node, error) {
	left, err := p.parsePrimary()
	if err != nil {
		return node{}, err
	}
	var condition predicate
	switch t := p.peek(); {
	case isComparator(t):
		condition, err = p.parseComparator(left)
	case t.isWord("BETWEEN"):
		condition, err = p.parseBetween(left)
	case t.isWord("IN"):
		condition, err = p.parseIn(left)
	default:
		return left, nil
	}
	p.operators++
	p.faults.settle()
	return node{condition: condition}, err
}

func isComparator(t token) bool {
	if t.kind != tokenSymbol {
		return false
	}
	switch t.text {
	case "=", "<>", "<", "<=", ">", ">=":
		return true
	}
	return false
}

func (p *conditionParser) parseComparator(n node) (predicate, error) {
	left, err := p.wantOperand(n)
	if err != nil {
		return nil, err
	}
	operator := p.next().text
	right, err := p.parseOperand()
	if err != nil {
		return nil, err
	}
	p.checkDistinct(operator, left, right)
	if operator != "=" && operator != "<>" {
		p.checkTypes(operator, ordered, left.staticType(), right.staticType())
	}
	return comparison{operator: operator, left: left, right: right}, nil
}

func (p *conditionParser) parseBetween(n node) (predicate, error) {
	of, err := p.wantOperand(n)
	if err != nil {
		return nil, err
	}
	p.next()
	low, err := p.parseOperand()
	if err != nil {
		return nil, err
	}
	if !p.acceptWord("AND") {
		return nil, p.syntaxError()
	}
	high, err := p.parseOperand()
	if err != nil {
		return nil, err
	}
	p.checkTypes("BETWEEN", ordered, of.staticType(), low.staticType(), high.staticType())
	p.checkBounds(low, high)
	return between{of: of, low: low, high: high}, nil
}

func (p *conditionParser) parseIn(n node) (predicate, error) {
	of, err := p.wantOperand(n)
	if err != nil {
		return nil, err
	}
	p.next()
	if err := p.expect("("); err != nil {
		return nil, err
	}
	list, err := p.parseOperands()
	if err != nil {
		return nil, err
	}
	if len(list) > maxIn {
		p.report(rankCount, "The IN operator is provided with too many operands; number of operands: %d", len(list))
	}
	return in{of: of, list: list}, nil
}

// parseOperands reads operands up to the closing parenthesis.
func (p *conditionParser) parseOperands() ([]operand, error) {
	var list []operand
	for {
		o, err := p.parseOperand()
		if err != nil {
			return nil, err
		}
		list = append(list, o)
		if !p.accept(",") {
			return list, p.expect(")")
		}
	}
}

func (p *conditionParser) parseOperand() (operand, error) {
	n, err := p.parsePrimary()
	if err != nil {
		return nil, err
	}
	return p.wantOperand(n)
}

func (p *conditionParser) parsePrimary() (node, error) {
	switch {
	case p.accept("("):
		return p.parseGroup()
	case p.isCall():
		return p.parseCall()
	case p.peek().kind == tokenValue:
		v, err := p.parseConstant()
		return node{operand: v}, err
	}
	at, err := p.parsePath()
	return node{operand: at}, err
}

func (p *conditionParser) parseGroup() (node, error) {
	n, err := p.parseOr()
	if err != nil {
		return node{}, err
	}
	if n.grouped {
		p.report(rankGroup, "The expression has redundant parentheses;")
	}
	n.grouped = true
	return n, p.expect(")")
}

func (p *conditionParser) parseCall() (node, error) {
	name := p.next().text
	p.next() // the parenthesis
	p.operators++
	operands, err := p.parseOperands()
	if err != nil {
		return node{}, err
	}
	n := p.call(name, operands)
	n.function = name
	if n.operand == nil {
		p.faults.settle()
	}
	return n, nil
}

// wantCondition takes n as a condition, which neither a path nor a value nor
// size(…) is.
func (p *conditionParser) wantCondition(n node) (predicate, error) {
	if n.condition != nil {
		return n.condition, nil
	}
	if n.function == "" {
		return nil, p.syntaxError()
	}
	p.reportMisuse(n.function)
	return nothing{}, nil
}

// wantOperand takes n as an operand; of the functions only size(…) is one.
func (p *conditionParser) wantOperand(n node) (operand, error) {
	if n.operand != nil {
		return n.operand, nil
	}
	if n.function == "" {
		return nil, p.syntaxError()
	}
	p.reportMisuse(n.function)
	return constant{}, nil
}

func (p *conditionParser) reportMisuse(function string) {
	p.report(rankMisuse, "The function is not allowed to be used this way in an expression; function: %s", function)
}

// checkDistinct reports an operator both of whose operands are one path.
func (p *conditionParser) checkDistinct(operator string, operands ...operand) {
	if len(operands) != 2 {
		return
	}
	left, ok := operands[0].(path)
	right, also := operands[1].(path)
	if ok && also && left.String() == right.String() {
		p.report(rankDistinct, "The first operand must be distinct from the remaining operands for this operator or function; operator: %s, first operand: %s", operator, left)
	}
}

// checkBounds reports bounds of BETWEEN that no value can be between.
func (p *conditionParser) checkBounds(low, high operand) {
	lower, ok := low.(constant)
	upper, also := high.(constant)
	if !ok || !also || lower.value == nil || upper.value == nil {
		return
	}
	order, comparable := value.Compare(lower.value, upper.value)
	rule := ""
	switch {
	case lower.staticType() != upper.staticType():
		rule = "same data type for lower and upper bounds"
	case comparable && order > 0:
		rule = "upper bound to be greater than or equal to lower bound"
	default:
		return
	}
	p.report(rankType, "The BETWEEN operator requires %s; lower bound operand: AttributeValue: {%s}, upper bound operand: AttributeValue: {%s}",
		rule, describe(lower.value), describe(upper.value))
}
