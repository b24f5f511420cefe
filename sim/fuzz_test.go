package sim_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"vpclink/sim"
)

// versions are the APIs' versions, without which a form reaches no decoder.
var versions = map[string]string{"ec2": "2016-11-15", "elasticloadbalancing": "2015-12-01", "sts": "2011-06-15"}

// maxAnswer is more than a fresh world ever answers, whatever the question.
const maxAnswer = 64 << 10

func post(t *testing.T, body io.Reader, service string) *http.Request {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://x/", body)
	r.Header.Set("Authorization", "Credential=000000000000/20260101/eu-west-1/"+service+"/aws4_request")
	return r
}

// Whatever is posted, the answer is XML of a bounded length with a status of AWS's, and nothing panics.
func FuzzRequests(f *testing.F) {
	for _, seed := range []string{
		"Action=CreateVpc&CidrBlock=10.0.0.0/16&TagSpecification.1.ResourceType=vpc&TagSpecification.1.Tag.1.Key=k",
		"Action=DescribeVpcs&Filter.1.Name=vpc-id&Filter.1.Value.1=*&MaxResults=5&NextToken=x",
		"Action=CreateSubnet&VpcId=vpc-0&CidrBlock=::/0",
		"Action=RunInstances&MinCount=-1&MaxCount=2147483647&ImageId=ami-0&NetworkInterface.1.DeviceIndex=1",
		"Action=AuthorizeSecurityGroupIngress&GroupId=sg-0&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=-1",
		"Action=CreateRoute&RouteTableId=rtb-0&DestinationCidrBlock=0.0.0.0/0&GatewayId=local",
		"Action=SearchTransitGatewayRoutes&TransitGatewayRouteTableId=tgw-rtb-0&Filter.1.Name=route-search.exact-match&Filter.1.Value.1=x",
		"Action=CreateTransitGatewayRoute&TransitGatewayRouteTableId=tgw-rtb-0&DestinationCidrBlock=10.0.0.0/33&Blackhole=true",
		"Action=DeleteTransitGatewayRoute&TransitGatewayRouteTableId=tgw-rtb-0&DestinationCidrBlock=::/0",
		"Action=CreateTransitGatewayVpcAttachment&TransitGatewayId=tgw-0&VpcId=vpc-0&SubnetIds.1=subnet-0",
		"Action=CreateTags&ResourceId.1=-&Tag.1.Key=", "Action=CreateTags&ResourceId.1=vpc-&Tag.1.Key=a",
		"Action=DescribeInstances&InstanceId.1=i-", "Action=TerminateInstances", "Action=", "%", "",
		"Action=" + strings.Repeat("x", 5000), "Action=DescribeVpcs&" + strings.Repeat("<&.", 4000) + "=1",
	} {
		f.Add(seed, "ec2")
	}
	for _, seed := range []string{
		"Action=CreateVpcEndpoint&VpcId=vpc-0&VpcEndpointType=Interface&ServiceName=com.amazonaws.vpce.eu-west-1.vpce-svc-0&SubnetId.1=subnet-0",
		"Action=DescribeVpcEndpoints&Filter.1.Name=vpc-endpoint-state&Filter.1.Value.1=*", "Action=DeleteVpcEndpoints&VpcEndpointId.1=vpce-svc-0",
		"Action=CreateVpcEndpointServiceConfiguration&NetworkLoadBalancerArn.1=arn:aws:elasticloadbalancing:::loadbalancer",
		"Action=ModifyVpcEndpointServicePermissions&ServiceId=vpce-svc-0&AddAllowedPrincipals.1=*", "Action=DescribeVpcEndpointServices&MaxResults=-1",
		"Action=AcceptVpcEndpointConnections&ServiceId=vpce-svc-00000000&VpcEndpointId.1=", "Action=DescribeVpcEndpointConnections&NextToken=x",
	} {
		f.Add(seed, "ec2")
	}
	for _, seed := range []string{
		"Action=CreateLoadBalancer&Name=a&Type=network&Scheme=internal&Subnets.member.1=subnet-0&SecurityGroups.member.1=sg-0&Tags.member.1.Key=k",
		"Action=CreateLoadBalancer&Name=a&Type=network&Scheme=internal&SubnetMappings.member.1.SubnetId=&Subnets=",
		"Action=CreateTargetGroup&Name=a&Protocol=TCP&Port=3389&VpcId=vpc-0&HealthCheckIntervalSeconds=5&HealthCheckPort=x&Matcher.HttpCode=1",
		"Action=CreateListener&LoadBalancerArn=arn:aws:elasticloadbalancing:&Port=1&DefaultActions.member.1.Type=forward",
		"Action=CreateListener&LoadBalancerArn=x&DefaultActions.member.1.AuthenticateOidcConfig.AuthenticationRequestExtraParams=x",
		"Action=RegisterTargets&TargetGroupArn=arn:aws:elasticloadbalancing:&Targets.member.1.Id=i-0&Targets.member.1.Port=0",
		"Action=DescribeTags&ResourceArns.member.1=arn:aws:elasticloadbalancing:::::::listener", "Action=DescribeTargetGroups&Marker=x&PageSize=1",
		"Action=ModifyTargetGroupAttributes&TargetGroupArn=x&Attributes.member.1.Key=", "Action=DescribeListeners", "Action=DeleteLoadBalancer&LoadBalancerArn=",
	} {
		f.Add(seed, "elasticloadbalancing")
	}
	for _, seed := range []string{
		"Action=GetCallerIdentity", "Action=AssumeRole&RoleArn=arn:aws:iam::123456789012:role/r&RoleSessionName=s", "Action=AssumeRole&RoleArn=r",
	} {
		f.Add(seed, "sts")
	}
	f.Fuzz(func(t *testing.T, form, service string) {
		r := post(t, strings.NewReader("Version="+versions[service]+"&"+form), service)
		answer, err := sim.New(quick).Do(r)
		if err != nil {
			t.Fatalf("the form %q should be answered: %v", form, err)
		}
		body, err := io.ReadAll(answer.Body)
		if err != nil || len(body) > maxAnswer {
			t.Fatalf("the answer to %.200q should be no longer than %d bytes, not %d (%v)", form, maxAnswer, len(body), err)
		}
		for d := xml.NewDecoder(bytes.NewReader(body)); ; {
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

// endless is a body that does not end, and counts what is read of it.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	e.read += len(p)
	return len(p), nil
}

// A body is read no further than a form may be long.
func TestABodyWithoutEnd(t *testing.T) {
	body := &endless{}
	answer, err := sim.New(quick).Do(post(t, body, "ec2"))
	if err != nil || answer.StatusCode != http.StatusRequestEntityTooLarge {
		t.Fatalf("a body without end should be answered with 413, not with %v, %v", answer, err)
	}
	if body.read > 2<<20 {
		t.Errorf("reading should stop soon after 1 MiB, not after %d bytes", body.read)
	}
}

// The forms that would cost the most take no more memory than 8 times their length, and 1.5 KB for each parameter.
func TestHostileForms(t *testing.T) {
	many := func(n int, parameter func(i int) string) string {
		var s strings.Builder
		for i := range n {
			s.WriteString("&" + parameter(i))
		}
		return s.String()
	}
	for what, form := range map[string]string{
		"one long key of many parts":      "&" + strings.Repeat(strings.Repeat("k", 60_000)+".", 15) + "k=1",
		"a key of nothing but dots":       "&" + strings.Repeat(".", 1_000_000) + "=1",
		"many parameters":                 many(9_000, func(i int) string { return fmt.Sprintf("k%d=1", i) }),
		"too many parameters":             many(100_000, func(i int) string { return fmt.Sprintf("k%d=1", i) }),
		"one key many times":              many(9_000, func(int) string { return "VpcId.1=vpc-0" }),
		"a list with a large number":      "&VpcId.2147483647=vpc-0",
		"a list of many members":          many(9_000, func(i int) string { return fmt.Sprintf("VpcId.%d=vpc-0", i+1) }),
		"lists in a list":                 many(9_000, func(i int) string { return fmt.Sprintf("Filter.%d.Value.%d=x", i+1, 10_000-i) }),
		"a long value that is repeated":   "&MaxResults=" + strings.Repeat("%3C", 300_000),
		"a long token":                    "&NextToken=" + strings.Repeat("A", 1_000_000),
		"a long name of an unknown thing": "&" + strings.Repeat("%26", 300_000) + "=1",
	} {
		form = "Action=DescribeVpcs&Version=2016-11-15" + form
		w := sim.New(quick)
		answer, err := w.Do(post(t, strings.NewReader("Action=DescribeVpcs&Version=2016-11-15"), "ec2")) // loads the model, makes the region
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("a fair request should be answered: %v", err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		answer, err = w.Do(post(t, strings.NewReader(form), "ec2"))
		runtime.ReadMemStats(&after)
		if err != nil || answer.StatusCode == http.StatusInternalServerError {
			t.Errorf("%s should be answered: %v", what, err)
			continue
		}
		if spent, most := after.TotalAlloc-before.TotalAlloc, uint64(1<<20+8*len(form)+1500*strings.Count(form, "&")); spent > most {
			t.Errorf("%s (%d bytes) should take less than %d bytes of memory, not %d", what, len(form), most, spent)
		}
		if answer.ContentLength > maxAnswer {
			t.Errorf("%s should be answered in less than %d bytes, not in %d", what, maxAnswer, answer.ContentLength)
		}
	}
}

// An action's name is logged in part, when it is longer than any that there is.
func TestALongNameInTheLog(t *testing.T) {
	w := sim.New(quick)
	if _, err := w.Do(post(t, strings.NewReader("Version=2016-11-15&Action="+strings.Repeat("x", 100_000)), "ec2")); err != nil {
		t.Fatal(err)
	}
	if name := w.Calls()[0].Action; len(name) != 100 {
		t.Errorf("100 bytes of the name should be logged, not %d", len(name))
	}
}
