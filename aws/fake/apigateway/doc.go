// Package apigateway is the REST APIs of API Gateway as a sandbox has them: what
// an API is made of, its deployments and stages, and the requests that they
// answer, by a Lambda function (AWS_PROXY) or by themselves (MOCK).
package apigateway
