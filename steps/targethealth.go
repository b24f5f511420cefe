package steps

import (
	"context"
	"time"

	"vpclink/state"
	"vpclink/waiters"
)

// TargetHealth are the settings of a wait: a registered target is to be healthy. Nothing is made; its ID is the target's.
type TargetHealth struct {
	TargetGroup state.Value `json:"target_group"`
	Instance    state.Value `json:"instance"`
	Port        int32       `json:"port"`
}

func (set TargetHealth) id() string { return Target(set).id() }

type targetHealth struct{}

var _ typed[TargetHealth] = targetHealth{}

// A target is unhealthy while its instance starts: Windows answers RDP after minutes.
func (targetHealth) life() waiters.Life {
	return waiters.Life{
		Making: []string{"unused", "initial", "unhealthy", "unavailable"}, Ready: []string{"healthy"},
		Gone: []string{"draining", "unhealthy.draining"}, NoUndo: true,
		Typical: 210 * time.Second, Timeout: 15 * time.Minute,
	}
}

func (k targetHealth) observe(ctx context.Context, env Env, wants []want[TargetHealth]) ([]Observation, error) {
	seen, err := healths(ctx, env.ELB, wants, func(set TargetHealth) string { return set.TargetGroup.String() })
	found := view[TargetHealth, health]{
		life: k.life(), id: health.id, state: health.state, wanted: TargetHealth.id, natural: health.id,
	}.match(env, wants, seen)
	for i := range found {
		found[i].Ours = true // a wait is nobody else's
	}
	return found, err
}

func (targetHealth) create(_ context.Context, _ Env, w want[TargetHealth]) (Observation, error) {
	return Observation{ID: w.set.id()}, nil
}

func (targetHealth) remove(context.Context, Env, want[TargetHealth]) error { return nil }
