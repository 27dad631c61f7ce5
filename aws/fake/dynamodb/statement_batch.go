package dynamodb

import (
	"context"
	"errors"

	"awslab/aws"
	"awslab/aws/fake/dynamodb/partiql"
)

// mostStatements is how many statements a batch may have.
const mostStatements = 25

// BatchExecuteStatement runs up to 25 statements, each on its own: one that
// fails says so in its place.
func (s *Service) BatchExecuteStatement(ctx context.Context, in aws.BatchExecuteStatementInput) (aws.BatchExecuteStatementOutput, error) {
	return answer(ctx, s, "BatchExecuteStatement", func() (out aws.BatchExecuteStatementOutput, err error) {
		var m members
		if len(in.Statements) == 0 {
			m.length(0, "'[]'", "statements", 1, mostStatements)
		}
		m.lengthUnnamed(len(in.Statements), "statements", 0, mostStatements)
		m.consumedCapacity(in.ReturnConsumedCapacity)
		for _, request := range in.Statements {
			m.statement(request.Statement, "statements.member.statement")
			m.onFailure(request.ReturnValuesOnConditionCheckFailure)
		}
		if err := m.err(); err != nil {
			return out, err
		}
		b := batchOfStatements{Service: s, in: in}
		if err := b.parse(); err != nil {
			return out, err
		}
		for n := range b.in.Statements {
			if err := ctx.Err(); err != nil {
				return out, err
			}
			response, err := b.run(ctx, n)
			if err != nil {
				return out, err
			}
			out.Responses = append(out.Responses, response)
		}
		out.ConsumedCapacity = b.used.report(in.ReturnConsumedCapacity)
		return out, nil
	})
}

// batchOfStatements is a BatchExecuteStatement under way.
type batchOfStatements struct {
	*Service
	in         aws.BatchExecuteStatementInput
	statements []*partiql.Statement // nil is one that is malformed,
	faults     []error              // for this reason
	used       usages
}

// parse reads the statements, and refuses a batch that reads and writes.
func (b *batchOfStatements) parse() error {
	reads, writes := false, false
	for _, request := range b.in.Statements {
		statement, err := parseStatement(request.Statement, request.Parameters)
		if err == nil {
			reads = reads || statement.Verb.Reads()
			writes = writes || !statement.Verb.Reads()
		} else {
			statement = nil
		}
		b.statements, b.faults = append(b.statements, statement), append(b.faults, err)
	}
	if reads && writes {
		return invalid("Read and write requests together in the same batch is not supported.")
	}
	return b.checkItems()
}

// checkItems refuses a batch that names an item twice.
func (b *batchOfStatements) checkItems() error {
	seen := make(map[string]bool)
	for _, statement := range b.statements {
		id, err := b.itemOf(statement)
		switch {
		case err != nil || id == "": // has a fault that is told in its place
		case seen[id]:
			return invalid("Provided list of item keys contains duplicates")
		default:
			seen[id] = true
		}
	}
	return nil
}

// itemOf tells the item that a statement names apart from all others; "" if it
// names none.
func (s *Service) itemOf(statement *partiql.Statement) (string, error) {
	if statement == nil {
		return "", nil
	}
	schema, err := s.keyOf(statement.Table)
	if err != nil {
		return "", err
	}
	key := statement.Item
	if statement.Verb != partiql.Insert {
		if key, _, err = pinned(statement.Where, schema); err != nil {
			return "", err
		}
	}
	id, err := schema.append(nil, key)
	return statement.Table + "/" + string(id), err
}

// run runs one statement.
func (b *batchOfStatements) run(ctx context.Context, n int) (aws.BatchStatementResponse, error) {
	statement := b.statements[n]
	if statement == nil {
		return b.failed("", b.faults[n])
	}
	item, err := b.item(ctx, n)
	if err != nil {
		return b.failed(statement.Table, err)
	}
	return aws.BatchStatementResponse{TableName: statement.Table, Item: item}, nil
}

// item runs a statement and gives the item that it reads or returns, if any.
func (b *batchOfStatements) item(ctx context.Context, n int) (aws.Item, error) {
	request, statement := b.in.Statements[n], b.statements[n]
	if statement.Verb.Reads() {
		return b.read(ctx, statement, request.ConsistentRead)
	}
	done, err := b.writeStatement(ctx, statement, request.ReturnValuesOnConditionCheckFailure, "")
	if err != nil {
		return nil, err
	}
	b.used.add(statement.Table, done.used)
	if items := done.returned(statement); len(items) > 0 {
		return items[0], nil
	}
	return nil, nil
}

func (b *batchOfStatements) read(ctx context.Context, statement *partiql.Statement, consistent bool) (aws.Item, error) {
	schema, err := b.keyOf(statement.Table)
	if err != nil {
		return nil, err
	}
	if _, _, err := wholeKey(statement.Where, schema); err != nil || statement.Index != "" {
		return nil, invalid("Select statements within BatchExecuteStatement must specify the primary key in the where clause.")
	}
	items, used, err := b.selectItems(ctx, statement, reading{consistent: consistent}, &position{})
	if err != nil {
		return nil, selectFault(err)
	}
	b.used.add(statement.Table, used)
	if len(items) == 0 {
		return nil, nil
	}
	return items[0], nil
}

// failed is the answer to a statement that failed; an error that has nothing to
// do with it fails the batch.
func (b *batchOfStatements) failed(table string, err error) (aws.BatchStatementResponse, error) {
	var failure *aws.Error
	if !errors.As(err, &failure) {
		return aws.BatchStatementResponse{}, err
	}
	response := aws.BatchStatementResponse{TableName: table, Error: &aws.BatchStatementError{Message: failure.Message, Item: failure.Item}}
	switch failure.Code {
	case "ValidationException":
		response.Error.Code, response.TableName = "ValidationError", ""
	case "ConditionalCheckFailedException":
		response.Error.Code = "ConditionalCheckFailed"
	case "DuplicateItemException":
		response.Error.Code = "DuplicateItem"
	case "ResourceNotFoundException":
		response.Error.Code = "ResourceNotFound"
	default:
		return aws.BatchStatementResponse{}, err
	}
	return response, nil
}
