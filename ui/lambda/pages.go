package lambda

import (
	"awslab/aws"
	"awslab/ui/nav"
	"awslab/ui/page"
)

// The pages' IDs.
const (
	functionsID       = "lambda/functions"
	createID          = "lambda/create-function"
	functionID        = "lambda/function"
	addTriggerID      = "lambda/add-trigger"
	uploadCodeID      = "lambda/upload-code"
	editGeneralID     = "lambda/edit-general"
	editRuntimeID     = "lambda/edit-runtime"
	editEnvironmentID = "lambda/edit-environment"
	editConcurrencyID = "lambda/edit-concurrency"
	editAsyncID       = "lambda/edit-async"
	manageTagsID      = "lambda/manage-tags"
)

// Pages is the table of the Lambda pages. A route's Name is the function's name;
// its Detail is a tab of the function page ("configuration/triggers" for a
// section of one), or where new code comes from ("zip", "s3").
func Pages() []page.Entry {
	of := func(id, title, crumb, summary string, make func(page.Env, nav.Route) page.Page) page.Entry {
		return page.Entry{
			ID: id, Service: aws.ServiceLambda, Title: title, Named: true, Summary: summary,
			Parent: page.ToNamed(functionID), Crumb: page.Named(crumb), New: make,
		}
	}
	return []page.Entry{
		{
			ID: functionsID, Service: aws.ServiceLambda, Title: "Lambda functions", Nav: "Functions",
			Summary: "Code that runs when something happens", Crumb: page.Named("Functions"), New: newFunctions,
		},
		{
			ID: createID, Service: aws.ServiceLambda, Title: "Create a Lambda function",
			Summary: "A new function, authored from scratch", Parent: page.To(functionsID),
			Crumb: page.Named("Create function"), New: newCreateFunction,
		},
		{
			ID: functionID, Service: aws.ServiceLambda, Title: "Lambda function", Named: true,
			Summary: "One function: code, test, monitor, configuration", Parent: page.To(functionsID),
			Crumb: func(r nav.Route) string { return r.Name }, New: newFunctionPage,
		},
		of(addTriggerID, "Add a trigger", "Add trigger", "Have something set a function off", newAddTrigger),
		of(uploadCodeID, "Upload function code", "Upload code", "A function's code from a zip file or from S3", newUploadCode),
		of(editGeneralID, "Edit basic settings", "Edit basic settings", "A function's description, memory, storage and timeout", newEditGeneral),
		of(editRuntimeID, "Edit runtime settings", "Edit runtime settings", "A function's runtime and handler", newEditRuntime),
		of(editEnvironmentID, "Edit environment variables", "Edit environment variables", "What a function finds in its environment", newEditEnvironment),
		of(manageTagsID, "Manage function tags", "Manage tags", "A function's labels", newManageTags),
		of(editConcurrencyID, "Edit concurrency", "Edit concurrency", "How many events a function handles at once", newEditConcurrency),
		of(editAsyncID, "Edit asynchronous configuration", "Edit asynchronous configuration", "How long and how often events are tried", newEditAsync),
	}
}
