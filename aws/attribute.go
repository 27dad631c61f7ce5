package aws

// AttributeType is one of DynamoDB's ten types of value, as the API abbreviates it.
type AttributeType string

// The ten types.
const (
	TypeS    AttributeType = "S"
	TypeN    AttributeType = "N"
	TypeB    AttributeType = "B"
	TypeBOOL AttributeType = "BOOL"
	TypeNULL AttributeType = "NULL"
	TypeM    AttributeType = "M"
	TypeL    AttributeType = "L"
	TypeSS   AttributeType = "SS"
	TypeNS   AttributeType = "NS"
	TypeBS   AttributeType = "BS"
)

// AttributeTypes lists the ten in the order in which the console offers them.
func AttributeTypes() []AttributeType {
	return []AttributeType{TypeS, TypeN, TypeB, TypeBOOL, TypeNULL, TypeL, TypeM, TypeSS, TypeNS, TypeBS}
}

// Name is the console's word for the type ("String", "Number set").
func (t AttributeType) Name() string {
	switch t {
	case TypeS:
		return "String"
	case TypeN:
		return "Number"
	case TypeB:
		return "Binary"
	case TypeBOOL:
		return "Boolean"
	case TypeNULL:
		return "Null"
	case TypeM:
		return "Map"
	case TypeL:
		return "List"
	case TypeSS:
		return "String set"
	case TypeNS:
		return "Number set"
	case TypeBS:
		return "Binary set"
	}
	return string(t)
}

// AttributeValue is a DynamoDB value: one of S, N, B, BOOL, NULL, M, L, SS, NS, BS.
type AttributeValue interface {
	Type() AttributeType
}

type (
	// S is a string.
	S string
	// N is a number in decimal, as it was written; DynamoDB keeps 38
	// significant digits of it.
	N string
	// B is binary data.
	B []byte
	// BOOL is true or false.
	BOOL bool
	// NULL is the null value; DynamoDB refuses a false one.
	NULL bool
	// M is a map, to any depth.
	M map[string]AttributeValue
	// L is a list of values of any types.
	L []AttributeValue
	// SS is a set of strings.
	SS []string
	// NS is a set of numbers.
	NS []string
	// BS is a set of binary values.
	BS [][]byte
)

// Type returns TypeS.
func (S) Type() AttributeType { return TypeS }

// Type returns TypeN.
func (N) Type() AttributeType { return TypeN }

// Type returns TypeB.
func (B) Type() AttributeType { return TypeB }

// Type returns TypeBOOL.
func (BOOL) Type() AttributeType { return TypeBOOL }

// Type returns TypeNULL.
func (NULL) Type() AttributeType { return TypeNULL }

// Type returns TypeM.
func (M) Type() AttributeType { return TypeM }

// Type returns TypeL.
func (L) Type() AttributeType { return TypeL }

// Type returns TypeSS.
func (SS) Type() AttributeType { return TypeSS }

// Type returns TypeNS.
func (NS) Type() AttributeType { return TypeNS }

// Type returns TypeBS.
func (BS) Type() AttributeType { return TypeBS }

// Item is a DynamoDB item, a primary key, or a set of expression values: the
// attributes by name. Its JSON form is DynamoDB JSON, {"Year":{"N":"1973"}}.
type Item map[string]AttributeValue

// Clone copies the item; nested values are shared, since values are never
// changed in place.
func (i Item) Clone() Item {
	if i == nil {
		return nil
	}
	out := make(Item, len(i))
	for name, value := range i {
		out[name] = value
	}
	return out
}
