"""How a client reaches AWS: credentials, signatures (Signature Version 4), and
the sandbox's endpoint."""

import os
import time

from botocore.exceptions import (BotoCoreError, ConnectionClosedError, EndpointConnectionError, NoCredentialsError,
                                 PartialCredentialsError)

from .wire import Connection, WireError

UNSIGNED = "UNSIGNED-PAYLOAD"
_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def quote(text, safe=""):
    """Text percent-encoded in UTF-8, except for letters, digits, -._~ and safe."""
    keep = _SAFE | set(safe.encode())
    return "".join(chr(b) if b in keep else "%%%02X" % b for b in str(text).encode("utf-8"))


def unknown_service(name):
    class UnsupportedServiceError(BotoCoreError):
        fmt = ("The sandbox's stand-in for boto3 has no client for '{service_name}', only for 's3'. "
               "A package that brings its own boto3 can use every service that the sandbox has.")

    return UnsupportedServiceError(service_name=name)


class Credentials:
    def __init__(self, access_key, secret_key, token):
        self.access_key, self.secret_key, self.token = access_key, secret_key, token

    @classmethod
    def find(cls, access_key=None, secret_key=None, token=None):
        """The given ones, else those of the environment, else None."""
        if not access_key and not secret_key:
            access_key = os.environ.get("AWS_ACCESS_KEY_ID")
            secret_key = os.environ.get("AWS_SECRET_ACCESS_KEY")
            token = os.environ.get("AWS_SESSION_TOKEN")
            if not access_key:
                return None
        if not access_key or not secret_key:
            missing = "aws_secret_access_key" if access_key else "aws_access_key_id"
            raise PartialCredentialsError(provider="explicit", cred_var=missing)
        return cls(access_key, secret_key, token)

    def get_frozen_credentials(self):
        return self


class Endpoint:
    """Where a service of the sandbox is, and the connections to it."""

    def __init__(self, service, region, url, credentials):
        self.service, self.region, self.credentials = service, region, credentials
        self.url = (url or os.environ.get("AWS_ENDPOINT_URL_" + service.upper())
                    or os.environ.get("AWS_ENDPOINT_URL")
                    or f"https://{service}.{region}.amazonaws.com").rstrip("/")
        scheme, _, rest = self.url.partition("://")
        self.host, _, self._base = rest.partition("/")
        name, _, port = self.host.rpartition(":") if ":" in self.host.rsplit("]", 1)[-1] else (self.host, "", "")
        # The sandbox is at a plain HTTP address; nothing else can be reached.
        self._address = (name.strip("[]"), int(port or 80)) if scheme == "http" else None
        self._free = []

    def path(self, *parts):
        """The target of a resource; slashes in a key stay."""
        base = "/" + self._base if self._base else ""
        return base + "/" + "/".join(quote(part, "/") for part in parts)

    def send(self, method, path, query, headers, body):
        """Signs and sends a request, and gives its wire.Response. query is a
        list of names and values."""
        if self.credentials is None:
            raise NoCredentialsError()
        query = "&".join(f"{quote(n)}={quote(v)}" for n, v in sorted(query))
        payload = UNSIGNED
        if isinstance(body, (bytes, bytearray)):
            import hashlib

            payload = hashlib.sha256(body).hexdigest()
        now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        headers = {**headers, "X-Amz-Date": now, "X-Amz-Content-Sha256": payload}
        if self.credentials.token:
            headers["X-Amz-Security-Token"] = self.credentials.token
        scope, names, signature = self._sign(method, path, query, headers, payload, now)
        headers["Authorization"] = (f"AWS4-HMAC-SHA256 Credential={self.credentials.access_key}/{scope}, "
                                    f"SignedHeaders={names}, Signature={signature}")
        headers["User-Agent"] = "Boto3/sandbox"
        return self._exchange(method, path + ("?" + query if query else ""), headers, body)

    def _exchange(self, method, target, headers, body):
        where = self.url + target
        if self._address is None:
            raise EndpointConnectionError(endpoint_url=where)
        connection = self._free.pop() if self._free else Connection(*self._address)
        connection.on_free = lambda: self._free.append(connection)
        try:
            return connection.request(method, target, headers, body)
        except WireError as e:
            raise ConnectionClosedError(endpoint_url=where, error=e) from e
        except OSError as e:
            raise EndpointConnectionError(endpoint_url=where, error=e) from e

    def _sign(self, method, path, query, headers, payload, now):
        """The scope, the signed headers' names, and the signature in hex."""
        import hashlib
        import hmac

        signed = {name.lower(): " ".join(str(value).split()) for name, value in headers.items()}
        signed["host"] = self.host
        names = ";".join(sorted(signed))
        lines = "".join(f"{name}:{signed[name]}\n" for name in sorted(signed))
        canonical = "\n".join([method, path, query, lines, names, payload])
        scope = f"{now[:8]}/{self.region}/{self.service}/aws4_request"
        text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = ("AWS4" + self.credentials.secret_key).encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), "sha256")
        return scope, names, hmac.digest(key, text.encode(), "sha256").hex()

    def presign(self, method, path, query, expires):
        """A URL that may be used without credentials for so many seconds."""
        if self.credentials is None:
            raise NoCredentialsError()
        now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        scope = f"{now[:8]}/{self.region}/{self.service}/aws4_request"
        query = [*query, ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), ("X-Amz-Date", now),
                 ("X-Amz-Credential", f"{self.credentials.access_key}/{scope}"),
                 ("X-Amz-Expires", str(expires)), ("X-Amz-SignedHeaders", "host")]
        if self.credentials.token:
            query.append(("X-Amz-Security-Token", self.credentials.token))
        text = "&".join(f"{quote(n)}={quote(v)}" for n, v in sorted(query))
        _, _, signature = self._sign(method, path, text, {}, UNSIGNED, now)
        return f"{self.url.removesuffix('/' + self._base) if self._base else self.url}{path}?{text}&X-Amz-Signature={signature}"
