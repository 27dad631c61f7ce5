// Package apigateway holds the console's pages of Amazon API Gateway: REST APIs,
// their resources and methods, stages and deployments, and the test of a method.
package apigateway
