package main

import (
	"context"
	"errors"
	"time"

	"vpclink/cloud"
	"vpclink/provision"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/steps"
	"vpclink/waiters"
)

// place is where a stack is: a target, and an account and region there that answered.
type place struct {
	target cloud.Target
	*cloud.Account
	close func() error
	since time.Time // the target's time stood still before; zero: it never does
}

// reach connects to what the flags name. It is for at, which closes the place.
func (a *app) reach(ctx context.Context, g *globals, dir string) (*place, error) {
	target, err := g.cloudTarget(ctx, a)
	if err != nil {
		return nil, err
	}
	a.asks.Store(true)
	p := &place{target: target, close: func() error { return nil }}
	c := cloud.Config{Target: p.target, Region: g.region, Profile: g.profile, Log: a.debug(g)}
	if g.target == targetSim && target.Endpoint == "" {
		world, server, err := a.enter(ctx, g, simDir(dir))
		switch {
		case err != nil:
			return nil, err
		case server != nil && g.simGiven != "":
			return nil, usage("", "--%s is for a simulator that no server has, and this one is served at %s: leave the flag out, or give it to vpclink sim serve", g.simGiven, server.Endpoint)
		case server != nil:
			// Where it answers is not recorded: the stack is in this folder's simulator, served or not.
			p.target = server.target(g.settle)
			c.Target = p.target
			c.Target.Endpoint = server.Endpoint
		default:
			c.HTTP, p.close = world, func() error { return ofSim(world.Close()) }
			p.target.Quotas = simQuotas(g.simOptions().Quotas)
		}
	}
	if p.target.Pauses {
		p.since = time.Now()
	}
	if p.Account, err = cloud.Connect(ctx, c); err != nil {
		return nil, errors.Join(err, p.close())
	}
	return p, nil
}

// at does something at the place that the flags lead to, and leaves it.
func (a *app) at(ctx context.Context, g *globals, dir string, do func(*place) error) error {
	p, err := a.reach(ctx, g, dir)
	if err != nil {
		return err
	}
	return errors.Join(do(p), p.close())
}

func (p *place) scope() state.Scope {
	return state.Scope{Account: p.Number, Region: p.Region, Profile: p.Profile}
}

// env is where the calls of a stack go, and whose they are.
func (p *place) env(h state.Header, tags map[string]string) steps.Env {
	return steps.Env{
		EC2: p.EC2, ELB: p.ELB, Scope: p.scope(), Target: p.target,
		Stack: steps.Stack{Name: h.Stack, Lineage: h.Lineage, Pattern: h.Pattern, Tags: tags},
	}
}

// runner returns the runner of a stack at this place.
func (p *place) runner(
	h state.Header, j provision.Journal, tags map[string]string, events func(provision.Event),
) *provision.Runner {
	pattern, _ := provision.Find(h.Pattern)
	return provision.NewRunner(provision.Config{
		Kinds: steps.Kinds(), Makes: makes(h.Pattern), Pattern: pattern, Envs: []steps.Env{p.env(h, tags)}, Journal: j, Events: events, Token: newUUID,
		Settle: p.target.Settle, Pace: waiters.DefaultPace(p.target.Speed), Speed: p.target.Speed, Since: p.since,
	})
}

// account is who is asked about quotas here.
func (p *place) account() provision.Account {
	return provision.Account{
		Region: p.Region,
		Quota: func(ctx context.Context, q steps.Quota) (int, bool, error) {
			return p.Quota(ctx, p.target, q.Service, q.Code)
		},
		Had: func(ctx context.Context, kind string) (int, error) {
			return steps.Had(ctx, p.env(state.Header{}, nil), kind)
		},
	}
}

// simQuotas are the simulator's quotas by AWS's codes.
func simQuotas(q sim.Quotas) cloud.Quotas {
	return cloud.Quotas{
		"L-F678F1CE": q.VPCs, "L-A4707A72": q.InternetGateways, "L-A2478D36": q.TransitGateways, "L-69A177A2": q.NLBs,
		"L-0EA8095F": q.RulesPerGroup, "L-93826ACB": q.RoutesPerTable, "L-E0233F82": q.AttachmentsPerTransitGateway,
		"L-7E9ECCDB": q.PeeringsPerVPC, "L-29B6F2EB": q.EndpointsPerVPC,
		"L-0263D0A3": q.ElasticIPs, "L-2AFB9258": q.GroupsPerInterface,
	}
}

// makes are the kinds that a pattern makes, nil for one that this vpclink does not have.
func makes(pattern string) []string {
	if p, ok := provision.Find(pattern); ok {
		return p.Kinds()
	}
	return nil
}

// sameAccount refuses credentials that lead to another account than the stack's: its IDs mean nothing there.
func (p *place) sameAccount(h state.Header) error {
	if len(h.Scopes) == 0 || h.Scopes[0].Account == p.Number {
		return nil
	}
	return usage("", "stack %s is in account %s, and these credentials lead to account %s: give a --profile of %[2]s", h.Stack, h.Scopes[0].Account, p.Number)
}
