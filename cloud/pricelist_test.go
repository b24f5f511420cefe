package cloud

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

// entry is one of the price list's, in the shape that AWS documents.
func entry(usage, operation string, tiers ...string) string {
	var dimensions []string
	for i, tier := range tiers {
		from, usd, _ := strings.Cut(tier, ":")
		dimensions = append(dimensions, fmt.Sprintf(`"SKU1.OFFER.RATE%d":{"unit":"Hrs","beginRange":%q,"endRange":"Inf",
			"description":"about it","appliesTo":[],"rateCode":"SKU1.OFFER.RATE%d","pricePerUnit":{"USD":%q}}`, i, from, i, usd))
	}
	return fmt.Sprintf(`{"product":{"productFamily":"x","attributes":{"usagetype":%q,"operation":%q,"servicecode":"AmazonVPC"},"sku":"SKU1"},
		"serviceCode":"AmazonVPC","terms":{"OnDemand":{"SKU1.OFFER":{"priceDimensions":{%s},"sku":"SKU1","effectiveDate":"2026-10-01T00:00:00Z",
		"offerTermCode":"OFFER","termAttributes":{}}},"Reserved":{}},"version":"20261101","publicationDate":"2026-11-01T00:00:00Z"}`,
		usage, operation, strings.Join(dimensions, ","))
}

// listPage is an answer of the price list: its entries are strings.
func listPage(next string, entries ...string) reply {
	body := map[string]any{"FormatVersion": "aws_v1", "PriceList": entries}
	if next != "" {
		body["NextToken"] = next
	}
	text, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return answer(http.StatusOK, string(text))
}

// listError is an error as the price list writes it.
func listError(status int, code string) reply {
	return answer(status, fmt.Sprintf(`{"__type":"com.amazonaws.pricing#%s","message":"about %[1]s"}`, code))
}

func TestPriceList(t *testing.T) {
	isolate(t, keys, "")
	attachment := Product{Service: "AmazonVPC", Usage: "APN1-TransitGateway-Hours", Operation: "TransitGatewayVPC"}
	for _, c := range []struct {
		name    string
		answers []reply
		want    []ListedPrice
	}{
		{
			"one price",
			[]reply{listPage("", entry("APN1-TransitGateway-Hours", "TransitGatewayVPC", "0:0.0700000000"))},
			[]ListedPrice{{[]ListedTier{{"0", "0.0700000000"}}, "2026-11-01T00:00:00Z"}},
		},
		{
			"tiers, in no order",
			[]reply{listPage("", entry("APN1-TransitGateway-Hours", "TransitGatewayVPC", "5242880:0.004", "0:0.01", "1048576:0.006"))},
			[]ListedPrice{{[]ListedTier{{"0", "0.01"}, {"1048576", "0.006"}, {"5242880", "0.004"}}, "2026-11-01T00:00:00Z"}},
		},
		{
			"two pages, and what was not asked for",
			[]reply{
				listPage("more", entry("APN1-TransitGateway-Hours", "TransitGatewayVPC", "0:0.07"), entry("APN1-TransitGateway-Hours", "TransitGatewayPeering", "0:1"), entry("TransitGateway-Hours", "TransitGatewayVPC", "0:2")),
				listPage("", entry("APN1-TransitGateway-Hours", "TransitGatewayVPC", "0:0.08")),
			},
			[]ListedPrice{{[]ListedTier{{"0", "0.07"}}, "2026-11-01T00:00:00Z"}, {[]ListedTier{{"0", "0.08"}}, "2026-11-01T00:00:00Z"}},
		},
		{"nothing", []reply{listPage("")}, nil},
		{
			"a failure that passes",
			[]reply{listError(http.StatusInternalServerError, "InternalErrorException"), listError(http.StatusBadRequest, "ThrottlingException"), listPage("")},
			nil,
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			var asked []string
			answers := c.answers
			list, err := ConnectPriceList(t.Context(), Config{Target: AWS(), HTTP: clientFunc(func(r *http.Request) (*http.Response, error) {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					return nil, err
				}
				asked = append(asked, r.URL.Host+" "+r.Header.Get("X-Amz-Target")+" "+string(body))
				next := answers[0]
				answers = answers[1:]
				return next(r)
			})})
			if err != nil {
				t.Fatal(err)
			}
			got, err := list.Prices(t.Context(), attachment)
			if err != nil {
				t.Fatalf("%s: want prices, got %v", c.name, err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", c.name, diff)
			}
			if len(answers) > 0 {
				t.Errorf("%s: %d answers were not asked for", c.name, len(answers))
			}
			const first = `api.pricing.us-east-1.amazonaws.com AWSPriceListService.GetProducts {"Filters":[` +
				`{"Field":"operation","Type":"TERM_MATCH","Value":"TransitGatewayVPC"},` +
				`{"Field":"usagetype","Type":"TERM_MATCH","Value":"APN1-TransitGateway-Hours"}],"FormatVersion":"aws_v1","ServiceCode":"AmazonVPC"}`
			if asked[0] != first {
				t.Errorf("%s: asked\n%s\nwant\n%s", c.name, asked[0], first)
			}
		})
	}
}

// TestPriceListSaysNo: what goes wrong is told as elsewhere.
func TestPriceListSaysNo(t *testing.T) {
	for _, c := range []struct {
		name       string
		env        map[string]string
		answer     reply
		kind, says string
	}{
		{"no credentials", nil, listPage(""), "credentials", "--target sim needs no credentials"},
		{"another's endpoint", withKeys("AWS_ENDPOINT_URL_PRICING", "http://localhost:6"), listPage(""), "endpoint", "AWS_ENDPOINT_URL_PRICING sends"},
		{"expired", keys, listError(http.StatusBadRequest, "ExpiredTokenException"), "credentials", "the AWS credentials have expired"},
		{"not allowed", keys, listError(http.StatusBadRequest, "AccessDeniedException"), "other", "asking AWS's price list"},
		{"no network", keys, broken(&net.DNSError{Err: "no such host"}), "other", "asking AWS's price list"},
		{"no JSON in it", keys, listPage("", "{"), "other", "reading AWS's price list"},
	} {
		t.Run(c.name, func(t *testing.T) {
			isolate(t, c.env, "")
			synctest.Test(t, func(t *testing.T) {
				list, err := ConnectPriceList(t.Context(), Config{Target: AWS(), HTTP: clientFunc(c.answer)})
				if err == nil {
					_, err = list.Prices(t.Context(), Product{Service: "AWSELB", Usage: "LCUUsage"})
				}
				if kind := kindOf(err); kind != c.kind || !strings.Contains(err.Error(), c.says) {
					t.Errorf("got %s (%v), want %s with %q", kind, err, c.kind, c.says)
				}
				if c.name == "not allowed" && MeaningOf(err) != Denied {
					t.Errorf("want AWS's code to stay in the error, got %v", err)
				}
			})
		})
	}
}
