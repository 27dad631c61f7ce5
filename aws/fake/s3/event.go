package s3

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/chain"
)

// The event record, in the order in which S3 writes it.
type (
	eventRecords struct {
		Records []eventRecord `json:"Records"`
	}
	eventRecord struct {
		EventVersion      string           `json:"eventVersion"`
		EventSource       string           `json:"eventSource"`
		AWSRegion         string           `json:"awsRegion"`
		EventTime         string           `json:"eventTime"`
		EventName         string           `json:"eventName"`
		UserIdentity      principal        `json:"userIdentity"`
		RequestParameters eventRequest     `json:"requestParameters"`
		ResponseElements  responseElements `json:"responseElements"`
		S3                eventEntity      `json:"s3"`
	}
	principal struct {
		PrincipalID string `json:"principalId"`
	}
	eventRequest struct {
		SourceIPAddress string `json:"sourceIPAddress"`
	}
	responseElements struct {
		RequestID string `json:"x-amz-request-id"`
		HostID    string `json:"x-amz-id-2"`
	}
	eventEntity struct {
		SchemaVersion   string      `json:"s3SchemaVersion"`
		ConfigurationID string      `json:"configurationId"`
		Bucket          eventBucket `json:"bucket"`
		Object          eventObject `json:"object"`
	}
	eventBucket struct {
		Name          string    `json:"name"`
		OwnerIdentity principal `json:"ownerIdentity"`
		ARN           string    `json:"arn"`
	}
	eventObject struct {
		Key       string `json:"key"`
		Size      *int64 `json:"size,omitempty"` // not of removed objects
		ETag      string `json:"eTag,omitempty"` // likewise; without quotes
		VersionID string `json:"versionId,omitempty"`
		Sequencer string `json:"sequencer,omitempty"` // not of tags
	}
)

// eventVersion is that of the records; what follows the dot has changed without
// notice since, adding members.
const eventVersion = "2.1"

// taggingVersion is that of the records about tags.
const taggingVersion = "2.3"

// emptyTag is the ETag of nothing, which a delete marker has.
const emptyTag = "d41d8cd98f00b204e9800998ecf8427e"

// notify stages the events of a change of an object: one invocation for each
// matching configuration. The object is nil when it was removed.
func (c *change) notify(b *bucket, kind aws.EventType, key string, o *object) error {
	if c.s.config.Functions == nil {
		return nil
	}
	sequencer := ""
	for _, n := range b.Notification.LambdaFunctionConfigurations {
		if !wants(n, kind, key) {
			continue
		}
		if sequencer == "" {
			sequencer = c.sequencer()
		}
		record := c.s.eventRecord(b, kind, key, o)
		record.S3.ConfigurationID = n.ID
		if record.EventVersion != taggingVersion {
			record.S3.Object.Sequencer = sequencer
		}
		payload, err := json.Marshal(eventRecords{[]eventRecord{record}})
		if err != nil {
			return err
		}
		c.s.config.Functions.Enqueue(c.w, n.LambdaFunctionArn, payload, chain.Of(c.ctx))
		c.events++
	}
	return nil
}

// wants reports whether a configuration is about an event of a key.
func wants(n aws.LambdaFunctionConfiguration, kind aws.EventType, key string) bool {
	if !strings.HasPrefix(key, n.Filter.Prefix()) || !strings.HasSuffix(key, n.Filter.Suffix()) {
		return false
	}
	for _, event := range n.Events {
		if covers(event, kind) {
			return true
		}
	}
	return false
}

// covers reports whether an event type, which may end with "*", is or includes
// another.
func covers(event, kind aws.EventType) bool {
	group, all := strings.CutSuffix(string(event), "*")
	return event == kind || all && strings.HasPrefix(string(kind), group)
}

// sequencer makes the next of the numbers that order the events of a key: they
// go up even if the clock goes back.
func (c *change) sequencer() string {
	if c.last == 0 {
		c.last, _ = binary.Uvarint(c.w.Get(numbersBucket, []byte("sequencer")))
	}
	c.last = max(c.last+1, uint64(c.s.config.Now().UnixNano()))
	return fmt.Sprintf("%018X", c.last)
}

func (s *Service) eventRecord(b *bucket, kind aws.EventType, key string, o *object) eventRecord {
	r := eventRecord{
		EventVersion: eventVersion, EventSource: "aws:s3", AWSRegion: b.Region,
		EventTime:         s.config.Now().UTC().Format("2006-01-02T15:04:05.000Z"),
		EventName:         strings.TrimPrefix(string(kind), "s3:"),
		UserIdentity:      principal{"AWS:" + s.config.User.ID},
		RequestParameters: eventRequest{"127.0.0.1"},
		ResponseElements:  responseElements{s.requestID(), s.hostID()},
		S3: eventEntity{
			SchemaVersion: "1.0",
			Bucket:        eventBucket{b.name, principal{s.ownerPrincipal()}, bucketARN(b.name)},
			Object:        eventObject{Key: formKey(key)},
		},
	}
	if o == nil {
		return r
	}
	r.S3.Object.VersionID = b.toldVersion(o)
	switch kind {
	case aws.EventObjectRemovedDelete:
	case aws.EventObjectRemovedMarker:
		r.S3.Object.ETag = emptyTag
	case aws.EventObjectTaggingPut, aws.EventObjectTaggingDelete:
		r.EventVersion, r.S3.Object.ETag = taggingVersion, o.tag()
	default:
		size := o.size
		r.S3.Object.Size, r.S3.Object.ETag = &size, o.tag()
	}
	return r
}

// ownerPrincipal is the account as event records name it: "A" and 13 of 0-9 and A-Z.
func (s *Service) ownerPrincipal() string { return "A" + strings.ToUpper(s.owner().ID[:13]) }

// formKey encodes a key as in a form, but for slashes: what decodes a form, or a
// query, gives the key.
func formKey(key string) string {
	return strings.ReplaceAll(url.QueryEscape(key), "%2F", "/")
}
