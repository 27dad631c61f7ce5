package dynamodb

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/value"
	"awslab/aws/fake/store"
)

const (
	// mostGets is how many items one BatchGetItem or transaction may name.
	mostGets = 100
	// largestResponse is what a BatchGetItem returns at most, in bytes.
	largestResponse = 16 << 20
)

// BatchGetItem reads up to 100 items by key, in the order asked for; what did
// not fit in 16 MB comes back as UnprocessedKeys.
func (s *Service) BatchGetItem(ctx context.Context, in aws.BatchGetItemInput) (aws.BatchGetItemOutput, error) {
	return answer(ctx, s, "BatchGetItem", func() (out aws.BatchGetItemOutput, err error) {
		if err := checkBatchGet(in); err != nil {
			return out, err
		}
		b := batchGet{Service: s, in: in, gets: make(map[string][]get)}
		if err := b.parse(); err != nil {
			return out, err
		}
		b.out.Responses = make(map[string][]aws.Item)
		b.out.UnprocessedKeys = make(map[string]aws.KeysAndAttributes)
		err = s.store.View(func(r *store.Reader) error {
			for _, table := range b.tables() {
				if err := b.readTable(ctx, r, table); err != nil {
					return err
				}
			}
			return nil
		})
		return b.out, err
	})
}

func checkBatchGet(in aws.BatchGetItemInput) error {
	var m members
	m.tableKeys(in.RequestItems)
	m.consumedCapacity(in.ReturnConsumedCapacity)
	for _, table := range slices.Sorted(maps.Keys(in.RequestItems)) {
		wanted, at := in.RequestItems[table], "RequestItems."+table+".member."
		m.lengthUnnamed(len(wanted.Keys), at+"Keys", 1, mostGets)
		if wanted.AttributesToGet != nil {
			m.lengthUnnamed(len(wanted.AttributesToGet), at+"AttributesToGet", 1, mostAttributes)
		}
	}
	m.lengthUnnamed(len(in.RequestItems), "RequestItems", 1, mostGets)
	if err := m.err(); err != nil {
		return err
	}
	total := 0
	for _, wanted := range in.RequestItems {
		total += len(wanted.Keys)
	}
	if total > mostGets {
		return invalid("Too many items requested for the BatchGetItem call")
	}
	return nil
}

// tableKeys checks the names of tables that are the keys of a map.
func (m *members) tableKeys(items any) {
	bad := false
	switch items := items.(type) {
	case map[string]aws.KeysAndAttributes:
		bad = anyBadName(maps.Keys(items))
	case map[string][]aws.WriteRequest:
		bad = anyBadName(maps.Keys(items))
	}
	if !bad {
		return
	}
	echo, err := json.Marshal(items)
	if err != nil {
		echo = []byte("{}") // a value that has no JSON is reported on its own account
	}
	m.add("'"+string(echo)+"'", "requestItems", "Map keys must satisfy constraint: [Member must have length less than or equal to 255, "+
		"Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]")
}

func anyBadName(names func(func(string) bool)) bool {
	for name := range names {
		if len(name) < 3 || len(name) > 255 || !nameCharacters.MatchString(name) {
			return true
		}
	}
	return false
}

// lengthUnnamed checks a length in the newer wording, which shows no value.
func (m *members) lengthUnnamed(length int, member string, shortest, longest int) {
	switch {
	case length < shortest:
		m.addUnnamed(member, fmt.Sprintf("Member must have length greater than or equal to %d", shortest))
	case length > longest:
		m.addUnnamed(member, fmt.Sprintf("Member must have length less than or equal to %d", longest))
	}
}

// batchGet is a BatchGetItem under way.
type batchGet struct {
	*Service
	in   aws.BatchGetItemInput
	gets map[string][]get
	out  aws.BatchGetItemOutput
	size int
}

func (b *batchGet) tables() []string { return slices.Sorted(maps.Keys(b.in.RequestItems)) }

func (b *batchGet) parse() error {
	for _, table := range b.tables() {
		wanted := b.in.RequestItems[table]
		p := projecting{wanted.ProjectionExpression, wanted.ExpressionAttributeNames, wanted.AttributesToGet}
		if err := p.checkForms(); err != nil {
			return wordedBare.fault(err)
		}
		projection, err := p.parse()
		if err != nil {
			return wordedBare.fault(err)
		}
		seen := make(map[string]bool, len(wanted.Keys))
		for _, key := range wanted.Keys {
			key, err := value.NormalizeItem(key)
			if err != nil {
				return wordedBare.fault(err)
			}
			if id := string(value.EncodeItem(nil, key)); !seen[id] {
				seen[id] = true
			} else {
				return invalid("Provided list of item keys contains duplicates")
			}
			b.gets[table] = append(b.gets[table], get{table: table, key: key, projection: projection})
		}
	}
	return nil
}

func (b *batchGet) readTable(ctx context.Context, r *store.Reader, table string) error {
	wanted := b.in.RequestItems[table]
	if _, err := b.inService(r, table); err != nil {
		return err
	}
	found := []aws.Item{}
	var used usage
	for n, g := range b.gets[table] {
		if err := ctx.Err(); err != nil {
			return err
		}
		item, size, err := g.read(b.Service, r)
		if err != nil {
			return err
		}
		if b.size > 0 && b.size+size > largestResponse {
			rest := wanted
			rest.Keys = wanted.Keys[n:]
			b.out.UnprocessedKeys[table] = rest
			break
		}
		b.size += size
		used.table += readUnits(size, wanted.ConsistentRead)
		if item != nil {
			found = append(found, item)
		}
	}
	b.out.Responses[table] = found
	if report := used.report(table, b.in.ReturnConsumedCapacity); report != nil {
		b.out.ConsumedCapacity = append(b.out.ConsumedCapacity, *report)
	}
	return nil
}
