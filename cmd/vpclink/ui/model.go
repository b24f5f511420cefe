package ui

import (
	"time"

	"vpclink/provision"
	"vpclink/state"
	"vpclink/words"
)

// model is what a run has come to. It is folded from events, and knows no terminal.
type model struct {
	run       Run
	begun     time.Time
	ended     time.Time // zero until the run is over
	planned   bool
	steps     []*step // in the order in which the run plans them
	resources map[state.Key]*resource
	twins     map[string]bool // by ID
}

// step is one numbered step and its resources.
type step struct {
	number, title string
	oneKind       bool // all of one kind: names tell them apart
	resources     []*resource
	sum           *tally // nil when something has happened since it was made
}

func newModel(run Run, now time.Time) *model {
	if run.Title == nil {
		run.Title = func(string) string { return "" }
	}
	return &model{run: run, begun: now, resources: map[state.Key]*resource{}, twins: map[string]bool{}}
}

func (m *model) follow(e provision.Event) {
	if e.Name == provision.EventDeleting && e.State == "twin" {
		m.twins[e.ID] = true // it has the key of a resource that stays
	}
	switch {
	case e.Name == provision.EventPlanned:
		m.plan(e.Planned)
	case e.Name == provision.EventDone:
		m.ended = e.Time
	case !m.twins[e.ID]:
		r := m.resource(e.Key)
		r.step.sum = nil
		r.follow(e, m.run)
	}
}

// plan begins anew with what the run means to do. What came before it, the taking away of things that no journal has,
// is over.
func (m *model) plan(planned []provision.Planned) {
	m.planned, m.steps = true, nil
	clear(m.resources)
	for _, p := range planned {
		r := m.resource(p.Key)
		r.left = p.Left
		if p.Done {
			r.course, r.end = finished, endOf(m.run.Down)
			r.state = m.run.Lang.In(r.end)
		}
	}
	for _, p := range planned {
		for _, need := range p.Needs {
			if n := m.resources[need]; n != nil {
				n.followers = append(n.followers, m.resources[p.Key])
			}
		}
	}
}

// endOf is what a resource is called for which nothing is left to do.
func endOf(down bool) words.Text {
	if down {
		return endKept
	}
	return endReady
}

// resource returns that of a key. What was not planned, such as a thing that no journal has, is added.
func (m *model) resource(key state.Key) *resource {
	if r := m.resources[key]; r != nil {
		return r
	}
	s := m.step(key.Step())
	s.oneKind = len(s.resources) == 0 || s.oneKind && s.resources[0].key.Kind() == key.Kind()
	r := &resource{key: key, step: s}
	s.resources, s.sum = append(s.resources, r), nil
	m.resources[key] = r
	return r
}

func (m *model) step(number string) *step {
	for _, s := range m.steps {
		if s.number == number {
			return s
		}
	}
	s := &step{number: number, title: m.run.Title(number)}
	m.steps = append(m.steps, s)
	return s
}
