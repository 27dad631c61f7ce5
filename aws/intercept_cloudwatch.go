package aws

import "context"

type interceptedCloudWatch struct {
	next CloudWatch
	via  intercepted
}

func (c interceptedCloudWatch) GetMetricData(ctx context.Context, in GetMetricDataInput) (GetMetricDataOutput, error) {
	return through(ctx, c.via, "GetMetricData", in, c.next.GetMetricData)
}

func (c interceptedCloudWatch) ListMetrics(ctx context.Context, in ListMetricsInput) (ListMetricsOutput, error) {
	return through(ctx, c.via, "ListMetrics", in, c.next.ListMetrics)
}

func (c interceptedCloudWatch) GetMetricStatistics(ctx context.Context, in GetMetricStatisticsInput) (GetMetricStatisticsOutput, error) {
	return through(ctx, c.via, "GetMetricStatistics", in, c.next.GetMetricStatistics)
}

func (c interceptedCloudWatch) PutMetricData(ctx context.Context, in PutMetricDataInput) (PutMetricDataOutput, error) {
	return through(ctx, c.via, "PutMetricData", in, c.next.PutMetricData)
}
