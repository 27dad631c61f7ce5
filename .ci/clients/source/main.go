// Command source prints the FAQ microservice as JavaScript: what a learner
// pastes into the editor. Its argument is the form: modern, classic or
// malformed.
package main

import (
	"fmt"
	"os"

	"awslab/faq"
)

func main() {
	forms := map[string]faq.Form{"modern": faq.Modern, "classic": faq.Classic, "malformed": faq.Malformed}
	for _, name := range os.Args[1:] {
		form, ok := forms[name]
		if !ok {
			fmt.Fprintln(os.Stderr, "usage: source modern|classic|malformed")
			os.Exit(2)
		}
		fmt.Print(faq.Source(form))
	}
}
