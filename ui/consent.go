package ui

import (
	"context"
	"fmt"
	"sync"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"

	tea "charm.land/bubbletea/v2"
)

// Consent asks the user, once, before something is changed in an AWS account.
// Calls wait for the answer beside the program.
type Consent struct {
	asks chan consentMsg

	mu    sync.Mutex // protects given
	given bool
}

// NewConsent makes a consent that is not given yet.
func NewConsent() *Consent { return &Consent{asks: make(chan consentMsg)} }

// consentMsg asks whether an operation may change something; answer takes one
// value.
type consentMsg struct {
	operation aws.Operation
	answer    chan bool
}

// Permit waits until the user has answered; nil when he agrees, now or before.
// It is asked before each operation that writes.
func (c *Consent) Permit(ctx context.Context, op aws.Operation) error {
	if c.isGiven() {
		return nil
	}
	ask := consentMsg{op, make(chan bool, 1)}
	select {
	case c.asks <- ask:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case agreed := <-ask.answer:
		if agreed {
			return nil
		}
	case <-ctx.Done():
		return ctx.Err()
	}
	return &aws.Error{
		Service: op.Service, Operation: op.Name, Code: aws.CodeNotAllowed,
		Message: fmt.Sprintf("%s was not sent: you did not allow changes in this account", op.Name),
	}
}

func (c *Consent) isGiven() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.given
}

func (c *Consent) give() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.given = true
}

// wait is the command that brings the next question.
func (c *Consent) wait(ctx context.Context) tea.Cmd {
	return func() tea.Msg {
		select {
		case <-ctx.Done():
			return nil
		case ask := <-c.asks:
			return ask
		}
	}
}

// consent asks the user; calls that come while he thinks get the same answer.
func (c *Console) consent(msg consentMsg) tea.Cmd {
	next := c.cfg.Consent.wait(c.ctx)
	if c.cfg.Consent.isGiven() {
		msg.answer <- true
		return next
	}
	if c.doubts = append(c.doubts, msg); len(c.doubts) > 1 {
		return next
	}
	c.consentTo(fmt.Sprintf("%s is about to be sent", msg.operation), func() tea.Cmd { c.decide(true); return nil },
		func() tea.Cmd { c.decide(false); return nil })
	return next
}

// consentTo asks whether anything may be changed, for the sake of what is about to
// be done.
func (c *Console) consentTo(what string, yes, no func() tea.Cmd) {
	place := c.cfg.Cloud.Place
	d := newConfirm(nav.Confirm{
		Title: "Change something in an AWS account?", Action: "Allow changes",
		Text: []string{
			fmt.Sprintf("%s, in the account %s and %s, as %s.", what, place.AccountID, place.Region, place.ARN),
			"This is a real account: what is made there stays until it is deleted, and may cost money. You are asked once, until the console ends.",
		},
		Do: func() tea.Cmd {
			c.cfg.Consent.give()
			return yes()
		},
	}, c.pop)
	d.refused = no
	c.push(d)
}

// decide answers all calls that wait.
func (c *Console) decide(agreed bool) {
	for _, d := range c.doubts {
		d.answer <- agreed
	}
	c.doubts = nil
}

// introduce says on which account the console works, before anything else.
func (c *Console) introduce() {
	place := c.cfg.Cloud.Place
	lines := []string{
		"What you do here is done in a real AWS account: it stays until it is deleted, and may cost money.", "",
		"Account   " + place.AccountID,
		"Identity  " + component.Clean(place.ARN),
		"Region    " + place.Region,
	}
	if c.cfg.Profile != "" {
		lines = append(lines, "Profile   "+component.Clean(c.cfg.Profile))
	}
	if place.Endpoint != "" {
		lines = append(lines, "Endpoint  "+component.Clean(place.Endpoint))
	}
	lines = append(lines, "")
	if c.cfg.Trail.ReadOnly() {
		lines = append(lines, "This session is read-only: nothing can be changed.")
	} else {
		lines = append(lines, "Before the first change you are asked.")
	}
	c.push(newReader("AWS account "+place.AccountID, lines, nav.Copy{}, c.pop))
}
