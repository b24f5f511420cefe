package waiters

import "testing"

func TestStage(t *testing.T) {
	life := Life{
		Making: []string{"pending"}, Ready: []string{"available"}, Leaving: []string{"deleting"},
		Gone: []string{"deleted"}, Failed: []string{"failed"}, Stopped: []string{"stopped"}, Dead: []string{"expired"},
	}
	for _, c := range []struct {
		life  Life
		state string
		want  Stage
	}{
		{life, "pending", StageMaking},
		{life, "available", StageReady},
		{life, "Available", StageReady}, // AWS spells the states of endpoints in two ways
		{life, "deleting", StageLeaving},
		{life, "deleted", StageGone},
		{life, "failed", StageFailed},
		{life, "stopped", StageStopped},
		{life, "expired", StageDead},
		{life, "brand-new-word", Unknown},
		{life, "", Unknown},
		{Life{Exists: true}, "", StageReady},
		{Life{Exists: true}, "available", Unknown},
	} {
		if got := c.life.Stage(c.state); got != c.want {
			t.Errorf("state %q of a kind that merely exists (%t) should be stage %d, not %d", c.state, c.life.Exists, c.want, got)
		}
	}
}
