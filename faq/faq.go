// Package faq is a small microservice's stock: questions about AWS Lambda and
// their answers, each with the page of AWS that it was checked against and the
// day. It is also the JavaScript of that microservice, made of the same
// questions, for nodejs functions; its Go is in the packages below.
package faq

import (
	"bytes"
	_ "embed" // for the questions
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Question is a question about Lambda. As JSON it is what the microservice
// answers with: its text and its answer, and nothing else.
type Question struct {
	Text    string `json:"q"`
	Answer  string `json:"a"`
	Source  string `json:"-"` // the address of the page of AWS that says so
	Checked string `json:"-"` // the day when it did: 2006-01-02
}

// catalogue is what the file of the questions holds.
type catalogue struct {
	Service   string // what the questions are about
	Reference string // where AWS answers such questions
	Questions []Question
}

//go:embed questions.json
var file []byte

// stock reads the file, once. It is part of the program: if it is broken, so is
// the program.
var stock = sync.OnceValue(func() catalogue {
	// In the file, a question has all of its fields.
	type entry struct {
		Text    string `json:"q"`
		Answer  string `json:"a"`
		Source  string `json:"source"`
		Checked string `json:"checked"`
	}
	var read struct {
		Service, Reference string
		Questions          []entry
	}
	d := json.NewDecoder(bytes.NewReader(file))
	d.DisallowUnknownFields()
	if err := d.Decode(&read); err != nil {
		panic(fmt.Errorf("faq: questions.json: %w", err))
	}
	c := catalogue{Service: read.Service, Reference: read.Reference}
	for _, e := range read.Questions {
		c.Questions = append(c.Questions, Question(e))
	}
	return c
})

// Questions lists all questions, in the order in which the JavaScript has them:
// the number that a function logs is the index of a question here.
func Questions() []Question {
	return slices.Clone(stock().Questions)
}

// Pick chooses one of the questions and tells its index, too. It asks random
// for a number from 0 to n-1, as [math/rand/v2.IntN] gives it.
func Pick(random func(n int) int) (int, Question) {
	all := stock().Questions
	i := random(len(all))
	return i, all[i]
}
