// Package steps holds one file per resource kind: what its states mean, how it is seen, made and deleted. A kind keeps
// nothing between calls, knows no pattern, and does not wait: the runner in provision does.
package steps

import (
	"context"
	"fmt"
	"slices"
	"time"

	"vpclink/cloud"
	"vpclink/state"
	"vpclink/waiters"
	"vpclink/words"
)

// Kind is one sort of resource.
type Kind interface {
	// Life says what its states mean and how long they take.
	Life() waiters.Life
	// Observe returns what AWS holds for these records: none, one, or several (twins) for each, in any order. It is the
	// only way a record is read, and costs one page-set per kind and parent however many records there are.
	Observe(context.Context, Env, []state.Record) ([]Observation, error)
	// Create makes one call and returns once AWS has taken it, with the ID of what it makes. The record's settings are
	// resolved. An error matches waiters.ErrNotYet when the same call is to be repeated, ErrExists when AWS has such a
	// thing already; Unclear tells whether it may have been made all the same.
	Create(context.Context, Env, state.Record) (Observation, error)
	// Delete makes the call that takes the record's ID away. An error matches waiters.ErrNone when it is not there,
	// waiters.ErrNotYet when the call is to be repeated; a *StrangerError names what hangs on it.
	Delete(context.Context, Env, state.Record) error
}

// Observation is what AWS shows of one record.
type Observation struct {
	Key               state.Key
	ID, State, Reason string
	Left              string            // the interface of it that is still there, though it is gone itself
	Lacks             words.Text        // what AWS does not show of it yet, though its state says ready; "" when nothing
	Token             string            // the token it was made with, "" when it has none
	Ours              bool              // carries our lineage and key, or the ID which the journal says we made
	Out               map[string]string // what others need: CIDR, addresses, names
	Diff              []Field           // where it differs from the record's settings, or from what a new one has
	Told              []Field           // what somebody changed in it that is left as it is
}

// With adds fields to those in which it differs, or to those that are only told.
func (o Observation) With(fields []Field) Observation {
	for _, f := range fields {
		if f.Foreign {
			o.Told = append(slices.Clip(o.Told), f)
		} else {
			o.Diff = append(slices.Clip(o.Diff), f)
		}
	}
	return o
}

// Field is one setting that AWS holds otherwise than the record does.
type Field struct {
	Name       words.Text
	Want, Have string
	More       bool   // Want would come in addition, and nothing is taken away
	Flag       string // the flag of up that sets it, "" when none does
	Mends      bool   // its kind can put it back in place
	Anew       bool   // the thing is made anew for it, though its kind is fixed
	Foreign    bool   // what somebody else put into a thing of ours: told, and left alone
}

// Say tells it in a language.
func (f Field) Say(l words.Language) string {
	text := l.Say("%s is %s, wanted %s", f.Name, OrNone(l, f.Have), OrNone(l, f.Want))
	if f.More {
		text = l.Say("%s is without, wanted %s in addition", f.Name, f.Want)
	}
	if f.Flag != "" {
		text += " (" + f.Flag + ")"
	}
	return text
}

// OrNone tells a value or state of AWS's, where there may be none.
func OrNone(l words.Language, value string) string {
	if value == "" {
		return l.In("not set")
	}
	return value
}

// Fixed is a kind whose differences are refused unless it can put them back, since others depend on it or people work in it: VPC, subnet, instance,
// transit gateway and its attachments.
type Fixed interface{ Fixed() }

// Tagged is a kind whose things carry our tags from the moment at which they are made, and that can be found without
// them, by a natural key: then they are a stranger's.
type Tagged interface{ Tagged() }

// Late is a kind whose Out is complete only after something else was done with the thing.
type Late interface{ Late() }

// Env is where a kind's calls go and whose they are.
type Env struct {
	EC2    EC2
	ELB    ELB
	Scope  state.Scope
	Stack  Stack
	Target cloud.Target
}

// Stack says who is asking; it goes into the tags of everything made.
type Stack struct {
	Name, Lineage, Pattern string
	Expires                string            // when it may be taken away, as the tag tells it; "" for never
	Tags                   map[string]string // further tags that the user wants
}

// ErrExists says that AWS already holds a thing of this natural key.
var ErrExists = words.New("it exists already")

// StrangerError says that something which is not this stack's hangs on a thing of ours, so that AWS will not delete ours.
type StrangerError struct {
	ID, On string     // the stranger's thing and ours
	Kind   words.Text // what the stranger's thing is: a format that takes its ID
	Err    error      // AWS's answer
}

var _ error = (*StrangerError)(nil)

func (e *StrangerError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *StrangerError) Say(l words.Language) string { return l.Say("%s: %v", e.Hangs(l), e.Err) }

// Hangs says what hangs on what, without AWS's answer.
func (e *StrangerError) Hangs(l words.Language) string {
	return l.Say("%s, which vpclink did not make, hangs on %s", l.Say(e.Kind, e.ID), e.On)
}

// Unwrap returns AWS's answer.
func (e *StrangerError) Unwrap() error { return e.Err }

// NotYetError is an answer of AWS after which the same call is to be repeated. It matches waiters.ErrNotYet.
type NotYetError struct {
	Waiting error // what it waits for, nil when AWS does not say
	Err     error // AWS's answer
}

var _ error = (*NotYetError)(nil)

func (e *NotYetError) Error() string { return e.Say(words.English) }

// Say tells it in a language.
func (e *NotYetError) Say(l words.Language) string {
	if e.Waiting == nil {
		return l.Error(e.Err)
	}
	return l.Say("%s: %s", e.Waiting, e.Err)
}

// Is makes it match waiters.ErrNotYet.
func (e *NotYetError) Is(target error) bool { return target == waiters.ErrNotYet }

// Unwrap returns AWS's answer.
func (e *NotYetError) Unwrap() error { return e.Err }

// Unseen reports whether AWS says that an ID in the request does not exist: for a new ID that passes in seconds
// (aws-facts §0.1), for one that somebody deleted it never does.
func Unseen(err error) bool { return cloud.MeaningOf(err) == cloud.NotFound }

// TokenUsed reports whether AWS took the call's token for an earlier thing that is terminated, so that only a new token
// makes a new one (aws-facts §0.1).
func TokenUsed(err error) bool { return cloud.HasCode(err, "IdempotentInstanceTerminated") }

// Said returns AWS's words in an error as "CODE: message (Action)"; "" when AWS did not answer with a code.
func Said(err error) string {
	fault, ok := cloud.FaultOf(err)
	if !ok || fault.Code == "" {
		return ""
	}
	return fmt.Sprintf("%s: %s (%s)", fault.Code, fault.Message, fault.Action)
}

// WithRemaining notes in ctx how long the way from here to the end is, so that calls of the longest way go first when
// request tokens are scarce.
func WithRemaining(ctx context.Context, d time.Duration) context.Context {
	return cloud.WithRemaining(ctx, d)
}
