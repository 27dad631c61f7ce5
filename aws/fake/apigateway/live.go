package apigateway

import (
	"bytes"
	"fmt"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// live is a stage as it answers requests: what its deployment has, ready to be
// run. It is never changed; when the stage is, another one is made.
type live struct {
	raw        []byte // the stage's record that it was made of
	api        string
	stage      aws.Stage
	root       *route
	binary     []string // media types
	variables  []byte   // the stage's, as JSON
	dimensions [2][]aws.Dimension
}

// lookup finds a stage; nil when there is none. What it takes to answer is kept,
// and serves as long as the stage's record is the same.
func (s *Service) lookup(id, stage string) (found *live, err error) {
	key := below(id, stage)
	kept, _ := s.live.Load(string(key))
	err = s.store.View(func(r *store.Reader) error {
		raw := r.Get(stagesBucket, key)
		if raw == nil {
			return nil
		}
		if l, ok := kept.(*live); ok && bytes.Equal(l.raw, raw) {
			found = l
			return nil
		}
		if found, err = s.load(r, id, raw); err == nil {
			s.live.Store(string(key), found)
		}
		return err
	})
	return found, err
}

// load makes a stage ready to answer.
func (s *Service) load(r *store.Reader, id string, raw []byte) (*live, error) {
	stage, err := decode[aws.Stage](raw)
	if err != nil {
		return nil, err
	}
	stored := r.Get(snapshotsBucket, below(id, stage.DeploymentID))
	if stored == nil {
		return nil, fmt.Errorf("the deployment %s of %s is missing", stage.DeploymentID, id)
	}
	deployed, err := decode[snapshot](stored)
	if err != nil {
		return nil, err
	}
	root, err := compile(deployed.Resources, stage.Variables)
	if err != nil {
		return nil, fmt.Errorf("the deployment %s of %s: %w", stage.DeploymentID, id, err)
	}
	name := aws.Dimension{Name: "ApiName", Value: deployed.Name}
	return &live{
		raw: bytes.Clone(raw), api: id, stage: *stage, root: root, binary: deployed.BinaryMediaTypes, variables: appendMap(nil, stage.Variables),
		dimensions: [2][]aws.Dimension{{name}, {name, {Name: "Stage", Value: stage.StageName}}},
	}, nil
}

// isBinary reports whether a media type is among those that an API treats as
// binary.
func isBinary(binary []string, mediaType string) bool {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	if mediaType == "" {
		return false
	}
	for _, of := range binary {
		of = strings.ToLower(of)
		if of == "*/*" || of == mediaType {
			return true
		}
		if class, all := strings.CutSuffix(of, "/*"); all && strings.HasPrefix(mediaType, class+"/") {
			return true
		}
	}
	return false
}
