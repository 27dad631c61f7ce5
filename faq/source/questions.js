{{define "questions"}}  service: {{js .Service}},
  reference: {{js .Reference}},
  questions: [
{{- range .Questions}}
    // {{.Source}} ({{.Checked}})
    {
      q: {{js .Text}},
      a: {{js .Answer}},
    },
{{- end}}
  ],
{{end -}}
