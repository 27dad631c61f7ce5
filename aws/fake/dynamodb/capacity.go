package dynamodb

import "awslab/aws"

// The bytes that one unit moves.
const (
	readUnit  = 4 << 10
	writeUnit = 1 << 10
)

// unitsOf rounds a size up to whole units; nothing is no units.
func unitsOf(size, unit int) float64 { return float64((size + unit - 1) / unit) }

// writeUnits is what writing an item costs; a missing one costs one unit.
func writeUnits(size int) float64 { return max(1, unitsOf(size, writeUnit)) }

// readUnits is what reading an item costs; a missing one costs one unit.
func readUnits(size int, consistent bool) float64 {
	return max(1, unitsOf(size, readUnit)) * readRate(consistent)
}

// readRate is what a unit read counts: half when eventually consistent.
func readRate(consistent bool) float64 {
	if consistent {
		return 1
	}
	return 0.5
}

// usage is what an operation used of a table and its indexes, in units.
type usage struct {
	table  float64
	local  map[string]float64
	global map[string]float64
}

func (u *usage) addIndex(i *index, units float64) {
	if units == 0 {
		return
	}
	to := &u.local
	if i.Global {
		to = &u.global
	}
	if *to == nil {
		*to = make(map[string]float64)
	}
	(*to)[i.Name] += units
}

// add adds another operation's usage of the same table.
func (u *usage) add(more usage) {
	u.table += more.table
	u.local = summed(u.local, more.local)
	u.global = summed(u.global, more.global)
}

// inTransaction is the usage as a transaction counts it: that of the table
// double, that of its indexes as it is.
func (u usage) inTransaction() usage {
	u.table *= transactionRate
	return u
}

func summed(to, more map[string]float64) map[string]float64 {
	if to == nil && len(more) > 0 {
		to = make(map[string]float64, len(more))
	}
	for name, units := range more {
		to[name] += units
	}
	return to
}

func (u usage) total() float64 {
	total := u.table
	for _, units := range u.local {
		total += units
	}
	for _, units := range u.global {
		total += units
	}
	return total
}

// report words the usage as the request asks for it; nil when it does not.
func (u usage) report(table string, mode aws.ReturnConsumedCapacity) *aws.ConsumedCapacity {
	if mode != aws.CapacityTotal && mode != aws.CapacityIndexes {
		return nil
	}
	out := &aws.ConsumedCapacity{TableName: table, CapacityUnits: u.total()}
	if mode == aws.CapacityIndexes {
		out.Table = &aws.Capacity{CapacityUnits: u.table}
		out.LocalSecondaryIndexes = shares(u.local)
		out.GlobalSecondaryIndexes = shares(u.global)
	}
	return out
}

func shares(units map[string]float64) map[string]aws.Capacity {
	if len(units) == 0 {
		return nil
	}
	out := make(map[string]aws.Capacity, len(units))
	for name, u := range units {
		out[name] = aws.Capacity{CapacityUnits: u}
	}
	return out
}
