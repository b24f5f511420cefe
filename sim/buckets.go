package sim

import (
	"reflect"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
)

// rate is the size of a token bucket and the tokens that come back each second.
type rate struct{ capacity, refill float64 }

// The request buckets of aws-facts §4.1, one for each account, region and action.
var (
	describeRate   = rate{100, 20}
	unfilteredRate = rate{50, 10} // of the describes below, with neither filter nor page
	changeRate     = rate{50, 5}
	// Of Elastic Load Balancing AWS publishes the describes' size alone (aws-facts §4.2): the rest is taken to have it too.
	balancingRate = rate{40, 10}

	ownRates = map[string]rate{
		"RunInstances":           {5, 2},
		"StartInstances":         {5, 2},
		"TerminateInstances":     {100, 5},
		"CreateNetworkInterface": {100, 5},
		"DeleteNetworkInterface": {100, 5},
		"CreateTags":             {100, 10},
		"DeleteTags":             {100, 10},

		"CreateVpcEndpoint":                      {4, 0.3},
		"DeleteVpcEndpoints":                     {4, 0.3},
		"CreateVpcEndpointServiceConfiguration":  {10, 1},
		"DeleteVpcEndpointServiceConfigurations": {10, 1},
		"AcceptVpcEndpointConnections":           {10, 1},
		"RejectVpcEndpointConnections":           {10, 1},
	}
	unfiltered = map[string]bool{
		"DescribeInstances":         true,
		"DescribeNetworkInterfaces": true,
		"DescribeSecurityGroups":    true,
	}
	// Beside those, what a call asks for takes tokens: so many instances.
	resourceRates = map[string]rate{
		"RunInstances":       {1000, 2},
		"StartInstances":     {1000, 2},
		"StopInstances":      {1000, 20},
		"TerminateInstances": {1000, 20},
	}
)

// bucketKey names a bucket.
type bucketKey struct {
	place
	action string // with "#" behind it for the resource bucket, "?" for the one of unfiltered describes
}

// bucket is how full one was at some moment of the world.
type bucket struct {
	Level float64   `json:"level"`
	At    time.Time `json:"at"`
}

// take takes the tokens of a request, and reports whether there were enough. One that is refused takes none. STS has
// buckets of unknown size (aws-facts §4.2) and is never throttled.
func (w *World) take(c *call) bool {
	if w.opts.NoLimits || c.service == "sts" {
		return true
	}
	key, r := bucketKey{c.place, c.action}, changeRate
	if own, ok := ownRates[c.action]; ok {
		r = own
	} else if c.service == balancing {
		r = balancingRate
	} else if c.handler.changing == reading {
		r = describeRate
		if unfiltered[c.action] && bare(c.in) {
			key.action, r = c.action+"?", unfilteredRate
		}
	}
	requests := w.bucket(key, r, c.now)
	if requests.Level < 1 {
		return false
	}
	if more, ok := resourceRates[c.action]; ok {
		resources := w.bucket(bucketKey{c.place, c.action + "#"}, more, c.now)
		if resources.Level < instances(c.in) {
			return false
		}
		resources.Level -= instances(c.in)
	}
	requests.Level--
	return true
}

// instances is how many instances a call asks for.
func instances(in any) float64 {
	switch in := in.(type) {
	case *ec2.RunInstancesInput:
		return float64(deref(in.MaxCount))
	case *ec2.StartInstancesInput:
		return float64(len(in.InstanceIds))
	case *ec2.StopInstancesInput:
		return float64(len(in.InstanceIds))
	case *ec2.TerminateInstancesInput:
		return float64(len(in.InstanceIds))
	}
	return 0
}

// bucket is the bucket filled up to now.
func (w *World) bucket(key bucketKey, r rate, now time.Time) *bucket {
	b := w.buckets[key]
	if b == nil {
		b = &bucket{Level: r.capacity, At: now}
		w.buckets[key] = b
	}
	if passed := now.Sub(b.At); passed > 0 {
		b.Level = min(r.capacity, b.Level+passed.Seconds()*r.refill)
		b.At = now
	}
	return b
}

// bare reports whether a describe has neither filter nor page. Whether a list of IDs counts as a filter is not known:
// it is taken not to (aws-facts §0.6).
func bare(in any) bool {
	v := reflect.ValueOf(in).Elem()
	for _, name := range []string{"Filters", "MaxResults", "NextToken"} {
		if f := v.FieldByName(name); f.IsValid() && !f.IsZero() {
			return false
		}
	}
	return true
}
