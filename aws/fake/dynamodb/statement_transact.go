package dynamodb

import (
	"context"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/expr"
	"awslab/aws/fake/dynamodb/partiql"
	"awslab/aws/fake/store"
)

// ExecuteTransaction runs up to 100 statements, all or none: SELECTs, or
// statements that write, with EXISTS among them. A request repeated with the
// same ClientRequestToken within ten minutes does nothing again.
func (s *Service) ExecuteTransaction(ctx context.Context, in aws.ExecuteTransactionInput) (aws.ExecuteTransactionOutput, error) {
	return answer(ctx, s, "ExecuteTransaction", func() (out aws.ExecuteTransactionOutput, err error) {
		if err := checkStatements(in); err != nil {
			return out, err
		}
		statements, reads, err := parseStatements(in)
		if err != nil {
			return out, err
		}
		if reads {
			return s.readTransaction(ctx, statements, in)
		}
		return s.writeTransaction(ctx, statements, in)
	})
}

func checkStatements(in aws.ExecuteTransactionInput) error {
	var m members
	m.lengthUnnamed(len(in.TransactStatements), "transactStatements", 1, mostActions)
	m.requestToken(in.ClientRequestToken)
	m.consumedCapacity(in.ReturnConsumedCapacity)
	for _, request := range in.TransactStatements {
		m.statement(request.Statement, "transactStatements.member.statement")
		m.onFailure(request.ReturnValuesOnConditionCheckFailure)
	}
	return m.err()
}

// parseStatements reads the statements of a transaction, and tells whether they
// are all SELECTs.
func parseStatements(in aws.ExecuteTransactionInput) (statements []*partiql.Statement, reads bool, err error) {
	count := 0
	for n, request := range in.TransactStatements {
		statement, err := parseStatement(request.Statement, request.Parameters)
		switch {
		case err != nil:
			return nil, false, err
		case statement.Returning != "":
			return nil, false, invalid("Validation failed in TransactStatements[%d]: RETURNING clause is not supported in ExecuteTransaction.", n)
		case statement.Index != "":
			return nil, false, invalid("Validation failed in TransactStatements[%d]: Reads on indices are not supported within transactions.", n)
		case statement.Verb.Reads():
			count++
		}
		statements = append(statements, statement)
	}
	if count > 0 && count < len(statements) {
		return nil, false, invalid("ExecuteTransaction API does not support both read and write operations in the same request.")
	}
	return statements, count > 0, nil
}

// readTransaction runs SELECTs of one item each, as of one moment.
func (s *Service) readTransaction(ctx context.Context, statements []*partiql.Statement, in aws.ExecuteTransactionInput) (out aws.ExecuteTransactionOutput, err error) {
	gets := make([]get, len(statements))
	filters := make([]*expr.Condition, len(statements))
	for n, statement := range statements {
		schema, err := s.keyOf(statement.Table)
		if err != nil {
			return out, err
		}
		key, rest, err := wholeKey(statement.Where, schema)
		if err != nil {
			return out, invalid("Validation failed in TransactStatements[%d]: "+
				"Select statements within ExecuteTransaction must specify the primary key in the where clause.", n)
		}
		if gets[n], err = newGet(wordedOlder, statement.Table, key, projecting{}); err != nil {
			return out, err
		}
		if condition := partiql.Join(rest); condition != nil {
			if filters[n], err = parseFilter(condition); err != nil {
				return out, statementFault(err)
			}
		}
	}
	var used usages
	err = s.store.View(func(r *store.Reader) error {
		out.Responses, used, err = s.readAll(ctx, r, gets)
		return err
	})
	if err != nil {
		return aws.ExecuteTransactionOutput{}, err
	}
	for n := range out.Responses {
		item := &out.Responses[n].Item
		switch {
		case *item == nil:
		case filters[n] != nil && !filters[n].Match(*item):
			*item = nil
		default:
			*item = given(*item, statements[n].Paths)
		}
	}
	out.ConsumedCapacity = used.reportTransaction(in.ReturnConsumedCapacity, aws.Reads)
	return out, nil
}

// checkExists wants an EXISTS to ask for more than that an item is there.
func (s *Service) checkExists(n int, statement *partiql.Statement) error {
	schema, err := s.keyOf(statement.Table)
	if err != nil {
		return err
	}
	if _, rest, err := pinned(statement.Where, schema); err != nil || len(rest) == 0 {
		return invalid("Validation failed in TransactStatements[%d]: EXISTS() must contain a single item read with additional condition", n)
	}
	return nil
}

// writeTransaction runs statements that write, and EXISTS.
func (s *Service) writeTransaction(ctx context.Context, statements []*partiql.Statement, in aws.ExecuteTransactionInput) (out aws.ExecuteTransactionOutput, err error) {
	tx := transaction{Service: s, token: in.ClientRequestToken}
	for n, statement := range statements {
		if statement.Verb == partiql.Exists {
			if err := s.checkExists(n, statement); err != nil {
				return out, err
			}
		}
		a, err := s.statementAction(statement, in.TransactStatements[n].ReturnValuesOnConditionCheckFailure)
		if err != nil {
			return out, err
		}
		tx.actions = append(tx.actions, a)
	}
	if err := tx.seal(in.TransactStatements); err != nil {
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
	out.Responses = []aws.ItemResponse{}
	out.ConsumedCapacity = tx.used.reportTransaction(in.ReturnConsumedCapacity, tx.access())
	return out, nil
}
