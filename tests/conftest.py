"""What tests of every room may use: servers on loopback."""

from tests.loopback import bucket, s3_server, web

__all__ = ["bucket", "s3_server", "web"]
