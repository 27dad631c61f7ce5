package endpoint

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"

	"awslab/aws"
)

// gap is a member that AWS has and the vocabulary has not, and that changes what
// a call does: to leave it out in silence would be to tell of what was not done.
type gap struct {
	member string
	what   string // that it asks for, in the plural: "VPCs"
	idle   string // the value that asks for none of it; false unless given
}

// refuse is the error of a call that comes with the member; nil where its value asks
// for nothing. The code is none of AWS's, where the call would do what it says.
func (g gap) refuse(value any) error {
	if g.idles(value) {
		return nil
	}
	return fault(http.StatusBadRequest, "NotImplemented", fmt.Sprintf("The sandbox has no %s: leave out %s. Nothing was done.", g.what, g.member))
}

// idles reports whether a value asks for nothing: it is one that does, or all its
// parts are.
func (g gap) idles(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case branch:
		return g.idles(map[string]any(value))
	case map[string]any:
		return g.idles(slices.Collect(maps.Values(value)))
	case []any:
		return !slices.ContainsFunc(value, func(part any) bool { return !g.idles(part) })
	}
	text := fmt.Sprint(value)
	return text == "" || text == cmp.Or(g.idle, "false")
}

// What several members ask for.
const (
	noKeys       = "KMS keys"
	noImages     = "container images"
	noVersions   = "versions and aliases of functions"
	noGlobal     = "global tables"
	noTracing    = "X-Ray tracing"
	noCaches     = "caches of API stages"
	noConversion = "conversions between binary and text"
	noGroupARN   = "log groups named by their ARN"
	noAccounts   = "accounts but one"
)

// gaps are the members that are lacking in the vocabulary's structures, as they are
// called on the wire.
var gaps = map[reflect.Type][]gap{
	reflect.TypeFor[aws.CreateFunctionInput](): append([]gap{
		{"CodeSigningConfigArn", "code signing", ""},
		{"Publish", noVersions, ""},
		{"PublishTo", noVersions, ""},
		{"TenancyConfig", "functions that keep tenants apart", ""},
	}, settingGaps...),
	reflect.TypeFor[aws.UpdateFunctionConfigurationInput](): settingGaps,
	reflect.TypeFor[aws.FunctionCode]():                     codeGaps,
	reflect.TypeFor[aws.UpdateFunctionCodeInput](): append([]gap{
		{"Publish", noVersions, ""},
		{"PublishTo", noVersions, ""},
	}, codeGaps...),
	reflect.TypeFor[aws.DeleteFunctionInput](): {
		{"Qualifier", "versions of functions, and deletes a function as a whole or not at all", ""},
	},
	reflect.TypeFor[aws.ListFunctionsInput](): {{"MasterRegion", "functions at the edge", "ALL"}},
	reflect.TypeFor[aws.InvokeInput](): {
		{"DurableExecutionName", "durable functions", ""},
		{"TenantId", "functions that keep tenants apart", ""},
	},
	reflect.TypeFor[aws.AddPermissionInput](): {
		{"EventSourceToken", "Alexa skills", ""},
		{"FunctionUrlAuthType", "function URLs", ""},
		{"InvokedViaFunctionUrl", "function URLs", ""},
		{"PrincipalOrgID", "organizations", ""},
		{"Qualifier", noVersions, ""},
		{"RevisionId", "conditions on a policy's revision", ""},
	},
	reflect.TypeFor[aws.RemovePermissionInput](): {
		{"Qualifier", noVersions, ""},
		{"RevisionId", "conditions on a policy's revision", ""},
	},
	reflect.TypeFor[aws.LambdaGetPolicyInput](): {{"Qualifier", noVersions, ""}},
	reflect.TypeFor[aws.PutFunctionEventInvokeConfigInput](): {
		{"DestinationConfig", "destinations of asynchronous invocations", ""},
		{"Qualifier", noVersions, "$LATEST"},
	},
	reflect.TypeFor[aws.GetFunctionEventInvokeConfigInput]():    {{"Qualifier", noVersions, "$LATEST"}},
	reflect.TypeFor[aws.DeleteFunctionEventInvokeConfigInput](): {{"Qualifier", noVersions, "$LATEST"}},

	reflect.TypeFor[aws.CreateTableInput](): append([]gap{
		{"GlobalTableSourceArn", noGlobal, ""},
		{"ResourcePolicy", "resource policies of tables", ""},
		{"VectorIndexes", "vector indexes", ""},
	}, tableGaps...),
	reflect.TypeFor[aws.UpdateTableInput](): append([]gap{
		{"DisassociationProtectionEnabled", noGlobal, ""},
		{"GlobalTableWitnessUpdates", noGlobal, ""},
		{"MultiRegionConsistency", noGlobal, ""},
		{"ReplicaUpdates", noGlobal, ""},
		{"VectorIndexUpdates", "vector indexes", ""},
	}, tableGaps...),
	reflect.TypeFor[aws.GlobalSecondaryIndex]():       throughputGaps,
	reflect.TypeFor[aws.UpdateGlobalSecondaryIndex](): throughputGaps,
	reflect.TypeFor[aws.GetShardIteratorInput]():      {{"Timestamp", "iterators that start at a time", ""}},

	reflect.TypeFor[aws.CreateRestApiInput](): {
		{"apiKeySource", "authorizers", "HEADER"},
		{"disableExecuteApiEndpoint", "domain names of one's own, by which alone an API could be called", ""},
		{"endpointAccessMode", "choice of TLS", "BASIC"},
		{"minimumCompressionSize", "compression of what APIs answer", ""},
		{"policy", "resource policies of APIs", ""},
		{"securityPolicy", "choice of TLS", "TLS_1_0"},
	},
	reflect.TypeFor[aws.EndpointConfiguration](): {
		{"ipAddressType", "APIs that are reached by IPv6", "ipv4"},
		{"vpcEndpointIds", "VPCs", ""},
	},
	reflect.TypeFor[aws.PutMethodInput](): {
		{"authorizationScopes", "authorizers", ""},
		{"authorizerId", "authorizers", ""},
		{"operationName", "operation names of methods", ""},
		{"requestModels", "models of requests", "Empty"},
		{"requestValidatorId", "validators of requests", ""},
	},
	reflect.TypeFor[aws.PutIntegrationInput](): {
		{"cacheKeyParameters", noCaches, ""},
		{"cacheNamespace", noCaches, ""},
		{"connectionId", "VPC links", ""},
		{"connectionType", "VPC links", "INTERNET"},
		{"contentHandling", noConversion, ""},
		{"integrationTarget", "VPC links", ""},
		{"responseTransferMode", "responses that are streamed", "BUFFERED"},
		{"tlsConfig", "integrations with servers over HTTPS", ""},
	},
	reflect.TypeFor[aws.PutIntegrationResponseInput](): {{"contentHandling", noConversion, ""}},
	reflect.TypeFor[aws.CreateDeploymentInput]():       stageGaps,
	reflect.TypeFor[aws.CreateStageInput]():            append([]gap{{"documentationVersion", "documentation of APIs", ""}}, stageGaps...),
	reflect.TypeFor[aws.TestInvokeMethodInput]():       {{"clientCertificateId", "client certificates", ""}},

	reflect.TypeFor[aws.CreateLogGroupInput](): {
		{"deletionProtectionEnabled", "deletion protection of log groups", ""},
		{"kmsKeyId", noKeys, ""},
		{"logGroupClass", "log group class but STANDARD", "STANDARD"},
	},
	reflect.TypeFor[aws.DescribeLogGroupsInput](): {
		{"accountIdentifiers", noAccounts, ""},
		{"logGroupClass", "log group class but STANDARD", "STANDARD"},
		{"logGroupIdentifiers", noGroupARN, ""},
	},
	reflect.TypeFor[aws.DescribeLogStreamsInput](): {{"logGroupIdentifier", noGroupARN, ""}},
	reflect.TypeFor[aws.GetLogEventsInput]():       {{"logGroupIdentifier", noGroupARN, ""}},
	reflect.TypeFor[aws.FilterLogEventsInput](): {
		{"logGroupIdentifier", noGroupARN, ""},
		{"startFromHead", "search from the latest event on", "true"},
	},

	reflect.TypeFor[aws.MetricDataQuery]():          {{"AccountId", noAccounts, ""}},
	reflect.TypeFor[aws.GetMetricStatisticsInput](): {{"ExtendedStatistics", "percentiles, since it keeps sums of values and not each", ""}},
	reflect.TypeFor[aws.ListMetricsInput](): {
		{"OwningAccount", noAccounts, ""},
		{"RecentlyActive", "lists of what metrics had data lately", ""},
	},
	reflect.TypeFor[aws.PutMetricDataInput](): {{"EntityMetricData", "entities that metrics are of", ""}},

	reflect.TypeFor[aws.CreateRoleInput](): {
		{"MaxSessionDuration", "sessions of roles but those of an hour", "3600"},
		{"PermissionsBoundary", "permissions boundaries", ""},
	},
	reflect.TypeFor[aws.ListAttachedRolePoliciesInput](): {{"PathPrefix", "lists of a role's policies by their path", "/"}},
	reflect.TypeFor[aws.ListPoliciesInput]():             {{"PolicyUsageFilter", "permissions boundaries, and lists all policies alike", ""}},
}

