"""S3's resource: buckets and objects as things with methods."""


class ServiceResource:
    def __init__(self, client):
        self.meta = Meta(client)
        self.buckets = Collection(self._buckets)

    def _buckets(self):
        client = self.meta.client
        for item in client.list_buckets().get("Buckets", []):
            bucket = Bucket(client, item["Name"])
            bucket.creation_date = item.get("CreationDate")
            yield bucket

    def Bucket(self, name):
        return Bucket(self.meta.client, name)

    def Object(self, bucket_name, key):
        return Object(self.meta.client, bucket_name, key)

    def ObjectSummary(self, bucket_name, key):
        return ObjectSummary(self.meta.client, bucket_name, key)

    def __repr__(self):
        return "s3.ServiceResource()"


class Meta:
    def __init__(self, client):
        self.client, self.service_name = client, "s3"


class Collection:
    """Things that are listed when they are walked through."""

    def __init__(self, walk, delete=None, **parameters):
        self._walk, self._delete, self._parameters = walk, delete, parameters
        self._limit = None

    def __iter__(self):
        for number, item in enumerate(self._walk(**self._parameters)):
            if number == self._limit:
                return
            yield item

    def all(self):
        return self.filter()

    def filter(self, **parameters):
        other = Collection(self._walk, self._delete, **{**self._parameters, **parameters})
        other._limit = self._limit
        return other

    def limit(self, count):
        other = self.filter()
        other._limit = count
        return other

    def page_size(self, count):
        return self.filter(MaxKeys=count)

    def delete(self):
        return self._delete(list(self))


class Bucket:
    creation_date = None

    def __init__(self, client, name):
        self.meta, self.name = Meta(client), name
        self.objects = Collection(self._objects, self._delete_all)

    def __repr__(self):
        return f"s3.Bucket(name={self.name!r})"

    def __eq__(self, other):
        return isinstance(other, Bucket) and self.name == other.name

    def __hash__(self):
        return hash(self.name)

    def _objects(self, **parameters):
        pages = self.meta.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, **parameters)
        for page in pages:
            for item in page.get("Contents", []):
                yield ObjectSummary(self.meta.client, self.name, item["Key"], item)

    def _delete_all(self, objects):
        keys = [{"Key": item.key} for item in objects]
        return [self.delete_objects(Delete={"Objects": keys[at:at + 1000]}) for at in range(0, len(keys), 1000)]

    def Object(self, key):
        return Object(self.meta.client, self.name, key)

    def delete_objects(self, **parameters):
        return self.meta.client.delete_objects(Bucket=self.name, **parameters)

    def put_object(self, **parameters):
        self.meta.client.put_object(Bucket=self.name, **parameters)
        return self.Object(parameters["Key"])

    def upload_file(self, Filename, Key, **options):
        return self.meta.client.upload_file(Filename, self.name, Key, **options)

    def upload_fileobj(self, Fileobj, Key, **options):
        return self.meta.client.upload_fileobj(Fileobj, self.name, Key, **options)

    def download_file(self, Key, Filename, **options):
        return self.meta.client.download_file(self.name, Key, Filename, **options)

    def download_fileobj(self, Key, Fileobj, **options):
        return self.meta.client.download_fileobj(self.name, Key, Fileobj, **options)

    def copy(self, CopySource, Key, **options):
        return self.meta.client.copy(CopySource, self.name, Key, **options)


# The attributes of an object, and their names in an answer.
_ATTRIBUTES = {
    "accept_ranges": "AcceptRanges", "cache_control": "CacheControl", "content_disposition": "ContentDisposition",
    "content_encoding": "ContentEncoding", "content_language": "ContentLanguage", "content_length": "ContentLength",
    "content_type": "ContentType", "e_tag": "ETag", "last_modified": "LastModified", "metadata": "Metadata",
    "server_side_encryption": "ServerSideEncryption", "storage_class": "StorageClass", "version_id": "VersionId",
}


class Object:
    _kind, _attributes = "Object", _ATTRIBUTES

    def __init__(self, client, bucket_name, key, data=None):
        self.meta, self.bucket_name, self.key = Meta(client), bucket_name, key
        self._data = data

    def __repr__(self):
        return f"s3.{self._kind}(bucket_name={self.bucket_name!r}, key={self.key!r})"

    def __eq__(self, other):
        return repr(self) == repr(other)

    def __hash__(self):
        return hash(repr(self))

    def __getattr__(self, name):
        if name.startswith("_") or name not in self._attributes:
            raise AttributeError(f"'s3.{self._kind}' object has no attribute '{name}'")
        if self._data is None:
            self.load()
        return self._data.get(self._attributes[name])

    @property
    def _where(self):
        return {"Bucket": self.bucket_name, "Key": self.key}

    def load(self):
        self._data = self.meta.client.head_object(**self._where)

    reload = load

    def Bucket(self):
        return Bucket(self.meta.client, self.bucket_name)

    def get(self, **parameters):
        return self.meta.client.get_object(**self._where, **parameters)

    def put(self, **parameters):
        self._data = None
        return self.meta.client.put_object(**self._where, **parameters)

    def delete(self, **parameters):
        return self.meta.client.delete_object(**self._where, **parameters)

    def copy_from(self, **parameters):
        return self.meta.client.copy_object(**self._where, **parameters)

    def copy(self, CopySource, **options):
        return self.meta.client.copy(CopySource, self.bucket_name, self.key, **options)

    def upload_file(self, Filename, **options):
        return self.meta.client.upload_file(Filename, self.bucket_name, self.key, **options)

    def upload_fileobj(self, Fileobj, **options):
        return self.meta.client.upload_fileobj(Fileobj, self.bucket_name, self.key, **options)

    def download_file(self, Filename, **options):
        return self.meta.client.download_file(self.bucket_name, self.key, Filename, **options)

    def download_fileobj(self, Fileobj, **options):
        return self.meta.client.download_fileobj(self.bucket_name, self.key, Fileobj, **options)


class ObjectSummary(Object):
    _kind = "ObjectSummary"
    _attributes = {"e_tag": "ETag", "last_modified": "LastModified", "size": "Size", "storage_class": "StorageClass"}

    def load(self):
        head = self.meta.client.head_object(**self._where)
        self._data = {**head, "Size": head["ContentLength"]}

    def Object(self):
        return Object(self.meta.client, self.bucket_name, self.key)
