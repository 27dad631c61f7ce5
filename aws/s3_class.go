package aws

import "slices"

// StorageClass is one of the classes in which S3 keeps objects.
type StorageClass struct {
	Name     string // as calls have it: "STANDARD_IA"
	Label    string // as the console has it: "Standard-IA"
	Archived bool   // what is in it must be restored before it can be read
}

// StandardClass is the name of the class of objects for which no other was asked.
const StandardClass = "STANDARD"

// StorageClasses are those of the buckets of S3's general purpose.
var StorageClasses = []StorageClass{
	{Name: StandardClass, Label: "Standard"},
	{Name: "INTELLIGENT_TIERING", Label: "Intelligent-Tiering"},
	{Name: "STANDARD_IA", Label: "Standard-IA"},
	{Name: "ONEZONE_IA", Label: "One Zone-IA"},
	{Name: "GLACIER_IR", Label: "Glacier Instant Retrieval"},
	{Name: "GLACIER", Label: "Glacier Flexible Retrieval", Archived: true},
	{Name: "DEEP_ARCHIVE", Label: "Glacier Deep Archive", Archived: true},
	{Name: "REDUCED_REDUNDANCY", Label: "Reduced redundancy"},
}

// StorageClassNamed finds a class by its name.
func StorageClassNamed(name string) (StorageClass, bool) {
	n := slices.IndexFunc(StorageClasses, func(c StorageClass) bool { return c.Name == name })
	if n < 0 {
		return StorageClass{}, false
	}
	return StorageClasses[n], true
}
