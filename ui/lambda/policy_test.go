package lambda

import "testing"

func TestStatementsAreUnderstood(t *testing.T) {
	t.Parallel()
	all, err := parsePolicy(`{"Version":"2012-10-17","Id":"default","Statement":[
		{"Sid":"one","Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"lambda:InvokeFunction","Resource":"*",
		 "Condition":{"StringEquals":{"AWS:SourceAccount":"000000000000"},"ArnLike":{"aws:sourcearn":["arn:aws:s3:::image-1"]}}},
		{"Sid":"two","Effect":"Allow","Principal":"*","Action":["lambda:InvokeFunction","lambda:GetFunction"]},
		{"Sid":"three","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"lambda:InvokeFunction"}]}`)
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v, %v", all, err)
	}
	if bucket, ok := all[0].bucket(); !ok || bucket != "image-1" || all[0].account() != "000000000000" {
		t.Errorf("%+v", all[0])
	}
	for i, want := range []string{"s3.amazonaws.com", "*", "arn:aws:iam::000000000000:root"} {
		if got := all[i].principal(); got != want {
			t.Errorf("%s: %q", all[i].Sid, got)
		}
	}
	if _, ok := all[1].bucket(); ok || joined(all[1].Action) != "lambda:InvokeFunction, lambda:GetFunction" {
		t.Errorf("%+v", all[1])
	}
}

// TestWhomLambdaMayBe tells the roles that Lambda may assume from the others.
func TestWhomLambdaMayBe(t *testing.T) {
	t.Parallel()
	for document, want := range map[string]bool{
		lambdaTrust: true,
		`{"Statement":[{"Effect":"Allow","Principal":{"Service":["ec2.amazonaws.com","lambda.amazonaws.com"]}}]}`: true,
		`{"Statement":[{"Effect":"Deny","Principal":{"Service":"lambda.amazonaws.com"}}]}`:                        false,
		`{"Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"}}]}`:                          false,
		`no JSON`: false,
	} {
		if got := trustsLambda(document); got != want {
			t.Errorf("%s: %v", document, got)
		}
	}
}

// FuzzPolicy: no policy document, however odd, does harm.
func FuzzPolicy(f *testing.F) {
	f.Add(`{"Statement":[{"Sid":"s","Principal":{"Service":["s3.amazonaws.com",{}]},"Condition":{"ArnLike":{"AWS:SourceArn":[[[]]]}}}]}`)
	f.Add(`{"Statement":[null,{}]}`)
	f.Add(lambdaTrust)
	f.Add(`{"Statement":[{"Sid":"s","Principal":{"Service":"apigateway.amazonaws.com"},"Condition":{"ArnLike":{"AWS:SourceArn":"arn:aws:execute-api:r:0:abc/*/*/FAQ"}}}]}`)
	f.Fuzz(func(t *testing.T, document string) {
		trustsLambda(document)
		all, err := parsePolicy(document)
		if err != nil {
			return
		}
		for _, s := range all {
			if bucket, ok := s.bucket(); ok && bucket == "" && s.source() == "" {
				t.Errorf("%q: a bucket of nothing", document)
			}
			if g, ok := s.grant(); ok && g.covers("GET", "/{a}/b") && !g.covers("ANY", "/{a}/b") {
				t.Errorf("%q: allowed for GET, and not for any method", document)
			}
			if got := (apiTrigger{statements: []statement{s}}).details(); len(got) != 8 {
				t.Errorf("%d details", len(got))
			}
			if got := (s3Trigger{bucket: "b", statement: &s}).details(); len(got) != 9 {
				t.Errorf("%d details", len(got))
			}
		}
	})
}
