package dynamodb

import (
	"fmt"
	"time"

	"awslab/aws"
	"awslab/aws/fake/answers"
	"awslab/aws/fake/store"
)

// stream checks the members of a stream's specification.
func (m *members) stream(wanted *aws.StreamSpecification) {
	if wanted != nil {
		enum(m, wanted.StreamViewType, "streamSpecification.streamViewType",
			aws.StreamOldImage, aws.StreamKeysOnly, aws.StreamNewAndOldImages, aws.StreamNewImage)
	}
}

// checkStream wants a view of a stream that is to be on, and none of one that is
// not; without and with are how the operation words it.
func checkStream(wanted *aws.StreamSpecification, without, with string) error {
	switch {
	case wanted == nil || wanted.StreamEnabled == (wanted.StreamViewType != ""):
		return nil
	case wanted.StreamEnabled:
		return invalidParameter("%s", without)
	}
	return invalidParameter("%s", with)
}

// stream turns the table's stream on or off.
func (u *tableUpdate) stream() error {
	wanted := u.in.StreamSpecification
	switch on := u.record.Stream.on(); {
	case wanted == nil:
		return nil
	case wanted.StreamEnabled && on:
		return invalid("Table already has an enabled stream: TableName: %s", u.record.Name)
	case !wanted.StreamEnabled && !on:
		return invalid("Table has no stream to disable: TableName: %s", u.record.Name)
	case !wanted.StreamEnabled:
		return u.closeStream(u.w, &u.record)
	}
	numbers := numbering(&u.w.Reader)
	defer numbers.save(u.w)
	return u.openStream(u.w, &u.record, wanted.StreamViewType, numbers)
}

// openStream turns a table's stream on. On one that was turned off in the same
// millisecond follows one of the next.
func (s *Service) openStream(w *store.Writer, r *record, view aws.StreamViewType, numbers *numbers) error {
	now := s.now()
	label := now.Format(labelForm)
	for at := now; w.Get(streamsBucket, streamKey(r.Name, label)) != nil; label = at.Format(labelForm) {
		at = at.Add(time.Millisecond)
	}
	opened := &stream{
		Table: r.Name, Label: label, View: view, Key: r.Key, Space: numbers.next(), Created: now, State: s.passing(aws.StatusCreating),
		Shard: fmt.Sprintf("shardId-%020d-%x", now.UnixMilli(), answers.Random(s.config.Random).Bytes(4)),
	}
	r.Stream = feed{Label: label, View: view, Space: opened.Space}
	return saveStream(w, opened)
}

// closeStream turns a table's stream off, if it is on. What it has can be read for
// some time.
func (s *Service) closeStream(w *store.Writer, r *record) error {
	if !r.Stream.on() {
		return nil
	}
	r.Stream.View = ""
	closing, err := readStream(&w.Reader, streamKey(r.Name, r.Stream.Label))
	if err != nil || closing == nil {
		return err
	}
	closing.State = s.passing(aws.StatusDeleting)
	return saveStream(w, closing)
}

// describeFeed tells of a table's latest stream.
func (s *Service) describeFeed(d *aws.TableDescription, f feed) {
	if f.Label == "" {
		return
	}
	d.LatestStreamArn, d.LatestStreamLabel = s.streamARN(d.TableName, f.Label), f.Label
	if f.on() {
		d.StreamSpecification = &aws.StreamSpecification{StreamEnabled: true, StreamViewType: f.View}
	}
}
