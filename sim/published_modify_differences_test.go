package sim_test

// What is otherwise than published in the answers to changes.

var modifyLeftOut = []difference{
	{"the example is of a target group of protocol HTTPS", []string{"ModifyTargetGroup TargetGroups[].ProtocolVersion"}},
}

var modifyAdded = []difference{
	{"the example is older than this member of the API", []string{
		"ModifyListener Listeners[].DefaultActions[].ForwardConfig.TargetGroups[].TargetGroupArn",
		"ModifyTransitGateway TransitGateway.Options.MulticastSupport",
		"ModifyTransitGateway TransitGateway.Options.SecurityGroupReferencingSupport",
		"ModifyTransitGatewayVpcAttachment TransitGatewayVpcAttachment.Options.ApplianceModeSupport",
		"ModifyTransitGatewayVpcAttachment TransitGatewayVpcAttachment.Options.SecurityGroupReferencingSupport",
		"ReplaceRouteTableAssociation AssociationState.State",
	}},
	{"an empty list, where AWS leaves the list out: no client can tell them apart but by nil", []string{
		"ModifyTransitGateway TransitGateway.Tags[]",
		"ModifyTransitGatewayVpcAttachment TransitGatewayVpcAttachment.Tags[]",
	}},
	{"the example leaves out what is empty, or what its protocol's default is", []string{
		"ModifyTransitGateway TransitGateway.Description",
		"ModifyTargetGroup TargetGroups[].HealthCheckPath",
	}},
}

var modifyDiffering = []difference{
	{"the example has a number in the place of the ARN, a slip of its writer", []string{"ModifyTransitGateway TransitGateway.TransitGatewayArn"}},
}
