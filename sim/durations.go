package sim

import (
	"math"
	"math/rand/v2"
	"time"
)

// span is a duration as readings show it, in seconds.
type span struct{ low, typical, high float64 }

// pace is how long a kind takes to be made and to be taken away.
type pace struct{ create, remove span }

// simple things take a moment; for them the time of removal is how long reads still show them (aws-facts §7.1).
var simple = pace{create: span{0, 1, 3}, remove: span{0, 1, 3}}

// paces are the readings collected in aws-facts §1.5 and the project's timing page, where the two differ the latter.
var paces = map[string]pace{
	"vpc":                         simple,
	"subnet":                      simple,
	"route-table":                 simple,
	"route-table-association":     simple,
	"route":                       simple,
	"security-group":              simple,
	"security-group-rule":         simple,
	"network-interface":           simple,
	"internet-gateway":            simple,
	"internet-gateway-attachment": simple,
	"elastic-ip":                  simple,
	"vpc-peering":                 {create: span{0, 1, 3}, remove: span{1, 2, 10}}, // to pending-acceptance; to deleted
	"instance":                    {create: span{15, 25, 60}, remove: span{20, 30, 60}},
	"instance (windows)":          {create: span{15, 25, 60}, remove: span{60, 120, 240}},
	"transit-gateway":             {create: span{60, 78, 120}, remove: span{60, 96, 125}},
	"tgw-route-table":             {create: span{5, 30, 90}, remove: span{5, 20, 60}},
	"tgw-attachment":              {create: span{60, 100, 180}, remove: span{30, 70, 90}},
	"tgw-association":             {create: span{5, 45, 90}, remove: span{5, 30, 60}},
	"tgw-propagation":             {create: span{5, 30, 90}, remove: span{5, 15, 30}},
	"tgw-route":                   simple,
	"target-group":                simple,
	"target":                      simple,
	"listener":                    simple,
	"nlb":                         {create: span{120, 150, 170}, remove: span{40, 44, 50}},
	"endpoint-service":            {create: span{0, 1, 6}, remove: span{1, 3, 10}},
	"service-permission":          simple,
	"vpc-endpoint":                {create: span{40, 45, 115}, remove: span{30, 90, 240}}, // made from the moment it is accepted
}

// What happens beside making and removing.
var (
	hidden        = span{0, 1, 5}     // a new ID is unknown to other calls (aws-facts §0.1)
	refusal       = span{0, 20, 60}   // a gateway says IncorrectState after its last attachment went (aws-facts §7.7)
	lingering     = span{0, 0, 60}    // an attachment's interfaces outlive it
	slowAssociate = span{90, 90, 600} // one association in a hundred (hashicorp/terraform-provider-aws#42705)
	modifying     = span{1, 5, 30}    // a changed gateway or attachment is shown as that (the length is assumed)
	provisioning  = span{1, 1, 5}     // an accepted peering connection is not active at once

	listensLinux    = span{20, 40, 90}    // the port answers, after running
	listensWindows  = span{150, 200, 300} // the same for Windows
	balancerLingers = span{60, 120, 300}  // an NLB's interfaces outlive it (aws-facts §7.4; the typical value is assumed)
	endpointArrives = span{5, 30, 60}     // a new endpoint asks its service for acceptance
	endpointLingers = span{0, 20, 60}     // an endpoint's interfaces outlive it (the typical value is assumed)
	stillCounted    = span{0, 5, 20}      // a deleted endpoint still keeps its service from being deleted (aws-facts §2.15; assumed)
	serviceUnsteady = span{0, 0, 5}       // a new service may answer 503 once (aws/aws-sdk-go-v2#2254; the length is assumed)
)

// draw takes a duration from a span: the typical one, or one from a triangle over the span with its top there.
func (o *Options) draw(dice *rand.Rand, s span) time.Duration {
	seconds := s.typical
	if o.Durations == Spread {
		seconds = s.at(dice.Float64())
	}
	return o.scaled(time.Duration(seconds * float64(time.Second)))
}

// at returns the value below which the share u of the triangle's area lies.
func (s span) at(u float64) float64 {
	if s.high <= s.low {
		return s.typical
	}
	top := (s.typical - s.low) / (s.high - s.low)
	if u < top {
		return s.low + (s.typical-s.low)*math.Sqrt(u/top)
	}
	return s.high - (s.high-s.typical)*math.Sqrt((1-u)/(1-top))
}
