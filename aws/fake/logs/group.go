package logs

import (
	"context"
	"encoding/base64"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
	"awslab/aws/fake/tags"
)

// maxDescribed is how many groups or streams a page has at most.
const maxDescribed = 50

// CreateLogGroup makes a group.
func (s *Service) CreateLogGroup(ctx context.Context, in aws.CreateLogGroupInput) (aws.CreateLogGroupOutput, error) {
	return answer(ctx, s, "CreateLogGroup", func() (out aws.CreateLogGroupOutput, err error) {
		var m members
		m.group(in.LogGroupName)
		m.tags(in.Tags, 0)
		if err := m.err(); err != nil {
			return out, err
		}
		if tags.AnyReserved(in.Tags) {
			return out, invalid(tags.ReservedMessage)
		}
		return out, s.store.Update(func(w *store.Writer) error {
			if w.Get(groupsBucket, []byte(in.LogGroupName)) != nil {
				return taken("group")
			}
			ids := numbering(&w.Reader)
			g := group{ID: ids.take(), Name: in.LogGroupName, Created: s.now(), Tags: in.Tags}
			ids.save(w)
			return put(w, groupsBucket, g.key(), g)
		})
	})
}

// DeleteLogGroup deletes a group with all that is in it.
func (s *Service) DeleteLogGroup(ctx context.Context, in aws.DeleteLogGroupInput) (aws.DeleteLogGroupOutput, error) {
	return answer(ctx, s, "DeleteLogGroup", func() (out aws.DeleteLogGroupOutput, err error) {
		return out, s.change(in.LogGroupName, func(w *store.Writer, g group) error {
			w.Delete(groupsBucket, g.key())
			w.Delete(sizesBucket, g.id())
			return eachStream(&w.Reader, g, "", func(m stream) bool {
				w.Delete(streamsBucket, m.key())
				w.Drop(m.bucket())
				return true
			})
		})
	})
}

// PutRetentionPolicy says after how many days events go; those that are older
// go at once.
func (s *Service) PutRetentionPolicy(ctx context.Context, in aws.PutRetentionPolicyInput) (aws.PutRetentionPolicyOutput, error) {
	return answer(ctx, s, "PutRetentionPolicy", func() (out aws.PutRetentionPolicyOutput, err error) {
		var m members
		m.retention(in.RetentionInDays)
		if err := m.err(); err != nil {
			return out, err
		}
		if err := s.retain(in.LogGroupName, in.RetentionInDays); err != nil {
			return out, err
		}
		return out, s.sweep(in.LogGroupName)
	})
}

// DeleteRetentionPolicy has a group's events kept for ever.
func (s *Service) DeleteRetentionPolicy(ctx context.Context, in aws.DeleteRetentionPolicyInput) (aws.DeleteRetentionPolicyOutput, error) {
	return answer(ctx, s, "DeleteRetentionPolicy", func() (out aws.DeleteRetentionPolicyOutput, err error) {
		// What is gone by the old policy must not come back.
		if err := s.sweep(in.LogGroupName); err != nil {
			return out, err
		}
		return out, s.retain(in.LogGroupName, 0)
	})
}

func (s *Service) retain(name string, days int) error {
	return s.change(name, func(w *store.Writer, g group) error {
		g.Retention = days
		return put(w, groupsBucket, g.key(), g)
	})
}

// change reads a group and lets a function stage changes.
func (s *Service) change(name string, do func(*store.Writer, group) error) error {
	var m members
	m.group(name)
	if err := m.err(); err != nil {
		return err
	}
	return s.store.Update(func(w *store.Writer) error {
		g, err := findGroup(&w.Reader, name)
		if err != nil {
			return err
		}
		return do(w, g)
	})
}

// DescribeLogGroups lists groups by name.
func (s *Service) DescribeLogGroups(ctx context.Context, in aws.DescribeLogGroupsInput) (aws.DescribeLogGroupsOutput, error) {
	return answer(ctx, s, "DescribeLogGroups", func() (out aws.DescribeLogGroupsOutput, err error) {
		if err := checkDescribeGroups(in); err != nil {
			return out, err
		}
		start, err := parseNameToken(in.NextToken, in.LogGroupNamePrefix)
		if err != nil {
			return out, err
		}
		out.LogGroups = []aws.LogGroup{}
		err = s.store.View(func(r *store.Reader) error {
			c := r.Cursor(groupsBucket)
			for key, raw := c.Seek([]byte(start)); hasPrefix(key, []byte(in.LogGroupNamePrefix)) && key != nil; key, raw = c.Next() {
				g, err := decode[group](raw)
				if err != nil {
					return err
				}
				if !strings.Contains(g.Name, in.LogGroupNamePattern) {
					continue
				}
				if len(out.LogGroups) == in.Limit.Or(maxDescribed) {
					out.NextToken = nameToken(g.Name)
					return nil
				}
				out.LogGroups = append(out.LogGroups, s.describeGroup(r, g))
			}
			return nil
		})
		return out, err
	})
}

func (s *Service) describeGroup(r *store.Reader, g group) aws.LogGroup {
	arn := s.groupARN(g.Name)
	return aws.LogGroup{
		LogGroupName: g.Name, CreationTime: g.Created, RetentionInDays: g.Retention, Arn: arn + ":*", LogGroupArn: arn,
		StoredBytes: stored(r, g), LogGroupClass: "STANDARD",
	}
}

func checkDescribeGroups(in aws.DescribeLogGroupsInput) error {
	var m members
	if in.LogGroupNamePrefix != "" {
		m.text(in.LogGroupNamePrefix, "logGroupNamePrefix", groupName, groupRule, 1)
	}
	m.text(in.LogGroupNamePattern, "logGroupNamePattern", groupName, patternRule, 0)
	m.limit(in.Limit, maxDescribed)
	if err := m.err(); err != nil {
		return err
	}
	if in.LogGroupNamePrefix != "" && in.LogGroupNamePattern != "" {
		return invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.")
	}
	return nil
}

// nameToken is a token of a list by name: the name to go on at.
func nameToken(name string) string { return base64.URLEncoding.EncodeToString([]byte("n" + name)) }

// parseNameToken reads a token; without one the list starts at start.
func parseNameToken(token, start string) (string, error) {
	if token == "" {
		return start, nil
	}
	raw, err := base64.URLEncoding.DecodeString(token)
	name, ok := strings.CutPrefix(string(raw), "n")
	if err != nil || !ok {
		return "", badToken()
	}
	return max(name, start), nil
}
