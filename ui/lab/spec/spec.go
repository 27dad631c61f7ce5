// Package spec reads lab files: front matter that describes the lab, then a
// heading a step, with prose in Markdown and fenced blocks for what the guide
// checks, plays and hints. Everything that can be wrong in a file is found when
// it is read, and told with its line.
package spec

import (
	"fmt"

	"awslab/aws"
	"awslab/ui/drive"
	"awslab/ui/lab/check"
)

// Lab is a lab as its file describes it.
type Lab struct {
	ID      string   `yaml:"id"`      // its name in commands, "dynamodb"
	Number  int      `yaml:"number"`  // its place among the labs; 0 for none
	Title   string   `yaml:"title"`   // "Introduction to Amazon DynamoDB"
	Topic   string   `yaml:"topic"`   // in a word, "DynamoDB"
	Summary string   `yaml:"summary"` // one sentence
	Service string   `yaml:"service"` // the AWS service it is about, "dynamodb"
	Minutes int      `yaml:"minutes"` // how long it takes a learner
	Cost    string   `yaml:"cost"`    // what it costs on an AWS account
	Creates []string `yaml:"creates"` // the resources that it makes, "DynamoDB table Music"

	// Names are the resources that the learner names: {source} in the lab's text
	// stands for the one called source.
	Names map[string]Name `yaml:"names"`
	// Needs are what a sandbox has ready-made and an account may lack.
	Needs []Need `yaml:"needs"`

	File  string `yaml:"-"`
	Steps []Step `yaml:"-"`

	text   string            // of the file, as it was written
	kind   aws.Kind          // that this form of the lab is for
	given  map[string]string // the values that were asked for
	values map[string]string // that stand for the names
	other  func() *Lab       // the form for the other kind
}

// Field is a row of the table of front matter fields.
type Field struct {
	Name     string
	Required bool
	Help     string
}

// Fields is the table of what the front matter can hold.
func Fields() []Field {
	return []Field{
		{"id", true, "The lab's name in commands: small letters, digits and hyphens."},
		{"title", true, "The lab's title."},
		{"topic", true, "The topic in a word or two, for the guide's heading."},
		{"summary", true, "One sentence on what is learned."},
		{"service", true, "The AWS service it is about, as the CLI names it."},
		{"minutes", true, "How many minutes it takes a learner."},
		{"number", false, "Its place among the labs."},
		{"cost", false, "What it costs when it is done on an AWS account."},
		{"creates", false, "A list of the resources that the learner makes."},
		{"names", false, "The resources that the learner names; see below."},
		{"needs", false, "What a sandbox has ready-made and an AWS account lacks; see below."},
	}
}

// Heading is the lab's short name: "Lab 1 · DynamoDB".
func (l *Lab) Heading() string {
	if l.Number == 0 {
		return "Lab · " + l.Topic
	}
	return fmt.Sprintf("Lab %d · %s", l.Number, l.Topic)
}

// Step finds a step by its ID; -1 when the lab has none of it.
func (l *Lab) Step(id string) int {
	for i, s := range l.Steps {
		if s.ID == id {
			return i
		}
	}
	return -1
}

// Step is one step of a lab.
type Step struct {
	ID     string // unique in the lab; progress is kept by it
	Title  string
	Line   int // of its heading in the file
	Parts  []Part
	Checks []Check // all must hold; none in a step that is only read
	Do     drive.Script
	Links  []Link   // of its text, in their order
	Hints  []string // Markdown, from gentle to plain
	Slips  []Slip

	doLine int // of its do block
}

// Read reports whether the step is done by reading it.
func (s Step) Read() bool { return len(s.Checks) == 0 }

// Advice is what the lab says to a cause of a failed check; "" for nothing.
func (s Step) Advice(cause check.Cause) string {
	for _, slip := range s.Slips {
		if slip.Cause == cause {
			return slip.Text
		}
	}
	return ""
}

// Part is a piece of a step's text, in Markdown, or code that the step gives.
type Part struct {
	Kind Kind   // KindProse, KindWhy, KindNote or KindCode
	Text string // of KindCode the code, whole
	File string // of KindCode, the file that it is for
}

// Link leads from a step's text to an object, [HappyFace.jpg](s3://bucket/key),
// or is a URL to copy, [code.zip](https://example.com/code.zip).
type Link struct {
	Label       string
	Bucket, Key string // of an object
	URL         string // "" of an object
}

// Check is a check line.
type Check struct {
	*check.Check
	Line int
}

// Slip is what to say when a check fails for a cause.
type Slip struct {
	Cause check.Cause
	Text  string // Markdown
}

// Kind is a kind of block.
type Kind string

// The kinds of block; prose is what stands outside of blocks.
const (
	KindProse Kind = "prose"
	KindCheck Kind = "check"
	KindDo    Kind = "do"
	KindHint  Kind = "hint"
	KindWhy   Kind = "why"
	KindNote  Kind = "note"
	KindSlip  Kind = "slip"
	KindCode  Kind = "code"
)

// Block is a row of the table of blocks.
type Block struct {
	Kind Kind
	Help string
}

// Blocks is the table of the fenced blocks that mean something in a lab.
func Blocks() []Block {
	return []Block{
		{KindCheck, "What must hold when the step is done: one expression a line, all of which must hold. A line that starts with a space goes on with the one before; # starts a comment."},
		{KindDo, "What a person would do, one thing a line: for \"show me\", \"skip\", demonstrations, and for proving the lab. # starts a comment."},
		{KindCode, "`code FILE` or `code FILE from NAME`: code that the learner pastes into a file. Its first lines are shown, and it can be copied whole. With a name it is one of those below, and the block is empty."},
		{KindHint, "A hint; several are shown one after the other."},
		{KindWhy, "Why it is so: the idea behind the step."},
		{KindNote, "A remark aside: other words, older screens, other ways."},
		{KindSlip, "`slip CAUSE`: what to say when a check fails for this cause."},
	}
}

// samples are the languages of code that is shown as it is.
var samples = []string{"", "text", "json", "sh", "console", "python", "javascript", "go", "yaml"}
