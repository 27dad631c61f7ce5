"""A session: where clients get their region, endpoint and credentials from."""

import os

from _awslab.aws import Credentials, Endpoint, unknown_service


class Session:
    def __init__(self, aws_access_key_id=None, aws_secret_access_key=None, aws_session_token=None,
                 region_name=None, botocore_session=None, profile_name=None, aws_account_id=None):
        self.region_name = region_name or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
        self.profile_name = profile_name or "default"
        self._keys = (aws_access_key_id, aws_secret_access_key, aws_session_token)

    def __repr__(self):
        return f"Session(region_name={self.region_name!r})"

    def get_credentials(self):
        return Credentials.find(*self._keys)

    def get_available_services(self):
        return ["s3"]

    get_available_resources = get_available_services

    def client(self, service_name, region_name=None, api_version=None, use_ssl=True, verify=None, endpoint_url=None,
               aws_access_key_id=None, aws_secret_access_key=None, aws_session_token=None, config=None,
               aws_account_id=None):
        if service_name != "s3":
            raise unknown_service(service_name)
        from _awslab.s3 import S3

        keys = (aws_access_key_id, aws_secret_access_key, aws_session_token) if aws_access_key_id else self._keys
        region = region_name or self.region_name or "us-east-1"
        return S3(Endpoint(service_name, region, endpoint_url, Credentials.find(*keys)))

    def resource(self, service_name, region_name=None, **settings):
        if service_name != "s3":
            raise unknown_service(service_name)
        from _awslab.s3_resource import ServiceResource

        return ServiceResource(self.client(service_name, region_name, **settings))
