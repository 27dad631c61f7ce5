package apigateway

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/page"
	"awslab/ui/theme"
)

// part draws the part of a method that is in front.
func (p *apiPage) part(width int, r aws.APIResource, m aws.APIMethod) component.Block {
	switch p.parts.Active() {
	case partIntegrationRequest:
		return p.integrationRequest(width, m.MethodIntegration)
	case partIntegrationResponse:
		return integrationResponse(width, m.MethodIntegration)
	case partMethodResponse:
		return methodResponse(width, m)
	}
	return methodRequest(width, r, m)
}

func methodRequest(width int, r aws.APIResource, m aws.APIMethod) component.Block {
	parts := []component.Block{component.KeyValues(width, columns(width),
		component.Pair{Label: "Authorization", Value: component.Clean(m.AuthorizationType)},
		component.Pair{Label: "API key required", Value: yesNo(m.APIKeyRequired, "True", "False")},
		component.Pair{Label: "Resource ID", Value: component.Clean(r.ID)},
		component.Pair{Label: "Request paths", Value: strings.Join(pathVariable.FindAllString(r.Path, -1), " ")})}
	for _, name := range slices.Sorted(maps.Keys(m.RequestParameters)) {
		parts = append(parts, component.Text(width, component.Clean(name)+" · "+yesNo(m.RequestParameters[name], "required", "optional")))
	}
	if m.AuthorizationType == aws.AuthorizationNone && !m.APIKeyRequired {
		parts = append(parts, faint(width, "Authorization NONE and no API key: anybody who knows the URL may call this method."))
	}
	return component.Stack(width, parts...)
}

func (p *apiPage) integrationRequest(width int, i *aws.Integration) component.Block {
	if i == nil {
		return page.Styled(width, theme.Warning, "⚠ The method has no integration: an API with such a method cannot be deployed. Edit integration makes one.")
	}
	pairs := []component.Pair{{Label: "Integration type", Value: integrationLabel(i)}}
	if arn, ok := functionOf(i); ok {
		pairs = append(pairs, component.Pair{Label: "Lambda proxy integration", Value: yesNo(i.Type == aws.IntegrationLambdaProxy, "True", "False")},
			component.Pair{Label: "Lambda function", Value: component.Clean(functionName(arn))})
	} else if i.URI != "" {
		pairs = append(pairs, component.Pair{Label: "URI", Value: component.Clean(i.URI)})
	}
	if i.TimeoutInMillis > 0 {
		pairs = append(pairs, component.Pair{Label: "Timeout", Value: fmt.Sprintf("%d ms", i.TimeoutInMillis)})
	}
	if i.Credentials != "" {
		pairs = append(pairs, component.Pair{Label: "Execution role", Value: component.Clean(i.Credentials)})
	}
	if i.PassthroughBehavior != "" {
		pairs = append(pairs, component.Pair{Label: "Request body passthrough", Value: component.Clean(i.PassthroughBehavior)})
	}
	parts := append([]component.Block{component.KeyValues(width, columns(width), pairs...)}, templates(width, i.RequestTemplates)...)
	if i.Type == aws.IntegrationLambdaProxy {
		parts = append(parts, faint(width, "Proxy: the whole request (path, headers, query, body) is the function's event."))
	}
	if uneditable(i) == "" {
		parts = append(parts, faint(width, "Edit integration changes it."))
	}
	return component.Stack(width, parts...)
}

// passedThrough says why there is nothing to set for a proxy integration's answer.
const passedThrough = "Proxy integrations hand the function's result to the client as it is: statusCode, headers and body are the function's to say. Nothing is mapped here."

func integrationResponse(width int, i *aws.Integration) component.Block {
	switch {
	case i == nil:
		return faint(width, "The method has no integration.")
	case i.Type == aws.IntegrationLambdaProxy:
		return page.Styled(width, theme.Plain, passedThrough)
	case len(i.IntegrationResponses) == 0:
		return page.Styled(width, theme.Warning, "⚠ No integration responses: requests are answered with 500.")
	}
	var parts []component.Block
	for _, status := range slices.Sorted(maps.Keys(i.IntegrationResponses)) {
		response := i.IntegrationResponses[status]
		pattern := "Default"
		if response.SelectionPattern != "" {
			pattern = component.Clean(response.SelectionPattern)
		}
		parts = append(parts, component.KeyValues(width, 2,
			component.Pair{Label: "Method response status code", Value: component.Clean(status)}, component.Pair{Label: "Selected by", Value: pattern}))
		parts = append(parts, parameters(width, response.ResponseParameters)...)
		parts = append(parts, templates(width, response.ResponseTemplates)...)
	}
	return component.Stack(width, parts...)
}

func methodResponse(width int, m aws.APIMethod) component.Block {
	var parts []component.Block
	if m.MethodIntegration != nil && m.MethodIntegration.Type == aws.IntegrationLambdaProxy {
		parts = append(parts, page.Styled(width, theme.Plain, passedThrough))
	}
	for _, status := range slices.Sorted(maps.Keys(m.MethodResponses)) {
		response := m.MethodResponses[status]
		models := make([]string, 0, len(response.ResponseModels))
		for _, kind := range slices.Sorted(maps.Keys(response.ResponseModels)) {
			models = append(models, kind+": "+response.ResponseModels[kind])
		}
		headers := slices.Sorted(maps.Keys(response.ResponseParameters))
		parts = append(parts, component.KeyValues(width, columns(width),
			component.Pair{Label: "Status code", Value: component.Clean(status)},
			component.Pair{Label: "Response models", Value: component.Clean(strings.Join(models, ", "))},
			component.Pair{Label: "Response headers", Value: component.Clean(strings.Join(headers, ", "))}))
	}
	if len(parts) == 0 {
		parts = append(parts, faint(width, "No responses are declared."))
	}
	return component.Stack(width, parts...)
}

// columns is how many pairs of a label and a value stand beside each other.
func columns(width int) int {
	const each = 26
	return max(1, min(3, width/each))
}

// templates shows mapping templates by their content type.
func templates(width int, all map[string]string) []component.Block {
	var parts []component.Block
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		parts = append(parts, component.Text(width, theme.Heading.Render("Mapping template "+component.Clean(kind))))
		lines := component.CleanLines(all[kind])
		for i, line := range lines {
			lines[i] = "  " + line
		}
		parts = append(parts, component.Text(width, lines...))
	}
	return parts
}

// parameters shows what headers are set from.
func parameters(width int, all map[string]string) []component.Block {
	var parts []component.Block
	for _, name := range slices.Sorted(maps.Keys(all)) {
		parts = append(parts, component.Text(width, component.Clean(name+" ← "+all[name])))
	}
	return parts
}
