package endpoint

import (
	"bytes"
	"encoding/xml"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"awslab/aws"
)

// answerQuery sends an operation's output as XML.
func (x *exchange) answerQuery(op *operation, out reflect.Value) {
	body := opened(op.Name+"Response", x.of.namespace)
	if len(op.out.members) > 0 {
		body.WriteString("<" + op.Name + "Result>")
		encodeXML(body, op.out, out)
		body.WriteString("</" + op.Name + "Result>")
	}
	body.WriteString("<ResponseMetadata>")
	element(body, "RequestId", x.id)
	body.WriteString("</ResponseMetadata></" + op.Name + "Response>")
	x.answerXML(http.StatusOK, body)
}

func (x *exchange) answerXML(status int, body *bytes.Buffer) {
	x.w.Header().Set("x-amzn-RequestId", x.id)
	x.answer(status, "text/xml", body.Bytes())
}

func (queryDialect) refuse(x *exchange, failed *aws.Error) {
	namespace, kind := "", "Sender"
	if x.of != nil {
		namespace = x.of.namespace
	}
	if failed.Status >= http.StatusInternalServerError {
		kind = "Receiver"
	}
	code := failed.Code
	if code == "SerializationException" {
		code = "MalformedInput"
	}
	body := opened("ErrorResponse", namespace)
	body.WriteString("<Error>")
	element(body, "Type", kind)
	element(body, "Code", code)
	element(body, "Message", failed.Message)
	body.WriteString("</Error>")
	element(body, "RequestId", x.id)
	body.WriteString("</ErrorResponse>")
	x.answerXML(failed.Status, body)
}

// opened begins a document.
func opened(name, namespace string) *bytes.Buffer {
	var body bytes.Buffer
	body.WriteString("<" + name)
	if namespace != "" {
		body.WriteString(` xmlns="` + namespace + `"`)
	}
	body.WriteByte('>')
	return &body
}

// element writes an element that holds text.
func element(body *bytes.Buffer, name, text string) {
	body.WriteByte('<')
	body.WriteString(name)
	body.WriteByte('>')
	if strings.IndexFunc(text, needsEscape) < 0 {
		body.WriteString(text)
	} else {
		_ = xml.EscapeText(body, []byte(text)) // a buffer takes all
	}
	body.WriteString("</")
	body.WriteString(name)
	body.WriteByte('>')
}

// needsEscape reports whether a character has to be looked at by encoding/xml.
func needsEscape(r rune) bool {
	return r < ' ' || r == '<' || r == '>' || r == '&' || r == '\'' || r == '"' || r >= utf8.RuneSelf
}

// encodeXML writes what is inside a value's element.
func encodeXML(body *bytes.Buffer, s *shape, v reflect.Value) {
	switch s.kind {
	case ofStructure:
		s.each(v, func(m *member, v reflect.Value) {
			if encodedDocuments[m.name] && m.shape.kind == ofText {
				// Percent-encoding has no plus for a space.
				element(body, m.name, strings.ReplaceAll(url.QueryEscape(v.String()), "+", "%20"))
				return
			}
			body.WriteString("<" + m.name + ">")
			encodeXML(body, m.shape, v)
			body.WriteString("</" + m.name + ">")
		})
	case ofSequence:
		for i := range v.Len() {
			body.WriteString("<member>")
			encodeXML(body, s.elem, v.Index(i))
			body.WriteString("</member>")
		}
	case ofDictionary:
		for _, key := range sortedKeys(v) {
			body.WriteString("<entry>")
			element(body, "key", key.String())
			body.WriteString("<value>")
			encodeXML(body, s.elem, v.MapIndex(key))
			body.WriteString("</value></entry>")
		}
	case ofPointer:
		encodeXML(body, s.elem, v.Elem())
	case ofOption:
		encodeXML(body, s.elem, unwrapped(v))
	case ofMoment:
		body.WriteString(moment(v).UTC().Format(time.RFC3339))
	case ofWhole:
		body.WriteString(strconv.FormatInt(v.Int(), 10))
	case ofDecimal:
		body.Write(strconv.AppendFloat(nil, v.Float(), 'g', -1, 64))
	case ofTruth:
		body.WriteString(strconv.FormatBool(v.Bool()))
	case ofText:
		_ = xml.EscapeText(body, []byte(v.String()))
	default: // nothing else is in these services
		_ = xml.EscapeText(body, appendJSON(nil, s, v))
	}
}
