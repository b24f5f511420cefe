package sim

import (
	"fmt"
	"math/rand/v2"
	"time"

	"vpclink/sim/codec"
)

// call is one request while it is being answered. Everything random in it comes from the world's seed and the number
// of the changing call, so that a replay makes the same IDs and durations; reads draw nothing.
type call struct {
	request
	*region
	world     *World // other accounts' regions; nil while a region is being made
	handler   handler
	fault     *Fault // that strikes it; nil mostly
	opts      *Options
	model     *codec.Model
	in        any // the action's input struct, filled
	now       time.Time
	requestID string
	dice      *rand.Rand // nil in reads

	hide time.Duration // fault: what is made stays hidden so long
	fail bool          // fault: what is made ends in its failed state
}

// born is a new thing of a kind: its ID, and the moments of its making.
func (c *call) born(k *kind, parent string, tags map[string]string) thing {
	return c.bornAt(c.now, k, parent, tags)
}

// bornAt is born for what begins later than the call, such as a default association.
func (c *call) bornAt(at time.Time, k *kind, parent string, tags map[string]string) thing {
	t := thing{kind: k, parent: parent, tags: tags}
	if tags == nil {
		t.tags = map[string]string{}
	}
	if k.prefix != "" {
		t.id = c.newID(k.prefix)
	}
	t.asked = at
	t.visible = at.Add(max(c.opts.draw(c.dice, hidden), c.hide))
	t.ready = at.Add(c.opts.draw(c.dice, paces[k.word].create))
	t.failed = c.fail && k.fails
	return t
}

// comesWith is a thing that AWS makes and shows together with another.
func (c *call) comesWith(of *thing, k *kind, tags map[string]string) thing {
	t := thing{kind: k, parent: of.id, tags: tags, implicit: of.implicit}
	if tags == nil {
		t.tags = map[string]string{}
	}
	t.life = life{asked: of.asked, visible: of.visible, ready: of.ready}
	if k.prefix != "" {
		t.id = c.newID(k.prefix)
	}
	return t
}

// leave begins the end of a thing.
func (c *call) leave(t *thing) { c.leaveIn(t, paces[t.kind.word].remove) }

func (c *call) leaveIn(t *thing, s span) {
	t.life.leave(c.now, c.opts.draw(c.dice, s), t.kind.tombstone)
}

// newID makes an ID as AWS writes them: 17 hexadecimal digits, the first of them 0.
func (c *call) newID(prefix string) string {
	return fmt.Sprintf("%s-0%016x", prefix, c.dice.Uint64())
}
