package expression

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// value is what a part of an expression gives: a number, one series, or a list.
type value struct {
	number float64
	list   []Series // nil for a number
	isList bool     // a list in brackets, or METRICS()
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// maxDepth is how deep an expression may nest, in parentheses and by way of
// other expressions.
const maxDepth = 100

// Evaluate gives the series of all queries: those known and those of
// expressions. Errors are *Fault.
func Evaluate(known map[string]Series, expressions map[string]string, span Span) (map[string]Series, error) {
	all := make(map[string]Series, len(known)+len(expressions))
	maps.Copy(all, known)
	e := &evaluation{known: all, expressions: expressions, open: make(map[string]bool), span: span, metrics: known}
	for _, id := range slices.Sorted(maps.Keys(expressions)) {
		if _, err := e.resolve(id, 0); err != nil {
			return nil, err
		}
	}
	return all, nil
}

type evaluation struct {
	known       map[string]Series // grows
	metrics     map[string]Series
	expressions map[string]string
	open        map[string]bool // being evaluated
	span        Span
}

// resolve gives the series of an id.
func (e *evaluation) resolve(id string, depth int) (Series, error) {
	if s, ok := e.known[id]; ok {
		return s, nil
	}
	text, ok := e.expressions[id]
	switch {
	case !ok:
		return Series{}, &Fault{id, "there is no query of this id"}
	case e.open[id]:
		return Series{}, &Fault{id, "the expression refers to itself"}
	}
	e.open[id] = true
	defer delete(e.open, id)
	p := &parser{evaluation: e, id: id, text: text, depth: depth}
	v, err := p.whole()
	if err != nil {
		return Series{}, err
	}
	switch {
	case v.list == nil:
		return Series{}, &Fault{id, "the result is not a time series"}
	case len(v.list) != 1:
		return Series{}, &Fault{id, "the result is several time series"}
	}
	e.known[id] = v.list[0]
	return v.list[0], nil
}

// parser reads an expression and evaluates it on the way.
type parser struct {
	*evaluation
	id    string
	text  string // what is left
	depth int
}

func (p *parser) fault(format string, args ...any) error {
	return &Fault{p.id, fmt.Sprintf(format, args...)}
}

func (p *parser) whole() (value, error) {
	v, err := p.sum()
	if err == nil && p.peek() != 0 {
		err = p.fault("unexpected %q", p.text)
	}
	return v, err
}

// peek is the next character that is no space; 0 at the end.
func (p *parser) peek() byte {
	p.text = strings.TrimLeft(p.text, " \t\r\n")
	if p.text == "" {
		return 0
	}
	return p.text[0]
}

// take takes a character if it comes next.
func (p *parser) take(c byte) bool {
	if p.peek() != c || c == 0 {
		return false
	}
	p.text = p.text[1:]
	return true
}

func (p *parser) sum() (value, error) {
	return p.chain(p.product, map[byte]func(x, y float64) float64{
		'+': func(x, y float64) float64 { return x + y },
		'-': func(x, y float64) float64 { return x - y },
	})
}

func (p *parser) product() (value, error) {
	return p.chain(p.power, map[byte]func(x, y float64) float64{
		'*': func(x, y float64) float64 { return x * y },
		'/': func(x, y float64) float64 { return x / y },
	})
}

func (p *parser) power() (value, error) {
	return p.chain(p.signed, map[byte]func(x, y float64) float64{'^': math.Pow})
}

// chain reads parts joined by operators of one rank, from the left.
func (p *parser) chain(part func() (value, error), operators map[byte]func(x, y float64) float64) (value, error) {
	v, err := part()
	for err == nil {
		f, ok := operators[p.peek()]
		if !ok {
			break
		}
		p.text = p.text[1:]
		var next value
		if next, err = part(); err == nil {
			v, err = p.combine(v, next, f)
		}
	}
	return v, err
}

func (p *parser) combine(a, b value, f func(x, y float64) float64) (value, error) {
	switch {
	case a.isList || b.isList:
		return value{}, p.fault("a list stands only within a function")
	case a.list == nil && b.list == nil:
		return value{number: f(a.number, b.number)}, nil
	case a.list == nil:
		return one(b.list[0].each(func(y float64) float64 { return f(a.number, y) })), nil
	case b.list == nil:
		return one(a.list[0].each(func(x float64) float64 { return f(x, b.number) })), nil
	}
	return one(meet(a.list[0], b.list[0], f)), nil
}

func one(s Series) value { return value{list: []Series{s}} }

func (p *parser) signed() (value, error) {
	negative := false
	for p.peek() == '-' || p.peek() == '+' {
		negative = negative != (p.text[0] == '-')
		p.text = p.text[1:]
	}
	v, err := p.primary()
	if err == nil && negative {
		v, err = p.combine(value{number: 0}, v, func(x, y float64) float64 { return x - y })
	}
	return v, err
}

func (p *parser) primary() (value, error) {
	if p.depth++; p.depth > maxDepth {
		return value{}, p.fault("it nests too deep")
	}
	defer func() { p.depth-- }()
	switch c := p.peek(); {
	case p.take('('):
		v, err := p.sum()
		if err == nil && !p.take(')') {
			err = p.fault("a parenthesis is not closed")
		}
		return v, err
	case p.take('['):
		return p.brackets()
	case c >= '0' && c <= '9' || c == '.':
		digits := p.run("0123456789.")
		number, err := strconv.ParseFloat(digits, 64)
		if err != nil {
			return value{}, p.fault("%s is no number", digits)
		}
		return value{number: number}, nil
	case c >= 'a' && c <= 'z':
		s, err := p.resolve(p.run(letters), p.depth)
		return one(s), err
	case c >= 'A' && c <= 'Z':
		return p.call(p.run(letters))
	case c == 0:
		return value{}, p.fault("it ends too early")
	}
	return value{}, p.fault("unexpected %q", p.text)
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

// run takes characters for as long as they are among those given.
func (p *parser) run(among string) string {
	rest := strings.TrimLeft(p.text, among)
	taken := p.text[:len(p.text)-len(rest)]
	p.text = rest
	return taken
}

// brackets reads a list of series, after its "[".
func (p *parser) brackets() (value, error) {
	list := value{isList: true, list: []Series{}}
	for {
		v, err := p.sum()
		if err != nil {
			return list, err
		}
		if v.list == nil {
			return list, p.fault("a list holds time series")
		}
		list.list = append(list.list, v.list...)
		if p.take(']') {
			return list, nil
		}
		if !p.take(',') {
			return list, p.fault("a list is not closed")
		}
	}
}
