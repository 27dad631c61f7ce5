package python

import (
	"bytes"
	"image"
	"io"
	"net/http"
	"strings"
	"testing"
)

// createThumbnail is what functions of this kind look like.
const createThumbnail = `
import os
import uuid
from urllib.parse import unquote_plus

import boto3
from PIL import Image

s3_client = boto3.client('s3')


def resize_image(image_path, resized_path):
    with Image.open(image_path) as image:
        image.thumbnail((128, 128))
        image.save(resized_path)


def handler(event, context):
    for record in event['Records']:
        bucket = record['s3']['bucket']['name']
        key = unquote_plus(record['s3']['object']['key'])
        folder = os.environ.get('TMPDIR', '/tmp')
        download_path = '{}/{}{}'.format(folder, uuid.uuid4(), os.path.basename(key))
        upload_path = '{}/resized-{}'.format(folder, os.path.basename(key))
        s3_client.download_file(bucket, key, download_path)
        resize_image(download_path, upload_path)
        s3_client.upload_file(upload_path, 'photos', 'small/' + key)
`

func s3Event(bucket, key string) string {
	return `{"Records":[{"s3":{"bucket":{"name":"` + bucket + `"},"object":{"key":"` + key + `"}}}]}`
}

func TestThumbnailFunction(t *testing.T) {
	t.Parallel()
	s3 := newFakeS3(t)
	s3.objects["photos/Happy Face.jpg"] = fakeObject{body: jpegOf(t, photo(640, 480))}
	s3.objects["photos/text.jpg"] = fakeObject{body: []byte("text")}
	got := run(t, function{
		files: map[string]string{"CreateThumbnail.py": createThumbnail}, handler: "CreateThumbnail.handler", endpoint: s3,
		events: []string{s3Event("photos", "Happy+Face.jpg"), s3Event("photos", "Happy+Face.jpg"),
			s3Event("photos", "nope.jpg"), s3Event("secret", "x.jpg"), s3Event("photos", "text.jpg")},
	})
	if len(got.Answers) != 5 || got.Answers[0].Body != "null" || got.Answers[1].Body != "null" {
		t.Fatalf("%+v", got)
	}
	small, _, err := image.DecodeConfig(bytes.NewReader(s3.objects["photos/small/Happy Face.jpg"].body))
	if err != nil || small.Width != 128 || small.Height != 96 {
		t.Errorf("the thumbnail: %v %v", small, err)
	}
	for n, want := range map[int]string{
		2: `{"errorMessage": "An error occurred (404) when calling the HeadObject operation: Not Found", "errorType": "ClientError", `,
		3: `{"errorMessage": "An error occurred (403) when calling the HeadObject operation: Forbidden", "errorType": "ClientError", `,
		4: `{"errorMessage": "cannot identify image file '`,
	} {
		if !strings.HasPrefix(got.Answers[n].Body, want) {
			t.Errorf("answer %d: %s", n, got.Answers[n].Body)
		}
	}
}

func TestOwnPackagesComeFirst(t *testing.T) {
	t.Parallel()
	got := run(t, function{
		files: map[string]string{
			"index.py":          "import boto3, PIL\ndef handler(event, context):\n    return [boto3.WHOSE, PIL.WHOSE]\n",
			"boto3/__init__.py": "WHOSE = 'own boto3'\n", "PIL/__init__.py": "WHOSE = 'own PIL'\n",
		},
		events: []string{"{}"},
	})
	same(t, "answer", got.Answers[0].Body, `["own boto3", "own PIL"]`)
}

func TestPillowForAnotherPython(t *testing.T) {
	t.Parallel()
	const notice = "[LAB] The Pillow in this package is built for another Python or computer than this one (CPython 3.14, "
	files := map[string]string{
		"index.py":        "import PIL.Image\ndef handler(event, context):\n    return PIL.__version__\n",
		"PIL/__init__.py": "__version__ = '8.0'\n", "PIL/Image.py": "from . import _imaging\n",
		"PIL/_imaging.cpython-37m-x86_64-linux-gnu.so": "",
	}
	got := run(t, function{files: files, events: []string{"1", "2"}})
	if len(got.Log) != 1 || !strings.HasPrefix(got.Log[0], notice) || got.Answers[0].Body != `"0.0.0+sandbox"` {
		t.Errorf("%+v", got)
	}
	files["index.py"] = "def handler(event, context):\n    return 1\n"
	if got := run(t, function{files: files, events: []string{"1"}}); len(got.Log) != 0 {
		t.Errorf("a notice about a Pillow that nobody imports: %q", got.Log)
	}
}

