package sim_test

// What is otherwise than published in the answers to changes.

var modifyLeftOut = []difference{
	{"the example is of a target group of protocol HTTPS", []string{"ModifyTargetGroup TargetGroups[].ProtocolVersion"}},
}

var modifyAdded = []difference{
	{"the example is older than this member of the API", []string{
		"AuthorizeSecurityGroupEgress Return",
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].CidrIpv4",
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].FromPort",
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].GroupId",
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].GroupOwnerId",
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].IpProtocol",
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].IsEgress",
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].SecurityGroupRuleArn",
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].SecurityGroupRuleId",
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].ToPort",
		"ModifyListener Listeners[].DefaultActions[].ForwardConfig.TargetGroups[].TargetGroupArn",
		"ModifyTransitGateway TransitGateway.Options.MulticastSupport",
		"ModifyTransitGateway TransitGateway.Options.SecurityGroupReferencingSupport",
		"ModifyTransitGatewayVpcAttachment TransitGatewayVpcAttachment.Options.ApplianceModeSupport",
		"ModifyTransitGatewayVpcAttachment TransitGatewayVpcAttachment.Options.SecurityGroupReferencingSupport",
		"ReplaceRouteTableAssociation AssociationState.State",
		"RevokeSecurityGroupEgress Return",
		"RevokeSecurityGroupEgress RevokedSecurityGroupRules[].CidrIpv4",
		"RevokeSecurityGroupEgress RevokedSecurityGroupRules[].FromPort",
		"RevokeSecurityGroupEgress RevokedSecurityGroupRules[].GroupId",
		"RevokeSecurityGroupEgress RevokedSecurityGroupRules[].IpProtocol",
		"RevokeSecurityGroupEgress RevokedSecurityGroupRules[].IsEgress",
		"RevokeSecurityGroupEgress RevokedSecurityGroupRules[].SecurityGroupRuleId",
		"RevokeSecurityGroupEgress RevokedSecurityGroupRules[].ToPort",
	}},
	{"an empty list, where AWS leaves the list out: no client can tell them apart but by nil", []string{
		"AuthorizeSecurityGroupEgress SecurityGroupRules[].Tags[]",
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
