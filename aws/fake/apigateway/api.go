package apigateway

import (
	"context"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// idLength is the length of the ids of APIs and resources.
const idLength = 10

// How many APIs an account has in a region at most, by their endpoint type.
const (
	maxRegional = 600
	maxEdge     = 120
)

// CreateRestApi makes an API with its root resource, or with those of another
// API.
func (s *Service) CreateRestApi(ctx context.Context, in aws.CreateRestApiInput) (aws.CreateRestApiOutput, error) {
	return answer(ctx, s, "CreateRestApi", func() (out aws.CreateRestApiOutput, err error) {
		types, err := checkAPI(in)
		if err != nil {
			return out, err
		}
		return out, s.store.Update(func(w *store.Writer) error {
			if err := s.checkRoom(&w.Reader, types[0]); err != nil {
				return err
			}
			id := s.id(idLength)
			for w.Get(apisBucket, []byte(id)) != nil {
				id = s.id(idLength)
			}
			a := &api{API: aws.RestAPI{
				ID: id, Name: in.Name, Description: in.Description, CreatedDate: s.now(), Version: in.Version, BinaryMediaTypes: in.BinaryMediaTypes,
				APIKeySource: "HEADER", EndpointConfiguration: aws.EndpointConfiguration{Types: types}, Tags: in.Tags,
			}, Resources: []aws.APIResource{{ID: s.id(idLength), Path: "/"}}}
			if in.CloneFrom != "" {
				from, err := s.find(&w.Reader, in.CloneFrom)
				if err != nil {
					return err
				}
				a.Resources = s.copies(from.Resources)
			}
			a.API.RootResourceID = a.Resources[0].ID
			out.RestAPI = a.API
			return put(w, apisBucket, []byte(id), a)
		})
	})
}

// checkAPI checks a request for an API, and gives its endpoint types.
func checkAPI(in aws.CreateRestApiInput) ([]aws.EndpointType, error) {
	if strings.TrimSpace(in.Name) == "" {
		return nil, badRequest("API Name cannot be blank")
	}
	for _, t := range in.BinaryMediaTypes {
		if kind, rest, ok := strings.Cut(t, "/"); !ok || kind == "" || rest == "" {
			return nil, badRequest("Invalid binary media type specified: %s", t)
		}
	}
	if err := checkTags(in.Tags); err != nil {
		return nil, err
	}
	types := in.EndpointConfiguration.Types
	switch {
	case len(types) == 0:
		return []aws.EndpointType{aws.EndpointEdge}, nil
	case len(types) > 1:
		return nil, badRequest("Cannot create an api with multiple Endpoint Types.")
	case types[0] == "PRIVATE":
		return nil, badRequest("This sandbox has no private networks, and so no APIs of endpoint type PRIVATE.")
	case types[0] != aws.EndpointEdge && types[0] != aws.EndpointRegional:
		return nil, badRequest("1 validation error detected: Value '[%s]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: "+
			"Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]", types[0])
	}
	return types, nil
}

// checkRoom checks that the account may have one more API of a type.
func (s *Service) checkRoom(r *store.Reader, of aws.EndpointType) error {
	all, err := s.apis(r)
	if err != nil {
		return err
	}
	most, n := maxRegional, 0
	if of == aws.EndpointEdge {
		most = maxEdge
	}
	for _, a := range all {
		if a.EndpointConfiguration.Types[0] == of {
			n++
		}
	}
	if n >= most {
		return fault(codeLimit, "Maximum number of APIs of type %s reached. The maximum is %d.", of, most)
	}
	return nil
}

// copies gives resources with ids of their own.
func (s *Service) copies(from []aws.APIResource) []aws.APIResource {
	ids := map[string]string{"": ""}
	for _, r := range from {
		ids[r.ID] = s.id(idLength)
	}
	out := slices.Clone(from)
	for i, r := range out {
		out[i].ID, out[i].ParentID = ids[r.ID], ids[r.ParentID]
	}
	return out
}

// apis reads all APIs, in order of their ids.
func (s *Service) apis(r *store.Reader) (all []aws.RestAPI, err error) {
	c := r.Cursor(apisBucket)
	for key, raw := c.Seek(nil); key != nil; key, raw = c.Next() {
		a, err := decode[struct{ API aws.RestAPI }](raw)
		if err != nil {
			return nil, err
		}
		all = append(all, a.API)
	}
	return all, nil
}

// GetRestApi tells about an API.
func (s *Service) GetRestApi(ctx context.Context, in aws.GetRestApiInput) (aws.GetRestApiOutput, error) {
	return answer(ctx, s, "GetRestApi", func() (out aws.GetRestApiOutput, err error) {
		return out, s.view(in.RestAPIID, func(_ *store.Reader, a *api) error {
			out.RestAPI = a.API
			return nil
		})
	})
}

// GetRestApis lists APIs, in order of their ids.
func (s *Service) GetRestApis(ctx context.Context, in aws.GetRestApisInput) (aws.GetRestApisOutput, error) {
	return answer(ctx, s, "GetRestApis", func() (out aws.GetRestApisOutput, err error) {
		var all []aws.RestAPI
		err = s.store.View(func(r *store.Reader) (err error) {
			all, err = s.apis(r)
			return err
		})
		if err == nil {
			out.Items, out.Position, err = page(all, func(a aws.RestAPI) string { return a.ID }, in.Position, in.Limit)
		}
		return out, err
	})
}

// DeleteRestApi deletes an API with its resources, deployments and stages.
func (s *Service) DeleteRestApi(ctx context.Context, in aws.DeleteRestApiInput) (aws.DeleteRestApiOutput, error) {
	return answer(ctx, s, "DeleteRestApi", func() (out aws.DeleteRestApiOutput, err error) {
		err = s.store.Update(func(w *store.Writer) error {
			a, err := s.find(&w.Reader, in.RestAPIID)
			if err != nil {
				return err
			}
			w.Delete(apisBucket, []byte(a.API.ID))
			err = each(&w.Reader, deploymentsBucket, a.API.ID, func(d *deployment) bool {
				w.Delete(deploymentsBucket, below(a.API.ID, d.ID))
				w.Delete(snapshotsBucket, below(a.API.ID, d.ID))
				return true
			})
			if err != nil {
				return err
			}
			return each(&w.Reader, stagesBucket, a.API.ID, func(stage *aws.Stage) bool {
				s.forget(w, a.API.ID, stage.StageName)
				return true
			})
		})
		return out, err
	})
}
