package cloudwatch

import (
	"cmp"

	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// The pages' IDs.
const (
	groupsID     = "cloudwatch/log-groups"
	groupID      = "cloudwatch/log-group"
	retentionID  = "cloudwatch/edit-retention"
	manageTagsID = "cloudwatch/manage-tags"
	eventsID     = "cloudwatch/log-events"
	metricsID    = "cloudwatch/metrics"
	functionID   = "lambda/function" // of another service
)

// Pages is the table of the CloudWatch pages. A route's Name is the log group's
// name, or the function's of metrics; without one, the metrics page lists the
// functions. The Detail of the log events is their stream; "" for all streams.
func Pages() []page.Entry {
	return []page.Entry{
		{
			ID: groupsID, Service: aws.ServiceCloudWatch, Title: "CloudWatch log groups", Nav: "Log groups", Heading: "Logs",
			Summary: "What functions wrote to their logs, by log group",
			Crumb:   page.Named("Log groups"), New: newGroups,
		},
		{
			ID: metricsID, Service: aws.ServiceCloudWatch, Title: "CloudWatch metrics", Nav: "All metrics", Heading: "Metrics",
			Summary: "Graphs of functions: invocations, duration, errors, …", Parent: toMetrics,
			Crumb: func(r nav.Route) string { return cmp.Or(r.Name, "Metrics") }, New: newMetrics,
		},
		{
			ID: groupID, Service: aws.ServiceCloudWatch, Title: "CloudWatch log group", Named: true,
			Summary: "One log group: its log streams, the newest first", Parent: page.To(groupsID),
			Crumb: func(r nav.Route) string { return r.Name }, New: newGroupPage,
		},
		{
			ID: retentionID, Service: aws.ServiceCloudWatch, Title: "Edit retention setting", Named: true,
			Summary: "How long a log group keeps its events", Parent: page.ToNamed(groupID),
			Crumb: page.Named("Edit retention setting"), New: newRetention,
		},
		{
			ID: manageTagsID, Service: aws.ServiceCloudWatch, Title: "Manage log group tags", Named: true,
			Summary: "A log group's labels", Parent: page.ToNamed(groupID),
			Crumb: page.Named("Manage tags"), New: newManageTags,
		},
		{
			ID: eventsID, Service: aws.ServiceCloudWatch, Title: "CloudWatch log events", Named: true,
			Summary: "The events of a log stream, or of all of a group's", Parent: page.ToNamed(groupID),
			Crumb: func(r nav.Route) string { return cmp.Or(r.Detail, "Log events") }, New: newEvents,
		},
	}
}

// toMetrics is the list of functions, above the graphs of one.
func toMetrics(r nav.Route) (nav.Route, bool) {
	return nav.Route{Page: metricsID}, r.Name != ""
}
