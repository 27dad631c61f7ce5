// A microservice with a mistake: it answers each request with a random
// question about AWS Lambda, but API Gateway does not understand it.

// This runs once for each execution environment, before the first request.
const faq = {
{{template "questions" .}}};

// Lambda calls the handler for each request.
export const handler = async (event) => {
  const index = Math.floor(Math.random() * faq.questions.length);
  console.log("Quote selected: ", index);

  // The mistake: this body is an object. Lambda has nothing against it, a test
  // of the function succeeds; API Gateway wants a string, calls the response
  // malformed and answers 502. The cure is JSON.stringify(...) around it.
  const response = {
    body: faq.questions[index],
  };
  console.log(response);
  return response;
};
