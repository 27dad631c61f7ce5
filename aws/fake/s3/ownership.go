package s3

import "awslab/aws"

// The names of access control lists that let nobody in but owners. The sandbox, where
// all is one account's, heeds none.
const (
	aclPrivate   = "private"
	aclOwnerRead = "bucket-owner-read"
	aclOwnerFull = "bucket-owner-full-control"
)

// publicACLs let others in, which S3 blocks on all buckets unless told otherwise.
var publicACLs = map[string]bool{"public-read": true, "public-read-write": true, "authenticated-read": true}

// newOwnership is the ownership of a bucket that is to be made, "" when it is enforced.
// Who asks for a private one gets lists, as was usual before they were disabled.
func newOwnership(in aws.CreateBucketInput) (string, error) {
	ownership := in.ObjectOwnership
	switch ownership {
	case "", aws.BucketOwnerEnforced, aws.BucketOwnerPreferred, aws.ObjectWriter:
	default:
		return "", wrongArgument("Invalid x-amz-object-ownership header: "+ownership, "x-amz-object-ownership", ownership)
	}
	switch {
	case in.ACL == "":
	case in.ACL == aclPrivate && ownership == "":
		ownership = aws.BucketOwnerPreferred
	case in.ACL == aclPrivate:
	case ownership == "" || ownership == aws.BucketOwnerEnforced:
		return "", aclWithOwnership.err()
	case publicACLs[in.ACL]:
		return "", accessDenied.err()
	default:
		return "", notImplemented.about("Header", aclHeader)
	}
	if ownership == aws.BucketOwnerEnforced {
		ownership = ""
	}
	return ownership, nil
}

const aclHeader = "x-amz-acl"

// checkACL refuses an access control list that an object of the bucket cannot have.
func (b *bucket) checkACL(acl string) error {
	switch {
	case acl == "" || acl == aclOwnerFull:
		return nil
	case b.Ownership == "":
		return aclNotSupported.err()
	case acl == aclPrivate || acl == aclOwnerRead:
		return nil
	case publicACLs[acl]:
		return accessDenied.err()
	}
	return notImplemented.about("Header", aclHeader)
}
