package awstest

import (
	"fmt"
	"testing"
	"time"

	"awslab/aws"
)

// lifetime asks for a time to live.
func lifetime(table, attribute string, enabled bool) aws.UpdateTimeToLiveInput {
	return aws.UpdateTimeToLiveInput{TableName: table, TimeToLiveSpecification: aws.TimeToLiveSpecification{Enabled: enabled, AttributeName: attribute}}
}

// lifetimeIs waits until a table's time to live has a state.
func (f Fixture) lifetimeIs(t *testing.T, table string, want aws.TimeToLiveDescription) {
	t.Helper()
	var got aws.TimeToLiveDescription
	for range patience {
		if got = must(t, f.Cloud.DynamoDB.DescribeTimeToLive, aws.DescribeTimeToLiveInput{TableName: table}).TimeToLiveDescription; got == want {
			return
		}
		f.Wait()
	}
	t.Fatalf("time to live of %s is %+v, want %+v", table, got, want)
}

func testDescribeTimeToLive(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, music())
	out := must(t, db.DescribeTimeToLive, aws.DescribeTimeToLiveInput{TableName: "Music"})
	same(t, "time to live", out.TimeToLiveDescription, aws.TimeToLiveDescription{TimeToLiveStatus: aws.TimeToLiveDisabled})
	refuses(t, operation(t, "dynamodb:DescribeTimeToLive"), []refusal{
		{"an unknown table", errorOf(db.DescribeTimeToLive, aws.DescribeTimeToLiveInput{TableName: "Nope"}), "ResourceNotFoundException", missing + ": Table: Nope not found"},
		invalid("no table", emptyName, errorOf(db.DescribeTimeToLive, aws.DescribeTimeToLiveInput{})),
	})
	testCanceled(t, db.DescribeTimeToLive, aws.DescribeTimeToLiveInput{TableName: "Music"})
	must(t, db.UpdateTimeToLive, lifetime("Music", "Until", true)) // which may take AWS an hour
	d := must(t, db.DescribeTimeToLive, aws.DescribeTimeToLiveInput{TableName: "Music"}).TimeToLiveDescription
	if d.AttributeName != "Until" || d.TimeToLiveStatus != aws.TimeToLiveEnabling && d.TimeToLiveStatus != aws.TimeToLiveEnabled {
		t.Errorf("time to live is %+v, want ENABLING", d)
	}
}

func testUpdateTimeToLive(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	f.create(t, library())
	op := operation(t, "dynamodb:UpdateTimeToLive")
	constraint := oneError + "Value '%s' at 'timeToLiveSpecification.attributeName' failed to satisfy constraint: Member must have length %s"
	refuses(t, op, []refusal{
		{"an unknown table", errorOf(db.UpdateTimeToLive, lifetime("Nope", "Until", true)), "ResourceNotFoundException", missing + ": Table: Nope not found"},
		invalid("no attribute", fmt.Sprintf(constraint, "", "greater than or equal to 1"), errorOf(db.UpdateTimeToLive, lifetime("Library", "", true))),
		invalid("too long a name", fmt.Sprintf(constraint, text(256), "less than or equal to 255"), errorOf(db.UpdateTimeToLive, lifetime("Library", string(text(256)), true))),
		invalid("disabling what is disabled", "TimeToLive is already disabled", errorOf(db.UpdateTimeToLive, lifetime("Library", "Until", false))),
	})
	testCanceled(t, db.UpdateTimeToLive, lifetime("Library", "Until", true))
	testExpiry(t, f)
	refuses(t, op, []refusal{
		invalid("enabling what is enabled", "TimeToLive is already enabled", errorOf(db.UpdateTimeToLive, lifetime("Library", "Until", true))),
		invalid("a second attribute", "TimeToLive is active on a different AttributeName: current AttributeName is Until", errorOf(db.UpdateTimeToLive, lifetime("Library", "Other", true))),
		invalid("disabling a second attribute", "TimeToLive is active on a different AttributeName: current AttributeName is Until", errorOf(db.UpdateTimeToLive, lifetime("Library", "Other", false))),
	})
	must(t, db.UpdateTimeToLive, lifetime("Library", "Until", false))
	f.lifetimeIs(t, "Library", aws.TimeToLiveDescription{TimeToLiveStatus: aws.TimeToLiveDisabled})
}

