"""The body of an object, read as it comes."""

from .exceptions import IncompleteReadError, ResponseStreamingError


class StreamingBody:
    def __init__(self, raw_stream, content_length):
        self._raw_stream = raw_stream
        self._content_length = int(content_length)
        self._amount_read = 0

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()

    def readable(self):
        return True

    def read(self, amt=None):
        if amt is not None and amt < 0:
            amt = None
        try:
            chunk = self._raw_stream.read(amt)
        except OSError as e:
            raise ResponseStreamingError(error=e) from e
        self._amount_read += len(chunk)
        if (amt is None or (not chunk and amt > 0)) and self._amount_read != self._content_length:
            raise IncompleteReadError(actual_bytes=self._amount_read, expected_bytes=self._content_length)
        return chunk

    def readinto(self, b):
        chunk = self.read(len(b))
        b[:len(chunk)] = chunk
        return len(chunk)

    def readlines(self):
        return list(self.iter_lines(keepends=True))

    def tell(self):
        return self._amount_read

    def iter_chunks(self, chunk_size=1024):
        while chunk := self.read(chunk_size):
            yield chunk

    def iter_lines(self, chunk_size=1024, keepends=False):
        pending = b""
        for chunk in self.iter_chunks(chunk_size):
            lines = (pending + chunk).splitlines(True)
            pending = lines.pop()
            for line in lines:
                yield line.splitlines(keepends)[0]
        if pending:
            yield pending.splitlines(keepends)[0]

    def __iter__(self):
        return self.iter_chunks(1024)

    def __next__(self):
        chunk = self.read(1024)
        if chunk:
            return chunk
        raise StopIteration

    next = __next__

    def close(self):
        self._raw_stream.close()
