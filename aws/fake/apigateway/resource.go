package apigateway

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/aws/fake/store"
)

// maxResources is how many resources an API has at most.
const maxResources = 300

// pathPart is the form of a part of a path: plain, or a variable, which may be
// greedy.
var pathPart = regexp.MustCompile(`^([a-zA-Z0-9._:-]+|\{[a-zA-Z0-9._:-]+\+?\})$`)

func isVariable(part string) bool { return strings.HasPrefix(part, "{") }

func isGreedy(part string) bool { return strings.HasSuffix(part, "+}") }

// CreateResource makes a resource below another one.
func (s *Service) CreateResource(ctx context.Context, in aws.CreateResourceInput) (aws.CreateResourceOutput, error) {
	return answer(ctx, s, "CreateResource", func() (out aws.CreateResourceOutput, err error) {
		return out, s.change(in.RestAPIID, func(_ *store.Writer, a *api) error {
			parent, err := a.resource(in.ParentID)
			if err != nil {
				return err
			}
			if err := a.checkPart(parent, in.PathPart); err != nil {
				return err
			}
			if len(a.Resources) >= maxResources {
				return tooMany("resources", maxResources)
			}
			out.APIResource = aws.APIResource{
				ID: s.id(idLength), ParentID: parent.ID, PathPart: in.PathPart, Path: strings.TrimSuffix(parent.Path, "/") + "/" + in.PathPart,
			}
			a.Resources = append(a.Resources, out.APIResource)
			return nil
		})
	})
}

// checkPart checks that a part may stand below a resource.
func (a *api) checkPart(parent *aws.APIResource, part string) error {
	if !pathPart.MatchString(part) {
		return badRequest("Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.")
	}
	if isGreedy(parent.PathPart) {
		return badRequest("Cannot create a child of a resource with a greedy path variable: %s", parent.PathPart)
	}
	for _, r := range a.Resources {
		switch {
		case r.ParentID != parent.ID:
		case r.PathPart == part:
			return conflict("Another resource with the same parent already has this name: %s", part)
		case isVariable(r.PathPart) && isVariable(part):
			return badRequest("A sibling (%s) of this resource already has a variable path part -- only one is allowed", r.PathPart)
		}
	}
	return nil
}

// GetResource tells about a resource.
func (s *Service) GetResource(ctx context.Context, in aws.GetResourceInput) (aws.GetResourceOutput, error) {
	return answer(ctx, s, "GetResource", func() (out aws.GetResourceOutput, err error) {
		return out, s.view(in.RestAPIID, func(_ *store.Reader, a *api) error {
			found, err := a.resource(in.ResourceID)
			if err == nil {
				out.APIResource = told(*found, in.Embed)
			}
			return err
		})
	})
}

// told is a resource as a request asks for it: its methods are told by name, and
// whole if embedded.
func told(r aws.APIResource, embed []string) aws.APIResource {
	if slices.Contains(embed, aws.EmbedMethods) {
		return r
	}
	names := make(map[string]aws.APIMethod, len(r.ResourceMethods))
	for name := range r.ResourceMethods {
		names[name] = aws.APIMethod{}
	}
	if r.ResourceMethods = names; len(names) == 0 {
		r.ResourceMethods = nil
	}
	return r
}

// GetResources lists an API's resources, in order of their paths.
func (s *Service) GetResources(ctx context.Context, in aws.GetResourcesInput) (aws.GetResourcesOutput, error) {
	return answer(ctx, s, "GetResources", func() (out aws.GetResourcesOutput, err error) {
		return out, s.view(in.RestAPIID, func(_ *store.Reader, a *api) (err error) {
			out.Items, out.Position, err = page(a.Resources, func(r aws.APIResource) string { return r.Path }, in.Position, in.Limit)
			for i, r := range out.Items {
				out.Items[i] = told(r, in.Embed)
			}
			return err
		})
	})
}

// DeleteResource deletes a resource and those below it.
func (s *Service) DeleteResource(ctx context.Context, in aws.DeleteResourceInput) (aws.DeleteResourceOutput, error) {
	return answer(ctx, s, "DeleteResource", func() (out aws.DeleteResourceOutput, err error) {
		return out, s.change(in.RestAPIID, func(_ *store.Writer, a *api) error {
			gone, err := a.resource(in.ResourceID)
			if err != nil {
				return err
			}
			if gone.ParentID == "" {
				return badRequest("The root resource of an API cannot be deleted.")
			}
			path := gone.Path
			a.Resources = slices.DeleteFunc(a.Resources, func(r aws.APIResource) bool {
				return r.Path == path || strings.HasPrefix(r.Path, path+"/")
			})
			return nil
		})
	})
}
