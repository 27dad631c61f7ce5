package apigateway

import (
	"encoding/json"
	"fmt"
	"slices"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// The buckets. APIs lie by their ids; deployments, what was deployed, and stages
// by their API's id, a slash, and their own id or name.
const (
	apisBucket        = "apigateway/apis"
	deploymentsBucket = "apigateway/deployments"
	snapshotsBucket   = "apigateway/snapshots"
	stagesBucket      = "apigateway/stages"
)

// api is a REST API as stored, with its resources as they are now, deployed or
// not, the root first.
type api struct {
	API       aws.RestAPI
	Resources []aws.APIResource
	Deployed  uint64 // how many deployments were made
}

// deployment is a deployment as stored.
type deployment struct {
	aws.Deployment
	Number uint64 // of the API's deployments, from 1
}

// snapshot is what a deployment answers requests with. It is never changed.
type snapshot struct {
	Name             string // of the API
	BinaryMediaTypes []string
	Resources        []aws.APIResource
}

func below(id, name string) []byte { return []byte(id + "/" + name) }

// find reads an API; NotFoundException when there is none.
func (s *Service) find(r *store.Reader, id string) (*api, error) {
	raw := r.Get(apisBucket, []byte(id))
	if raw == nil {
		return nil, s.noAPI(id)
	}
	return decode[api](raw)
}

// view lets a function look at an API.
func (s *Service) view(id string, do func(*store.Reader, *api) error) error {
	return s.store.View(func(r *store.Reader) error {
		a, err := s.find(r, id)
		if err != nil {
			return err
		}
		return do(r, a)
	})
}

// change lets a function change an API, and keeps what it made of it.
func (s *Service) change(id string, do func(*store.Writer, *api) error) error {
	return s.store.Update(func(w *store.Writer) error {
		a, err := s.find(&w.Reader, id)
		if err != nil {
			return err
		}
		if err := do(w, a); err != nil {
			return err
		}
		return put(w, apisBucket, []byte(id), a)
	})
}

// resource finds a resource by its id.
func (a *api) resource(id string) (*aws.APIResource, error) {
	at := slices.IndexFunc(a.Resources, func(r aws.APIResource) bool { return r.ID == id })
	if at < 0 {
		return nil, unknown("Resource")
	}
	return &a.Resources[at], nil
}

// method finds a method of a resource.
func (a *api) method(resource, method string) (*aws.APIResource, aws.APIMethod, error) {
	found, err := a.resource(resource)
	if err != nil {
		return nil, aws.APIMethod{}, err
	}
	m, ok := found.ResourceMethods[method]
	if !ok {
		return found, m, unknown("Method")
	}
	return found, m, nil
}

// set keeps a method of a resource.
func set(r *aws.APIResource, m aws.APIMethod) {
	if r.ResourceMethods == nil {
		r.ResourceMethods = make(map[string]aws.APIMethod)
	}
	r.ResourceMethods[m.HTTPMethod] = m
}

// each calls do with what lies below an API in a bucket, in order, until it is
// false.
func each[T any](r *store.Reader, bucket, id string, do func(*T) bool) error {
	prefix := string(below(id, ""))
	c := r.Cursor(bucket)
	for key, raw := c.Seek([]byte(prefix)); len(key) >= len(prefix) && string(key[:len(prefix)]) == prefix; key, raw = c.Next() {
		record, err := decode[T](raw)
		if err != nil {
			return err
		}
		if !do(record) {
			return nil
		}
	}
	return nil
}

func decode[T any](raw []byte) (*T, error) {
	record := new(T)
	if err := json.Unmarshal(raw, record); err != nil {
		return nil, fmt.Errorf("a stored record of API Gateway cannot be read: %w", err)
	}
	return record, nil
}

func put(w *store.Writer, bucket string, key []byte, record any) error {
	raw, err := json.Marshal(record)
	if err != nil {
		return fmt.Errorf("a record of API Gateway cannot be written: %w", err)
	}
	w.Put(bucket, key, raw)
	return nil
}
