package faq_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"awslab/faq"
)

// topics are what the questions deal with at the least, each with words that
// one question or its answer must have.
var topics = []struct {
	name  string
	words []string
}{
	{"the service", []string{"What is AWS Lambda"}},
	{"event sources", []string{"S3", "SQS", "API Gateway", "DynamoDB"}},
	{"EC2", []string{"EC2", "15 minutes"}},
	{"kinds of code", []string{"thumbnail", "schedule"}},
	{"languages", []string{"Node.js", "Python", "Java", ".NET", "Ruby", "Go"}},
	{"infrastructure", []string{"log in"}},
	{"isolation", []string{"Firecracker"}},
	{"security", []string{"encrypted at rest"}},
	{"functions", []string{"handler", "timeout", "role"}},
	{"reuse", []string{"frozen"}},
	{"scratch disk", []string{"/tmp", "512 MB", "10,240 MB"}},
	{"state", []string{"stateless"}},
	{"threads and processes", []string{"threads", "processes", "1,769 MB"}},
	{"restrictions", []string{"TCP port 25"}},
	{"the console", []string{"Author from scratch", "50 MB"}},
	{"the CLI", []string{"create-function", "fileb://"}},
	{"Python", []string{"3.13", "boto3"}},
	{"building Java", []string{"Gradle", "Maven"}},
	{"the JVM", []string{"Corretto"}},
	{"SnapStart", []string{"snapshot"}},
	{"URLs", []string{"function URL", "AWS_IAM"}},
	{"payloads", []string{"6 MB", "200 MB"}},
	{"concurrency", []string{"1,000", "429"}},
	{"cost", []string{"GB-seconds"}},
	{"init", []string{"Init Duration", "Billed Duration"}},
	{"Go", []string{"provided.al2023", "bootstrap"}},
	{"architectures", []string{"arm64", "x86_64"}},
	{"proxy responses", []string{"statusCode", "JSON.stringify", "502"}},
	{"Node.js 24", []string{"nodejs24.x", "context.succeed"}},
	{"logs", []string{"/aws/lambda/"}},
}

func TestTopics(t *testing.T) {
	t.Parallel()
	for _, topic := range topics {
		found := slices.ContainsFunc(faq.Questions(), func(q faq.Question) bool {
			return !slices.ContainsFunc(topic.words, func(word string) bool { return !strings.Contains(q.Text+" "+q.Answer, word) })
		})
		if !found {
			t.Errorf("no question deals with %s", topic.name)
		}
	}
}

func TestQuestions(t *testing.T) {
	t.Parallel()
	texts, answers := map[string]bool{}, map[string]bool{}
	for i, q := range faq.Questions() {
		if !strings.HasSuffix(q.Text, "?") || texts[q.Text] {
			t.Errorf("question %d is none, or one that was asked before: %q", i, q.Text)
		}
		if !strings.HasSuffix(q.Answer, ".") || len(q.Answer) > 500 || answers[q.Answer] {
			t.Errorf("answer %d is none, has %d letters, or was given before: %q", i, len(q.Answer), q.Answer)
		}
		texts[q.Text], answers[q.Answer] = true, true
		for _, text := range []string{q.Text, q.Answer} {
			// Every terminal and every form of JSON writes these alike.
			if odd := strings.IndexFunc(text, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune(`<>&"\`, r) }); odd >= 0 {
				t.Errorf("question %d: %q", i, text[odd:])
			}
		}
		source, err := url.Parse(q.Source)
		if err != nil || source.Scheme != "https" || source.Host != "aws.amazon.com" && source.Host != "docs.aws.amazon.com" || len(source.Path) < 2 {
			t.Errorf("question %d has the source %q, %v", i, q.Source, err)
		}
		day, err := time.Parse(time.DateOnly, q.Checked)
		if err != nil || day.Year() < 2026 {
			t.Errorf("question %d was checked on %q, %v", i, q.Checked, err)
		}
	}
}

// TestOwnQuestions has a caller change what it got.
func TestOwnQuestions(t *testing.T) {
	t.Parallel()
	first := faq.Questions()[0]
	faq.Questions()[0].Answer = "I don't know."
	if got := faq.Questions()[0]; got != first {
		t.Errorf("the first question became %+v", got)
	}
}

func TestQuestionAsJSON(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(faq.Question{Text: "Why?", Answer: "Because.", Source: "https://aws.amazon.com/", Checked: "2026-01-02"})
	if want := `{"q":"Why?","a":"Because."}`; err != nil || string(got) != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
}

func TestPick(t *testing.T) {
	t.Parallel()
	all := faq.Questions()
	for i, want := range all {
		index, got := faq.Pick(func(n int) int {
			if n != len(all) {
				t.Errorf("asked for one of %d", n)
			}
			return i
		})
		if index != i || got != want {
			t.Errorf("picked %d, %+v; want %d", index, got, i)
		}
	}
}
