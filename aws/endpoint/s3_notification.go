package endpoint

import (
	"encoding/xml"
	"net/http"
	"strings"

	"awslab/aws"
)

type filterXML struct {
	Rules []aws.FilterRule `xml:"S3Key>FilterRule"`
}

type functionXML struct {
	ID       string          `xml:"Id,omitempty"`
	Function string          `xml:"CloudFunction"`
	Events   []aws.EventType `xml:"Event"`
	Filter   *filterXML
}

type queueXML struct {
	ID     string          `xml:"Id,omitempty"`
	Queue  string          `xml:"Queue"`
	Events []aws.EventType `xml:"Event"`
	Filter *filterXML
}

type topicXML struct {
	ID     string          `xml:"Id,omitempty"`
	Topic  string          `xml:"Topic"`
	Events []aws.EventType `xml:"Event"`
	Filter *filterXML
}

// notificationXML is the document of a bucket's notifications; functions have
// their first name in it.
type notificationXML struct {
	XMLName   xml.Name      `xml:"NotificationConfiguration"`
	Namespace string        `xml:"xmlns,attr,omitempty"`
	Functions []functionXML `xml:"CloudFunctionConfiguration"`
	Queues    []queueXML    `xml:"QueueConfiguration"`
	Topics    []topicXML    `xml:"TopicConfiguration"`
	Bridge    *struct{}     `xml:"EventBridgeConfiguration"` // is never answered
}

func (f *filterXML) filter() *aws.NotificationFilter {
	if f == nil {
		return nil
	}
	return &aws.NotificationFilter{Key: aws.KeyFilter{FilterRules: f.Rules}}
}

func filterDocument(f *aws.NotificationFilter) *filterXML {
	if f == nil {
		return nil
	}
	return &filterXML{f.Key.FilterRules}
}

func getNotification(c call, w http.ResponseWriter) error {
	out, err := c.s3.GetBucketNotificationConfiguration(c.request.Context(), aws.GetBucketNotificationConfigurationInput{Bucket: c.bucket})
	if err != nil {
		return err
	}
	document := notificationXML{Namespace: namespace}
	for _, f := range out.LambdaFunctionConfigurations {
		document.Functions = append(document.Functions, functionXML{f.ID, f.LambdaFunctionArn, f.Events, filterDocument(f.Filter)})
	}
	for _, q := range out.QueueConfigurations {
		document.Queues = append(document.Queues, queueXML{q.ID, q.QueueArn, q.Events, filterDocument(q.Filter)})
	}
	for _, t := range out.TopicConfigurations {
		document.Topics = append(document.Topics, topicXML{t.ID, t.TopicArn, t.Events, filterDocument(t.Filter)})
	}
	writeXML(w, http.StatusOK, document)
	return nil
}

func putNotification(c call, w http.ResponseWriter) error {
	var document notificationXML
	if err := readXML(c, &document); err != nil {
		return err
	}
	if document.Bridge != nil {
		return lacking("EventBridgeConfiguration")
	}
	in := aws.PutBucketNotificationConfigurationInput{
		Bucket: c.bucket, SkipDestinationValidation: strings.EqualFold(c.amz("Skip-Destination-Validation"), "true"),
	}
	to := &in.NotificationConfiguration
	for _, f := range document.Functions {
		to.LambdaFunctionConfigurations = append(to.LambdaFunctionConfigurations,
			aws.LambdaFunctionConfiguration{ID: f.ID, LambdaFunctionArn: f.Function, Events: f.Events, Filter: f.Filter.filter()})
	}
	for _, q := range document.Queues {
		to.QueueConfigurations = append(to.QueueConfigurations,
			aws.QueueConfiguration{ID: q.ID, QueueArn: q.Queue, Events: q.Events, Filter: q.Filter.filter()})
	}
	for _, t := range document.Topics {
		to.TopicConfigurations = append(to.TopicConfigurations,
			aws.TopicConfiguration{ID: t.ID, TopicArn: t.Topic, Events: t.Events, Filter: t.Filter.filter()})
	}
	_, err := c.s3.PutBucketNotificationConfiguration(c.request.Context(), in)
	return done(w, http.StatusOK, err)
}
