package s3

import (
	"encoding/base64"
	"fmt"

	"awslab/aws"
)

// joint makes the checksum of an object of those of its parts.
type joint struct {
	by        algorithm
	composite bool
	parts     []byte   // the parts' checksums, if composite
	sum       checksum // of all so far, if not
	lacking   bool     // a part has none
	count     int
}

// joint begins the checksum of the object that the upload makes.
func (u *upload) joint() *joint {
	j := &joint{by: u.algorithm(), composite: u.Input.ChecksumType == aws.ChecksumComposite}
	if j.by == noChecksum {
		j.by = defaultChecksum
	}
	return j
}

// add takes the next part in, and gives what the object keeps of it.
func (j *joint) add(number int, sent *object) part {
	kept := part{number: number, size: sent.size}
	switch {
	case sent.checksum.algorithm != j.by:
		j.lacking = true // one that an older program received
	case j.composite:
		kept.checksum = sent.checksum.value
		j.parts = append(j.parts, kept.checksum...)
	case j.count == 0:
		j.sum = sent.checksum
	default:
		j.sum = j.sum.joined(sent.checksum, sent.size)
	}
	j.count++
	return kept
}

// end is the object's checksum; none when a part has none.
func (j *joint) end() checksum {
	switch {
	case j.lacking:
		return checksum{}
	case j.composite:
		out := j.by.of(j.parts)
		out.composite = true
		return out
	}
	return j.sum
}

// checkPart checks what completing says of a part's checksum against what the part
// has.
func (u *upload) checkPart(id string, p aws.CompletedPart, has checksum) error {
	by, name := u.algorithm(), has.String()
	given, others := p.Of(name), p.Checksums
	others.Set(name, "")
	switch {
	case given != "" && given != has.out(0).Of(name), by == noChecksum && others != (aws.Checksums{}):
		return lacking(id, p)
	case given != "" || u.Input.ChecksumType != aws.ChecksumComposite:
		return nil
	}
	for name := range others.All() {
		other, _ := algorithmNamed(name) // it is one
		return fault{badDigest.code, fmt.Sprintf("The %s you specified for part %d did not match what we received.", other.header(), p.PartNumber)}.err()
	}
	return invalidRequest(fmt.Sprintf("The upload was created using a %s checksum. The complete request must include the checksum for each part. "+
		"It was missing for part %d in the request.", by.header(), p.PartNumber))
}

// checkWhole checks what completing says of the whole object.
func (u *upload) checkWhole(in aws.CompleteMultipartUploadInput, made *object) error {
	if size, given := in.MpuObjectSize.Get(); given && size != made.size {
		return invalidRequest(fmt.Sprintf("The provided 'x-amz-mp-object-size' header value %d does not match what was computed: %d", size, made.size))
	}
	has := made.checksum
	plain := base64.StdEncoding.EncodeToString(has.value) // a composite one may be given without its count
	for name, text := range in.All() {
		same := name == has.String() && (text == plain || in.Checksums == has.out(made.parts))
		if !same || in.ChecksumType == "" && u.Input.ChecksumType == aws.ChecksumFullObject {
			return fault{badDigest.code, fmt.Sprintf("The %s you specified did not match the calculated checksum.", has.header())}.err()
		}
	}
	return nil
}