// testExpiry enables the time to live of library and lets items expire. On AWS,
// where that may take days, it is only enabled.
func testExpiry(t *testing.T, f Fixture) {
	db := f.Cloud.DynamoDB
	// The table was made a moment ago, on whatever clock the Cloud goes by.
	past := must(t, db.DescribeTable, aws.DescribeTableInput{TableName: "Library"}).Table.CreationDateTime
	until := func(year int, at time.Time) aws.Item {
		return book("Ex", fmt.Sprint(year), aws.Item{"Until": aws.N(fmt.Sprint(at.Unix())), "Genre": aws.S("Novel"), "Shelf": aws.S("S")})
	}
	f.put(t, "Library", until(1, past), until(2, past.AddDate(1, 0, 0)), until(3, past.AddDate(-6, 0, 0)),
		book("Ex", "4", aws.Item{"Until": aws.S("0")}), book("Ex", "5", nil))
	out := must(t, db.UpdateTimeToLive, lifetime("Library", "Until", true))
	same(t, "specification", out.TimeToLiveSpecification, aws.TimeToLiveSpecification{Enabled: true, AttributeName: "Until"})
	if d := must(t, db.DescribeTimeToLive, aws.DescribeTimeToLiveInput{TableName: "Library"}).TimeToLiveDescription; d.TimeToLiveStatus == aws.TimeToLiveEnabling {
		wantError(t, errorOf(db.UpdateTimeToLive, lifetime("Library", "Until", false))(), operation(t, "dynamodb:UpdateTimeToLive"), "ValidationException",
			"Time to live has been modified multiple times within a fixed interval")
	}
	f.lifetimeIs(t, "Library", aws.TimeToLiveDescription{TimeToLiveStatus: aws.TimeToLiveEnabled, AttributeName: "Until"})
	if f.Cloud.Place.Kind != aws.Sandbox {
		return
	}
	f.put(t, "Library", until(6, past), until(7, past.AddDate(1, 0, 0)))
	must(t, db.UpdateItem, aws.UpdateItemInput{TableName: "Library", Key: book("Ex", "7", nil), UpdateExpression: "SET #u = :u",
		ExpressionAttributeNames: map[string]string{"#u": "Until"}, ExpressionAttributeValues: aws.Item{":u": aws.N(fmt.Sprintf("%d.5", past.Unix()))}})
	f.put(t, "Library", until(8, past))
	f.put(t, "Library", book("Ex", "8", nil))
	f.leaves(t, []string{"2", "3", "4", "5", "8"})
	// No trace is left in the indexes, nor in the counts.
	same(t, "novels", names(must(t, db.Query, byGenre(nil)).Items, "Year"), []string{"2", "3"})
	same(t, "on the shelf", must(t, db.Scan, aws.ScanInput{TableName: "Library", IndexName: "ByShelf"}).Count, 2)
	same(t, "items", must(t, db.DescribeTable, aws.DescribeTableInput{TableName: "Library"}).Table.ItemCount, int64(5))
}

// leaves waits until the items of library that have not expired are those of
// the years given.
func (f Fixture) leaves(t *testing.T, years []string) {
	t.Helper()
	var got []string
	for range patience {
		out := must(t, f.Cloud.DynamoDB.Query, aws.QueryInput{TableName: "Library", KeyConditionExpression: "Author = :a", ConsistentRead: true,
			ExpressionAttributeValues: aws.Item{":a": aws.S("Ex")}})
		if got = names(out.Items, "Year"); len(got) <= len(years) {
			break
		}
		f.Wait()
	}
	same(t, "what is left", got, years)
}
