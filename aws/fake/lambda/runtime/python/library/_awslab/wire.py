"""HTTP/1.1 to a server on this machine, on kept-alive connections.

http.client would take as long to import as everything else that a cold start
does; and only plain HTTP, lengths and chunks are needed here.
"""

import _socket

PIECE = 1 << 16  # bytes


class WireError(OSError):
    """The server cannot be reached, or does not speak HTTP."""


class Response:
    """An answer: status, headers (names in lower case), and a body to read."""

    def __init__(self, connection, status, headers, length):
        self.status = status
        self.headers = headers
        self._connection = connection
        self._left = length  # bytes; None: in chunks; -1: until the end of the connection
        self._chunk = 0
        if length == 0:
            self._done()

    def _done(self):
        connection, self._connection = self._connection, None
        if self._left == -1 or self.headers.get("connection", "").lower() == "close":
            connection.close()
        else:
            connection.on_free()

    def _some(self, most):
        """At most so many bytes, or none at the end."""
        if self._connection is None or most == 0:
            return b""
        if self._left is None:
            return self._some_of_chunk(most)
        if self._left == -1:
            data = self._connection.receive(most)
            if not data:
                self._done()
            return data
        data = self._connection.receive(min(most, self._left))
        if not data:
            self.close()
            raise WireError("the connection was closed before the body ended")
        self._left -= len(data)
        if self._left == 0:
            self._done()
        return data

    def _some_of_chunk(self, most):
        if self._chunk == 0:
            size = self._connection.line().split(b";")[0]
            self._chunk = int(size, 16)
            if self._chunk == 0:
                while self._connection.line():
                    pass  # trailers
                self._done()
                return b""
        data = self._connection.receive(min(most, self._chunk))
        if not data:
            self.close()
            raise WireError("the connection was closed inside a chunk")
        self._chunk -= len(data)
        if self._chunk == 0:
            self._connection.line()
        return data

    def read(self, amount=None):
        """The rest of the body, or amount bytes of it (fewer at its end)."""
        pieces, got = [], 0
        while amount is None or got < amount:
            data = self._some(PIECE if amount is None else min(PIECE, amount - got))
            if not data:
                break
            pieces.append(data)
            got += len(data)
        return b"".join(pieces)

    def close(self):
        """Gives up the rest of the body, and the connection with it."""
        connection, self._connection = self._connection, None
        if connection:
            connection.close()


class Connection:
    """A connection to host:port, made when it is first needed. on_free is called
    when an answer has been read to its end, so that another request can go out."""

    def __init__(self, host, port, on_free=lambda: None):
        self.on_free = on_free
        self._address = (host, port)
        self._socket = None
        self._buffer = b""

    def close(self):
        if self._socket:
            self._socket.close()
        self._socket, self._buffer = None, b""

    def _connect(self):
        family, kind, protocol, _, address = _socket.getaddrinfo(*self._address, 0, _socket.SOCK_STREAM)[0]
        self._socket = _socket.socket(family, kind, protocol)
        try:
            self._socket.connect(address)
            self._socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        except OSError:
            self.close()
            raise

    def receive(self, most):
        """Some bytes, at most so many, or none at the end of the connection."""
        if self._buffer:
            data, self._buffer = self._buffer[:most], self._buffer[most:]
            return data
        return self._socket.recv(most)

    def line(self):
        """One line, without its end."""
        while b"\n" not in self._buffer:
            data = self._socket.recv(PIECE)
            if not data:
                raise WireError("the connection was closed")
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line.rstrip(b"\r")

    def request(self, method, target, headers=None, body=b""):
        """Sends a request, whose body is bytes or a file read from where it
        stands for the bytes that headers["Content-Length"] tells, and gives the
        Response once its head is there."""
        start = None if isinstance(body, (bytes, bytearray, memoryview)) else body.tell()
        fresh = self._socket is None
        try:
            return self._exchange(method, target, headers or {}, body)
        except OSError:
            self.close()
            if fresh:
                raise
        # The server had closed a connection that was kept: once more on a new one.
        if start is not None:
            body.seek(start)
        try:
            return self._exchange(method, target, headers or {}, body)
        except OSError:
            self.close()
            raise

    def _exchange(self, method, target, headers, body):
        if self._socket is None:
            self._connect()
        head = [f"{method} {target} HTTP/1.1", f"Host: {self._address[0]}:{self._address[1]}"]
        for name, value in headers.items():
            if "\r" in f"{name}{value}" or "\n" in f"{name}{value}":
                raise ValueError(f"Invalid header value {value!r}")
            head.append(f"{name}: {value}")
        in_memory = isinstance(body, (bytes, bytearray, memoryview))
        if in_memory and "Content-Length" not in headers and (body or method not in ("GET", "HEAD", "DELETE")):
            head.append(f"Content-Length: {len(body)}")
        data = "\r\n".join(head).encode("utf-8") + b"\r\n\r\n"
        if in_memory:
            self._socket.sendall(data + body if len(body) < PIECE else data)
            if len(body) >= PIECE:
                self._socket.sendall(body)
        else:
            self._socket.sendall(data)
            self._send_file(body, int(headers["Content-Length"]))
        return self._answer(method)

    def _send_file(self, file, left):
        while left:
            data = file.read(min(PIECE, left))
            if not data:
                raise WireError("the file became shorter while it was sent")
            self._socket.sendall(data)
            left -= len(data)

    def _answer(self, method):
        while True:
            status = self.line().split(b" ", 2)
            if len(status) < 2 or not status[0].startswith(b"HTTP/1."):
                raise WireError("the server does not speak HTTP")
            headers = {}
            while line := self.line():
                name, _, value = line.partition(b":")
                headers[name.decode("latin-1").lower()] = value.strip().decode("utf-8", "surrogateescape")
            code = int(status[1])
            if code >= 200:
                break
        if method == "HEAD" or code in (204, 304):
            length = 0
        elif headers.get("transfer-encoding", "").lower() == "chunked":
            length = None
        else:
            length = int(headers.get("content-length", -1))
        return Response(self, code, headers, length)
