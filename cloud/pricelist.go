package cloud

import (
	"context"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"sort"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/pricing"
	"github.com/aws/aws-sdk-go-v2/service/pricing/types"

	"vpclink/words"
)

// PriceList is AWS's price list, which knows the prices of every region.
type PriceList struct {
	client *pricing.Client
	config Config
}

// priceListRegion is the region that is asked for prices: the list answers in a few only (aws-facts §6).
const priceListRegion = "us-east-1"

// ConnectPriceList returns the price list, with credentials that are there; whether AWS takes them shows when it is asked.
// Errors: *CredentialsError, *EndpointError.
func ConnectPriceList(ctx context.Context, c Config) (*PriceList, error) {
	if c.Jitter == nil {
		c.Jitter = rand.Float64
	}
	c.Region = priceListRegion
	cfg, err := configured(ctx, c)
	if err != nil {
		return nil, err
	}
	asking := newCaller(c, firstPatience)
	return &PriceList{
		client: pricing.NewFromConfig(cfg, func(o *pricing.Options) { o.APIOptions = append(o.APIOptions, asking.enter) }), config: c,
	}, nil
}

// Product says what is looked for in the price list.
type Product struct {
	Service, Usage string            // AmazonVPC, APN1-TransitGateway-Hours
	Operation      string            // "" for any
	Where          map[string]string // further attributes, each with its value
}

// ListedPrice is one on-demand price of a product.
type ListedPrice struct {
	Tiers     []ListedTier // by what they begin with
	Published string       // when AWS published it, as AWS writes it
}

// ListedTier is what a unit costs from so many on.
type ListedTier struct{ From, USD string }

// Prices returns what the list has for a product, nil when it has nothing. Errors: *CredentialsError; anything else is a
// failed call (FaultOf).
func (p *PriceList) Prices(ctx context.Context, product Product) ([]ListedPrice, error) {
	attributes := maps.Clone(product.Where)
	if attributes == nil {
		attributes = map[string]string{}
	}
	attributes["usagetype"] = product.Usage
	if product.Operation != "" {
		attributes["operation"] = product.Operation
	}
	in := &pricing.GetProductsInput{ServiceCode: &product.Service, FormatVersion: aws.String("aws_v1")}
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		in.Filters = append(in.Filters, types.Filter{Field: aws.String(name), Type: types.FilterTypeTermMatch, Value: aws.String(attributes[name])})
	}
	var prices []ListedPrice
	for pages := pricing.NewGetProductsPaginator(p.client, in); pages.HasMorePages(); {
		page, err := pages.NextPage(ctx)
		switch meaning := MeaningOf(err); {
		case meaning == Credentials || meaning == Clock:
			return nil, identityError(p.config, err)
		case err != nil:
			return nil, words.Errorf("asking AWS's price list: %w", err)
		}
		for _, text := range page.PriceList {
			found, err := listed(text, attributes)
			if err != nil {
				return nil, words.Errorf("reading AWS's price list: %w", err)
			}
			prices = append(prices, found...)
		}
	}
	return prices, nil
}

// priceListItem is an entry of the list, as far as it is read.
type priceListItem struct {
	Product struct {
		Attributes map[string]string `json:"attributes"`
	} `json:"product"`
	Terms struct {
		OnDemand map[string]struct {
			PriceDimensions map[string]struct {
				BeginRange   string            `json:"beginRange"`
				PricePerUnit map[string]string `json:"pricePerUnit"`
			} `json:"priceDimensions"`
		} `json:"OnDemand"`
	} `json:"terms"`
	PublicationDate string `json:"publicationDate"`
}

// listed reads an entry. One without the attributes, should the list have its own idea of a match, is passed over.
func listed(text string, attributes map[string]string) ([]ListedPrice, error) {
	var item priceListItem
	if err := json.Unmarshal([]byte(text), &item); err != nil {
		return nil, err
	}
	for name, value := range attributes {
		if item.Product.Attributes[name] != value {
			return nil, nil
		}
	}
	var prices []ListedPrice
	for _, term := range slices.Sorted(maps.Keys(item.Terms.OnDemand)) {
		price := ListedPrice{Published: item.PublicationDate}
		for _, d := range item.Terms.OnDemand[term].PriceDimensions {
			if usd, ok := d.PricePerUnit["USD"]; ok {
				price.Tiers = append(price.Tiers, ListedTier{d.BeginRange, usd})
			}
		}
		sort.Slice(price.Tiers, func(i, j int) bool { return number(price.Tiers[i].From) < number(price.Tiers[j].From) })
		if len(price.Tiers) > 0 {
			prices = append(prices, price)
		}
	}
	return prices, nil
}

// number reads the beginning of a tier, 0 when it is none.
func number(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
