package sdk

import (
	"net/url"

	core "github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// encodeNames has S3 encode the names of a listing as URLs do: a key may have
// characters that no XML document can hold.
func encodeNames(input any) {
	switch in := input.(type) {
	case *s3.ListObjectsV2Input:
		in.EncodingType = types.EncodingTypeUrl
	case *s3.ListObjectVersionsInput:
		in.EncodingType = types.EncodingTypeUrl
	case *s3.ListMultipartUploadsInput:
		in.EncodingType = types.EncodingTypeUrl
	}
}

// decodeNames takes that off the answer.
func decodeNames(output any) error {
	switch out := output.(type) {
	case *s3.ListObjectsV2Output:
		if out.EncodingType != types.EncodingTypeUrl {
			return nil
		}
		names := []*string{out.Prefix, out.Delimiter, out.StartAfter}
		for _, object := range out.Contents {
			names = append(names, object.Key)
		}
		return unescapeAll(append(names, prefixes(out.CommonPrefixes)...))
	case *s3.ListObjectVersionsOutput:
		if out.EncodingType != types.EncodingTypeUrl {
			return nil
		}
		names := []*string{out.Prefix, out.Delimiter, out.KeyMarker, out.NextKeyMarker}
		for _, version := range out.Versions {
			names = append(names, version.Key)
		}
		for _, marker := range out.DeleteMarkers {
			names = append(names, marker.Key)
		}
		return unescapeAll(append(names, prefixes(out.CommonPrefixes)...))
	case *s3.ListMultipartUploadsOutput:
		if out.EncodingType != types.EncodingTypeUrl {
			return nil
		}
		names := []*string{out.Prefix, out.Delimiter, out.KeyMarker, out.NextKeyMarker}
		for _, upload := range out.Uploads {
			names = append(names, upload.Key)
		}
		return unescapeAll(append(names, prefixes(out.CommonPrefixes)...))
	}
	return nil
}

func prefixes(common []types.CommonPrefix) []*string {
	out := make([]*string, len(common))
	for i, c := range common {
		out[i] = c.Prefix
	}
	return out
}

// unescapeAll decodes each name in its place.
func unescapeAll(names []*string) error {
	for _, name := range names {
		decoded, err := url.QueryUnescape(core.ToString(name))
		if err != nil {
			return err
		}
		if name != nil {
			*name = decoded
		}
	}
	return nil
}
