package cloud

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/servicequotas"
)

// Quota returns how many of a thing the account may have, by Service Quotas' codes such as "vpc" and "L-F678F1CE". What
// the target's table has counts; AWS itself is asked for the applied value, and for its default where none is applied
// (aws-facts §1.4). False when the target does not tell: emulators have no quotas.
func (a *Account) Quota(ctx context.Context, target Target, service, code string) (int, bool, error) {
	if target.Name != AWS().Name {
		most, known := target.Quotas[code]
		return most, known, nil
	}
	applied, err := a.quotas.GetServiceQuota(ctx, &servicequotas.GetServiceQuotaInput{ServiceCode: &service, QuotaCode: &code})
	if err == nil && applied.Quota != nil && applied.Quota.Value != nil {
		return int(*applied.Quota.Value), true, nil
	}
	if err != nil && !HasCode(err, "NoSuchResourceException") {
		return 0, false, err
	}
	usual, err := a.quotas.GetAWSDefaultServiceQuota(ctx, &servicequotas.GetAWSDefaultServiceQuotaInput{ServiceCode: &service, QuotaCode: &code})
	if err != nil || usual.Quota == nil {
		return 0, false, err
	}
	return int(aws.ToFloat64(usual.Quota.Value)), usual.Quota.Value != nil, nil
}
