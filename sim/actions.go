package sim

import (
	"fmt"
	"slices"
)

// effect says whether an action changes the world.
type effect bool

const (
	reading  effect = false
	changing effect = true
)

// handler is one action: how it is called and what it does.
type handler struct {
	name     string
	changing effect
	input    func() any
	run      func(*call, any) (any, error)
}

// action adapts a function over the SDK's structs.
func action[I, O any](name string, e effect, run func(*call, *I) (*O, error)) handler {
	return handler{
		name: name, changing: e,
		input: func() any { return new(I) },
		run: func(c *call, in any) (any, error) {
			typed, ok := in.(*I)
			if !ok {
				return nil, fmt.Errorf("%s takes no %T", name, in)
			}
			return run(c, typed)
		},
	}
}

// handlers are all actions there are, by service and name.
var handlers = map[string]map[string]handler{
	"ec2": byName(
		vpcActions, vpcBlockActions, subnetActions, subnetAttributeActions, zoneActions, routeTableActions, routeActions, groupActions, ruleActions,
		interfaceActions, instanceActions, instanceStopActions, instanceAttributeActions, internetGatewayActions, internetLinkActions, elasticIPActions, tagActions,
		peeringActions, peeringAnswerActions, vpcAttributeActions,
		gatewayActions, gatewayTableActions, attachmentActions, associationActions, propagationActions, gatewayRouteActions, staticRouteActions,
		serviceActions, servicePermissionActions, endpointActions, connectionActions,
		networkChangeActions, gatewayChangeActions, serviceChangeActions,
	),
	balancing: byName(
		targetGroupActions, registrationActions, balancerActions, listenerActions, balancerTagActions, balancerAttributeActions, listenerAttributeActions,
		balancingChangeActions,
	),
	"sts": byName(identityActions),
}

func byName(tables ...[]handler) map[string]handler {
	all := map[string]handler{}
	for _, h := range slices.Concat(tables...) {
		all[h.name] = h
	}
	return all
}
