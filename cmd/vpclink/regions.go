package main

import (
	"regexp"
	"strings"

	"vpclink/words"
)

// regions are AWS's commercial regions and where they are, for completion and for who mistypes one. One that is not
// here, being newer or of another partition, can be used all the same.
var regions = []struct {
	name  string
	place words.Text
}{
	{"af-south-1", "Cape Town"},
	{"ap-east-1", "Hong Kong"},
	{"ap-east-2", "Taipei"},
	{"ap-northeast-1", "Tokyo"},
	{"ap-northeast-2", "Seoul"},
	{"ap-northeast-3", "Osaka"},
	{"ap-south-1", "Mumbai"},
	{"ap-south-2", "Hyderabad"},
	{"ap-southeast-1", "Singapore"},
	{"ap-southeast-2", "Sydney"},
	{"ap-southeast-3", "Jakarta"},
	{"ap-southeast-4", "Melbourne"},
	{"ap-southeast-5", "Malaysia"},
	{"ap-southeast-6", "New Zealand"},
	{"ap-southeast-7", "Thailand"},
	{"ca-central-1", "Canada"},
	{"ca-west-1", "Calgary"},
	{"eu-central-1", "Frankfurt"},
	{"eu-central-2", "Zurich"},
	{"eu-north-1", "Stockholm"},
	{"eu-south-1", "Milan"},
	{"eu-south-2", "Spain"},
	{"eu-west-1", "Ireland"},
	{"eu-west-2", "London"},
	{"eu-west-3", "Paris"},
	{"il-central-1", "Tel Aviv"},
	{"me-central-1", "UAE"},
	{"me-south-1", "Bahrain"},
	{"mx-central-1", "Mexico"},
	{"sa-east-1", "São Paulo"},
	{"us-east-1", "N. Virginia"},
	{"us-east-2", "Ohio"},
	{"us-west-1", "N. California"},
	{"us-west-2", "Oregon"},
}

// regionForm is what every region's name looks like. It becomes part of a host's name, so nothing else may be in it.
var regionForm = regexp.MustCompile(`^[a-z]{2,8}(-[a-z]{1,16}){1,3}-[0-9]{1,2}$`)

// checkRegion refuses what can be no region.
func checkRegion(typed string) error {
	if regionForm.MatchString(typed) {
		return nil
	}
	var names []string
	for _, r := range regions {
		if strings.EqualFold(typed, string(r.place)) {
			return usage("", "--region %q: did you mean %s, %s?", typed, r.name, r.place)
		}
		names = append(names, r.name)
	}
	if question := meant(typed, "", names); question != nil {
		return usage("", "--region %q: %s", typed, question)
	}
	return usage("", "--region %q: it is an AWS region like ap-northeast-1", typed)
}
