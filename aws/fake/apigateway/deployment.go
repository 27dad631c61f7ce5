package apigateway

import (
	"context"
	"fmt"
	"math"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// deploymentLength is the length of the ids of deployments.
const deploymentLength = 6

// CreateDeployment takes a snapshot of an API. A stage that is named gets it, and
// is made if it is not there.
func (s *Service) CreateDeployment(ctx context.Context, in aws.CreateDeploymentInput) (aws.CreateDeploymentOutput, error) {
	return answer(ctx, s, "CreateDeployment", func() (out aws.CreateDeploymentOutput, err error) {
		if in.StageName != "" {
			if err := checkStage(in.StageName, in.Variables); err != nil {
				return out, err
			}
		}
		return out, s.change(in.RestAPIID, func(w *store.Writer, a *api) error {
			summary, err := a.summary()
			if err != nil {
				return err
			}
			a.Deployed++
			d := deployment{aws.Deployment{ID: s.id(deploymentLength), Description: in.Description, CreatedDate: s.now(), APISummary: summary}, a.Deployed}
			for w.Get(deploymentsBucket, below(a.API.ID, d.ID)) != nil {
				d.ID = s.id(deploymentLength)
			}
			if in.StageName != "" {
				if err := s.deployTo(w, a.API.ID, d.ID, in); err != nil {
					return err
				}
			}
			out.Deployment = d.told(nil)
			if err := put(w, deploymentsBucket, below(a.API.ID, d.ID), d); err != nil {
				return err
			}
			return put(w, snapshotsBucket, below(a.API.ID, d.ID), snapshot{a.API.Name, a.API.BinaryMediaTypes, a.Resources})
		})
	})
}

// summary tells the methods of an API, which may be deployed when each has an
// integration.
func (a *api) summary() (map[string]map[string]aws.MethodSnapshot, error) {
	out := make(map[string]map[string]aws.MethodSnapshot)
	for _, r := range a.Resources {
		for name, m := range r.ResourceMethods {
			if m.MethodIntegration == nil {
				return nil, badRequest("No integration defined for method")
			}
			if out[r.Path] == nil {
				out[r.Path] = make(map[string]aws.MethodSnapshot)
			}
			out[r.Path][name] = aws.MethodSnapshot{AuthorizationType: m.AuthorizationType, APIKeyRequired: m.APIKeyRequired}
		}
	}
	if len(out) == 0 {
		return nil, badRequest("The REST API doesn't contain any methods")
	}
	return out, nil
}

// deployTo puts a deployment on the stage that a request names.
func (s *Service) deployTo(w *store.Writer, id, deployment string, in aws.CreateDeploymentInput) error {
	stage, err := s.stage(&w.Reader, id, in.StageName)
	if w.Get(stagesBucket, below(id, in.StageName)) == nil {
		stage, err = s.newStage(in.StageName), s.checkStageRoom(&w.Reader, id)
	}
	if err != nil {
		return err
	}
	stage.DeploymentID, stage.LastUpdatedDate = deployment, s.now()
	if in.StageDescription != "" {
		stage.Description = in.StageDescription
	}
	if len(in.Variables) > 0 {
		stage.Variables = in.Variables
	}
	return put(w, stagesBucket, below(id, in.StageName), stage)
}

// told is a deployment as a request asks for it.
func (d *deployment) told(embed []string) aws.Deployment {
	out := d.Deployment
	if !slices.Contains(embed, aws.EmbedSummary) {
		out.APISummary = nil
	}
	return out
}

// deployment reads a deployment of an API.
func (s *Service) deployment(r *store.Reader, id, name string) (*deployment, error) {
	raw := r.Get(deploymentsBucket, below(id, name))
	if raw == nil {
		return nil, unknown("Deployment")
	}
	return decode[deployment](raw)
}

// GetDeployment tells about a deployment.
func (s *Service) GetDeployment(ctx context.Context, in aws.GetDeploymentInput) (aws.GetDeploymentOutput, error) {
	return answer(ctx, s, "GetDeployment", func() (out aws.GetDeploymentOutput, err error) {
		return out, s.view(in.RestAPIID, func(r *store.Reader, a *api) error {
			d, err := s.deployment(r, a.API.ID, in.DeploymentID)
			if err == nil {
				out.Deployment = d.told(in.Embed)
			}
			return err
		})
	})
}

// GetDeployments lists an API's deployments, the newest first.
func (s *Service) GetDeployments(ctx context.Context, in aws.GetDeploymentsInput) (aws.GetDeploymentsOutput, error) {
	return answer(ctx, s, "GetDeployments", func() (out aws.GetDeploymentsOutput, err error) {
		var all []deployment
		err = s.view(in.RestAPIID, func(r *store.Reader, a *api) error {
			return each(r, deploymentsBucket, a.API.ID, func(d *deployment) bool {
				all = append(all, *d)
				return true
			})
		})
		if err != nil {
			return out, err
		}
		newest := func(d deployment) string { return fmt.Sprintf("%020d", math.MaxUint64-d.Number) }
		all, out.Position, err = page(all, newest, in.Position, in.Limit)
		out.Items = make([]aws.Deployment, 0, len(all))
		for _, d := range all {
			out.Items = append(out.Items, d.told(nil))
		}
		return out, err
	})
}

// DeleteDeployment deletes a deployment that no stage has.
func (s *Service) DeleteDeployment(ctx context.Context, in aws.DeleteDeploymentInput) (aws.DeleteDeploymentOutput, error) {
	return answer(ctx, s, "DeleteDeployment", func() (out aws.DeleteDeploymentOutput, err error) {
		return out, s.store.Update(func(w *store.Writer) error {
			a, err := s.find(&w.Reader, in.RestAPIID)
			if err != nil {
				return err
			}
			d, err := s.deployment(&w.Reader, a.API.ID, in.DeploymentID)
			if err != nil {
				return err
			}
			active := false
			err = each(&w.Reader, stagesBucket, a.API.ID, func(stage *aws.Stage) bool {
				active = stage.DeploymentID == d.ID
				return !active
			})
			if err != nil {
				return err
			}
			if active {
				return badRequest("Active stages pointing to this deployment must be moved or deleted")
			}
			w.Delete(deploymentsBucket, below(a.API.ID, d.ID))
			w.Delete(snapshotsBucket, below(a.API.ID, d.ID))
			return nil
		})
	})
}
