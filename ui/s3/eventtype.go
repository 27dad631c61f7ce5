package s3

import (
	"strings"

	"awslab/aws"
)

// eventGroup is the events of one kind: all of them together, or each alone.
type eventGroup struct {
	title string
	all   eventKind
	each  []eventKind
}

// eventKind is one type of event as the console's form has it.
type eventKind struct {
	event aws.EventType
	label string
}

// eventGroups are the form's types of events.
var eventGroups = []eventGroup{
	{
		title: "Object creation",
		all:   eventKind{aws.EventObjectCreated, "All object create events"},
		each: []eventKind{
			{aws.EventObjectCreatedPut, "Put"}, {aws.EventObjectCreatedPost, "Post"},
			{aws.EventObjectCreatedCopy, "Copy"}, {aws.EventObjectCreatedComplete, "Multipart upload completed"},
		},
	},
	{
		title: "Object removal",
		all:   eventKind{aws.EventObjectRemoved, "All object removal events"},
		each: []eventKind{
			{aws.EventObjectRemovedDelete, "Permanently deleted"}, {aws.EventObjectRemovedMarker, "Delete marker created"},
		},
	},
}

// eventNames are events as the console writes them; one it does not know as it is.
func eventNames(events []aws.EventType) string {
	names := make([]string, len(events))
	for i, event := range events {
		names[i] = eventName(event)
	}
	return strings.Join(names, ", ")
}

func eventName(event aws.EventType) string {
	for _, g := range eventGroups {
		for _, k := range append([]eventKind{g.all}, g.each...) {
			if k.event == event {
				return k.label
			}
		}
	}
	return string(event)
}
