"""S3's transfers."""
