package steps

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// Purpose is what a security group was made for in a VPC that is there already, where things carry no tags of ours. The
// group's description says it, which leads to these things when the journal is lost.
type Purpose struct {
	Interface string   // that carries the group, "" for none
	Opened    []string // route tables that get a default route to a gateway that is not ours
}

// The words of a description that come before an interface and before tables.
const (
	forInterface = " for "
	withRoutes   = " with routes in "
)

// longestDescription is AWS's limit (API Reference, CreateSecurityGroup).
const longestDescription = 255

// Describe adds the purpose to a description. Tables for which there is no room are left out.
func (p Purpose) Describe(text string) string {
	if p.Interface != "" {
		text += forInterface + p.Interface
	}
	between := withRoutes
	for _, table := range p.Opened {
		if len(text)+len(between)+len(table) > longestDescription {
			break
		}
		text += between + table
		between = ","
	}
	return text
}

// purposeOf reads it back; nothing where the description says nothing of the sort.
func purposeOf(g types.SecurityGroup) Purpose {
	var p Purpose
	text, tables, opens := strings.Cut(aws.ToString(g.Description), withRoutes)
	if opens {
		p.Opened = strings.Split(tables, ",")
	}
	if _, card, found := strings.Cut(text, forInterface); found && strings.HasPrefix(card, "eni-") {
		p.Interface = card
	}
	return p
}
