package apigateway

import (
	"strings"
	"testing"

	"awslab/aws"
	"awslab/ui/component"
	"awslab/ui/nav"
	"awslab/ui/page/pagetest"
)

// TestPagesFitEverySize draws each page in small and in large.
func TestPagesFitEverySize(t *testing.T) {
	t.Parallel()
	f := makeFAQ(t, sandbox(t))
	b := newBench(t, f.cloud)
	for _, route := range []nav.Route{
		{Page: apisID}, {Page: createAPIID}, {Page: apiID, Name: f.id}, {Page: apiID, Name: f.id, Detail: f.resource + "/ANY"},
		{Page: createResourceID, Name: f.id, Detail: f.resource}, {Page: createMethodID, Name: f.id, Detail: f.resource},
		{Page: editIntegrationID, Name: f.id, Detail: f.resource + "/ANY"}, {Page: deployID, Name: f.id}, {Page: stagesID, Name: f.id},
		{Page: createStageID, Name: f.id}, {Page: editStageID, Name: f.id, Detail: "myDeployment"}, {Page: deploymentsID, Name: f.id},
	} {
		for _, size := range [][2]int{{40, 10}, {80, 24}, {170, 55}} {
			b.Width, b.Height = size[0], size[1]
			b.Open(route)
			b.View()
			p, ok := b.Page.(*apiPage)
			if !ok || route.Detail == "" {
				continue
			}
			for part := range p.parts.Titles {
				p.parts.SetActive(part)
				b.View()
			}
			b.Do(p.test.test())
			b.View()
			if size[0] >= 80 {
				b.Shows("Status 500")
			}
		}
	}
}

// TestFaultsAreTold and go when what was wrong is right again.
func TestFaultsAreTold(t *testing.T) {
	t.Parallel()
	w := pagetest.Watch(sandbox(t))
	f := makeFAQ(t, w.Cloud)
	b := newBench(t, w.Cloud)
	for _, c := range []struct {
		route           nav.Route
		operation, told string
	}{
		{nav.Route{Page: apisID}, "GetRestApis", "The APIs could not be read"},
		{nav.Route{Page: apiID, Name: f.id}, "GetResources", "The resources could not be read"},
		{nav.Route{Page: stagesID, Name: f.id}, "GetStages", "The stages could not be read"},
		{nav.Route{Page: deploymentsID, Name: f.id}, "GetDeployments", "The deployments could not be read"},
		{nav.Route{Page: createMethodID, Name: f.id, Detail: f.resource}, "GetResource", "What the form needs could not be read"},
	} {
		w.Refuse(c.operation)
		b.Open(c.route).Shows(c.told, "It went wrong")
		w.Allow()
		b.Do(b.Page.Init())
		b.Lacks(c.told)
	}
	b.Open(nav.Route{Page: apiID, Name: "gone"}).Shows("The resources could not be read", "NotFoundException")
	w.Refuse("AddPermission")
	b.Open(nav.Route{Page: createMethodID, Name: f.id, Detail: f.resource}).Choose("Method type", "POST").Choose("Lambda function", "FAQ")
	b.Press("Create method").Shows("The method was not created", "It went wrong")
	w.Allow()
	b.Open(nav.Route{Page: apiID, Name: f.id}).Lacks("POST")
	b.Open(nav.Route{Page: createMethodID, Name: f.id, Detail: f.resource}).Choose("Method type", "POST").Choose("Lambda function", "FAQ").Press("Create method")
	b.Open(nav.Route{Page: apiID, Name: f.id}).Press("POST").Shows("POST /FAQ").Lacks("⚠")
}

// TestWithoutAPort the URL is not to be had, and that is said.
func TestWithoutAPort(t *testing.T) {
	t.Parallel()
	f := makeFAQ(t, sandboxAt(t, ""))
	b := newBench(t, f.cloud).Open(nav.Route{Page: stagesID, Name: f.id}).Shows("answers on no port")
	for _, z := range b.View().Zones {
		if z.Label == "Open URL" && z.Disabled == "" {
			t.Error("there is a URL to open")
		}
	}
}

// TestWhatAFormMadeIsChosen when the page is in front again.
func TestWhatAFormMadeIsChosen(t *testing.T) {
	t.Parallel()
	f := makeFAQ(t, sandbox(t))
	b := newBench(t, f.cloud).Open(nav.Route{Page: apiID, Name: f.id}).Press("/FAQ").Press("Create resource")
	_, err := f.cloud.APIGateway.CreateResource(t.Context(), aws.CreateResourceInput{RestAPIID: f.id, ParentID: f.resource, PathPart: "more"})
	if err != nil {
		t.Fatal(err)
	}
	b.Do(b.Page.Init())
	b.Shows("/FAQ/more").Press("/FAQ").Press("Refresh")
	for _, z := range b.View().Zones {
		if z.Role == component.RoleRow && z.Label != strings.TrimSpace(z.Label) {
			t.Errorf("the row %q is named with its indentation", z.Label)
		}
	}
}

func benchmarkView(b *testing.B, route func(faqAPI) nav.Route, act func(*pagetest.Bench)) {
	b.Helper()
	f := makeFAQ(b, sandbox(b))
	bench := newBench(b, f.cloud)
	bench.Width, bench.Height = 170, 55
	bench.Open(route(f))
	if act != nil {
		act(bench)
	}
	b.ReportAllocs()
	for b.Loop() {
		bench.Page.View(170, 55)
	}
}

func BenchmarkMethodView(b *testing.B) {
	benchmarkView(b, func(f faqAPI) nav.Route { return nav.Route{Page: apiID, Name: f.id, Detail: f.resource + "/ANY"} }, nil)
}

func BenchmarkTestView(b *testing.B) {
	benchmarkView(b, func(f faqAPI) nav.Route { return nav.Route{Page: apiID, Name: f.id, Detail: f.resource + "/ANY"} },
		func(bench *pagetest.Bench) { bench.Press("Test").Press("Test") })
}

func BenchmarkStagesView(b *testing.B) {
	benchmarkView(b, func(f faqAPI) nav.Route { return nav.Route{Page: stagesID, Name: f.id} }, nil)
}

func BenchmarkCreateMethodView(b *testing.B) {
	benchmarkView(b, func(f faqAPI) nav.Route { return nav.Route{Page: createMethodID, Name: f.id, Detail: f.resource} }, nil)
}