// settingGaps are the settings of functions that making and changing one share.
var settingGaps = []gap{
	{"CapacityProviderConfig", "capacity providers", ""},
	{"DeadLetterConfig", "dead-letter queues", ""},
	{"DurableConfig", "durable functions", ""},
	{"FileSystemConfigs", "file systems", ""},
	{"ImageConfig", noImages, ""},
	{"KMSKeyArn", noKeys, ""},
	{"Layers", "layers", ""},
	{"LoggingConfig", "log of a function but the text in its own log group", "Text"},
	{"SnapStart", "SnapStart", "None"},
	{"TracingConfig", noTracing, "PassThrough"},
	{"VpcConfig", "VPCs", ""},
}

var codeGaps = []gap{
	{"ImageUri", noImages, ""},
	{"S3ObjectStorageMode", "code that stays in its bucket", "COPY"},
	{"S3ObjectVersion", "code of a certain version of an object", ""},
	{"SourceKMSKeyArn", noKeys, ""},
}

// throughputGaps is of tables and of their indexes; -1 is no limit.
var throughputGaps = []gap{{"OnDemandThroughput", "limits of on-demand throughput", "-1"}, {"WarmThroughput", "choice of warm throughput", ""}}

var tableGaps = append([]gap{
	{"GlobalTableSettingsReplicationMode", noGlobal, "DISABLED"},
	{"SSESpecification", noKeys, ""},
}, throughputGaps...)

var stageGaps = []gap{
	{"cacheClusterEnabled", noCaches, ""},
	{"cacheClusterSize", noCaches, ""},
	{"canarySettings", "canary releases", ""},
	{"tracingEnabled", noTracing, ""},
}
