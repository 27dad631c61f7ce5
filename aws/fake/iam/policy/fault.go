package policy

// AWS's wordings of what is wrong with a document.
const (
	InvalidJSON      = "This policy contains invalid Json"
	SyntaxErrors     = "Syntax errors in policy."
	OldVersion       = "Policy document must be version 2012-10-17 or greater."
	NoActions        = "Policy statement must contain actions."
	NoResources      = "Policy statement must contain resources."
	ActionVendor     = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
	ActionColons     = "Actions/Condition can contain only one colon."
	HasPrincipal     = "Policy document should not specify a principal."
	MissingPrincipal = "Missing required field Principal"
	HasResource      = "Has prohibited field Resource"
	NotAssumeRole    = "AssumeRole policy may only specify STS AssumeRole actions."
	SameSid          = "Statement IDs (SID) in a single policy must be unique."
	BadSid           = "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
	InvalidPrincipal = "Invalid principal in policy: " // followed by the kind and name
)

// Fault is what is wrong with a document, and where.
type Fault struct {
	At   string // "Statement[0].Action"; "" for the whole document
	What string // in plain words
	Text string // in AWS's words
}

// Error says what is wrong and where.
func (f *Fault) Error() string {
	if f.At == "" {
		return "policy: " + f.What
	}
	return "policy: " + f.At + ": " + f.What
}

func fault(at, what, text string) error { return &Fault{At: at, What: what, Text: text} }
