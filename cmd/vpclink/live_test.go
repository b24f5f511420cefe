package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// priceList answers as AWS's price list: an entry for each usage type it knows.
type priceList struct {
	entries map[string][]string // by usage type: prices
	code    string              // an error's, "" when it answers
	asked   []string
}

func (p *priceList) Do(r *http.Request) (*http.Response, error) {
	var in struct {
		ServiceCode string
		Filters     []struct{ Field, Value string }
	}
	if r.Header.Get("X-Amz-Target") != "AWSPriceListService.GetProducts" {
		return nil, errors.New("only the price list is there")
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	attributes := map[string]string{}
	for _, f := range in.Filters {
		attributes[f.Field] = f.Value
	}
	p.asked = append(p.asked, in.ServiceCode+" "+attributes["usagetype"])
	status, body := http.StatusOK, map[string]any{"FormatVersion": "aws_v1"}
	list := []string{}
	for i, usd := range p.entries[attributes["usagetype"]] {
		var tiers []string
		for n, tier := range strings.Split(usd, " ") {
			from, price, _ := strings.Cut(tier, ":")
			tiers = append(tiers, fmt.Sprintf(`"S.T.%d":{"beginRange":%q,"pricePerUnit":{"USD":%q}}`, n, from, price))
		}
		named, err := json.Marshal(attributes)
		if err != nil {
			return nil, err
		}
		list = append(list, fmt.Sprintf(`{"product":{"attributes":%s},"terms":{"OnDemand":{"S.T%d":{"priceDimensions":{%s}}}},"publicationDate":"2026-11-01T00:00:00Z"}`,
			named, i, strings.Join(tiers, ",")))
	}
	body["PriceList"] = list
	if p.code != "" {
		status, body = http.StatusBadRequest, map[string]any{"__type": p.code, "message": "about " + p.code}
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(string(text)))}, nil
}

func liveLab(t *testing.T, p *priceList) *lab {
	t.Helper()
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_EC2_METADATA_DISABLED": "true", "HOME": t.TempDir(),
		"AWS_PROFILE": "", "AWS_REGION": "", "AWS_CONFIG_FILE": "", "AWS_SHARED_CREDENTIALS_FILE": "", "AWS_ENDPOINT_URL": "", "AWS_CA_BUNDLE": "",
	} {
		t.Setenv(name, value)
	}
	l := newLab(t)
	l.http = p
	return l
}

func TestCostLive(t *testing.T) {
	p := &priceList{entries: map[string][]string{
		"APN1-TransitGateway-Hours": {"0:0.0700000000"}, "APN1-TransitGateway-Bytes": {"0:0.03"},
		"APN1-VpcEndpoint-Bytes":       {"0:0.01 1048576:0.006 5242880:0.004"},
		"APN1-BoxUsage:t3.medium":      {"0:0.0728", "0:0.1"},
		"APN1-PublicIPv4:InUseAddress": {"0:0.005"},
	}}
	l := liveLab(t, p)
	out := l.must("cost", "--live").out
	for _, want := range []string{
		"transit gateway attachment 0.07 2024-06 0.07 same", "transit gateway traffic 0.02 2024-06 0.03 different",
		"endpoint traffic 0.01, 0.006, 0.004 undated 0.01, 0.006, 0.004 same", "network load balancer 0.0243 2024-06 not found",
		"instance t3.medium (Windows) 0.0728 undated several prices", "root disk of an instance unknown not asked", "out of date where it says different",
	} {
		if !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
			t.Errorf("it says\n%s\nexpected %q", out, want)
		}
	}
	if !slices.Contains(p.asked, "AWSELB APN1-LCUUsage") || !slices.Contains(p.asked, "AmazonVPC APN1-TransitGateway-Hours") {
		t.Errorf("it asked for %v", p.asked)
	}

	p.asked = nil
	out = l.must("cost", "tgw", "--live", "-o", "json", "--region", "us-east-1").out
	if want := `{"item":"tgw-attachment","table":0.05,"date":"","live":null,"published":"","verdict":"not found"}`; !strings.Contains(out, want) {
		t.Errorf("it says\n%s\nexpected %s", out, want)
	}
	if diff := cmp.Diff([]string{"AmazonVPC TransitGateway-Hours", "AmazonVPC TransitGateway-Bytes", "AmazonEC2 BoxUsage:t3.medium"}, p.asked); diff != "" {
		t.Errorf("of one pattern it asks for its own items (-want +got):\n%s", diff)
	}
	if out = l.must("cost", "tgw", "--live", "--lang", "ja").out; !strings.Contains(out, "相違") {
		t.Errorf("in Japanese it says\n%s", out)
	}
	if made := l.files(); made != "" {
		t.Errorf("it made %s, expected nothing", made)
	}
}

func TestCostLiveIsRefused(t *testing.T) {
	for _, c := range []struct {
		code string
		exit int
		says []string
	}{
		{"AccessDeniedException", exitDenied, []string{"AccessDeniedException: about AccessDeniedException", "GetProducts, us-east-1", "these credentials may not call GetProducts"}},
		{"ExpiredTokenException", exitDenied, []string{"the AWS credentials have expired", "aws sso login"}},
		{"InvalidParameterException", exitFailed, []string{"InvalidParameterException"}},
	} {
		l := liveLab(t, &priceList{code: c.code})
		e := l.run("cost", "--live")
		if e.code != c.exit || e.out != "" {
			t.Errorf("%s: ended with %d and stdout %q, expected %d and nothing", c.code, e.code, e.out, c.exit)
		}
		for _, want := range c.says {
			if !strings.Contains(e.err, want) {
				t.Errorf("%s: stderr is\n%s\nexpected %q", c.code, e.err, want)
			}
		}
	}
	l := liveLab(t, &priceList{entries: map[string][]string{"APN1-TransitGateway-Hours": {"0:free"}}})
	if e := l.run("cost", "tgw", "--live"); e.code != exitFailed || !strings.Contains(e.err, `"free" from "0" on is no price`) {
		t.Errorf("a price that is none: ended with %d\n%s", e.code, e.err)
	}
}
