package endpoint

import (
	"encoding/xml"
	"net/http"

	"awslab/aws"
)

// aclXML is the document of an access control list.
type aclXML struct {
	XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ AccessControlPolicy"`
	Owner   ownerXML
	Grants  []grantXML `xml:"AccessControlList>Grant"`
}

type grantXML struct {
	Grantee    granteeXML
	Permission string
}

// granteeXML has its type where XML Schema has it.
type granteeXML struct {
	Schema string `xml:"xmlns:xsi,attr"`
	Type   string `xml:"xsi:type,attr"`
	ID     string `xml:",omitempty"`
	URI    string `xml:",omitempty"`
}

func writeACL(w http.ResponseWriter, owner aws.Owner, grants []aws.Grant) {
	document := aclXML{Owner: ownerXML(owner)}
	for _, g := range grants {
		grantee := granteeXML{"http://www.w3.org/2001/XMLSchema-instance", g.Grantee.Type, g.Grantee.ID, g.Grantee.URI}
		document.Grants = append(document.Grants, grantXML{grantee, g.Permission})
	}
	writeXML(w, http.StatusOK, document)
}

func getBucketACL(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetBucketAcl(c.request.Context(), aws.GetBucketAclInput{Bucket: c.bucket})
	if err == nil {
		writeACL(w, out.Owner, out.Grants)
	}
	return err
}

func getObjectACL(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetObjectAcl(c.request.Context(), aws.GetObjectAclInput{Bucket: c.bucket, Key: c.key, VersionID: c.version()})
	if err == nil {
		writeACL(w, out.Owner, out.Grants)
	}
	return err
}

// putACL refuses all access control lists: in S3's words in buckets whose owner has all,
// also of what is so anyway, else as what is not here. The bucket must be there.
func putACL(c call, _ http.ResponseWriter) error {
	out, err := c.s3.GetBucketOwnershipControls(c.request.Context(), aws.GetBucketOwnershipControlsInput{Bucket: c.bucket})
	if err != nil {
		return err
	}
	for _, rule := range out.OwnershipControls.Rules {
		if rule.ObjectOwnership == aws.BucketOwnerEnforced {
			return noACLs
		}
	}
	return lacking("acl")
}

func getEncryption(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetBucketEncryption(c.request.Context(), aws.GetBucketEncryptionInput{Bucket: c.bucket})
	if err != nil {
		return err
	}
	type ruleXML struct {
		Algorithm string   `xml:"ApplyServerSideEncryptionByDefault>SSEAlgorithm"`
		Key       string   `xml:"ApplyServerSideEncryptionByDefault>KMSMasterKeyID,omitempty"`
		BucketKey bool     `xml:"BucketKeyEnabled"`
		Blocked   []string `xml:"BlockedEncryptionTypes>EncryptionType"`
	}
	document := struct {
		XMLName xml.Name  `xml:"http://s3.amazonaws.com/doc/2006-03-01/ ServerSideEncryptionConfiguration"`
		Rules   []ruleXML `xml:"Rule"`
	}{}
	for _, r := range out.ServerSideEncryptionConfiguration.Rules {
		by := r.ApplyServerSideEncryptionByDefault
		rule := ruleXML{Algorithm: by.SSEAlgorithm, Key: by.KMSMasterKeyID, BucketKey: r.BucketKeyEnabled}
		if r.BlockedEncryptionTypes != nil {
			rule.Blocked = r.BlockedEncryptionTypes.EncryptionType
		}
		document.Rules = append(document.Rules, rule)
	}
	writeXML(w, http.StatusOK, document)
	return nil
}

func getOwnership(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetBucketOwnershipControls(c.request.Context(), aws.GetBucketOwnershipControlsInput{Bucket: c.bucket})
	if err == nil {
		writeXML(w, http.StatusOK, struct {
			XMLName xml.Name                    `xml:"http://s3.amazonaws.com/doc/2006-03-01/ OwnershipControls"`
			Rules   []aws.OwnershipControlsRule `xml:"Rule"`
		}{Rules: out.OwnershipControls.Rules})
	}
	return err
}

func getPublicAccess(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetPublicAccessBlock(c.request.Context(), aws.GetPublicAccessBlockInput{Bucket: c.bucket})
	if err == nil {
		writeXML(w, http.StatusOK, struct {
			XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ PublicAccessBlockConfiguration"`
			aws.PublicAccessBlockConfiguration
		}{PublicAccessBlockConfiguration: out.PublicAccessBlockConfiguration})
	}
	return err
}

func getPolicyStatus(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetBucketPolicyStatus(c.request.Context(), aws.GetBucketPolicyStatusInput{Bucket: c.bucket})
	if err == nil {
		writeXML(w, http.StatusOK, struct {
			XMLName xml.Name `xml:"http://s3.amazonaws.com/doc/2006-03-01/ PolicyStatus"`
			aws.PolicyStatus
		}{PolicyStatus: out.PolicyStatus})
	}
	return err
}
