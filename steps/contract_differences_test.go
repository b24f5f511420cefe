package steps

import (
	"maps"

	"vpclink/localstack"
)

// difference is what a target does instead of what AWS does, and why it matters or what is done about it.
type difference struct{ does, why string }

// differences are those of one target: kind → case.
type differences map[string]map[contractCase]difference

// Reasons that several kinds share.
const (
	instantly = "nothing takes time there, so the states on the way are never shown"
	onePage   = "the list ignores the size of a page, so there is never a second one"
	crashes   = "the server crashes (status 500) over what it does not have; vpclink looks before it deletes"
	unchecked = "the server does not look whether it is there"
	unguarded = "the server does not look what hangs on it"
	tokenless = "the server does not know client tokens; our tags tell that there are two"
	dropped   = "what is gone leaves no tombstone"
	spelled   = "the code is written with Id for ID, as AWS writes some others; vpclink knows both"
	unproven  = "a target is healthy at once, whether or not it runs, and anything checks it"
	nameless  = "two load balancers may have one name; vpclink looks first, and our tags tell that there are two"
	cardless  = "no interfaces of the server's making outlive it"
	otherWord = "AWS has this code as well (aws-facts §1.3); vpclink knows both"
	unpaired  = "the server does not look whether the two VPCs have one; vpclink looks first, and our tags tell that there are two"
)

// contractDifferences are all in which the targets differ from AWS, by target. The simulator has none: it follows AWS,
// and where it does not it is mended.
func contractDifferences() map[string]differences {
	all := map[string]differences{
		localstack.Moto: emulated(map[contractCase]difference{
			foundByTags:  {notOurs, "the tags of attachments are not in the list; they are found by gateway and VPC"},
			goesDown:     {disappears, dropped},
			deletedTwice: {noAnswer, crashes},
		}),
		localstack.LocalStack: emulated(map[contractCase]difference{
			goesDown:     {"deleted", instantly},
			deletedTwice: {taken, "a tombstone can be deleted again"},
		}),
	}
	maps.Copy(all[localstack.Moto], balanced())
	return all
}

// balanced are the differences of moto's load balancers and endpoints. LocalStack has no load balancers, and so no service
// that an endpoint could be for.
func balanced() differences {
	return differences{
		KindTargetGroup: {
			madeTwice: {"exists: DuplicateTargetGroupName", "also with the same settings; vpclink looks first and does not send it again"},
			morePages: {atOnce, onePage},
		},
		KindTarget: {
			comesUp:      {"healthy", unproven},
			onUnready:    {taken, unproven},
			deletedTwice: {"nothing there: InvalidTarget", "the code of a target that is none is used for one that is not registered; vpclink knows it"},
			neverThere:   {"nothing there: InvalidTarget", "the code of a target that is none is used for one that is not registered; vpclink knows it"},
		},
		KindTargetHealth: {
			comesUp: {"healthy", unproven},
		},
		KindNLB: {
			madeTwice:     {secondOne, nameless},
			madeOtherwise: {"a second one beside it", nameless},
			onNothing:     {"not yet: InvalidSubnetID.NotFound", "the code is that of EC2; vpclink knows both"},
			deletedInUse:  {taken, unguarded},
			goesDown:      {disappears, cardless},
		},
		KindListener: {
			madeTwice:     {"a second one, 0 known by their tags", "a port may have many listeners there; vpclink looks for the one at the port first"},
			madeOtherwise: {"a second one beside it", "a port may have many listeners there; vpclink looks for the one at the port first"},
			morePages:     {atOnce, onePage},
		},
		KindEndpointService: {
			comesUp:       {"Available", instantly},
			madeTwice:     {secondOne, tokenless},
			madeOtherwise: {"a second one beside it", tokenless},
			morePages:     {atOnce, onePage},
			onNothing:     {"not yet: LoadBalancerNotFound", "the code is that of ELBv2; vpclink knows both"},
			deletedInUse:  {taken, unguarded},
			goesDown:      {disappears, instantly},
			deletedTwice:  {"nothing there: InvalidVpcEndpointService.NotFound", otherWord},
			neverThere:    {"nothing there: InvalidVpcEndpointService.NotFound", otherWord},
		},
		KindVPCEndpoint: {
			comesUp:       {"available", "the server does not know acceptance, so an endpoint is never asked for"},
			madeTwice:     {secondOne, tokenless},
			madeOtherwise: {"a second one beside it", tokenless},
			morePages:     {atOnce, onePage},
			onNothing:     {taken, unchecked},
			goesDown:      {disappears, cardless},
			deletedTwice:  {taken, "what was not there is not in the list of what could not be deleted"},
			neverThere:    {taken, "what was not there is not in the list of what could not be deleted"},
		},
	}
}

