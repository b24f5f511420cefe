package sim_test

import (
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"vpclink/sim"
)

// Whatever is posted, the answer is XML with a status of AWS's, and nothing panics.
func FuzzRequests(f *testing.F) {
	for _, seed := range []string{
		"Action=CreateVpc&CidrBlock=10.0.0.0/16&TagSpecification.1.ResourceType=vpc&TagSpecification.1.Tag.1.Key=k",
		"Action=DescribeVpcs&Filter.1.Name=vpc-id&Filter.1.Value.1=*&MaxResults=5&NextToken=x",
		"Action=CreateSubnet&VpcId=vpc-0&CidrBlock=::/0",
		"Action=RunInstances&MinCount=-1&MaxCount=2147483647&ImageId=ami-0&NetworkInterface.1.DeviceIndex=1",
		"Action=AuthorizeSecurityGroupIngress&GroupId=sg-0&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=-1",
		"Action=CreateRoute&RouteTableId=rtb-0&DestinationCidrBlock=0.0.0.0/0&GatewayId=local",
		"Action=SearchTransitGatewayRoutes&TransitGatewayRouteTableId=tgw-rtb-0&Filter.1.Name=route-search.exact-match&Filter.1.Value.1=x",
		"Action=CreateTransitGatewayVpcAttachment&TransitGatewayId=tgw-0&VpcId=vpc-0&SubnetIds.1=subnet-0",
		"Action=CreateTags&ResourceId.1=-&Tag.1.Key=", "Action=CreateTags&ResourceId.1=vpc-&Tag.1.Key=a",
		"Action=DescribeInstances&InstanceId.1=i-", "Action=TerminateInstances", "Action=GetCallerIdentity", "Action=", "%", "",
	} {
		f.Add(seed, "ec2")
	}
	f.Fuzz(func(t *testing.T, form, service string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://x/", strings.NewReader("Version=2016-11-15&"+form))
		r.Header.Set("Authorization", "Credential=000000000000/20260101/eu-west-1/"+service+"/aws4_request")
		answer, err := sim.New(quick).Do(r)
		if err != nil {
			t.Fatalf("the form %q should be answered: %v", form, err)
		}
		for d := xml.NewDecoder(answer.Body); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("the answer to %q should be XML: %v", form, err)
			}
		}
		if answer.StatusCode == http.StatusInternalServerError {
			t.Errorf("the form %q should not be an error of the simulator's own", form)
		}
	})
}
