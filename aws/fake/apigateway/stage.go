package apigateway

import (
	"context"
	"maps"
	"regexp"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// maxStages is how many stages an API has at most.
const maxStages = 10

// The forms of a stage's name and of its variables, and how long they are at most.
// The lengths are no part of the patterns, which would take long to compile.
var (
	stageName     = regexp.MustCompile(`^[a-zA-Z0-9_-]+$`)
	variableName  = regexp.MustCompile(`^[A-Za-z0-9_]+$`)
	variableValue = regexp.MustCompile(`^[A-Za-z0-9._~:/?#&=,-]+$`)
)

const (
	maxStageName     = 128
	maxVariableName  = 64
	maxVariableValue = 512
)

// checkStage checks the name and the variables of a stage.
func checkStage(name string, variables map[string]string) error {
	if len(name) > maxStageName || !stageName.MatchString(name) {
		return badRequest("Stage name only allows a-zA-Z0-9_-")
	}
	for name, value := range variables {
		if err := checkVariable(name, value); err != nil {
			return err
		}
	}
	return nil
}

func checkVariable(name, value string) error {
	if len(name) > maxVariableName || !variableName.MatchString(name) {
		return badRequest("Stage variable names only allow a-zA-Z0-9_ and up to 64 characters: %s", name)
	}
	if len(value) > maxVariableValue || !variableValue.MatchString(value) {
		return badRequest("Stage variable values only allow [A-Za-z0-9-._~:/?#&=,]+ and up to 512 characters: %s", value)
	}
	return nil
}

// newStage is a stage without a deployment.
func (s *Service) newStage(name string) *aws.Stage {
	now := s.now()
	return &aws.Stage{StageName: name, CacheClusterStatus: "NOT_AVAILABLE", CreatedDate: now, LastUpdatedDate: now}
}

// stage reads a stage of an API.
func (s *Service) stage(r *store.Reader, id, name string) (*aws.Stage, error) {
	raw := r.Get(stagesBucket, below(id, name))
	if raw == nil {
		return nil, unknown("stage")
	}
	return decode[aws.Stage](raw)
}

// checkStageRoom checks that an API may have one more stage.
func (s *Service) checkStageRoom(r *store.Reader, id string) error {
	n := 0
	err := each(r, stagesBucket, id, func(*aws.Stage) bool {
		n++
		return true
	})
	if err == nil && n >= maxStages {
		return tooMany("stages", maxStages)
	}
	return err
}

// checkDeployed checks that a deployment is there for a stage.
func (s *Service) checkDeployed(r *store.Reader, id, deployment string) error {
	if r.Get(deploymentsBucket, below(id, deployment)) == nil {
		return badRequest("Deployment id does not exist")
	}
	return nil
}

// CreateStage puts a deployment under a name of its own.
func (s *Service) CreateStage(ctx context.Context, in aws.CreateStageInput) (aws.CreateStageOutput, error) {
	return answer(ctx, s, "CreateStage", func() (out aws.CreateStageOutput, err error) {
		if err := checkStage(in.StageName, in.Variables); err != nil {
			return out, err
		}
		if err := checkTags(in.Tags); err != nil {
			return out, err
		}
		return out, s.store.Update(func(w *store.Writer) error {
			a, err := s.find(&w.Reader, in.RestAPIID)
			if err != nil {
				return err
			}
			if err := s.checkDeployed(&w.Reader, a.API.ID, in.DeploymentID); err != nil {
				return err
			}
			key := below(a.API.ID, in.StageName)
			if w.Get(stagesBucket, key) != nil {
				return conflict("Stage already exists")
			}
			if err := s.checkStageRoom(&w.Reader, a.API.ID); err != nil {
				return err
			}
			out.Stage = *s.newStage(in.StageName)
			out.DeploymentID, out.Description, out.Variables, out.Tags = in.DeploymentID, in.Description, in.Variables, in.Tags
			return put(w, stagesBucket, key, out.Stage)
		})
	})
}

// GetStage tells about a stage.
func (s *Service) GetStage(ctx context.Context, in aws.GetStageInput) (aws.GetStageOutput, error) {
	return answer(ctx, s, "GetStage", func() (out aws.GetStageOutput, err error) {
		return out, s.view(in.RestAPIID, func(r *store.Reader, a *api) error {
			stage, err := s.stage(r, a.API.ID, in.StageName)
			if err == nil {
				out.Stage = *stage
			}
			return err
		})
	})
}

// GetStages lists an API's stages, in order of their names.
func (s *Service) GetStages(ctx context.Context, in aws.GetStagesInput) (aws.GetStagesOutput, error) {
	return answer(ctx, s, "GetStages", func() (out aws.GetStagesOutput, err error) {
		out.Item = []aws.Stage{}
		err = s.view(in.RestAPIID, func(r *store.Reader, a *api) error {
			return each(r, stagesBucket, a.API.ID, func(stage *aws.Stage) bool {
				if in.DeploymentID == "" || stage.DeploymentID == in.DeploymentID {
					out.Item = append(out.Item, *stage)
				}
				return true
			})
		})
		return out, err
	})
}

// changeStage lets a function change a stage.
func (s *Service) changeStage(id, name string, do func(*store.Writer, *aws.Stage) error) error {
	return s.store.Update(func(w *store.Writer) error {
		a, err := s.find(&w.Reader, id)
		if err != nil {
			return err
		}
		stage, err := s.stage(&w.Reader, a.API.ID, name)
		if err != nil {
			return err
		}
		return do(w, stage)
	})
}

// UpdateStage changes a stage: all of the changes are made, or none.
func (s *Service) UpdateStage(ctx context.Context, in aws.UpdateStageInput) (aws.UpdateStageOutput, error) {
	return answer(ctx, s, "UpdateStage", func() (out aws.UpdateStageOutput, err error) {
		return out, s.changeStage(in.RestAPIID, in.StageName, func(w *store.Writer, stage *aws.Stage) error {
			stage.Variables = maps.Clone(stage.Variables)
			for _, op := range in.PatchOperations {
				if err := s.patch(&w.Reader, in.RestAPIID, stage, op); err != nil {
					return err
				}
			}
			stage.LastUpdatedDate = s.now()
			out.Stage = *stage
			return put(w, stagesBucket, below(in.RestAPIID, in.StageName), stage)
		})
	})
}

// patch makes one change of a stage.
func (s *Service) patch(r *store.Reader, id string, stage *aws.Stage, op aws.PatchOperation) error {
	variable, ok := strings.CutPrefix(op.Path, "/variables/")
	switch {
	case ok && op.Op == aws.PatchRemove:
		delete(stage.Variables, variable)
		return nil
	case op.Op != aws.PatchReplace:
		return badRequest("Invalid patch path  '%s' specified for op '%s'. Please choose supported operations", op.Path, op.Op)
	case ok:
		if stage.Variables == nil {
			stage.Variables = make(map[string]string)
		}
		stage.Variables[variable] = op.Value
		return checkVariable(variable, op.Value)
	case op.Path == "/description":
		stage.Description = op.Value
		return nil
	case op.Path == "/deploymentId":
		stage.DeploymentID = op.Value
		return s.checkDeployed(r, id, op.Value)
	}
	return badRequest("Invalid patch path  '%s' specified for op '%s'. Must be one of: [/deploymentId, /description, /variables/{variable_name}]", op.Path, op.Op)
}

// DeleteStage deletes a stage: its URLs answer no more.
func (s *Service) DeleteStage(ctx context.Context, in aws.DeleteStageInput) (aws.DeleteStageOutput, error) {
	return answer(ctx, s, "DeleteStage", func() (out aws.DeleteStageOutput, err error) {
		return out, s.changeStage(in.RestAPIID, in.StageName, func(w *store.Writer, stage *aws.Stage) error {
			s.forget(w, in.RestAPIID, stage.StageName)
			return nil
		})
	})
}

// forget deletes a stage, and what was kept to answer for it.
func (s *Service) forget(w *store.Writer, id, name string) {
	w.Delete(stagesBucket, below(id, name))
	s.live.Delete(string(below(id, name)))
}
