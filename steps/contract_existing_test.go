package steps

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// The kinds that an instance which is there already gets, and what AWS does with them.

const factsAddresses = "aws-facts §2.9"

func existingKinds() map[string]contractKind {
	return map[string]contractKind{
		KindInterfaceGroup: {
			settings: func(b *bench, name string) any {
				missing := b.missing
				b.missing = "" // the instance has its own group
				set := InterfaceGroup{Instance: b.need(KindInstance, name), Was: []string{b.need(KindSecurityGroup, name).String()}}
				b.missing = missing
				set.Interface, set.Group = b.card(set.Instance.String()), b.need(KindSecurityGroup, name+"2")
				return set
			},
			parent: KindSecurityGroup, ghost: "eni-0123456789abcdef0|sg-0123456789abcdef0",
			aws: untagged(map[contractCase]promise{
				comesUp:      {there, "API Reference, ModifyNetworkInterfaceAttribute"},
				madeTwice:    {theSame, "the whole list is set"},
				onNothing:    {"not yet: InvalidGroup.NotFound", factsCodes},
				goesDown:     {disappears, "the whole list is set"},
				deletedTwice: {"nothing there", "a look tells, before any call"},
				neverThere:   {"nothing there", "a look tells, before any call"},
			}),
		},
		KindElasticIP: {
			settings: func(*bench, string) any { return ElasticIP{} },
			user:     KindElasticIPAssociation, ghost: "eipalloc-0123456789abcdef0",
			aws: promised(map[contractCase]promise{
				comesUp:      {there, factsState},
				madeTwice:    {secondOne, factsFind},
				morePages:    none("the list has no pages"),
				onNothing:    none("it is made on nothing"),
				deletedInUse: {"refused: InvalidIPAddress.InUse", factsAddresses},
				goesDown:     {disappears, factsState},
				deletedTwice: {"nothing there: InvalidAllocationID.NotFound", factsCodes},
				neverThere:   {"nothing there: InvalidAllocationID.NotFound", factsCodes},
			}),
		},
		KindElasticIPAssociation: {
			settings: func(b *bench, name string) any { return contractAddress(b, name, name) },
			other:    func(b *bench, name string) any { return contractAddress(b, name, name+"2") },
			parent:   KindElasticIP, slow: KindInstance, ghost: "eipassoc-0123456789abcdef0",
			aws: untagged(map[contractCase]promise{
				comesUp:       {there, factsAddresses},
				madeTwice:     {theSame, factsAddresses},
				madeOtherwise: {"exists: Resource.AlreadyAssociated", factsAddresses},
				morePages:     none("the list has no pages"),
				onNothing:     {"not yet: InvalidAllocationID.NotFound", factsCodes},
				onUnready:     {"not yet: IncorrectInstanceState", factsAddresses},
				goesDown:      {disappears, factsAddresses},
				deletedTwice:  {taken, factsAddresses},
				neverThere:    {"nothing there: InvalidAssociationID.NotFound", factsCodes},
			}),
		},
	}
}

// contractAddress puts an address on an instance's interface, in a VPC with an internet gateway.
func contractAddress(b *bench, name, address string) ElasticIPAssociation {
	b.Helper()
	b.need(KindInternetGatewayAttachment, name)
	return ElasticIPAssociation{Address: b.need(KindElasticIP, address), Interface: b.card(b.need(KindInstance, name).String())}
}

// card is the ID of an instance's interface.
func (b *bench) card(instance string) string {
	b.Helper()
	out, err := b.env.EC2.DescribeNetworkInterfaces(b.Context(), &ec2.DescribeNetworkInterfacesInput{
		Filters: []types.Filter{filter("attachment.instance-id", instance)},
	})
	if err != nil || len(out.NetworkInterfaces) != 1 {
		b.Fatalf("want the interface of %s, got %+v, %v", instance, out, err)
	}
	return aws.ToString(out.NetworkInterfaces[0].NetworkInterfaceId)
}
