package aws_test

import (
	"os/exec"
	"strings"
	"testing"

	"awslab/aws"
)

// TestPayloadsReachTheCLI runs the command of an invocation in a shell where aws
// stands for what reads its input: the bytes are those of the payload.
func TestPayloadsReachTheCLI(t *testing.T) {
	t.Parallel()
	shells := []string{}
	for _, name := range []string{"sh", "bash"} {
		if path, err := exec.LookPath(name); err == nil {
			shells = append(shells, path)
		}
	}
	if len(shells) == 0 {
		t.Skip("there is no shell here")
	}
	op, _ := aws.OperationNamed(aws.ServiceLambda, "Invoke")
	for _, payload := range []string{
		`{}`, `"-n"`, `-1`, `{"a":"It's <ok> & fine"}`, `{"a":"%s %d 100%"}`, `{"a":"\n \\ \u00e9 é 🎉"}`, "{\n\t\"a\": \"`id` $HOME $(id) !x\"\n}\n", `no JSON \0`,
	} {
		command, err := op.Command(aws.InvokeInput{FunctionName: "F", Payload: aws.Payload(payload)}, aws.Place{Region: "us-west-2"})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(command, "| aws lambda invoke \\\n  --function-name F \\\n  --payload fileb:///dev/stdin \\\n") {
			t.Errorf("the command is %s", command)
		}
		for _, shell := range shells {
			got, err := exec.CommandContext(t.Context(), shell, "-c", "aws() { cat; }\n"+command).CombinedOutput()
			if err != nil || string(got) != payload {
				t.Errorf("%s gives %q, %v, want %q", shell, got, err, payload)
			}
		}
	}
}

// TestCommandsTellTextFromTruth has texts that look like something else stand as
// the values of their options.
func TestCommandsTellTextFromTruth(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   any
		want string
	}{
		"lambda:GetFunction":                 {aws.GetFunctionInput{FunctionName: "true", Qualifier: "$LATEST"}, "aws lambda get-function --function-name true --qualifier '$LATEST'"},
		"lambda:UpdateFunctionConfiguration": {aws.UpdateFunctionConfigurationInput{FunctionName: "F", Description: aws.Some("-false")}, "aws lambda update-function-configuration --function-name F --description=-false"},
		"lambda:TagResource":                 {aws.LambdaTagResourceInput{Resource: "arn:f", Tags: map[string]string{"lab": "1"}}, `aws lambda tag-resource --resource arn:f --tags '{"lab":"1"}'`},
		"lambda:UntagResource":               {aws.LambdaUntagResourceInput{Resource: "arn:f", TagKeys: []string{"lab"}}, `aws lambda untag-resource --resource arn:f --tag-keys '["lab"]'`},
		"apigateway:GetTags":                 {aws.GetTagsInput{ResourceArn: "arn:a"}, "aws apigateway get-tags --resource-arn arn:a"},
		"logs:ListTagsForResource":           {aws.ListTagsForResourceInput{ResourceArn: "arn:l"}, "aws logs list-tags-for-resource --resource-arn arn:l"},
		"iam:TagRole":                        {aws.TagRoleInput{RoleName: "R", Tags: []aws.Tag{{Key: "lab", Value: "1"}}}, `aws iam tag-role --role-name R --tags '[{"Key":"lab","Value":"1"}]'`},
		"dynamodb:Query": {
			aws.QueryInput{TableName: "T", KeyConditionExpression: "a = :a", ScanIndexForward: aws.Some(true)},
			"aws dynamodb query --table-name T --key-condition-expression 'a = :a' --scan-index-forward",
		},
	} {
		service, operation, _ := strings.Cut(name, ":")
		op, ok := aws.OperationNamed(aws.Service(service), operation)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		got, err := op.Command(c.in, aws.Place{})
		if got = strings.ReplaceAll(got, " \\\n ", ""); err != nil || got != c.want {
			t.Errorf("%s:\n%s\n%v, want\n%s", name, got, err, c.want)
		}
	}
}
