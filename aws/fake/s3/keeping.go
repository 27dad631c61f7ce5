package s3

import (
	"cmp"

	"awslab/aws"
)

// checkClass refuses a storage class that there is not.
func checkClass(asked string) error {
	if _, known := aws.StorageClassNamed(cmp.Or(asked, aws.StandardClass)); !known {
		return invalidStorageClass.about("StorageClassRequested", asked)
	}
	return nil
}

// keptClass is a storage class as it is stored.
func keptClass(asked string) string {
	if asked == aws.StandardClass {
		return ""
	}
	return asked
}

// storageClass is the class that the object is of.
func (o *object) storageClass() string { return cmp.Or(o.class, aws.StandardClass) }

// archived reports whether the object must be restored before it can be read.
func (o *object) archived() bool {
	class, _ := aws.StorageClassNamed(o.storageClass())
	return class.Archived
}

// encryption is how S3 encrypts all objects unless told otherwise.
const (
	encryption       = "AES256"
	encryptionHeader = "x-amz-server-side-encryption"
)

// checkEncryption refuses another way to encrypt. Those of KMS need its keys, which
// are not here.
func checkEncryption(asked string) error {
	switch asked {
	case "", encryption:
		return nil
	case "aws:kms", "aws:kms:dsse":
		return notImplemented.about("Header", encryptionHeader)
	}
	return invalidEncryption.about("ArgumentName", encryptionHeader, "ArgumentValue", asked)
}

// checkKeeping refuses a way to keep an object that there is not.
func checkKeeping(class, encryption string, metadata map[string]string) error {
	return cmp.Or(checkClass(class), checkEncryption(encryption), checkMetadata(metadata))
}
