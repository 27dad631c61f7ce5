package s3

// Config says where S3 is and who asks.
type Config struct {
	Region          string // such as "us-east-1"
	AccessKeyID     string
	SecretAccessKey string
	SessionToken    string // of temporary credentials, as a function's are; "" for lasting ones
	Endpoint        string // such as "http://127.0.0.1:4566"; "" for AWS's own
}

// Environment reads the settings that Lambda, and every AWS SDK, keeps in
// environment variables; getenv is [os.Getenv].
func Environment(getenv func(string) string) Config {
	first := func(names ...string) string {
		for _, name := range names {
			if value := getenv(name); value != "" {
				return value
			}
		}
		return ""
	}
	return Config{
		Region:          first("AWS_REGION", "AWS_DEFAULT_REGION"),
		AccessKeyID:     getenv("AWS_ACCESS_KEY_ID"),
		SecretAccessKey: getenv("AWS_SECRET_ACCESS_KEY"),
		SessionToken:    getenv("AWS_SESSION_TOKEN"),
		Endpoint:        first("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"),
	}
}
