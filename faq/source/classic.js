// A microservice: it answers each request with a random question about
// AWS Lambda and the answer to it. It is written as one did before async
// functions; nodejs22.x still runs that.

// This runs once for each execution environment, before the first request.
var faq = {
{{template "questions" .}}};

// Lambda calls the handler for each request, with what API Gateway tells about
// the request and with the means to end it.
exports.handler = function (event, context) {
  var index = Math.floor(Math.random() * faq.questions.length);
  console.log("Quote selected: ", index);

  // The body must be a string, so the question becomes JSON here, and once
  // more with the whole response: in the result of a test it is encoded twice.
  var response = {
    body: JSON.stringify(faq.questions[index]),
  };
  console.log(response);

  // nodejs24.x no longer has context.succeed: return the response there, from
  // an async function.
  context.succeed(response);
};
