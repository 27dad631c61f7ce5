package dynamodb

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// Limits of a writing transaction.
const (
	mostActions        = 100
	largestTransaction = 4 << 20 // bytes of all items
	longestToken       = 36
)

// TransactWriteItems does up to 100 writes, all or none. A request repeated
// with the same ClientRequestToken within ten minutes does nothing again.
func (s *Service) TransactWriteItems(ctx context.Context, in aws.TransactWriteItemsInput) (aws.TransactWriteItemsOutput, error) {
	return answer(ctx, s, "TransactWriteItems", func() (out aws.TransactWriteItemsOutput, err error) {
		if err := checkTransactWrite(in); err != nil {
			return out, err
		}
		tx := transaction{Service: s, token: in.ClientRequestToken, sizes: collections{wanted: in.ReturnItemCollectionMetrics == aws.MetricsSize}}
		if err := tx.parse(in); err != nil {
			return out, err
		}
		err = s.store.Update(func(w *store.Writer) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return tx.run(w)
		})
		if err != nil {
			return out, err
		}
		out.ConsumedCapacity = tx.used.reportTransaction(in.ReturnConsumedCapacity, tx.access())
		out.ItemCollectionMetrics = tx.sizes.byTable
		return out, nil
	})
}

func checkTransactWrite(in aws.TransactWriteItemsInput) error {
	var m members
	lengthEchoed(&m, in.TransactItems, "TransactWriteItem", "transactItems", mostActions)
	m.requestToken(in.ClientRequestToken)
	m.consumedCapacity(in.ReturnConsumedCapacity)
	m.collectionMetrics(in.ReturnItemCollectionMetrics)
	for _, item := range in.TransactItems {
		for _, part := range partsOf(item) {
			m.transactTable(part.table)
			m.onFailure(part.onFailure)
		}
	}
	return m.err()
}

func (m *members) requestToken(token string) {
	if len(token) > longestToken {
		m.add("'"+token+"'", "clientRequestToken", fmt.Sprintf("Member must have length less than or equal to %d", longestToken))
	}
}

// part is one action of a transaction as the request has it.
type part struct {
	request
	kind actionKind
	item aws.Item // of a put
	key  aws.Item // of the others
}

// partsOf gives the actions of an element, of which there should be one.
func partsOf(i aws.TransactWriteItem) []part {
	var parts []part
	if c := i.ConditionCheck; c != nil {
		parts = append(parts, part{kind: actCheck, key: c.Key, request: request{
			table: c.TableName, condition: c.ConditionExpression, onFailure: c.ReturnValuesOnConditionCheckFailure,
			names: c.ExpressionAttributeNames, values: c.ExpressionAttributeValues,
		}})
	}
	if p := i.Put; p != nil {
		parts = append(parts, part{kind: actPut, item: p.Item, request: request{
			table: p.TableName, condition: p.ConditionExpression, onFailure: p.ReturnValuesOnConditionCheckFailure,
			names: p.ExpressionAttributeNames, values: p.ExpressionAttributeValues,
		}})
	}
	if u := i.Update; u != nil {
		parts = append(parts, part{kind: actUpdate, key: u.Key, request: request{
			table: u.TableName, condition: u.ConditionExpression, update: u.UpdateExpression, onFailure: u.ReturnValuesOnConditionCheckFailure,
			names: u.ExpressionAttributeNames, values: u.ExpressionAttributeValues,
		}})
	}
	if d := i.Delete; d != nil {
		parts = append(parts, part{kind: actDelete, key: d.Key, request: request{
			table: d.TableName, condition: d.ConditionExpression, onFailure: d.ReturnValuesOnConditionCheckFailure,
			names: d.ExpressionAttributeNames, values: d.ExpressionAttributeValues,
		}})
	}
	return parts
}

// transaction is a TransactWriteItems under way.
type transaction struct {
	*Service
	actions  []*action
	token    string
	digest   []byte // of the request, to tell another under the same token
	used     usages
	sizes    collections // of what was written, if asked for
	repeated bool
}

