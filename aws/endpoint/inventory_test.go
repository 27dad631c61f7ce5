package endpoint

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"awslab/aws"

	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// harmless are the members that the vocabulary lacks and that may be passed over.
var harmless = map[string]string{
	"lambda:ListFunctions FunctionVersion":            "each function has one version",
	"apigateway:UpdateStage PatchOperations.From":     "the operations that have it are refused",
	"apigateway:GetTags Limit":                        "AWS does not go by it either",
	"apigateway:GetTags Position":                     "AWS does not go by it either",
	"logs:DescribeLogGroups IncludeLinkedAccounts":    "no account is linked",
	"logs:PutLogEvents Entity":                        "nothing that there is tells of it",
	"logs:GetLogEvents Unmask":                        "nothing is masked",
	"logs:FilterLogEvents Unmask":                     "nothing is masked",
	"logs:FilterLogEvents Interleaved":                "AWS does not go by it any more",
	"cloudwatch:GetMetricData LabelOptions":           "it is about times in labels, which have none",
	"cloudwatch:ListMetrics IncludeLinkedAccounts":    "no account is linked",
	"cloudwatch:PutMetricData StrictEntityValidation": "it is about entities, which are refused",
}

// clients are those of the services whose inputs are structures on the wire.
var clients = map[aws.Service]reflect.Type{
	aws.ServiceDynamoDB:        reflect.TypeFor[*dynamodb.Client](),
	aws.ServiceDynamoDBStreams: reflect.TypeFor[*dynamodbstreams.Client](),
	aws.ServiceLogs:            reflect.TypeFor[*cloudwatchlogs.Client](),
	aws.ServiceCloudWatch:      reflect.TypeFor[*cloudwatch.Client](),
	aws.ServiceIAM:             reflect.TypeFor[*iam.Client](),
	aws.ServiceSTS:             reflect.TypeFor[*sts.Client](),
	aws.ServiceLambda:          reflect.TypeFor[*lambda.Client](),
	aws.ServiceAPIGateway:      reflect.TypeFor[*apigateway.Client](),
}

// inventory compares the inputs of the operations with those of AWS.
type inventory struct {
	found map[string]bool // the harmless members
	met   map[reflect.Type]bool
}

// TestInventory has each member of AWS's inputs either in the vocabulary, or among
// the gaps, or harmless, with a reason; and no gap that is none.
func TestInventory(t *testing.T) {
	t.Parallel()
	all := inventory{make(map[string]bool), make(map[reflect.Type]bool)}
	for _, ops := range newOperations(make(shapes)) {
		for name, op := range ops {
			method, ok := clients[op.Service].MethodByName(name)
			if !ok {
				t.Fatalf("%s is no operation of AWS's", name)
			}
			all.compare(t, op.String()+" ", op.in, method.Type.In(2)) // after the receiver and the context
		}
	}
	for name := range harmless {
		if !all.found[name] {
			t.Errorf("%s is no member that the vocabulary lacks", name)
		}
	}
	for of := range gaps {
		if !all.met[of] {
			t.Errorf("%v is in no input", of)
		}
	}
}

// compare compares a type of AWS's with ours, and goes on with its members; at is
// where it was met.
func (all inventory) compare(t *testing.T, at string, ours *shape, theirs reflect.Type) {
	t.Helper()
	for ours.elem != nil {
		ours = ours.elem
	}
	for theirs.Kind() == reflect.Pointer || theirs.Kind() == reflect.Slice || theirs.Kind() == reflect.Map {
		theirs = theirs.Elem()
	}
	if ours.kind != ofStructure || theirs.Kind() != reflect.Struct {
		return
	}
	all.met[ours.of] = true
	left := make(map[string]bool)
	for _, g := range ours.gaps {
		left[strings.ToLower(g.member)] = true
	}
	for _, field := range reflect.VisibleFields(theirs) {
		name := strings.ToLower(field.Name)
		i := slices.IndexFunc(ours.members, func(m member) bool { return strings.ToLower(m.name) == name })
		switch place := at + field.Name; {
		case i >= 0 && left[name]:
			t.Errorf("%s is in the vocabulary, and among the gaps", place)
		case i >= 0:
			all.compare(t, place+".", ours.members[i].shape, field.Type)
		case harmless[place] != "" && !left[name]:
			all.found[place] = true
		case !left[name] && field.IsExported() && field.Name != "ResultMetadata":
			t.Errorf("%s is passed over in silence", place)
		}
		delete(left, name)
	}
	for name := range left {
		t.Errorf("%s%s is no member of AWS's", at, name)
	}
}
