package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// The entries of Out of an endpoint that is available: what to type into an RDP client.
const (
	OutDNSName   = "dns_name"  // the name for the whole region
	OutDNSNames  = "dns_names" // that and one per AZ, with commas between them
	OutAddresses = "addresses" // private addresses in the consumer's VPC, with commas between them
)

// endpoint is an endpoint together with the addresses of its interfaces.
type endpoint struct {
	types.VpcEndpoint
	addresses []string
}

func (e endpoint) id() string { return aws.ToString(e.VpcEndpointId) }

func (e endpoint) state() (state, reason string) {
	if e.LastError != nil {
		reason = aws.ToString(e.LastError.Code) + ": " + aws.ToString(e.LastError.Message)
	}
	return string(e.State), reason
}

func (e endpoint) available() bool { return is(e.State, "available") }

// out is empty until the endpoint is available: its names come after that (aws-facts §2.17).
func (e endpoint) out() map[string]string {
	if !e.available() || len(e.DnsEntries) == 0 {
		return nil
	}
	var names []string
	for _, d := range e.DnsEntries {
		names = append(names, aws.ToString(d.DnsName))
	}
	return map[string]string{
		OutDNSName: names[0], OutDNSNames: strings.Join(names, ","), OutAddresses: strings.Join(e.addresses, ","),
	}
}

// endpoints shows endpoints, those that are available with their addresses.
func endpoints(env Env) fetch[endpoint] {
	return func(ctx context.Context, by []types.Filter) ([]endpoint, error) {
		list, err := describeEndpoints(env.EC2)(ctx, by)
		if err != nil {
			return nil, err
		}
		var all []endpoint
		var cards []string
		for _, e := range list {
			all = append(all, endpoint{VpcEndpoint: e})
			if is(e.State, "available") {
				cards = append(cards, e.NetworkInterfaceIds...)
			}
		}
		address := map[string]string{}
		interfaces, err := fetchBy(ctx, nil, "network-interface-id", cards, describeInterfaces(env.EC2))
		for _, i := range interfaces {
			address[aws.ToString(i.NetworkInterfaceId)] = aws.ToString(i.PrivateIpAddress)
		}
		for n, e := range all {
			for _, card := range e.NetworkInterfaceIds {
				if a := address[card]; a != "" {
					all[n].addresses = append(all[n].addresses, a)
				}
			}
			slices.Sort(all[n].addresses)
		}
		return all, err
	}
}

func describeEndpoints(api ec2.DescribeVpcEndpointsAPIClient) fetch[types.VpcEndpoint] {
	return func(ctx context.Context, by []types.Filter) ([]types.VpcEndpoint, error) {
		p := ec2.NewDescribeVpcEndpointsPaginator(api, &ec2.DescribeVpcEndpointsInput{Filters: by})
		return pages(ctx, p, func(o *ec2.DescribeVpcEndpointsOutput) []types.VpcEndpoint { return o.VpcEndpoints })
	}
}
