package dynamodb

import (
	"bytes"
	"time"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// tokenLife is how long a ClientRequestToken is remembered.
const tokenLife = 10 * time.Minute

// The buckets of the tokens: by token, when it ends and what request it was of;
// and by their end, so that the old ones are found without looking at all.
const (
	tokensBucket = "dynamodb/tokens"     // token → end, digest
	endsBucket   = "dynamodb/token-ends" // end, token → nothing
)

// endLayout writes times so that their order is that of the text.
const endLayout = "20060102T150405.000"

// mostForgotten is how many old tokens one transaction clears away.
const mostForgotten = 100

// claimToken remembers the transaction's token, or finds that the very request
// was done before. Another request under a remembered token is refused.
func (tx *transaction) claimToken(w *store.Writer) (repeated bool, err error) {
	now := tx.now().Format(endLayout)
	if raw := w.Get(tokensBucket, []byte(tx.token)); len(raw) > len(now) && now < string(raw[:len(now)]) {
		if !bytes.Equal(raw[len(now):], tx.digest) {
			return false, &aws.Error{Code: "IdempotentParameterMismatchException",
				Message: "The request uses the same client token as a previous, but non-identical request. " +
					"Do not reuse a client token with different requests, unless the requests are identical"}
		}
		return true, nil
	}
	forgetTokens(w, now)
	end := tx.now().Add(tokenLife).Format(endLayout)
	w.Put(tokensBucket, []byte(tx.token), append([]byte(end), tx.digest...))
	w.Put(endsBucket, []byte(end+tx.token), nil)
	return false, nil
}

// forgetTokens clears away some of the tokens whose time is over.
func forgetTokens(w *store.Writer, now string) {
	c := w.Cursor(endsBucket)
	n := 0
	for key, _ := c.Seek(nil); len(key) > len(now) && n < mostForgotten; key, _ = c.Next() {
		if now < string(key[:len(now)]) {
			return
		}
		w.Delete(tokensBucket, bytes.Clone(key[len(now):]))
		w.Delete(endsBucket, bytes.Clone(key))
		n++
	}
}
