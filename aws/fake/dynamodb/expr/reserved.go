package expr

import (
	_ "embed"
	"strings"
	"sync"
)

// reservedText lists DynamoDB's reserved words, one a line, in capitals.
//
//go:embed reserved.txt
var reservedText string

// reservedWords is reservedText as a set, made when first needed.
var reservedWords = sync.OnceValue(func() map[string]struct{} {
	words := strings.Fields(reservedText)
	set := make(map[string]struct{}, len(words))
	for _, word := range words {
		set[word] = struct{}{}
	}
	return set
})

// IsReserved tells whether an expression may mention the attribute only by a
// placeholder (#name), because its name, in whatever case, is a reserved word.
func IsReserved(name string) bool {
	_, found := reservedWords()[strings.ToUpper(name)]
	return found
}
