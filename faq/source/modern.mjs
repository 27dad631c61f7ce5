// A microservice: it answers each request with a random question about
// AWS Lambda and the answer to it.

// This runs once for each execution environment, before the first request.
const faq = {
{{template "questions" .}}};

// Lambda calls the handler for each request. API Gateway tells in the event
// all about it: method, path, headers, body. We need none of that.
export const handler = async (event) => {
  const index = Math.floor(Math.random() * faq.questions.length);
  console.log("Quote selected: ", index);

  // API Gateway makes an HTTP response of what we return. The body must be a
  // string, so the question becomes JSON here. Lambda then turns the whole
  // response into JSON, too: in the result of a test, the body is encoded
  // twice, with \" inside. API Gateway takes the outer layer off again.
  // Without a statusCode the status is 200.
  const response = {
    body: JSON.stringify(faq.questions[index]),
  };
  console.log(response);
  return response;
};
