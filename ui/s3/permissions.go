package s3

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/keys"
	"awslab/ui/nav"
	"awslab/ui/page"
	"awslab/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// permissionsTab shows a bucket's policy, and edits it.
type permissionsTab struct {
	panel   *page.Panel
	env     page.Env
	bucket  string
	editor  *component.Editor
	editing bool
	policy  string // as it is kept, indented; "" for none
	loaded  bool
	saving  bool
	wrong   string // with the text being edited
	fault   error
}

func newPermissionsTab(panel *page.Panel, bucket string) *permissionsTab {
	t := &permissionsTab{panel: panel, env: panel.Env, bucket: bucket, editor: component.NewEditor()}
	t.editor.Label, t.editor.Language, t.editor.ReadOnly = "Bucket policy", "json", true
	return t
}

// load reads the policy, unless it is being edited.
func (t *permissionsTab) load() tea.Cmd {
	if t.editing {
		return nil
	}
	return page.Latest(t.env.Calls, "policy",
		func(ctx context.Context) (string, error) {
			out, err := t.env.Cloud.S3.GetBucketPolicy(ctx, aws.GetBucketPolicyInput{Bucket: t.bucket})
			var failed *aws.Error
			if errors.As(err, &failed) && failed.Code == "NoSuchBucketPolicy" {
				return "", nil
			}
			return out.Policy, err
		},
		func(policy string, err error) tea.Cmd {
			if t.fault = err; err == nil {
				t.loaded = true
				t.show(policy)
			}
			return nil
		})
}

// show shows a policy as it is kept.
func (t *permissionsTab) show(policy string) {
	t.policy = indented(policy)
	t.editing, t.wrong, t.editor.ReadOnly = false, "", true
	t.editor.SetValue(t.policy)
}

// indented is a JSON text with a line for each member; as it is when it is none.
func indented(text string) string {
	var out bytes.Buffer
	if json.Indent(&out, []byte(text), "", "  ") != nil {
		return text
	}
	return out.String()
}

// firstPolicy is what a bucket's first policy starts from.
func firstPolicy(bucket, account string) string {
	return `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Statement1",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::` + account + `:root" },
      "Action": "s3:GetObject",
      "Resource": "` + bucketARN(bucket) + `/*"
    }
  ]
}`
}

func (t *permissionsTab) edit() tea.Cmd {
	t.editing, t.editor.ReadOnly = true, false
	if t.policy == "" {
		t.editor.SetValue(firstPolicy(t.bucket, t.env.Cloud.Place.AccountID))
	}
	return t.panel.Ring.Focus(t.editor)
}

func (t *permissionsTab) cancel() tea.Cmd {
	t.fault = nil
	t.show(t.policy)
	return nil
}

// save checks the policy and sends it.
func (t *permissionsTab) save() tea.Cmd {
	t.wrong, t.fault = "", nil
	text := t.editor.Value()
	var syntax *json.SyntaxError
	if err := json.Unmarshal([]byte(text), new(any)); errors.As(err, &syntax) {
		before := text[:min(len(text), int(syntax.Offset))]
		t.editor.MarkError(strings.Count(before, "\n")+1, len(before)-strings.LastIndexByte(before, '\n')-1, syntax.Error())
		t.wrong = "The policy is no JSON: " + syntax.Error()
		return t.panel.Ring.Focus(t.editor)
	}
	t.saving = true
	return page.Latest(t.env.Calls, "save policy",
		func(ctx context.Context) (aws.PutBucketPolicyOutput, error) {
			return t.env.Cloud.S3.PutBucketPolicy(ctx, aws.PutBucketPolicyInput{Bucket: t.bucket, Policy: text})
		},
		func(_ aws.PutBucketPolicyOutput, err error) tea.Cmd {
			t.saving, t.fault = false, err
			if err != nil {
				return nil
			}
			t.show(text)
			return nav.Done("Successfully edited bucket policy.")
		})
}

// delete asks, and takes the policy away.
func (t *permissionsTab) delete() tea.Cmd {
	return nav.Send(nav.Confirm{
		Title: "Delete bucket policy?", Text: []string{"Deleting the policy of the bucket " + t.bucket + " cannot be undone."},
		Word: "delete", Action: "Delete",
		Do: func() tea.Cmd {
			return page.Do(t.env.Calls,
				func(ctx context.Context) (aws.DeleteBucketPolicyOutput, error) {
					return t.env.Cloud.S3.DeleteBucketPolicy(ctx, aws.DeleteBucketPolicyInput{Bucket: t.bucket})
				},
				func(_ aws.DeleteBucketPolicyOutput, err error) tea.Cmd {
					if err != nil {
						return nav.Failed("The bucket policy was not deleted", err)
					}
					t.show("")
					return nav.Done("Successfully deleted bucket policy.")
				})
		},
	})
}

func (t *permissionsTab) unsaved() string {
	if !t.editing || t.editor.Value() == t.policy {
		return ""
	}
	return "The bucket policy was edited and not saved; the change would be lost."
}

// bindings lists what can be done with the policy.
func (t *permissionsTab) bindings() []keys.Binding {
	if t.editing {
		wait := ""
		if t.saving {
			wait = "The policy is being saved."
		}
		return []keys.Binding{
			keys.Bind(keys.Save, t.save).As("Save changes").Unless(wait).Main(),
			keys.Bind(keys.Cancel, t.cancel),
			keys.Bind(keys.Editor, func() tea.Cmd {
				return nav.Send(nav.EditText{Text: t.editor.Value(), Name: "bucket-policy.json", Done: func(text string) tea.Cmd {
					t.editor.SetValue(text)
					return nil
				}})
			}),
		}
	}
	wait, none := "", ""
	if !t.loaded {
		wait = "The policy is not there yet."
	}
	if t.policy == "" {
		none = "The bucket has no policy."
	}
	return []keys.Binding{
		keys.Bind(keys.Edit, t.edit).Unless(wait).Main(),
		keys.Bind(keys.Delete, t.delete).Unless(none),
		keys.Bind(keys.Copy, func() tea.Cmd { return nav.Send(nav.Copy{Text: t.policy, What: "the bucket policy"}) }).Unless(none),
	}
}

func (t *permissionsTab) controls() []component.Control { return []component.Control{t.editor} }

func (t *permissionsTab) buttons(int) []component.Control {
	return t.panel.ButtonsOf(t.bindings(), keys.Delete, keys.Copy, keys.Edit, keys.Editor, keys.Cancel, keys.Save)
}

func (t *permissionsTab) view(width, height int) component.Block {
	head := []component.Block{page.Styled(width, theme.Faint,
		"The bucket policy, written in JSON, tells who has access to the objects of the bucket.")}
	switch {
	case t.wrong != "":
		head = append(head, page.Styled(width, theme.Danger, "✗ "+t.wrong))
	case t.fault != nil && t.editing:
		head = append(head, page.Fault(width, "The policy was not saved", t.fault))
	case t.fault != nil:
		head = append(head, page.Fault(width, "The policy could not be read", t.fault))
	case !t.loaded:
		head = append(head, component.Text(width, theme.Info.Render("◌ Loading")))
	case t.policy == "" && !t.editing:
		head = append(head, component.Text(width, "", "No policy to display.", theme.Faint.Render("e writes one: Edit.")))
		return component.Stack(width, head...)
	}
	top := component.Stack(width, head...)
	t.editor.Height = max(3, height-top.Height())
	return component.Stack(width, top, t.panel.Ring.View(t.editor, width))
}