// emulated are the differences of moto's EC2, which LocalStack's is too. Only attachments are told apart.
func emulated(attachments map[contractCase]difference) differences {
	all := differences{
		KindVPC: {
			comesUp:   {"available", instantly},
			morePages: {atOnce, onePage},
		},
		KindSubnet: {
			comesUp:      {"available", instantly},
			morePages:    {atOnce, onePage},
			deletedInUse: {taken, unguarded},
		},
		KindRouteTable: {
			madeTwice: {secondOne, tokenless},
			morePages: {atOnce, onePage},
		},
		KindRouteTableAssociation: {
			comesUp:       {"associated", instantly},
			madeTwice:     {theSame, "the association that there is, is given back"},
			madeOtherwise: {theSame, "the association with the first table is given back, without an error"},
			morePages:     {atOnce, onePage},
			goesDown:      {disappears, instantly},
		},
		KindSecurityGroup: {
			onNothing:    {taken, unchecked},
			deletedInUse: {taken, unguarded},
			morePages:    {atOnce, onePage},
		},
		KindSecurityGroupRule: {
			morePages:    {atOnce, onePage},
			deletedTwice: {"nothing there: InvalidPermission.NotFound", "the code of a rule named by its settings is used for its ID too"},
			neverThere:   {"nothing there: InvalidPermission.NotFound", "the code of a rule named by its settings is used for its ID too"},
		},
		KindInstance: {
			madeTwice:     {noAnswer, "the server does not know client tokens, and crashes (status 500) since the address is taken"},
			madeOtherwise: {noAnswer, "the server does not know client tokens, and crashes (status 500) since the address is taken"},
			goesDown:      {"terminated", instantly},
			deletedTwice:  {"nothing there: InvalidNetworkInterfaceID.NotFound", "it looks for the interface that went with the instance"},
		},
		KindTransitGateway: {
			comesUp:      {"available", instantly},
			morePages:    {atOnce, onePage},
			deletedInUse: {taken, unguarded},
			deletedEarly: {taken, instantly},
			goesDown:     {disappears, dropped},
			deletedTwice: {noAnswer, crashes},
			neverThere:   {noAnswer, crashes},
		},
		KindTGWRouteTable: {
			comesUp:      {"available", instantly},
			morePages:    {atOnce, onePage},
			onNothing:    {taken, unchecked},
			onUnready:    {taken, instantly},
			deletedInUse: {taken, unguarded},
			deletedEarly: {taken, instantly},
			goesDown:     {"deleted", instantly},
			deletedTwice: {taken, "a tombstone can be deleted again"},
			neverThere:   {noAnswer, crashes},
		},
		KindTGWAttachment: {
			comesUp:      {"available", instantly},
			morePages:    {atOnce, onePage},
			onUnready:    {taken, instantly},
			deletedEarly: {taken, instantly},
			neverThere:   {noAnswer, crashes},
		},
		KindTGWAssociation: {
			comesUp:       {"associated", instantly},
			madeTwice:     {theSame, "it is made once more over the first"},
			madeOtherwise: {"a second one beside it", "an attachment may be associated with many tables there"},
			morePages:     {atOnce, onePage},
			onNothing:     {noAnswer, crashes},
			onUnready:     {taken, instantly},
			deletedEarly:  {taken, instantly},
			goesDown:      {disappears, instantly},
			deletedTwice:  {noAnswer, crashes},
			neverThere:    {noAnswer, crashes},
		},
		KindTGWPropagation: {
			comesUp:      {"enabled", instantly},
			madeTwice:    {theSame, "a second row appears; both mean the same propagation, and one delete takes both"},
			morePages:    {atOnce, onePage},
			onNothing:    {noAnswer, crashes},
			onUnready:    {taken, instantly},
			deletedEarly: {taken, instantly},
			goesDown:     {disappears, instantly},
			deletedTwice: {noAnswer, crashes},
			neverThere:   {noAnswer, crashes},
		},
		KindRoute: {
			madeTwice: {"exists: RouteAlreadyExists", "also for the same target; vpclink looks first and does not send it again"},
			morePages: {atOnce, onePage},
			onNothing: {taken, unchecked},
			onUnready: {taken, instantly},
		},
	}
	maps.Copy(all, emulatedLinks())
	maps.Copy(all[KindTGWAttachment], attachments)
	return all
}

// emulatedLinks are the differences of internet gateways and peerings.
func emulatedLinks() differences {
	return differences{
		KindInternetGateway: {
			morePages: {atOnce, onePage},
		},
		KindInterfaceGroup: {
			morePages: {atOnce, onePage},
			onNothing: {taken, unchecked},
		},
		KindElasticIP: {
			deletedInUse: {taken, unguarded},
		},
		KindElasticIPAssociation: {
			madeTwice:     {"a second one, 0 known by their tags", "the address is where it was, under another association ID; vpclink looks before it sends again"},
			madeOtherwise: {"a second one beside it", "the interface's former address is taken off without a word; vpclink gives one only to an instance without"},
			onUnready:     {taken, instantly},
			deletedTwice:  {"nothing there: InvalidAssociationID.NotFound", "of what is gone the server knows nothing"},
		},
		KindInternetGatewayAttachment: {
			madeOtherwise: {"a second one beside it", "a VPC may have many gateways there; vpclink looks for the VPC's own first"},
			morePages:     {atOnce, onePage},
			deletedInUse:  {taken, "the server does not look whether anything has a public address"},
			goesDown:      {disappears, instantly},
		},
		KindVPCPeering: {
			madeTwice:     {secondOne, unpaired},
			madeOtherwise: {"a second one beside it", unpaired},
			morePages:     {atOnce, onePage},
			goesDown:      {"deleted", instantly},
			deletedTwice:  {taken, "a tombstone can be deleted again"},
			neverThere:    {"nothing there: InvalidVpcPeeringConnectionId.NotFound", spelled},
		},
		KindVPCPeeringAccept: {
			comesUp:   {"active", instantly},
			morePages: {atOnce, onePage},
			onNothing: {"not yet: InvalidVpcPeeringConnectionId.NotFound", spelled},
		},
		KindVPCPeeringDNS: {
			morePages: {atOnce, onePage},
			onNothing: {"not yet: InvalidVpcPeeringConnectionId.NotFound", spelled},
			onUnready: {taken, instantly},
		},
	}
}
