package sim

import (
	"fmt"
	"testing"
)

// Two IDs may lead to one address of the pool: the second gets another one, in whichever region it is.
func TestTwoIDsOfOneAddress(t *testing.T) {
	here, there := newRegion(place{DefaultAccount, "ap-northeast-1"}, 1), newRegion(place{DefaultAccount, "us-east-1"}, 1)
	c := &call{region: here, world: &World{}, now: dawn}
	first := map[string]string{}
	for i := range 10_000 {
		id := fmt.Sprintf("eni-%017x", i)
		a := c.publicAddress(id)
		other, taken := first[a.String()]
		if !taken {
			first[a.String()] = id
			continue
		}
		n := &netInterface{thing: thing{life: life{asked: dawn, visible: dawn, ready: dawn}, kind: kindInterface, id: other}, public: a}
		there.interfaces.add(there, n)
		c.world.regions = map[place]*region{{DefaultAccount, "ap-northeast-1"}: here, {DefaultAccount, "us-east-1"}: there}
		if have := c.publicAddress(id); have == a || !publicPool.Contains(have) {
			t.Errorf("%s is %s's, so %s should have another one of %s, not %s", a, other, id, publicPool, have)
		}
		return
	}
	t.Fatal("of 10,000 IDs two should lead to the same address")
}