// access tells what the transaction's units are of: a repeated one only reads.
func (tx *transaction) access() aws.Access {
	if tx.repeated {
		return aws.Reads
	}
	return aws.Writes
}

func (tx *transaction) parse(in aws.TransactWriteItemsInput) error {
	for _, item := range in.TransactItems {
		parts := partsOf(item)
		if len(parts) != 1 {
			return invalid("TransactItems can only contain one of Check, Put, Update or Delete")
		}
		a, err := parts[0].parse()
		if err != nil {
			return err
		}
		tx.actions = append(tx.actions, a)
	}
	return tx.seal(in.TransactItems)
}

// seal checks the size of what is put, and takes the digest of a request that has a
// token.
func (tx *transaction) seal(request any) error {
	size := 0
	for _, a := range tx.actions {
		size += a.size
	}
	if size > largestTransaction {
		return invalid("Collection size of items exceeded, which can also be caused by the aggregate size of the items in the transaction exceeding the 4MB limit")
	}
	if tx.token == "" {
		return nil
	}
	body, err := json.Marshal(request)
	if err != nil {
		return err
	}
	digest := sha256.Sum256(body)
	tx.digest = digest[:]
	return nil
}

func (p part) parse() (*action, error) {
	if p.kind == actPut {
		return newPut(wordedOlder, p.request, p.item)
	}
	if p.kind == actCheck && p.condition == "" {
		return nil, invalid("Invalid ConditionExpression: The expression can not be empty;")
	}
	if p.kind == actUpdate && p.update == "" {
		return nil, invalid("Invalid UpdateExpression: The expression can not be empty;")
	}
	return newKeyed(p.kind, wordedOlder, p.request, p.key)
}

func (tx *transaction) run(w *store.Writer) error {
	targets, reasons, err := tx.targets(w)
	if err != nil {
		return err
	}
	if tx.token != "" {
		if tx.repeated, err = tx.claimToken(w); err != nil {
			return err
		}
		if tx.repeated {
			return tx.readAgain(w, targets)
		}
	}
	effects := make([]effect, len(tx.actions))
	for n, a := range tx.actions {
		if reasons[n].Code != "None" {
			continue
		}
		if effects[n], err = a.resolve(&w.Reader, targets[n]); err == nil {
			continue
		}
		if err := reasons.note(n, err); err != nil {
			return err
		}
	}
	if err := reasons.err(); err != nil {
		return err
	}
	return tx.stage(w, effects)
}

// targets finds the items that the actions are on, each on another.
func (tx *transaction) targets(w *store.Writer) ([]change, reasons, error) {
	reasons := newReasons(len(tx.actions))
	targets := make([]change, len(tx.actions))
	seen := make(map[string]bool, len(tx.actions))
	for n, a := range tx.actions {
		c, err := a.target(tx.Service, &w.Reader)
		if err != nil {
			if err := reasons.note(n, err); err != nil {
				return nil, nil, err
			}
			continue
		}
		id := a.table + "/" + string(c.key)
		if seen[id] {
			return nil, nil, invalid(twoOnOne)
		}
		seen[id] = true
		targets[n] = c
	}
	return targets, reasons, nil
}

func (tx *transaction) stage(w *store.Writer, effects []effect) error {
	var sum tally
	for n, e := range effects {
		a := tx.actions[n]
		if a.kind == actCheck {
			tx.used.add(a.table, usage{table: writeUnits(e.sizeBefore) * transactionRate})
			continue
		}
		units, err := e.stage(w, &sum)
		if err != nil {
			return err
		}
		tx.used.add(a.table, units.inTransaction())
		if err := tx.sizes.add(&w.Reader, e.change); err != nil {
			return err
		}
	}
	sum.save(w)
	return nil
}

// readAgain counts what answering a repeated request costs: the items are read.
func (tx *transaction) readAgain(w *store.Writer, targets []change) error {
	for n, a := range tx.actions {
		if targets[n].table == nil {
			continue
		}
		entry, err := targets[n].table.Space.read(&w.Reader, targets[n].key)
		if err != nil {
			return err
		}
		tx.used.add(a.table, usage{table: readUnits(entry.size, true) * transactionRate})
	}
	return nil
}
