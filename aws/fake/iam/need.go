package iam

import (
	"strings"

	"awslab/aws"
)

// need is one right that a call takes.
type need struct {
	action     string // "s3:GetObject"
	resource   string // an ARN, or "*"
	shown      string // how a refusal names the resource, where not by ARN
	conditions map[string]string
}

// rule says what rights a call of one operation takes. None means that anybody
// may call it.
type rule func(s *Service, place aws.Place, in any) []need

// one makes a rule of one right for an operation's input.
func one[In any](action string, resource func(place aws.Place, in In) string) rule {
	return func(_ *Service, place aws.Place, in any) []need {
		typed, _ := in.(In) // the interceptor gives what the operation takes
		return []need{{action: action, resource: resource(place, typed)}}
	}
}

// many makes a rule of any rights for an operation's input.
func many[In any](needs func(s *Service, place aws.Place, in In) []need) rule {
	return func(s *Service, place aws.Place, in any) []need {
		typed, _ := in.(In) // the interceptor gives what the operation takes
		return needs(s, place, typed)
	}
}

// everything makes a rule for an action that is not on one resource.
func everything(action string) rule {
	return func(*Service, aws.Place, any) []need { return []need{{action: action, resource: "*"}} }
}

func tableARN(place aws.Place, table string) string { return arn("dynamodb", place, "table/"+table) }

func indexARN(place aws.Place, table, index string) string {
	if index == "" {
		return tableARN(place, table)
	}
	return tableARN(place, table) + "/index/" + index
}

func bucketARN(bucket string) string { return "arn:aws:s3:::" + bucket }

func objectARN(bucket, key string) string { return bucketARN(bucket) + "/" + key }

// functionARN is a function's, which may be named by its name, its ARN, or
// account:function:name, each perhaps with a qualifier.
func functionARN(place aws.Place, name string) string {
	if i := strings.Index(name, "function:"); i >= 0 {
		name = name[i+len("function:"):]
	}
	name, _, _ = strings.Cut(name, ":")
	return arn("lambda", place, "function:"+name)
}

// streamARN is a log stream's; with stream "" it is that by which refusals name
// a group.
func streamARN(place aws.Place, group, stream string) string {
	return arn("logs", place, "log-group:"+group+":log-stream:"+stream)
}

func arn(service string, place aws.Place, rest string) string {
	return "arn:aws:" + service + ":" + place.Region + ":" + place.AccountID + ":" + rest
}