func TestOldBotocoreIsToldTheEndpoint(t *testing.T) {
	t.Parallel()
	got := run(t, function{
		files: map[string]string{
			"index.py":             "import os\nfrom botocore.session import Session\ndef handler(event, context):\n    s = Session()\n    return [s.create_client('s3') == os.environ['AWS_ENDPOINT_URL'], s.create_client('s3', endpoint_url='x')]\n",
			"botocore/__init__.py": "",
			"botocore/session.py":  "class Session:\n    def create_client(self, service_name, region_name=None, api_version=None, use_ssl=True, verify=None, endpoint_url=None):\n        return endpoint_url\n",
		},
		events: []string{"{}"},
	})
	same(t, "answers", got.Answers, []answer{{Kind: "response", Body: `[true, "x"]`}})
}

func TestClientsThatDoNotExist(t *testing.T) {
	t.Parallel()
	got := run(t, function{
		files:  index("import boto3\ndef handler(event, context):\n    boto3.client('dynamodb')\n"),
		events: []string{"{}"},
	})
	if !strings.HasPrefix(got.Answers[0].Body, `{"errorMessage": "The sandbox's stand-in for boto3 has no client for 'dynamodb', only for 's3'.`) {
		t.Errorf("%+v", got.Answers)
	}
}

func TestEndpointThatIsGone(t *testing.T) {
	t.Parallel()
	got := run(t, function{
		files:  index("import boto3\ndef handler(event, context):\n    boto3.client('s3').list_buckets()\n"),
		events: []string{"{}", "{}"}, env: []string{"AWS_ENDPOINT_URL=http://127.0.0.1:1"},
	})
	want := `{"errorMessage": "Could not connect to the endpoint URL: \"http://127.0.0.1:1/\"", "errorType": "EndpointConnectionError", `
	if len(got.Answers) != 2 || !strings.HasPrefix(got.Answers[1].Body, want) {
		t.Errorf("%+v", got.Answers)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	t.Parallel()
	addresses := map[string]bool{}
	s3 := newFakeS3(t)
	counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s3.ServeHTTP(w, r)
		addresses[r.RemoteAddr] = true
	})
	got := run(t, function{
		files:  index("import boto3\ns3 = boto3.client('s3')\ndef handler(event, context):\n    s3.put_object(Bucket='photos', Key='k', Body=b'x')\n    s3.get_object(Bucket='photos', Key='k')['Body'].read()\n    s3.list_buckets()\n"),
		events: []string{"{}", "{}"}, endpoint: counted,
	})
	if len(got.Answers) != 2 || got.Answers[1].Body != "null" || len(addresses) != 1 {
		t.Errorf("%d connections, %+v", len(addresses), got)
	}
}

func TestConnectionsThatTheServerCloses(t *testing.T) {
	t.Parallel()
	s3 := newFakeS3(t)
	closing := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		s3.ServeHTTP(w, r)
		if r.Method == http.MethodGet {
			// After its answer the connection is dropped without a word.
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
			panic(http.ErrAbortHandler)
		}
	})
	got := run(t, function{
		files:  index("import boto3\ns3 = boto3.client('s3')\ndef handler(event, context):\n    s3.put_object(Bucket='photos', Key='k', Body=b'x')\n    s3.get_object(Bucket='photos', Key='k')['Body'].read()\n    s3.put_object(Bucket='photos', Key='k2', Body=open(__file__, 'rb'))\n"),
		events: []string{"{}", "{}"}, endpoint: closing,
	})
	if len(got.Answers) != 2 || got.Answers[1].Body != "null" {
		t.Errorf("%+v", got)
	}
}

func TestPresignedURL(t *testing.T) {
	t.Parallel()
	got := run(t, function{
		files:  index("import boto3\ndef handler(event, context):\n    return boto3.client('s3').generate_presigned_url('get_object', Params={'Bucket': 'photos', 'Key': 'a b/ü'}, ExpiresIn=60)\n"),
		events: []string{"{}"}, env: []string{"AWS_ENDPOINT_URL=http://127.0.0.1:9000"},
	})
	checkPresigned(t, strings.Trim(got.Answers[0].Body, `"`))
}
